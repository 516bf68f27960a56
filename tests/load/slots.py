"""Time the slot calculator: one site, 20 counsellors, eight weeks."""

import statistics
import time as clock
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accueil.core.booking import DEFAULT_REASON, Interval, free_slots
from accueil.core.territory import Opening

COUNSELLORS = 20
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
HALF_DAYS = ((time(9), time(12)), (time(13, 30), time(17)))
HOLIDAYS = frozenset({date(2026, 12, 25), date(2027, 1, 1)})


def milliseconds(appointments_a_day: int, repeats: int = 10) -> tuple[float, int]:
    """Return the median time of one calculation in ms, and how many starts it found."""
    openings, busy = openings_of(), appointments_of(appointments_a_day)
    spent: list[float] = []
    found = 0
    for _ in range(repeats):
        begun = clock.perf_counter()
        found = len(free_slots(openings, busy, HOLIDAYS, PARIS, DEFAULT_REASON, NOW))
        spent.append((clock.perf_counter() - begun) * 1000)
    return statistics.median(spent), found


def openings_of() -> list[Opening]:
    """Return two half days each working day for every counsellor."""
    return [
        Opening(f"{one}-{day}-{start:%H%M}", f"c{one:02}", "site", day, start, end)
        for one in range(COUNSELLORS)
        for day in range(5)
        for start, end in HALF_DAYS
    ]


def appointments_of(a_day: int) -> dict[str, list[Interval]]:
    """Return that many appointments each working day, one after the other from 9 h."""
    busy: dict[str, list[Interval]] = {}
    for one in range(COUNSELLORS):
        for number in range(8 * 7):
            opens = datetime.combine(NOW.date() + timedelta(days=number), time(9), PARIS)
            if opens.weekday() < 5:
                starts = [opens + DEFAULT_REASON.duration * turn for turn in range(a_day)]
                busy.setdefault(f"c{one:02}", []).extend(
                    Interval(s.astimezone(UTC), (s + DEFAULT_REASON.duration).astimezone(UTC))
                    for s in starts
                )
    return busy
