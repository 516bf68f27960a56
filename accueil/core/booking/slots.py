"""The slot calculator: openings minus closures, absences and appointments. Stateless and pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from accueil.core.booking.reasons import Reason
from accueil.core.territory import Opening

QUARTER = timedelta(minutes=15)


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
) -> list[Slot]:
    """Return one slot per free start, sorted, aligned on quarter hours of the site's local time.

    When several counsellors are free at one start, the one with the fewest intervals in ``busy``
    is chosen (then the smallest id), so that load is shared. ``closed_days`` are local dates
    (public holidays, site closures). ``now`` is aware.
    """
    earliest, latest = now + reason.notice, now + reason.horizon
    best: dict[datetime, Slot] = {}
    load = {counsellor: len(intervals) for counsellor, intervals in busy.items()}
    for opening in openings:
        taken = sorted(busy.get(opening.counsellor_id, ()))
        for span in _occurrences(opening, closed_days, zone, earliest, latest):
            for slot in _cut(span, taken, reason.duration, opening.counsellor_id):
                if not earliest <= slot.start <= latest:
                    continue
                rival = best.get(slot.start)
                if rival is None or _rank(slot, load) < _rank(rival, load):
                    best[slot.start] = slot
    return sorted(best.values())


def _rank(slot: Slot, load: Mapping[str, int]) -> tuple[int, str]:
    return load.get(slot.counsellor_id, 0), slot.counsellor_id


def _occurrences(
    opening: Opening,
    closed_days: frozenset[date],
    zone: ZoneInfo,
    earliest: datetime,
    latest: datetime,
) -> Iterator[Interval]:
    """Yield the opening's spans as instants. Local clock times are kept across clock changes."""
    day = earliest.astimezone(zone).date()
    last = latest.astimezone(zone).date()
    day += timedelta(days=(opening.weekday - day.weekday()) % 7)
    while day <= last:
        if day not in closed_days:
            start = datetime.combine(day, opening.start, zone).astimezone(UTC)
            end = datetime.combine(day, opening.end, zone).astimezone(UTC)
            yield Interval(start, end)
        day += timedelta(days=7)


def _cut(
    span: Interval, taken: Sequence[Interval], duration: timedelta, counsellor_id: str
) -> Iterator[Slot]:
    nearby = [one for one in taken if one.overlaps(span)]
    start = _round_up(span.start)
    while start + duration <= span.end:
        candidate = Interval(start, start + duration)
        blocker = next((one for one in nearby if one.overlaps(candidate)), None)
        if blocker is None:
            yield Slot(candidate.start, candidate.end, counsellor_id)
            start += QUARTER
        else:
            start = max(_round_up(blocker.end), start + QUARTER)


def _round_up(instant: datetime) -> datetime:
    """Round up to a quarter hour. Every zone in force is a multiple of 15 minutes off UTC."""
    past = timedelta(
        minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond
    )
    return instant if not past else instant - past + QUARTER
