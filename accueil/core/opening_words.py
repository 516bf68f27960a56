"""Read openings in plain French: ``mardi 9h-12h une semaine sur deux à partir du 2026-12-01``.

Rules are separated by semicolons. Beside days and hours (``accueil.core.weekly_hours``), each may
say which weeks (``1er et 3e jeudi``, ``dernier vendredi``, ``une semaine sur deux``), from when to
when, ``sauf le ...``, one day only (``le 2026-12-05 9h-12h``), and in which ways it receives.
"""

import re
from datetime import date, timedelta
from itertools import combinations

from accueil.core.french import NBSP
from accueil.core.opening_rules import EVERY, WAYS, OpeningRule
from accueil.core.territory import DAYS, DEFAULT_MODALITIES, Modality, WeeklyHours
from accueil.core.text import fold
from accueil.core.typed_time import DATE, read_day
from accueil.core.weekly_hours import read_weekly_hours
from accueil.core.weekly_words import DAY, UnreadableHours

_AND = r"(?:\s*,\s*(?:et )?|\s+(?:et|ou) )"
_RANKS = {
    "1er": 1, "premier": 1, "2e": 2, "2eme": 2, "deuxieme": 2, "second": 2, "3e": 3, "3eme": 3,
    "troisieme": 3, "4e": 4, "4eme": 4, "quatrieme": 4, "5e": 5, "5eme": 5, "cinquieme": 5,
    "dernier": -1,
}  # fmt: skip
_COUNTS = {word: count for count, word in EVERY.items()}
_WAYS = {fold(words): way for way, words in WAYS.items()}
_RANK = rf"(?:{'|'.join(_RANKS)})s?"
_COUNT = rf"(?:{'|'.join(_COUNTS)}|[1-9]\d?)"
_WAY = rf"(?:{'|'.join(_WAYS)})"
_EXCEPTED = rf"(?:du {DATE} au {DATE}|(?:le )?{DATE})"

_EXCEPT = re.compile(rf",?\s*\bsauf {_EXCEPTED}(?:{_AND}{_EXCEPTED})*")
_BOUNDS = re.compile(
    rf",?\s*\b(?:du (?P<from>{DATE}) au (?P<to>{DATE})|a partir du (?P<first>{DATE})"
    rf"(?: jusqu'au (?P<end>{DATE}))?|jusqu'au (?P<last>{DATE}))"
)
_MODALITIES = re.compile(rf",?\s*\b{_WAY}(?:conference)?(?:{_AND}{_WAY})*(?![a-z])")
_EVERY = re.compile(
    rf",?\s*\b(?:une semaine|(?:un|1) (?P<day>{DAY})) sur (?P<count>{_COUNT})(?!\w)"
    rf"|,?\s*\btoutes les (?P<weeks>{_COUNT}) semaines\b"
)
_IN_MONTH = re.compile(rf"(?:\bles? )?\b{_RANK}(?:{_AND}(?:les? )?{_RANK})* (?P<day>{DAY})(?!\w)")
_OF_MONTH = re.compile(r"\b(?:du|de chaque) mois\b")
_ONCE = re.compile(rf"\ble (?:(?P<day>{DAY}) )?(?P<date>{DATE})")
_LONGEST = 4000


def read_opening_rules(text: str) -> list[OpeningRule]:
    """Return the rules, at least one, in the order of the week. Raises ``UnreadableHours``."""
    if len(text) > _LONGEST:
        raise UnreadableHours("Les plages sont trop longues.")
    rules = [rule for part in text.split(";") if part.strip() for rule in _rules(fold(part))]
    if not rules:
        raise UnreadableHours("Il n’y a pas de plage.")
    if any(one.clashes(other) for one, other in combinations(rules, 2)):
        raise UnreadableHours("Deux plages d’un même jour se recouvrent.")
    return sorted(rules, key=lambda one: (one.weekday, one.start, one.end))


