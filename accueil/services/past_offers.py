"""What became of a time that was held for somebody on the waiting list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accueil.core.booking import Appointment, AppointmentStatus, WaitingEntry, WaitingStatus
from accueil.core.booking.waiting import PATIENCE
from accueil.services.ports import UnitOfWork

_PRESENT = (WaitingStatus.WAITING, WaitingStatus.OFFERED)


class Place(StrEnum):
    """What became of the person's place on the list. ``UNKNOWN``: whose it was is erased."""

    KEPT = "kept"
    BOOKED = "booked"
    LEFT = "left"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PastOffer:
    """An offer that was refused, left without an answer, or taken back."""

    held: Appointment
    place: Place


def past_offer(uow: UnitOfWork, held: Appointment, now: datetime) -> PastOffer | None:
    """Return a time that is no longer held; ``None`` when it is, or was booked.

    Only offers are sent as links, so that whatever is held no more was one.
    """
    is_over = held.status is AppointmentStatus.EXPIRED or held.hold_is_over(now)
    if not is_over:
        return None
    if not held.conversation_id:
        return PastOffer(held, Place.UNKNOWN)
    everywhere = uow.waiting.of_conversation(held.conversation_id)
    return PastOffer(held, _place([one for one in everywhere if one.site_id == held.site_id], held))


def _place(places: Sequence[WaitingEntry], held: Appointment) -> Place:
    if any(one.status in _PRESENT and not _is_last_silence(one, held) for one in places):
        return Place.KEPT
    booked = any(one.status is WaitingStatus.SERVED for one in places)
    return Place.BOOKED if booked else Place.LEFT


def _is_last_silence(entry: WaitingEntry, held: Appointment) -> bool:
    """Tell whether the worker will take somebody off the list for leaving this offer too."""
    return entry.offered_id == held.id and entry.unanswered + 1 >= PATIENCE
