"""The slot calculator as most booking software writes it: subtract intervals, then step through.

The peer of ``core.booking.free_slots`` in ``tests.load.slot_times``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from accueil.core.booking import Interval, Reason
from accueil.core.booking.slots import QUARTER
from accueil.core.territory import Opening


def naive_starts(
    openings: Iterable[Opening],
    busy: Mapping[str, Sequence[Interval]],
    closed_days: frozenset[date],
    zone: ZoneInfo,
    reason: Reason,
    now: datetime,
) -> set[datetime]:
    """Return every free start, aware, in UTC, as ``free_slots`` does."""
    found: set[datetime] = set()
    earliest, latest = now + reason.notice, now + reason.horizon
    for opening in openings:
        taken = sorted(busy.get(opening.counsellor_id, ()))
        day, last = (one.astimezone(zone).date() for one in (earliest, latest))
        while day <= last:
            if opening.takes_place_on(day) and day not in closed_days:
                span = Interval(
                    datetime.combine(day, opening.start, zone).astimezone(UTC),
                    datetime.combine(day, opening.end, zone).astimezone(UTC),
                )
                for free in _subtract(span, taken):
                    starts = _starts(free, reason.duration)
                    found |= {start for start in starts if earliest <= start <= latest}
            day += timedelta(days=1)
    return found


def _subtract(span: Interval, taken: Iterable[Interval]) -> list[Interval]:
    """Return what is left of a span; ``taken`` is in order."""
    left, begins = [], span.start
    for one in taken:
        if one.overlaps(span):
            if one.start > begins:
                left.append(Interval(begins, one.start))
            begins = max(begins, one.end)
    if begins < span.end:
        left.append(Interval(begins, span.end))
    return left


def _starts(free: Interval, duration: timedelta) -> list[datetime]:
    late = (free.start - datetime.min.replace(tzinfo=UTC)) % QUARTER
    start = free.start + (QUARTER - late if late else timedelta(0))
    found = []
    while start + duration <= free.end:
        found.append(start)
        start += QUARTER
    return found
