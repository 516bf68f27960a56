"""Read months and their parts: "en décembre", "fin du mois", "le premier lundi de décembre"."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from accueil.core.dates.daynames import weekday_at
from accueil.core.dates.items import INVALID_DAYS, PAST_DAYS, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.numeric import make_date, month_at

_RANKS: Final = {
    "premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
    "dernier": 0, "derniere": 0, "1": 1, "2": 2, "3": 3, "4": 4, "premiere": 1, "seconde": 2,
}  # fmt: skip
_RANK_ENDINGS: Final = frozenset({"er", "e", "eme", "ieme", "nd", "re", "ere", "nde"})
_FIRST_YEAR: Final = 1950
_LAST_DAYS: Final = 6  # "fin du mois" is the last six days
_OF: Final = frozenset({"de", "du"})
_EDGES: Final = frozenset({"debut", "mi", "milieu", "fin", "courant"})


def read_month(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read a whole month, a part of one, or the nth weekday of one."""
    return (
        _ranked_weekday(tokens, at, today)
        or _fortnight(tokens, at, today)
        or _edge_day(tokens, at, today)
        or _ranked_week(tokens, at, today)
        or _part(tokens, at, today)
        or _whole(tokens, at, today)
    )


def _ranked_weekday(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "le", "ce")
    rank = _RANKS.get(tokens.word(start))
    after = start + 2 if tokens.word(start + 1) in _RANK_ENDINGS else start + 1
    weekday, after = weekday_at(tokens, after) if rank is not None else (None, at)
    if rank is None or weekday is None or tokens.word(after) not in {"de", "du"}:
        return None
    month, after = _month_named(tokens, tokens.after(after + 1, "chaque", "le"), today)
    if month is None:
        return None
    day = _nth(month, weekday, rank)
    if day is not None and day < today and not _says_year(tokens, after):
        later = _next_month(month) if tokens.word(after - 1) == "mois" else _next_year(month)
        day = _nth(later, weekday, rank) if tokens.word(after - 1) != "ci" else day
    if day is None:
        return INVALID_DAYS, after
    return (PAST_DAYS if day < today else Days(day, day, pinned=True)), after


