"""What counsellors' calendars answer to an invitation: only a refusal has an effect.

It never cancels: a machine may have refused, and the young person was promised this time. The site
is told, and decides.
"""

from datetime import datetime
from enum import Enum, auto

from accueil.core.booking import Appointment
from accueil.core.calendar_reply import CalendarReply
from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient, message_id
from accueil.core.territory import Counsellor
from accueil.services.locks import locked
from accueil.services.ports import Store, UnitOfWork


class RefusedReply(Exception):
    """The answer is not about an appointment of ours, or not from its counsellor."""


class Effect(Enum):
    """What followed from an answer."""

    SITE_TOLD = auto()
    TOLD_BEFORE = auto()
    NOTHING = auto()


class CalendarReplies:
    """Receives answers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def receive(self, reply: CalendarReply) -> Effect:
        """Take one answer into account. Raises ``RefusedReply``; then nothing has changed.

        An acceptance, a counter-proposal, an answer to a former time or about the past have no
        effect (RFC 5546, 2.1.5: an older ``SEQUENCE`` is ignored).
        """
        if reply.method not in ("REPLY", "COUNTER"):
            raise RefusedReply("not an answer to an invitation")
        now = self._clock.now()
        with self._store.write() as uow:
            appointment = _appointment_of(uow, reply)
            if reply.sequence < appointment.sequence:
                return Effect.NOTHING
            counsellor = _counsellor_of(uow, appointment, reply)
            is_refusal = reply.method == "REPLY" and reply.answer == "DECLINED"
            if not is_refusal or not appointment.is_future(now):
                return Effect.NOTHING
            row = _row(appointment, counsellor, now)
            if uow.outbox.get(row.id) is not None:
                return Effect.TOLD_BEFORE
            uow.outbox.add([row])
            uow.commit()
        return Effect.SITE_TOLD


def _appointment_of(uow: UnitOfWork, reply: CalendarReply) -> Appointment:
    """Return the appointment as it is now: its UID begins with its identifier."""
    appointment = locked(uow, reply.uid.partition("@")[0])
    if appointment is None or appointment.uid != reply.uid:
        raise RefusedReply("no such appointment")
    return appointment


def _counsellor_of(uow: UnitOfWork, appointment: Appointment, reply: CalendarReply) -> Counsellor:
    """Return who answers, if they are its counsellor and the state answered is the present one."""
    counsellor = uow.territory.counsellor(appointment.counsellor_id)
    if counsellor is None or reply.attendee != counsellor.email.lower():
        raise RefusedReply("the attendee is not its counsellor")
    if not reply.is_sent_by_attendee():
        raise RefusedReply("the sender is not the attendee")
    if reply.sequence > appointment.sequence:
        raise RefusedReply("it answers what was never sent")
    return counsellor


def _row(appointment: Appointment, counsellor: Counsellor, now: datetime) -> OutboxMessage:
    sequence = appointment.sequence
    key = message_id(appointment.id, sequence, MessageKind.DECLINED, Recipient.SITE)
    return OutboxMessage(
        key,
        appointment.id,
        MessageKind.DECLINED,
        Recipient.SITE,
        sequence,
        now,
        counsellor.id,
    )
