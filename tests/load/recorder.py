"""A post and an SMS provider in memory that judge each message at the moment it leaves.

What is true is written here again, apart from ``services.notify``: the two must agree.
"""

from collections import Counter
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from accueil.core.booking import Appointment, AppointmentStatus, Discretion, WaitingEntry
from accueil.core.booking.waiting import WaitingStatus
from accueil.core.clock import Clock
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from accueil.gateways.sms import NullSms
from accueil.persistence import tables
from accueil.services.messaging import Sms, reference_for
from accueil.services.ports import Mail, MailNotSent

_GONE = (AppointmentStatus.CANCELLED, AppointmentStatus.EXCUSED, AppointmentStatus.EXPIRED)


class Judge:
    """Looks up in the database what a message is about. ``wrong`` says what must not have left."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self.left: Counter[str] = Counter()
        self.wrong: list[str] = []

    def see(self, reference: str, to: str) -> None:
        """Note a message that leaves for an address under a name."""
        self.left[reference] += 1
        if self.left[reference] > 1:
            self.wrong.append(f"{reference} left twice")
        with Session(self._engine) as session:
            row = next(
                (
                    one
                    for one in session.scalars(select(OutboxMessage))
                    if reference_for(one.id, to) == reference
                ),
                None,
            )
            appointment = session.get(Appointment, row.appointment_id or "") if row else None
            if row is None or appointment is None:
                self.wrong.append(f"{reference} is about nothing known")
                return
            problem = self._problem(session, row, appointment, to)
        if problem:
            self.wrong.append(f"{row.id}: {problem}")

    def _problem(
        self, session: Session, row: OutboxMessage, appointment: Appointment, to: str
    ) -> str:
        if row.recipient is Recipient.COUNSELLOR:
            return _told_counsellor(row, appointment)
        if to not in (appointment.phone, appointment.email):
            return "to an address that is not the person's"
        if appointment.discretion is Discretion.SILENT:
            return "to somebody who wants silence"
        if row.sequence != appointment.sequence:
            return f"old: {row.sequence} instead of {appointment.sequence}"
        now = self._clock.now()
        if row.kind is MessageKind.WAITING_OFFER:
            return "" if _is_offered(session, appointment, now) else "an offer that is over"
        if row.kind is MessageKind.CANCELLED:
            return "" if appointment.status is AppointmentStatus.CANCELLED else "not cancelled"
        stands = appointment.status is AppointmentStatus.CONFIRMED and appointment.starts_at > now
        return "" if stands else f"about a {appointment.status} appointment"


class JudgedPost:
    """Implements ``Post``; refuses while ``is_closed``."""

    description = "Les e-mails sont relus, puis oubliés."

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.is_closed = False

    def send(self, mail: Mail) -> None:
        if self.is_closed:
            raise MailNotSent("closed")
        self._judge.see(mail.message_id, mail.to)


class JudgedSms(NullSms):
    """Implements ``SmsSender``; ``failure`` is its parent's."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge

    def send(self, sms: Sms) -> str:
        identifier = super().send(sms)
        self._judge.see(sms.reference, sms.to)
        return identifier


def _told_counsellor(row: OutboxMessage, appointment: Appointment) -> str:
    is_theirs = row.counsellor_id == appointment.counsellor_id
    if row.kind is MessageKind.CANCELLED:
        is_cancelled = appointment.status is AppointmentStatus.CANCELLED
        return "told that what they have is cancelled" if is_theirs and not is_cancelled else ""
    if not is_theirs:
        return "to a counsellor who does not have it"
    if row.sequence != appointment.sequence:
        return f"old: {row.sequence} instead of {appointment.sequence}"
    return f"about a {appointment.status} appointment" if appointment.status in _GONE else ""


def _is_offered(session: Session, held: Appointment, now: datetime) -> bool:
    query = select(WaitingEntry).where(tables.waiting_list.c.offered_id == held.id)
    entry = session.scalars(query).one_or_none()
    return (
        entry is not None
        and entry.status is WaitingStatus.OFFERED
        and held.status is AppointmentStatus.HELD
        and held.hold_expires_at is not None
        and held.hold_expires_at > now
    )
