"""Other times and other sessions, as a young person chooses among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from accueil.core.booking import GroupSession, Slot

_NOON = time(13)


@dataclass(frozen=True, slots=True)
class Choice:
    """One free start: ``value`` goes into the form, ``start`` is local."""

    value: str
    start: datetime


@dataclass(frozen=True, slots=True)
class DayOfSlots:
    """The free starts of one local day."""

    day: date
    morning: tuple[Choice, ...]
    afternoon: tuple[Choice, ...]

    def count(self) -> int:
        """Return how many starts are free."""
        return len(self.morning) + len(self.afternoon)


@dataclass(frozen=True, slots=True)
class OtherSession:
    """A group session with seats left; ``start`` is local."""

    id: str
    title: str
    start: datetime
    seats: int


def days_of_slots(slots: Sequence[Slot], zone: ZoneInfo) -> list[DayOfSlots]:
    """Share sorted slots out between local days, mornings and afternoons (from 13 h)."""
    by_day: dict[date, list[Choice]] = {}
    for slot in slots:
        local = slot.start.astimezone(zone)
        by_day.setdefault(local.date(), []).append(Choice(slot.start.isoformat(), local))
    return [
        DayOfSlots(
            day,
            tuple(one for one in choices if one.start.time() < _NOON),
            tuple(one for one in choices if one.start.time() >= _NOON),
        )
        for day, choices in by_day.items()
    ]


def other_sessions(
    sessions: Sequence[GroupSession], present_id: str | None, zone: ZoneInfo
) -> list[OtherSession]:
    """Return sessions as they are shown, the one in which the seat is left out."""
    return [
        OtherSession(one.id, one.title, one.local_start(zone), one.seats_left())
        for one in sessions
        if one.id != present_id
    ]
