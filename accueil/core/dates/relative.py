"""Read days counted from today: "dans 3 jours", "sous huitaine", "il y a 2 jours"."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from accueil.core.dates.items import INVALID_DAYS, PAST_DAYS, Bound, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.numeric import make_date
from accueil.core.dates.weeks import LAST, NEXT, read_week

_DAYS_IN: Final = {"jours": 1, "j": 1, "semaine": 7}
_ABOUT: Final = {"huitaine": 8, "dizaine": 10, "quinzaine": 15, "vingtaine": 20}
_SOON: Final = (("prochain", "jours"), ("jours", "qui", "viennent"), ("jours", "ci"))


def read_relative(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read an expression counted from ``today``."""
    return (
        _in_some_time(tokens, at, today)
        or _ago(tokens, at)
        or _coming_days(tokens, at, today)
        or read_week(tokens, at, today)
        or _in_the_day(tokens, at, today)
        or _year(tokens, at, today)
    )


def count_ahead(tokens: Tokens, at: int, today: date) -> tuple[date | None, int] | None:
    """Read "3 jours", "deux semaines", "48h", "huitaine" and return that day; None if too far."""
    start = tokens.after(at, "environ")
    about = tokens.after(start, "un", "une")
    if tokens.word(about) in _ABOUT:
        end = about + 3 if tokens.spells(about + 1, "de", "jours") else about + 1
        return today + timedelta(days=_ABOUT[tokens.word(about)]), end
    number = tokens.number(start)
    unit = tokens.word(start + 1)
    if number is None:
        return None
    if unit == "heures" and tokens.digits(start) == 2 and number in {24, 48, 72}:
        return today + timedelta(hours=number), start + 2
    if unit in {"mois", "ans", "an"}:
        return _months_ahead(today, number if unit == "mois" else number * 12), start + 2
    if unit not in _DAYS_IN:
        return None
    days = number * _DAYS_IN[unit]
    return (today + timedelta(days=days) if days < 1000 else None), start + 2


def _months_ahead(today: date, months: int) -> date | None:
    if months > 48:
        return None
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return make_date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _in_some_time(tokens: Tokens, at: int, today: date) -> DaysFound:
    opening = tokens.word(at)
    if opening not in {"dans", "sous"} and not tokens.spells(at, "de", "ici"):
        return None
    within = tokens.spells(at, "dans", "les")
    found = count_ahead(tokens, at + (2 if opening == "de" or within else 1), today)
    if found is None:
        return None
    day, end = found
    if day is None:
        return INVALID_DAYS, end
    if opening == "dans" and not within:
        whole_weeks = tokens.word(end - 1) == "semaine"
        return Days(day, day, pinned=True, frame=whole_weeks), end
    return Days(day, day, bound=Bound.UNTIL, pinned=True), end


def _ago(tokens: Tokens, at: int) -> DaysFound:
    start = tokens.after(at, "il")
    if not tokens.spells(start, "y", "a") or tokens.number(start + 2) is None:
        return None
    if tokens.word(start + 3) in {"jours", "semaine", "mois", "ans", "an", "heures", "minutes"}:
        return PAST_DAYS, start + 4
    return None


def _in_the_day(tokens: Tokens, at: int, today: date) -> DaysFound:
    if not tokens.spells(at, "dans", "la", "journee") or tokens.word(at + 3) in {"de", "du"}:
        return None
    return Days(today, today, pinned=True), at + 3


def _coming_days(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "dans")
    start = tokens.after(start, "les", "ces")
    number = tokens.number(start)
    if number is not None and tokens.word(start + 1) == "prochain":
        if tokens.word(start + 2) == "jours" and number <= 366:
            return Days(today, today + timedelta(days=number)), start + 3
        return None
    for words in _SOON:
        if tokens.spells(start, *words):
            return Days(today, today + timedelta(days=7)), start + len(words)
    return None


def _year(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "le", "la")
    year = tokens.number(at + 1) if tokens.word(at) == "en" else None
    if year is not None and tokens.digits(at + 1) == 4 and year in {today.year + 1, today.year + 2}:
        return Days(date(year, 1, 1), date(year, 12, 31)), at + 2
    if tokens.word(start) not in {"annee", "an"} or tokens.word(start + 2) == "en":
        return None
    if tokens.word(start + 1) in LAST:
        return PAST_DAYS, start + 2
    if tokens.word(start + 1) in NEXT:
        return Days(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)), start + 2
    return None
