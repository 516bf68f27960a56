"""Read feasts: "avant Noël", "après les fêtes", "le lundi de Pâques", "entre Noël et le nouvel an".

A feast's bare name is no date ("à Noël je suis chez ma mère"): it takes a limit, a weekday or "le
jour de".
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from accueil.core.dates.daynames import weekday_at
from accueil.core.dates.items import Days, DaysFound
from accueil.core.dates.lexer import Tokens


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Butcher's algorithm)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int, length: int = 1) -> Callable[[int], tuple[date, date]]:
    def span(year: int) -> tuple[date, date]:
        first = date(year, month, day)
        return first, first + timedelta(days=length - 1)

    return span


def _from_easter(days: int, length: int = 1) -> Callable[[int], tuple[date, date]]:
    def span(year: int) -> tuple[date, date]:
        first = easter(year) + timedelta(days=days)
        return first, first + timedelta(days=length - 1)

    return span


# First and last day of each feast; Easter and Pentecost hold their Monday.
_FEASTS: Final = {
    ("noel",): _fixed(12, 25),
    ("fetes", "de", "fin", "de", "annee"): _fixed(12, 24, 9),
    ("fetes",): _fixed(12, 24, 9),
    ("nouvel", "an"): _fixed(1, 1),
    ("jours", "de", "le", "an"): _fixed(1, 1),
    ("toussaint",): _fixed(11, 1),
    ("paques",): _from_easter(0, 2),
    ("ascension",): _from_easter(39),
    ("pentecote",): _from_easter(49, 2),
    ("ete",): _fixed(7, 1, 62),  # everyday summer: July and August
}
_BETWEEN: Final = (
    ("entre", "noel", "et", "le", "nouvel", "an"),
    ("entre", "noel", "et", "le", "jours", "de", "le", "an"),
    ("entre", "noel", "et", "nouvel", "an"),
    ("entre", "les", "fetes"),
    ("entre", "les", "deux", "fetes"),
)


def read_feast(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read days named after a feast."""
    return (
        _between(tokens, at, today)
        or _weekday_of(tokens, at, today)
        or _day_of(tokens, at, today)
        or _during(tokens, at, today)
    )


def read_feast_name(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read a feast by its name alone, as after "avant" or "après"."""
    start = tokens.after(at, "le", "la", "les")
    for words, span in _FEASTS.items():
        if tokens.spells(start, *words):
            first, last = _next(span, today)
            return Days(first, last, pinned=True), start + len(words)
    return None


def _next(span: Callable[[int], tuple[date, date]], today: date) -> tuple[date, date]:
    spans = (span(today.year + step) for step in (-1, 0, 1))
    return next((first, last) for first, last in spans if last >= today)


def _between(tokens: Tokens, at: int, today: date) -> DaysFound:
    for words in _BETWEEN:
        if tokens.spells(at, *words):
            first, last = _next(_fixed(12, 26, 6), today)
            return Days(max(first, today), last, pinned=True), at + len(words)
    return None


def _weekday_of(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "le lundi de Pâques", "jeudi de l'Ascension"."""
    weekday, after = weekday_at(tokens, tokens.after(at, "le"))
    if weekday is None or tokens.word(after) != "de":
        return None
    found = read_feast_name(tokens, after + 1, today)
    if found is None or found[0].first is None or found[0].last is None:
        return None
    day = found[0].first + timedelta(days=(weekday - found[0].first.weekday()) % 7)
    return (Days(day, day, pinned=True), found[1]) if day <= found[0].last else None


def _day_of(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "le jour de Noël", "le jour de l'an"."""
    if tokens.spells(at, "le", "jours", "de", "le", "an"):
        return read_feast_name(tokens, at, today)
    if not tokens.spells(at, "le", "jours", "de"):
        return None
    return read_feast_name(tokens, at + 3, today)


def _during(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "pendant les fêtes", "cet été", "l'été"."""
    start = tokens.after(at, "pendant", "durant")
    summer = tokens.word(start) in {"ce", "le"} and tokens.word(start + 1) == "ete"
    if not summer and (start == at or not tokens.spells(start, "les", "fetes")):
        return None
    found = read_feast_name(tokens, start + 1, today)
    if found is None or found[0].first is None:
        return None
    return Days(max(found[0].first, today), found[0].last, pinned=True), found[1]
