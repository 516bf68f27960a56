"""Read what is about to be changed, once nobody else is changing it."""

from datetime import datetime

from accueil.core.booking import Appointment, GroupSession, SlotTaken
from accueil.services.ports import UnitOfWork


def locked(uow: UnitOfWork, appointment_id: str) -> Appointment | None:
    """Return an appointment as it is once nobody else books at its site."""
    appointment = uow.appointments.get(appointment_id)
    if appointment is not None:
        uow.appointments.lock_sites([appointment.site_id])
    return appointment


def future_session(uow: UnitOfWork, session_id: str, now: datetime) -> GroupSession:
    """Return a session that can be booked.

    Raises ``SlotTaken``: unknown, begun, unanimated, or cancelled, when it has no seats any more.
    """
    session = uow.groups.get(session_id)
    if session is None or session.starts_at <= now or session.counsellor_id is None:
        raise SlotTaken("no such session to come")
    if session.capacity == 0:
        raise SlotTaken("the session is cancelled")
    return session


def take_seat(uow: UnitOfWork, session_id: str, now: datetime) -> None:
    """Take one seat. Raises ``SlotTaken`` when the session is full."""
    if not uow.groups.take_seat(session_id, now):
        raise SlotTaken("the session is full")
