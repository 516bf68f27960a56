"""Danger in an SMS answer: the emergency numbers are sent at once, not through the outbox.

The outbox keeps no text, speaks of appointments only, and only to those who want its messages;
somebody in danger is answered whatever is known of them.
"""

from datetime import datetime

from accueil.core.booking import Appointment, Discretion
from accueil.core.clock import Clock
from accueil.core.conversation import SafetyEvent
from accueil.core.outbox import (
    MAXIMUM_ATTEMPTS,
    Channel,
    DeliveryStatus,
    MessageKind,
    OutboxMessage,
    Recipient,
)
from accueil.core.safety import SafetyDetector, SafetyReading, SafetyReplies
from accueil.core.sms_answer import numbers_text
from accueil.core.sms_text import to_gsm
from accueil.core.tokens import TokenMaker
from accueil.services.messaging import Sms, SmsNotSent, SmsSender, reference_for
from accueil.services.ports import Store


class SmsSafety:
    """Reads answers for danger, and sends the numbers once for each."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tokens: TokenMaker,
        sms: SmsSender,
        detector: SafetyDetector,
        replies: SafetyReplies,
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._sms = sms
        self._detector = detector
        self._registry = replies.registry

    def read(self, text: str) -> SafetyReading:
        """Return what the detector sees."""
        return self._detector.read(text)

    def is_unfinished(self, row: OutboxMessage) -> bool:
        """Tell whether a reply was begun, and whoever began it has not finished in time."""
        is_ours = row.status is DeliveryStatus.FAILED and row.appointment_id is None
        return is_ours and row.claimed_until is not None and row.claimed_until <= self._clock.now()

    def send(
        self,
        row_id: str,
        to: str,
        reading: SafetyReading,
        appointment: Appointment | None,
    ) -> bool:
        """Send the numbers to who wrote (E.164), and keep ``row_id`` as the proof.

        Returns False when another worker does it, or did. The row says ``FAILED`` until the message
        has left. Raises ``SmsNotSent`` or ``SmsUnavailable`` when it is worth trying again.
        """
        attempt = self._begin(row_id, reading)
        if attempt == 0:
            return False
        is_neutral = appointment is None or appointment.discretion is not Discretion.ORDINARY
        text = to_gsm(numbers_text(reading.numbers, self._registry, is_neutral=is_neutral))
        sms = Sms(to, text, reference_for(row_id, to))
        try:
            known = self._sms.find(sms.reference) if attempt > 1 else None
            self._end(row_id, known or self._sms.send(sms))
        except SmsNotSent as refusal:
            if not refusal.retry or attempt >= MAXIMUM_ATTEMPTS:
                self._end(row_id, "")
            raise
        return True

    def _begin(self, row_id: str, reading: SafetyReading) -> int:
        """Claim the reply; return which attempt it is, 0 when another worker has it."""
        now = self._clock.now()
        with self._store.write() as uow:
            uow.appointments.lock_people([row_id])
            row = uow.outbox.get(row_id)
            if row is None:
                row = _row(row_id, now)
                uow.outbox.add([row])
                uow.chats.add_safety_event(self._event(reading, now))
            elif not self.is_unfinished(row):
                return 0
            row.claim(now)
            attempt = row.attempts
            uow.commit()
        return attempt

    def _event(self, reading: SafetyReading, now: datetime) -> SafetyEvent:
        """Return the trace that is kept: the kind of danger and the time, nothing else."""
        return SafetyEvent(self._tokens.new_id(), now, reading.types[0].value, Channel.SMS.value)

    def _end(self, row_id: str, provider_id: str) -> None:
        with self._store.write() as uow:
            row = uow.outbox.get(row_id)
            if row is not None:
                row.claimed_until = None
                if provider_id:
                    row.status, row.sent_at = DeliveryStatus.SENT, self._clock.now()
                    row.provider_id = provider_id
                uow.commit()


def _row(row_id: str, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        row_id,
        None,
        MessageKind.ANSWER_TROUBLE,
        Recipient.YOUNG_PERSON,
        0,
        now,
        status=DeliveryStatus.FAILED,
        channel=Channel.SMS,
    )
