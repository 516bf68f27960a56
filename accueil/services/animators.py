"""Whether somebody can animate a group session at a given time."""

from datetime import datetime

from accueil.core.booking import Interval
from accueil.core.territory import Counsellor
from accueil.services.ports import UnitOfWork


def is_free(uow: UnitOfWork, counsellor: Counsellor, span: Interval, now: datetime) -> bool:
    """Tell whether a counsellor has nothing at that time, at any site."""
    return not what_they_have(uow, counsellor, span, now)


def what_they_have(uow: UnitOfWork, counsellor: Counsellor, span: Interval, now: datetime) -> str:
    """Return what occupies a counsellor at that time, in French; ``""`` when they are free."""
    if uow.appointments.is_busy(counsellor.id, span, now):
        return "un rendez-vous"
    sessions = uow.groups.of_counsellor(counsellor.id, span.start)
    if any(one.interval().overlaps(span) for one in sessions):
        return "une autre séance"
    absences = uow.absences.of_counsellor(counsellor.id)
    if any(Interval(one.starts_at, one.ends_at).overlaps(span) for one in absences):
        return "une absence notée"
    return ""
