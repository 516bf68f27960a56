"""Read opening hours written in one line: ``lun-ven 09:00-12:00 13:30-17:30; sam 09:00-12:00``."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

from accueil.core.territory import DAYS, WeeklyHours
from accueil.core.text import fold

_DAY = r"(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?"
_CLOCK = r"\d{1,2}\s*(?:[:h]\s*(?:\d{2})?)"
_DAYS_PART = re.compile(rf"(?:{_DAY})(?:\s*(?:-|,|\bau\b|\bet\b)\s*{_DAY})*")
_SPAN = re.compile(rf"({_CLOCK})\s*-\s*({_CLOCK})")
_BETWEEN = re.compile(r"\bet\b|[\s,/]")
_RANGE = re.compile(rf"({_DAY})\s*(?:-|\bau\b)\s*({_DAY})")


def read_weekly_hours(text: str) -> list[WeeklyHours]:
    """Return the spans of a week, sorted; ``""`` is no span.

    Groups are separated by ``;``. Each holds days (``lun``, ``lun-ven``, ``mar,jeu``) and one or
    more hours (``09:00-12:00``, ``9h-12h30``), in local time. Raises ``ValueError``.
    """
    spans: list[WeeklyHours] = []
    for group in fold(text).split(";"):
        if group.strip():
            spans += _group(group.strip())
    spans.sort()
    for before, after in pairwise(spans):
        if before.weekday == after.weekday and after.start < before.end:
            raise ValueError("two spans of one day overlap")
    return spans


def outside(spans: Iterable[WeeklyHours], hours: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    """Return the spans that are not wholly within these hours; hours that touch are one."""
    joined = _joined(hours)
    return [
        span
        for span in spans
        if not any(
            one.weekday == span.weekday and one.start <= span.start and span.end <= one.end
            for one in joined
        )
    ]


def _joined(hours: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    found: list[WeeklyHours] = []
    for span in sorted(hours):
        last = found[-1] if found else None
        if last and last.weekday == span.weekday and span.start <= last.end:
            found[-1] = WeeklyHours(last.weekday, last.start, max(last.end, span.end))
        else:
            found.append(span)
    return found


def _group(group: str) -> list[WeeklyHours]:
    days = _DAYS_PART.match(group)
    if days is None:
        raise ValueError("no day")
    rest = group[days.end() :].strip(" :")
    spans = [(_clock(a), _clock(b)) for a, b in _SPAN.findall(rest)]
    if not spans or _BETWEEN.sub("", _SPAN.sub("", rest)):
        raise ValueError("hours are missing, or something else is written")
    return [WeeklyHours(day, start, end) for day in _weekdays(days.group()) for start, end in spans]


def _weekdays(text: str) -> list[int]:
    found: list[int] = []
    ranges = _RANGE.findall(text)
    for first, last in ranges:
        start, end = _weekday(first), _weekday(last)
        if end < start:
            raise ValueError("days go backwards")
        found += range(start, end + 1)
    found += [_weekday(day) for day in re.findall(_DAY, _RANGE.sub("", text))]
    return sorted(set(found))


def _weekday(word: str) -> int:
    name = word.rstrip(".")
    for number, day in enumerate(DAYS):
        if name in (day, day[:3]):
            return number
    raise ValueError(f"unknown day: {name}")


def _clock(text: str) -> time:
    hour, minute = re.split(r"[:h]", text.replace(" ", ""))
    return time(int(hour), int(minute or 0))
