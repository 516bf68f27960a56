"""Who is expected, told to an operator without saying who it is: a day, a reason, an identifier."""

from dataclasses import dataclass
from datetime import datetime

from accueil.core.booking import Appointment, AppointmentStatus, GroupSession, reason_of
from accueil.core.french import NBSP
from accueil.services.ports import UnitOfWork

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Expected:
    """An appointment, a hold or a group session. ``start`` is local; ``given_to`` a colleague."""

    identifier: str
    start: datetime
    counsellor: str
    what: str
    given_to: str = ""


def expected_appointment(uow: UnitOfWork, one: Appointment, given_by: str = "") -> Expected:
    """Return what is told of an appointment; ``given_by`` had it before (an identifier)."""
    what = reason_of(one.reason).title
    if one.status is AppointmentStatus.HELD:
        what = "réservation en cours"
    present = _name(uow, one.counsellor_id)
    names = (_name(uow, given_by), present) if given_by else (present, "")
    return Expected(one.id[:_SHOWN], one.local_start(), names[0], what, names[1])


def expected_session(uow: UnitOfWork, session: GroupSession, given_by: str = "") -> Expected:
    """Return what is told of a group session; ``given_by`` animated it before."""
    site = uow.territory.site(session.site_id)
    start = session.local_start(site.zone()) if site else session.starts_at
    what = f"«{NBSP}{session.title}{NBSP}», {session.taken} sur {session.capacity}"
    present = _name(uow, session.counsellor_id or "")
    names = (_name(uow, given_by), present) if given_by else (present, "")
    return Expected(session.id, start, names[0], what, names[1])


def _name(uow: UnitOfWork, counsellor_id: str) -> str:
    counsellor = uow.territory.counsellor(counsellor_id)
    return counsellor.display_name if counsellor else ""
