"""Read days listed together: "le 3, le 4 ou 5 décembre", "le 24, 25 ou 26"."""

from datetime import date
from typing import Final

from accueil.core.dates.clock import read_clock
from accueil.core.dates.items import Days
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lexicon import CLOSES_WISH
from accueil.core.dates.numeric import day_number, make_date, month_at, on_or_after, placed

_LINKS: Final = frozenset({"ou", "et", ",", "/", "-", "le"})
_SIGNS: Final = frozenset({"/", "-"})
_LONGEST_LIST: Final = 12


def read_listed_dates(tokens: Tokens, at: int, today: date) -> tuple[list[Days], int] | None:
    """Read days of one month said once at the end, or of no month after "le"."""
    start = tokens.after(at, "le", "les")
    numbers: list[int] = []
    while len(numbers) < _LONGEST_LIST:
        number, after = day_number(tokens, start)
        if number is None or read_clock(tokens, start) is not None:
            return None
        numbers.append(number)
        month, end = month_at(tokens, after)
        if month is not None:
            return _of_month(tokens, numbers, month, end, today) if len(numbers) > 1 else None
        if tokens.word(after) not in _LINKS or _link_leads_away(tokens, after):
            return _of_no_month(tokens, at, numbers, after, today)
        start = tokens.after(tokens.after(after + 1, "le"), "le")
    return None


def _link_leads_away(tokens: Tokens, at: int) -> bool:
    """Say whether what follows the link at ``at`` is no number of the list ("le 3 ou mardi")."""
    following = tokens.after(tokens.after(at + 1, "le"), "le")
    return day_number(tokens, following)[0] is None


def _of_month(
    tokens: Tokens, numbers: list[int], month: int, end: int, today: date
) -> tuple[list[Days], int]:
    year = tokens.number(end) if tokens.digits(end) == 4 else None
    end += year is not None
    return [_dated(number, month, year, today) for number in numbers], end


def _dated(day: int, month: int, year: int | None, today: date) -> Days:
    return placed(make_date(year, month, day) if year else on_or_after(today, day, month), today)


def _of_no_month(
    tokens: Tokens, at: int, numbers: list[int], end: int, today: date
) -> tuple[list[Days], int] | None:
    signs = any(tokens.word(place) in _SIGNS for place in range(at, end))
    if len(numbers) < 2 or signs or tokens.word(at) not in {"le", "les"}:
        return None
    if tokens.word(end) not in CLOSES_WISH or not all(1 <= day <= 31 for day in numbers):
        return None
    return [placed(on_or_after(today, day), today) for day in numbers], end