class _Words:
    """What is left to understand of one rule."""

    def __init__(self, folded: str) -> None:
        self.rest = folded

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take words out, save the name of a day; said twice, they belong to two rules."""
        found = list(pattern.finditer(self.rest))
        if len(found) > 1:
            raise UnreadableHours("Mettez un point-virgule entre les jours différents.")
        if not found:
            return None
        day = found[0].groupdict().get("day") or ""
        self.rest = f"{self.rest[: found[0].start()]} {day}{self.rest[found[0].end() :]}"
        return found[0]


def _rules(folded: str) -> list[OpeningRule]:
    words = _Words(folded)
    excepted = words.take(_EXCEPT)
    first, last = _bounds(words.take(_BOUNDS))
    modalities = _modalities(words.take(_MODALITIES))
    every = _every(words.take(_EVERY), first)
    once = words.take(_ONCE)
    weeks = _month_weeks(words.take(_IN_MONTH))
    words.take(_OF_MONTH)
    if once:
        if first or last or weeks or every > 1:
            raise UnreadableHours("Un seul jour, ou un jour qui revient, pas les deux.")
        first = last = read_day(once["date"])
    spans = _spans(words.rest, first if once else None)
    if weeks and len({span.weekday for span in spans}) > 1:
        raise UnreadableHours("Mettez un point-virgule entre les jours différents.")
    skipped = _skipped(excepted, {span.weekday for span in spans})
    found = [
        OpeningRule(
            span.weekday, span.start, span.end, first, last, every, weeks,
            tuple(day for day in skipped if day.weekday() == span.weekday), modalities,
        )
        for span in spans
    ]  # fmt: skip
    if not all(map(_takes_place, found)):
        raise UnreadableHours("Une plage n’a lieu aucun jour de ces dates.")
    return found


def _spans(rest: str, day: date | None) -> list[WeeklyHours]:
    """Return the hours of the week, or those of one day when it is known."""
    name = DAYS[day.weekday()] if day else ""
    needs_day = day is not None and not re.match(rf"\s*{DAY}(?!\w)", rest)
    spans = read_weekly_hours(f"{name} {rest}" if needs_day else rest)
    if not spans:
        raise UnreadableHours("Il manque le jour et les heures.")
    if day is not None and any(span.weekday != day.weekday() for span in spans):
        raise UnreadableHours(f"Le {day} est un {name}.")
    return spans


def _bounds(found: re.Match[str] | None) -> tuple[date | None, date | None]:
    if found is None:
        return None, None
    first, last = found["from"] or found["first"], found["to"] or found["end"] or found["last"]
    bounds = read_day(first) if first else None, read_day(last) if last else None
    if bounds[0] and bounds[1] and bounds[0] > bounds[1]:
        raise UnreadableHours("Les dates vont à reculons.")
    if bounds[0] and bounds[0] == bounds[1]:
        raise UnreadableHours(f"Pour un seul jour, écrivez «{NBSP}le {bounds[0]} 9h-12h{NBSP}».")
    return bounds


def _modalities(found: re.Match[str] | None) -> tuple[Modality, ...]:
    if found is None:
        return DEFAULT_MODALITIES
    said = {_WAYS[words] for words in re.findall(_WAY, found[0])}
    return tuple(one for one in Modality if one in said)


def _every(found: re.Match[str] | None, first: date | None) -> int:
    word = (found["count"] or found["weeks"]) if found else "1"
    count = _COUNTS.get(word) or int(word)
    if count > 1 and first is None:
        raise UnreadableHours(
            f"Dites à partir de quelle semaine{NBSP}: «{NBSP}à partir du 2026-12-01{NBSP}»."
        )
    return count


def _month_weeks(found: re.Match[str] | None) -> tuple[int, ...]:
    if found is None:
        return ()
    said = found[0].removesuffix(found["day"])
    weeks = {_RANKS[word.removesuffix("s")] for word in re.findall(rf"\b{_RANK}\b", said)}
    return tuple(sorted(weeks, key=lambda week: (week < 0, week)))


def _skipped(found: re.Match[str] | None, weekdays: set[int]) -> list[date]:
    """Return the excepted days that are such weekdays; a day named alone must be one."""
    days: set[date] = set()
    for said in re.findall(_EXCEPTED, found[0]) if found else ():
        bounds = [read_day(one) for one in re.findall(DATE, said)]
        if len(bounds) == 1 and bounds[0].weekday() not in weekdays:
            raise UnreadableHours(f"Le {bounds[0]} est un {DAYS[bounds[0].weekday()]}.")
        count = min((bounds[-1] - bounds[0]).days + 1, 366)
        span = (bounds[0] + timedelta(days=number) for number in range(count))
        days |= {day for day in span if day.weekday() in weekdays}
    return sorted(days)


def _takes_place(rule: OpeningRule) -> bool:
    """Tell whether a rule between two dates leaves any day."""
    if rule.first_day is None or rule.last_day is None:
        return True
    opening = rule.opening("", "", "")
    days = range((rule.last_day - rule.first_day).days + 1)
    return any(opening.takes_place_on(rule.first_day + timedelta(days=one)) for one in days)