def _fortnight(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "la 2e quinzaine de janvier": from the 16th on."""
    start = tokens.after(tokens.after(at, "dans", "pendant"), "la")
    rank = _RANKS.get(tokens.word(start))
    after = start + 2 if tokens.word(start + 1) in _RANK_ENDINGS else start + 1
    if rank not in {1, 2} or tokens.word(after) != "quinzaine":
        return None
    return _in_month(tokens, after + 1, f"quinzaine {rank}", today)


def _ranked_week(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "la première semaine de janvier": the one of the month's first Monday."""
    start = tokens.after(tokens.after(at, "dans", "pendant"), "la")
    rank = _RANKS.get(tokens.word(start))
    after = start + 2 if tokens.word(start + 1) in _RANK_ENDINGS else start + 1
    if rank is None or tokens.word(after) != "semaine" or tokens.word(after + 1) not in _OF:
        return None
    month, end = _month_named(tokens, tokens.after(after + 2, "le"), today)
    monday = _nth(month, 0, rank) if month is not None else None
    if monday is None:
        return None
    sunday = monday + timedelta(days=6)
    return (Days(max(monday, today), sunday, frame=True) if sunday >= today else PAST_DAYS), end


def _edge_day(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "le dernier jour du mois"."""
    start = tokens.after(at, "le")
    if tokens.word(start) not in {"premier", "dernier"} or tokens.word(start + 1) != "jours":
        return None
    return _in_month(tokens, start + 2, f"{tokens.word(start)} jour", today)


def _is_relative(tokens: Tokens, at: int) -> bool:
    return tokens.word(at) in {"mois", "prochain", "suivant", "ci"}


def _says_year(tokens: Tokens, end: int) -> bool:
    return tokens.digits(end - 1) == 4


def _nth(month: date, weekday: int, rank: int) -> date | None:
    first = month + timedelta(days=(weekday - month.weekday()) % 7)
    if rank:
        return make_date(month.year, month.month, first.day + 7 * (rank - 1))
    length = monthrange(month.year, month.month)[1]
    return first + timedelta(days=7 * ((length - first.day) // 7))


def _part(tokens: Tokens, at: int, today: date) -> DaysFound:
    if tokens.word(at) not in _EDGES:
        return None
    return _in_month(tokens, tokens.after(at + 1, "-"), tokens.word(at), today)


def _in_month(tokens: Tokens, at: int, edge: str, today: date) -> DaysFound:
    after = tokens.after(at, "de", "du")
    after = tokens.after(after, "le", "ce")
    if edge == "debut" and tokens.word(after) == "annee":
        january = date(today.year + 1, 1, 1)
        return Days(*_cut(january, edge), pinned=True), tokens.after(after + 1, "prochain")
    month, end = _month_named(tokens, after, today)
    if month is None:
        return None
    days = _cut(month, edge)
    if days[1] < today and _says_year(tokens, end):
        return PAST_DAYS, end
    if days[1] < today:
        rolled = _next_month(month) if _is_relative(tokens, end - 1) else _next_year(month)
        days = _cut(rolled, edge)
    return Days(max(days[0], today), days[1], pinned=True), end


def _cut(month: date, edge: str) -> tuple[date, date]:
    last = monthrange(month.year, month.month)[1]
    first_day, last_day = {
        "debut": (1, 10),
        "mi": (11, 20),
        "milieu": (11, 20),
        "fin": (last - _LAST_DAYS + 1, last),
        "courant": (1, last),
        "quinzaine 1": (1, 15),
        "quinzaine 2": (16, last),
        "premier jour": (1, 1),
        "dernier jour": (last, last),
    }[edge]
    return month.replace(day=first_day), month.replace(day=last_day)


def _whole(tokens: Tokens, at: int, today: date) -> DaysFound:
    if tokens.word(at) in {"en", "de", "pour"} or tokens.spells(at, "au", "mois", "de"):
        after = at + 3 if tokens.word(at) == "au" else at + 1
        number, end = month_at(tokens, after)
        if number is None or (tokens.word(at) in {"de", "pour"} and number in {3, 5}):
            return None
        month, end = _month_named(tokens, after, today)
    elif tokens.word(at) in {"le", "ce", "du", "dans"}:
        start = tokens.after(at + 1, "le") if tokens.word(at) == "dans" else at + 1
        if tokens.word(start) != "mois":
            return None
        month, end = _month_named(tokens, start, today)
        if tokens.word(end) in {"dernier", "passe"}:
            return PAST_DAYS, end + 1
        if end == start + 1 and tokens.word(at) == "le":
            return None  # "le mois" alone says how often, not when
    else:
        month, end = _month_named(tokens, at, today)
        if not _says_year(tokens, end) or tokens.word(at) == "annee":
            return None  # a month's bare name may be a first name, a town
    if month is None:
        return None
    days = _cut(month, "courant")
    if days[1] < today and _says_year(tokens, end):
        return PAST_DAYS, end
    return Days(max(days[0], today), days[1], pinned=True), end


def _month_named(tokens: Tokens, at: int, today: date) -> tuple[date | None, int]:
    """Return the first day of the month named at ``at`` and the place after it."""
    if tokens.word(at) == "mois":
        this_month = today.replace(day=1)
        if tokens.word(at + 1) in {"prochain", "suivant"}:
            return _next_month(this_month), at + 2
        if tokens.spells(at + 1, "de", "apres"):
            return _next_month(this_month), at + 3
        if tokens.word(at + 1) == "de" and month_at(tokens, at + 2)[0] is not None:
            return _month_named(tokens, at + 2, today)
        return this_month, tokens.after(at + 1, "ci")
    if tokens.word(at) == "annee":
        return date(today.year, 12, 1), at + 1
    number, after = month_at(tokens, at)
    if number is None:
        return None, at
    year = tokens.number(after) if tokens.digits(after) == 4 else None
    if year is not None and _FIRST_YEAR <= year <= today.year + 10:
        return date(year, number, 1), after + 1
    return date(today.year + (number < today.month), number, 1), after


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _next_year(month: date) -> date:
    return month.replace(year=month.year + 1)
