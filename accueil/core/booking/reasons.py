"""Why a young person comes ("motif"): the nine themes, and a first talk without a theme."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for an appointment, with its booking limits.

    ``notice`` is the shortest delay before the start, ``horizon`` the longest; an appointment can
    be moved until ``move_until`` before it starts, and cancelled until it starts
    (shared/reference/booking.md, "cancel / move limits").
    """

    code: str
    title: str
    duration: timedelta = timedelta(minutes=45)
    notice: timedelta = timedelta(hours=4)
    horizon: timedelta = timedelta(weeks=8)
    move_until: timedelta = timedelta(hours=4)


DEFAULT_REASON = Reason("premier_accueil", "Premier accueil")

REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("logement", "Logement"),
        Reason("sante", "Santé"),
        Reason("formation", "Formation"),
        Reason("emploi", "Emploi"),
        Reason("orientation", "Orientation"),
        Reason("mobilite", "Mobilité"),
        Reason("droits_citoyennete", "Droits et papiers"),
        Reason("culture_loisirs", "Culture et loisirs"),
        Reason("aides_argent", "Aides et argent"),
        DEFAULT_REASON,
    )
}


def reason_of(code: str | None) -> Reason:
    """Return the reason with that code, or the general first talk when it is unknown or empty."""
    return REASONS.get(code or "", DEFAULT_REASON)
