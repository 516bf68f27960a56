"""Read weekdays and the days around today: "mardi prochain", "mardi en huit", "demain", "hier"."""

from datetime import date, timedelta
from typing import Final

from accueil.core.dates.clock import read_clock
from accueil.core.dates.hour_lists import read_hour_list
from accueil.core.dates.items import PAST_DAYS, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lexicon import WEEKDAY_ABBREVIATIONS, WEEKDAYS
from accueil.core.dates.numeric import day_number, make_date, read_date

_NEAR: Final = {"aujourdhui": 0, "demain": 1, "apresdemain": 2, "surlendemain": 2}
_PAST: Final = frozenset({"hier", "avanthier"})
_IN_WEEKS: Final = {"huit": 1, "8": 1, "quinze": 2, "15": 2}
# Abbreviations that are also everyday words are trusted only where a day is plainly meant.
_LISTED_BEFORE: Final = frozenset({"", "ou", "et", ",", ";", "/", "ce", "."})
_PARTS: Final = frozenset({"matin", "mat", "aprem", "midi", "soir", "prochain"})


def read_named_day(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read a day called by its name, with the date beside it when there is one."""
    word = tokens.word(at)
    if word in _PAST:
        return PAST_DAYS, at + 1
    if word in _NEAR:
        return _near_today(tokens, at, today)
    start = tokens.after(at, "le", "ce", "les")
    weekday, after = weekday_at(tokens, start)
    if weekday is None:
        return None
    dated = read_date(tokens, _skip_comma_le(tokens, after), today, after_weekday=True)
    if dated is not None and read_hour_list(tokens, tokens.after(after, ","), after_day=True):
        dated = None  # "jeudi 14 ou 15h"
    if dated is not None:
        return _agreeing(tokens, _skip_comma_le(tokens, after), dated, weekday)
    this = tokens.word(start - 1) == "ce" or tokens.word(after) == "ci"
    if this and weekday == today.weekday():
        return Days(today, today, pinned=True), tokens.after(after, "ci")
    return _qualified(tokens, after, weekday)


def _agreeing(tokens: Tokens, at: int, dated: tuple[Days, int], weekday: int) -> tuple[Days, int]:
    """Take the following month when "lundi 4" is a Monday there and none in the nearest."""
    number, after = day_number(tokens, at)
    first = dated[0].first
    if number is None or after != dated[1] or first is None or first.weekday() == weekday:
        return dated
    year, month = divmod(first.year * 12 + first.month, 12)
    day = make_date(year, month + 1, number)
    if day is None or day.weekday() != weekday:
        return dated
    return Days(day, day, pinned=True), after


def weekday_at(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Return the weekday named at ``at`` and the place after it, or None."""
    word = tokens.word(at)
    if word in WEEKDAYS:
        return WEEKDAYS[word], at + 1
    singular = word.removesuffix("s")
    if singular in WEEKDAYS:
        return WEEKDAYS[singular], at + 1
    if word in WEEKDAY_ABBREVIATIONS and tokens.word(at - 1) not in {"la", "un", "une", "mon"}:
        after = at + 2 if tokens.word(at + 1) == "." else at + 1
        short = after > at + 1 and tokens.word(at - 1) in _LISTED_BEFORE
        if short or _tells_a_day(tokens, after):
            return WEEKDAY_ABBREVIATIONS[word], after
    return None, at


def _tells_a_day(tokens: Tokens, at: int) -> bool:
    number = tokens.number(at)
    if number is not None and tokens.digits(at) in {1, 2}:
        return True
    after_preposition = tokens.after(at, "a", "vers")
    return tokens.word(at) in _PARTS or read_clock(tokens, after_preposition) is not None


def _skip_comma_le(tokens: Tokens, at: int) -> int:
    after = tokens.after(at, ",")
    return tokens.after(after, "le") if tokens.word(after) == "le" else at


def _near_today(tokens: Tokens, at: int, today: date) -> DaysFound:
    day = today + timedelta(days=_NEAR[tokens.word(at)])
    after = at + 1
    if tokens.word(after) == "en" and tokens.word(after + 1) in _IN_WEEKS:
        day += timedelta(weeks=_IN_WEEKS[tokens.word(after + 1)])
        return Days(day, day, pinned=True), after + 2
    weekday, named = weekday_at(tokens, tokens.after(after, ","))
    if weekday == day.weekday():
        dated = read_date(tokens, named, today, after_weekday=True)
        after = dated[1] if dated else named
    return Days(day, day, pinned=True), after


def _qualified(tokens: Tokens, at: int, weekday: int) -> DaysFound:
    word = tokens.word(at)
    last_limit = tokens.word(at + 1) == "delai"
    if (word in {"dernier", "passe"} and not last_limit) or tokens.spells(at, "de", "avant"):
        return PAST_DAYS, at + (1 if word != "de" else 2)
    if word == "prochain":
        return Days(weekday=weekday, pinned=True), at + 1
    if word == "suivant":
        return Days(weekday=weekday, weeks_later=1, pinned=True), at + 1
    if tokens.spells(at, "de", "apres"):
        return Days(weekday=weekday, weeks_later=1, pinned=True), at + 2
    weeks = _IN_WEEKS.get(tokens.word(at + 1)) if word == "en" else None
    if weeks is not None and tokens.word(at + 2) not in {"heures", ":"}:
        return Days(weekday=weekday, weeks_later=weeks, pinned=True), at + 2
    return Days(weekday=weekday), at
