"""The slot calculator: openings minus closures, absences and appointments. Stateless and pure.

Time is cut into steps of five minutes and a counsellor's free time is one integer, a bit a step
from ``now`` on: subtracting and looking for a long enough span are shifts and masks on whole weeks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from accueil.core.booking.reasons import Reason
from accueil.core.territory import Modality, Opening

QUARTER = timedelta(minutes=15)
STEP = timedelta(minutes=5)
_STEPS_A_QUARTER = QUARTER // STEP


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A half-open span of time ``[start, end)``, aware, in UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Interval") -> bool:
        """Tell whether the two spans share an instant."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A bookable span with one counsellor, aware, in UTC."""

    start: datetime
    end: datetime
    counsellor_id: str


def free_slots(
    openings: Iterable[Opening],
    busy: Mapping[str, Sequence[Interval]],
    closed_days: frozenset[date],
    zone: ZoneInfo,
    reason: Reason,
    now: datetime,
    *,
    away: Mapping[str, Sequence[Interval]] = MappingProxyType({}),
    modality: Modality = Modality.ON_SITE,
) -> list[Slot]:
    """Return one slot per free start, sorted, aligned on quarter hours of the site's local time.

    When several counsellors are free at one start, the one with the fewest intervals in ``busy``
    (appointments) is chosen, then the smallest id, so that load is shared; ``away`` (absences,
    group sessions) is no load. ``closed_days`` are local dates (public holidays, site closures).
    ``now`` is aware. Openings that do not receive in that way are left out.
    """
    grid = _Grid(now, now + reason.notice, now + reason.horizon, zone)
    by_counsellor: dict[str, list[Opening]] = {}
    for opening in openings:
        if modality in opening.modalities:
            by_counsellor.setdefault(opening.counsellor_id, []).append(opening)
    found: list[Slot] = []
    given = 0
    for counsellor in sorted(by_counsellor, key=lambda one: (len(busy.get(one, ())), one)):
        free = grid.open_steps(by_counsellor[counsellor], closed_days)
        free &= ~grid.steps_of(busy.get(counsellor, ()))
        free &= ~grid.steps_of(away.get(counsellor, ()))
        starts = grid.starts(free, reason.duration) & ~given
        given |= starts
        found += (
            Slot(start, start + reason.duration, counsellor) for start in grid.instants(starts)
        )
    found.sort()
    return found


def is_open(
    openings: Iterable[Opening],
    interval: Interval,
    away: Iterable[Interval],
    closed_days: frozenset[date],
    zone: ZoneInfo,
) -> bool:
    """Tell whether these openings of one counsellor hold a whole interval, absences taken out."""
    grid = _Grid(interval.start, interval.start, interval.end, zone)
    free = grid.open_steps(openings, closed_days) & ~grid.steps_of(away)
    wanted = grid.steps_of((interval,))
    return free & wanted == wanted


class _Grid:
    """Steps from the quarter hour in which ``now`` falls: bit 0 begins there.

    What is free is rounded inwards to whole steps, what is not is rounded outwards.
    """

    def __init__(self, now: datetime, earliest: datetime, latest: datetime, zone: ZoneInfo) -> None:
        # Every zone in force is a multiple of 15 minutes off UTC: quarters are the same everywhere.
        instant = now.astimezone(UTC)
        self._origin = instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)
        self._zone = zone
        self._limits = _on_quarters(self._down(latest) + 1) & _bits(
            self._up(earliest), self._down(latest) + 1
        )
        self._days = (earliest.astimezone(zone).date(), latest.astimezone(zone).date())
        self._open: dict[tuple[date, time, time], int] = {}
        self._touched: dict[Interval, int] = {}

    def open_steps(self, openings: Iterable[Opening], closed: frozenset[date]) -> int:
        """Return the steps within the openings. Local clock times hold across clock changes."""
        found = 0
        for opening in openings:
            # Many counsellors keep the same hours: what was worked out for one serves the others.
            hours = (opening.start, opening.end)
            for day in self._days_of(opening.weekday):
                if day not in closed and opening.takes_place_on(day):
                    known = self._open.get((day, *hours))
                    if known is None:
                        known = self._open[(day, *hours)] = self._span(day, *hours)
                    found |= known
        return found

    def steps_of(self, intervals: Iterable[Interval]) -> int:
        """Return every step that an interval touches."""
        found = 0
        for one in intervals:
            known = self._touched.get(one)
            if known is None:
                known = self._touched[one] = _bits(self._down(one.start), self._up(one.end))
            found |= known
        return found

    def starts(self, free: int, duration: timedelta) -> int:
        """Return the quarter hours that begin a free span of that length, within the limits."""
        wanted, reached = -(-duration // STEP), 1
        while reached < wanted:  # spans of 1, 2, 4... steps, then the rest
            step = min(reached, wanted - reached)
            free &= free >> step
            reached += step
        return free & self._limits

    def instants(self, starts: int) -> Iterator[datetime]:
        """Yield the instants of the bits set, in order."""
        for quarter, bit in enumerate(bin(starts)[:1:-_STEPS_A_QUARTER]):
            if bit == "1":
                yield self._origin + QUARTER * quarter

    def _days_of(self, weekday: int) -> Iterator[date]:
        first, last = self._days
        day = first + timedelta(days=(weekday - first.weekday()) % 7)
        while day <= last:
            yield day
            day += timedelta(days=7)

    def _span(self, day: date, start: time, end: time) -> int:
        opens = datetime.combine(day, start, self._zone)
        return _bits(self._up(opens), self._down(datetime.combine(day, end, self._zone)))

    def _down(self, instant: datetime) -> int:
        return (instant - self._origin) // STEP

    def _up(self, instant: datetime) -> int:
        return -((self._origin - instant) // STEP)


def _bits(start: int, end: int) -> int:
    """Return the bits ``[start, end)`` set, those before ``now`` left out."""
    start = max(start, 0)
    return ((1 << (end - start)) - 1) << start if end > start else 0


def _on_quarters(count: int) -> int:
    """Return the bits of at least ``count`` steps set at quarter hours only."""
    quarters = count // _STEPS_A_QUARTER + 1
    return ((1 << quarters * _STEPS_A_QUARTER) - 1) // ((1 << _STEPS_A_QUARTER) - 1)
