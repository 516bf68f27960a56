"""Learn what became of SMS, and write an e-mail instead of what never arrived."""

from datetime import datetime

from accueil.core.clock import Clock
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage
from accueil.services.announcements import another_way, to_young_person
from accueil.services.messaging import DeliveryReceipt, SmsSender, SmsUnavailable
from accueil.services.ports import Store, UnitOfWork

BATCH = 20
_WRITTEN_INSTEAD = (
    MessageKind.CONFIRMED,
    MessageKind.MOVED,
    MessageKind.CANCELLED,
    MessageKind.WAITING_OFFER,
)


class ReceiptReader:
    """Asks the provider; what it says after three days is of use to nobody."""

    def __init__(self, store: Store, clock: Clock, sms: SmsSender) -> None:
        self._store = store
        self._clock = clock
        self._sms = sms

    def poll(self) -> int:
        """Ask about one batch of messages; return how many were asked about.

        Each is asked about again later and later. When the provider cannot tell, nothing changes.
        """
        with self._store.write() as uow:
            claimed = uow.outbox.claim_receipts(self._clock.now(), BATCH)
            uow.commit()
        if not claimed:
            return 0
        try:
            receipts = self._sms.receipts([one.provider_id for one in claimed])
        except SmsUnavailable:
            return len(claimed)
        for message in claimed:
            receipt = receipts.get(message.provider_id, DeliveryReceipt.PENDING)
            if receipt is not DeliveryReceipt.PENDING:
                self._note(message, receipt)
        return len(claimed)

    def _note(self, asked: OutboxMessage, receipt: DeliveryReceipt) -> None:
        with self._store.write() as uow:
            message = uow.outbox.locked(asked.id)
            is_same = message is not None and message.provider_id == asked.provider_id
            if message is None or not is_same or message.status is not DeliveryStatus.SENT:
                return
            message.receive(delivered=receipt is DeliveryReceipt.DELIVERED)
            if receipt is DeliveryReceipt.FAILED:
                uow.outbox.add(another_way_instead(uow, message, self._clock.now()))
            uow.commit()


def note_undelivered(uow: UnitOfWork, reference: str, now: datetime) -> None:
    """Tell another way what a messaging app took, and then could not deliver."""
    message = uow.outbox.sent_in_app(reference)
    if message is not None:
        message.receive(delivered=False)
        uow.outbox.add(another_way_instead(uow, message, now))


def another_way_instead(uow: UnitOfWork, lost: OutboxMessage, now: datetime) -> list[OutboxMessage]:
    """Return what says elsewhere what was lost, if there is an address and it is true.

    An e-mail for an SMS; an e-mail or an SMS for a message in an app, which may be closed for good.
    """
    appointment = uow.appointments.get(lost.appointment_id or "")
    if appointment is not None and lost.channel is Channel.PLATFORM:
        return another_way(lost, appointment, now)
    if lost.kind not in _WRITTEN_INSTEAD or appointment is None:
        return []
    if lost.sequence != appointment.sequence:
        return []
    rows = to_young_person(appointment, lost.kind, now)
    return [row for row in rows if row.channel is Channel.EMAIL]
