"""Read dates of the month: "3/12", "03/12/2026", "le 3 décembre", "le 3"."""

from dataclasses import replace
from datetime import date
from typing import Final

from accueil.core.dates.clock import read_clock
from accueil.core.dates.items import INVALID_DAYS, PAST_DAYS, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lexicon import CLOSES_WISH, MONTH_ABBREVIATIONS, MONTHS

_SIGNS: Final = frozenset({"/", "-", "."})
_FIRST_HOUR, _LAST_HOUR = 7, 23
# "le 1er rdv" is no date, "rdv le 1er Lille" is one.
_NO_DATE_AFTER_FIRST: Final = frozenset(
    {"rendezvous", "etage", "jours", "choix", "creneau", "possible", "dispo", "fois", "libre"}
)
_NO_DAY_AFTER: Final = frozenset(
    {"e", "eme", "ieme", "nd", "nde", "ter", "bis", "heures", ":", "%", "fois", "mois", "jours",
     "semaine", "personnes", "enfants", "choix", "option"}
)  # fmt: skip


def read_date(
    tokens: Tokens, at: int, today: date, *, after_weekday: bool = False, bare: bool = False
) -> DaysFound:
    """Read a date of the calendar at ``at``.

    A number alone is a day only after "le" or a weekday, or when ``bare`` says so ("du 3 au 5").
    """
    named = tokens.word(at) in {"le", "du", "au"} or after_weekday
    start = tokens.after(at, "le", "du", "au")
    if read_clock(tokens, start) is not None:
        return None
    return (
        _iso(tokens, start, today)
        or _with_signs(tokens, start, today, named=named)
        or _with_spaces(tokens, start, today)
        or _with_month(tokens, start, today)
        or (_day_alone(tokens, start, today, bare=bare) if named or bare else None)
    )


