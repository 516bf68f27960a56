"""Read school holidays: "après les vacances", "vacances de février", "à la rentrée"."""

from datetime import date, timedelta
from typing import Final

from accueil.core.dates.hours import bound_at
from accueil.core.dates.items import PAST_DAYS, UNKNOWN_DAYS, Bound, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.numeric import month_at
from accueil.core.dates.school_calendar import next_holiday, next_return

_NAMES: Final = {
    "toussaint": "toussaint", "octobre": "toussaint", "automne": "toussaint",
    "noel": "noel", "decembre": "noel",
    "hiver": "hiver", "fevrier": "hiver", "ski": "hiver", "carnaval": "hiver",
    "printemps": "printemps", "paques": "printemps", "avril": "printemps",
    "ete": "ete", "juillet": "ete",
}  # fmt: skip
_DURING: Final = frozenset({"pendant", "durant", "aux", "lors", "sur"})
_UNTIL_START: Final = frozenset({Bound.UNTIL, Bound.BEFORE})


def read_school_days(tokens: Tokens, at: int, today: date, zone: str | None) -> DaysFound:
    """Read days counted from school holidays; UNKNOWN_DAYS when the calendar lacks them."""
    return (
        _holidays(tokens, at, today, zone)
        or _week_beside(tokens, at, today, zone)
        or _return(tokens, at, today, zone)
    )


def _holidays(tokens: Tokens, at: int, today: date, zone: str | None) -> DaysFound:
    bound, start = bound_at(tokens, at)
    if tokens.word(at) == "des" and tokens.word(start) != "les":
        return None  # "des vacances"
    if tokens.word(at) in _DURING:
        start = at + 1
    prefixed = start > at
    to_the_end = bound in {Bound.AFTER, Bound.UNTIL} and tokens.spells(start, "la", "fin", "des")
    named = _named(tokens, start + 3 if to_the_end else start)
    if named is None or not (prefixed or named[0]):
        return None
    if bound in _UNTIL_START and not to_the_end:
        bound = Bound.BEFORE  # "d'ici les vacances": until they begin
    return _limited(named[0], bound, today, zone), named[1]


def _named(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Return the name of the holidays at ``at``, empty when none is said, and the place after."""
    start = tokens.after(at, "les", "aux", "des")
    name = "ete" if tokens.word(start) == "grandes" else ""
    start = tokens.after(start, "grandes", "petites", "prochain")
    if tokens.word(start) != "vacances":
        return None
    end = tokens.after(start + 1, "scolaires", "scolaire", "prochain")
    said = _NAMES.get(tokens.word(_article(tokens, end))) if tokens.word(end) == "de" else None
    return (said, _article(tokens, end) + 1) if said else (name, end)


def _article(tokens: Tokens, at: int) -> int:
    return tokens.after(tokens.after(at, "de"), "la", "le")


def _limited(name: str, bound: Bound, today: date, zone: str | None) -> Days:
    holiday = next_holiday(today, zone, name)
    if holiday is None:
        return UNKNOWN_DAYS
    first = max(holiday.first, today)
    if bound in {Bound.BEFORE, Bound.FROM}:
        day = holiday.first if bound is Bound.BEFORE else first
        return Days(day, day, bound=bound, pinned=True)
    if holiday.back is None:
        return UNKNOWN_DAYS
    return Days(first, holiday.back - timedelta(days=1), bound=bound, pinned=True)


def _week_beside(tokens: Tokens, at: int, today: date, zone: str | None) -> DaysFound:
    """Read "la semaine avant les vacances", "la semaine d'après les vacances"."""
    start = tokens.after(at, "le", "la")
    if tokens.word(start) != "semaine":
        return None
    side = tokens.after(start + 1, "de")
    named = _named(tokens, side + 1) if tokens.word(side) in {"avant", "apres"} else None
    if named is None:
        return None
    holiday = next_holiday(today, zone, named[0])
    before = tokens.word(side) == "avant"
    day = None if holiday is None else (holiday.first if before else holiday.back)
    if day is None:
        return UNKNOWN_DAYS, named[1]
    monday = day - timedelta(days=day.weekday())
    if monday + timedelta(days=6) < today:
        return PAST_DAYS, named[1]
    return Days(max(monday, today), monday + timedelta(days=6), frame=True), named[1]


def _return(tokens: Tokens, at: int, today: date, zone: str | None) -> DaysFound:
    """Read "à la rentrée", "avant la rentrée de septembre"."""
    bound, start = bound_at(tokens, at)
    start = start if bound is not Bound.WITHIN else tokens.after(at, "a", "pour")
    if start == at or tokens.word(tokens.after(start, "la", "le")) != "rentree":
        return None
    end = tokens.after(tokens.after(start, "la", "le") + 1, "scolaire")
    said = _article(tokens, end) if tokens.word(end) == "de" else end
    month, after_month = month_at(tokens, said)
    if month is not None:
        back = next_return(today, zone, month)
        if back is None:
            return None  # "de septembre" still says the month
        end = after_month
    else:
        name = _NAMES.get(tokens.word(said), "") if said > end else ""
        end = said + 1 if name else end
        holiday = next_holiday(today, zone, name)
        back = holiday.back if holiday else None
    if back is None:
        return UNKNOWN_DAYS, end
    until = bound in {Bound.BEFORE, Bound.UNTIL}
    return Days(back, back, bound=Bound.BEFORE if until else Bound.FROM, pinned=True), end
