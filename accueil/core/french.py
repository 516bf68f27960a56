"""Dates, hours and distances as French readers expect them (espaces insécables included)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from accueil.core.territory import DAYS, WeeklyHours

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
NBSP = "\u00a0"
NNBSP = "\u202f"


def show_day(day: date) -> str:
    """Return ``mardi 24 novembre``, ``mardi 1er décembre``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number}{NBSP}{MONTHS[day.month - 1]}"


def show_time(at: time) -> str:
    """Return ``9 h`` or ``9 h 30``, with non-breaking spaces."""
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def show_moment(local: datetime) -> str:
    """Return ``mardi 24 novembre à 9 h 30`` for a local time."""
    return f"{show_day(local.date())} à {show_time(local.time())}"


def show_distance(kilometres: float) -> str:
    """Return ``800 m``, ``3,4 km`` or ``27 km``."""
    if kilometres < 0.95:
        return f"{max(100, round(kilometres * 10) * 100)}{NBSP}m"
    if kilometres < 9.95:
        return f"{kilometres:.1f}".replace(".", ",").replace(",0", "") + f"{NBSP}km"
    return f"{round(kilometres)}{NBSP}km"


def show_hours(hours: Sequence[WeeklyHours]) -> list[str]:
    """Return one line for each run of days with the same hours: ``lundi au jeudi : 9 h – 12 h``."""
    by_day = {
        day: tuple(sorted((span.start, span.end) for span in hours if span.weekday == day))
        for day in range(7)
    }
    lines: list[str] = []
    day = 0
    while day < 7:
        last = day
        while last < 6 and by_day[last + 1] == by_day[day]:
            last += 1
        if by_day[day]:
            spans = ", ".join(f"{show_time(a)} – {show_time(b)}" for a, b in by_day[day])
            lines.append(f"{_run(day, last)}{NBSP}: {spans}")
        day = last + 1
    return lines


def join(words: Sequence[str], link: str = "et") -> str:
    """Return ``a, b et c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {link} {words[-1]}"


def _run(first: int, last: int) -> str:
    if first == last:
        return DAYS[first]
    return f"{DAYS[first]} {'et' if last == first + 1 else 'au'} {DAYS[last]}"
