"""Read opening hours written in one line: ``lun-ven 09:00-12:00 13:30-17:30; sam 09:00-12:00``.

Permanences are read too: ``mardi matin``, and ``mardi matin à la mairie``, which says a place as
well. ``1er mardi`` is refused: it does not come every week (see ``accueil.core.weekly_words``).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from accueil.core.territory import DAYS, WeeklyHours
from accueil.core.text import fold
from accueil.core.weekly_words import (
    CLOCK,
    DAY,
    PERIOD,
    PERIODS,
    UnreadableHours,
    refuse_what_is_not_weekly,
    said_groups,
    without_place,
)

_LINK = r"(?:(?:du|le|les|tous les|chaque)\s+)?"
_DAYS_PART = re.compile(rf"{_LINK}(?:{DAY})(?:\s*(?:-|,|\bau\b|\bet\b)\s*{_LINK}{DAY})*")
_SPAN = re.compile(rf"(?:\bde\s+)?({CLOCK})\s*(?:-|\ba\b)\s*({CLOCK})")
_PART = re.compile(rf"{_SPAN.pattern}|{PERIOD}")
_BETWEEN = re.compile(r"\b(?:et|le|l'|toute la)(?![a-z])|[\s,/()]")
_RANGE = re.compile(rf"({DAY})\s*(?:-|\bau\b)\s*({DAY})")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Reception:
    """When a place receives, and where when the hours say it (``Mairie``); else ``""``."""

    hours: tuple[WeeklyHours, ...]
    place: str = ""


def read_weekly_hours(text: str) -> list[WeeklyHours]:
    """Return the spans of a week, sorted; ``""`` is no span.

    Groups are separated by ``;``, or by ``,`` and ``et`` before another day. Each holds days
    (``lun``, ``lun-ven``, ``mar,jeu``) and one or more hours (``09:00-12:00``, ``9h-12h30``,
    ``matin``, ``après-midi``, ``journée``), in local time. Raises ``UnreadableHours``, a
    ``ValueError``; a place is not allowed here.
    """
    reception = read_reception(text)
    if reception.place:
        raise UnreadableHours("Un lieu est dit avec les horaires.", "N’écrivez que des horaires.")
    return list(reception.hours)


def read_reception(text: str) -> Reception:
    """Return the hours of a week and the place they are at: ``mardi matin à la mairie``.

    Raises ``UnreadableHours``: not weekly (``1er mardi``), two places, overlaps, anything else.
    """
    if len(text) > _LONGEST:
        raise UnreadableHours("Les horaires sont trop longs.", "Une ligne suffit.")
    refuse_what_is_not_weekly(fold(text))
    spans: list[WeeklyHours] = []
    places: list[str] = []
    for part in filter(str.strip, text.split(";")):
        said = [without_place(group) for group in said_groups(part)]
        for hours, _place in said:
            spans += _group(fold(hours))
        places += _places([place for _hours, place in said])
    if len({fold(place) for place in places}) > 1:
        raise UnreadableHours(
            "Les horaires disent des lieux différents.",
            "Faites un site pour chaque lieu, avec son adresse.",
        )
    spans.sort()
    for before, after in pairwise(spans):
        if before.weekday == after.weekday and after.start < before.end:
            raise UnreadableHours("Deux horaires d’un même jour se chevauchent.", "Gardez-en un.")
    return Reception(tuple(spans), places[0] if places else "")


def _places(said: Sequence[str]) -> list[str]:
    """Return the places; one said at the end only is for all of ``mar matin et jeu matin à X``."""
    return [said[-1]] if said[-1] and not any(said[:-1]) else list(said)


def outside(spans: Iterable[WeeklyHours], hours: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    """Return the spans that are not wholly within these hours; hours that touch are one."""
    joined = joined_hours(hours)
    return [
        span
        for span in spans
        if not any(
            one.weekday == span.weekday and one.start <= span.start and span.end <= one.end
            for one in joined
        )
    ]


def joined_hours(hours: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    """Return the same hours, sorted; spans of one day that touch or overlap are one."""
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
        raise UnreadableHours("Le jour manque.")
    rest = group[days.end() :].strip(" :")
    if not _PART.search(rest) or _BETWEEN.sub("", _PART.sub("", rest)):
        raise UnreadableHours("Il manque des heures, ou autre chose est écrit.")
    spans = _spans(rest)
    return [_span(day, *span) for day in _weekdays(days.group()) for span in spans]


def _spans(rest: str) -> list[tuple[time, time]]:
    """Return the hours; a part of the day just before hours only names them (``matin 9h-11h``)."""
    found = list(_PART.finditer(rest))
    spans: list[tuple[time, time]] = []
    for index, one in enumerate(found):
        if one[1]:
            spans.append((_clock(one[1]), _clock(one[2])))
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if after is None or not after[1] or rest[one.end() : after.start()].strip(" (:"):
            spans += PERIODS[one["period"][0]]
    return spans


def _span(day: int, start: time, end: time) -> WeeklyHours:
    try:
        return WeeklyHours(day, start, end)
    except ValueError as error:
        raise UnreadableHours("Une heure de fin vient avant l’heure de début.") from error


def _weekdays(text: str) -> list[int]:
    found: list[int] = []
    ranges = _RANGE.findall(text)
    for first, last in ranges:
        start, end = _weekday(first), _weekday(last)
        if end < start:
            raise UnreadableHours("Les jours vont à reculons.")
        found += range(start, end + 1)
    found += [_weekday(day) for day in re.findall(DAY, _RANGE.sub("", text))]
    return sorted(set(found))


def _weekday(word: str) -> int:
    name = word.rstrip(".")
    for number, day in enumerate(DAYS):
        if name in (day, day[:3], f"{day}s"):
            return number
    raise UnreadableHours(f"Jour inconnu\u00a0: {name}.")


def _clock(text: str) -> time:
    hour, minute = re.split(r"[:h]", text.replace(" ", ""))
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise UnreadableHours("Une heure n’existe pas.") from error