def month_at(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Return the month named at ``at`` and the place after it, or None."""
    word = tokens.word(at)
    if word in MONTHS:
        return MONTHS[word], at + 1
    if word in MONTH_ABBREVIATIONS and tokens.word(at + 1) != "heures":
        return MONTH_ABBREVIATIONS[word], tokens.after(at + 1, ".")
    return None, at


def day_number(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Return the day of the month written at ``at`` ("3", "1er", "premier"), or None."""
    if tokens.word(at) == "premier":
        return 1, at + 1
    number = tokens.number(at)
    if number is None or tokens.digits(at) > 2:
        return None, at
    if number == 1 and tokens.word(at + 1) == "er":
        return 1, at + 2
    return number, at + 1


def on_or_after(today: date, day: int, month: int | None = None) -> date | None:
    """Return the next date with that day (and month), today included, or None if impossible."""
    if month is not None:
        for year in (today.year, today.year + 1):
            if (year, month, day) >= (today.year, today.month, today.day):
                return make_date(year, month, day)
        return None
    for ahead in range(3):  # two months in a row always hold a 31st within three
        total = today.month - 1 + ahead
        found = make_date(today.year + total // 12, total % 12 + 1, day)
        if found is not None and found >= today:
            return found
    return None


def make_date(year: int, month: int, day: int) -> date | None:
    """Return that date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def placed(day: date | None, today: date) -> Days:
    """Return one dated day, or why it cannot be used."""
    if day is None:
        return INVALID_DAYS
    return PAST_DAYS if day < today else Days(day, day, pinned=True)


def _iso(tokens: Tokens, at: int, today: date) -> DaysFound:
    if tokens.digits(at) != 4 or tokens.word(at + 1) not in _SIGNS - {"."}:
        return None
    if tokens.word(at + 3) != tokens.word(at + 1):
        return None
    year, month, day = (tokens.number(at + step) for step in (0, 2, 4))
    if year is None or month is None or day is None:
        return None
    return placed(make_date(year, month, day), today), at + 5


def _with_signs(tokens: Tokens, at: int, today: date, *, named: bool) -> DaysFound:
    day, month, sign = tokens.number(at), tokens.number(at + 2), tokens.word(at + 1)
    if day is None or month is None or sign not in _SIGNS:
        return None
    if not (0 < tokens.digits(at) <= 2 and 0 < tokens.digits(at + 2) <= 2):
        return None
    if not named and not (tokens.glued(at + 1) and tokens.glued(at + 2)):
        return None
    if read_clock(tokens, at + 2) is not None:
        return None
    year = tokens.number(at + 4) if tokens.word(at + 3) == sign else None
    if year is not None and tokens.digits(at + 4) in {2, 4}:
        full_year = year + 2000 if tokens.digits(at + 4) == 2 else year
        return placed(make_date(full_year, month, day), today), at + 5
    if not named and sign == "." and not _is_dotted_date(tokens, at):
        return None
    if not named and (sign == "-" or day > 31 or month > 12 or tokens.word(at + 3) == "/"):
        return None
    if month > 12 and sign != "/":
        return None
    return placed(on_or_after(today, day, month), today), at + 3


def _is_dotted_date(tokens: Tokens, at: int) -> bool:
    """Tell "30.11", written alone, from a time or a mark."""
    day, digits = tokens.number(at) or 0, (tokens.digits(at), tokens.digits(at + 2))
    alone = at == 0 and tokens.word(at + 3) in CLOSES_WISH - {"."}
    return alone and digits == (2, 2) and not _FIRST_HOUR <= day <= _LAST_HOUR


def _with_spaces(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "03 12 2026"."""
    day, month, year = (tokens.number(at + step) for step in range(3))
    widths = tuple(tokens.digits(at + step) for step in range(3))
    if widths != (2, 2, 4) or day is None or month is None or year is None or month > 12:
        return None
    return (placed(make_date(year, month, day), today), at + 3) if 2000 < year < 2100 else None


def _with_month(tokens: Tokens, at: int, today: date) -> DaysFound:
    day, after = day_number(tokens, at)
    if day is None:
        return None
    month, after = month_at(tokens, tokens.after(after, "de"))
    if month is None:
        return _of_a_month(tokens, day, after, today)
    year = tokens.number(after) if tokens.digits(after) == 4 else None
    if year is not None:
        return placed(make_date(year, month, day), today), after + 1
    return placed(on_or_after(today, day, month), today), after


def _of_a_month(tokens: Tokens, day: int, at: int, today: date) -> DaysFound:
    """Read "le 15 du mois prochain", "le 15 de ce mois"."""
    here = tokens.after(tokens.after(at, "du", "de"), "ce", "le")
    if here == at or tokens.word(here) != "mois":
        return None
    if tokens.word(here + 1) in {"prochain", "suivant"}:
        year, month = divmod(today.year * 12 + today.month, 12)
        return placed(make_date(year, month + 1, day), today), here + 2
    return placed(make_date(today.year, today.month, day), today), here + 1


def _day_alone(tokens: Tokens, at: int, today: date, *, bare: bool) -> DaysFound:
    if tokens.word(at) == "premier" or (tokens.digits(at) == 0 and tokens.number(at) == 1):
        return None
    day, after = day_number(tokens, at)
    if day is None or tokens.word(after) in _NO_DAY_AFTER:
        return None
    if not 1 <= day <= 31:
        alone = at == 1 and tokens.word(tokens.after(after, "a", "vers")) == ""
        timed = read_clock(tokens, tokens.after(after, "a", "vers")) is not None
        return (INVALID_DAYS, after) if 31 < day < 100 and at == 1 and (alone or timed) else None
    if after == at + 2 and not bare and not _first_is_a_date(tokens, at, after):
        return None
    if tokens.glued(after) and tokens.word(after) in {"/", "-", "+", "x"}:
        return None
    return replace(placed(on_or_after(today, day), today), bare_day=day), after


def _first_is_a_date(tokens: Tokens, at: int, after: int) -> bool:
    """Tell "lundi 1er" and "le 1er à 14h" from "le 1er étage", "le 1er rdv"."""
    closed = tokens.word(after) in CLOSES_WISH
    asked = tokens.word(at - 2) == "rendezvous" and tokens.word(after) not in _NO_DATE_AFTER_FIRST
    return closed or asked or tokens.word(at - 1) not in {"le", "du", "au"}
