"""Read days counted from today: "dans 3 jours", "la semaine pro", "ce week-end", "il y a 2 jours".

Weeks run from Monday to Sunday; what is already over of the current week is left out.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from accueil.core.dates.items import INVALID_DAYS, PAST_DAYS, Bound, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.numeric import make_date, read_date

_DAYS_IN: Final = {"jours": 1, "j": 1, "semaine": 7}
_NEXT: Final = frozenset({"prochain", "suivant"})
_LAST: Final = frozenset({"dernier", "derniere", "passe", "passee"})
_SOON: Final = (("prochain", "jours"), ("jours", "qui", "viennent"), ("jours", "ci"))
_WEEK_EDGES: Final = {"debut": (0, 1), "milieu": (1, 3), "mi": (1, 3), "fin": (3, 4)}


def read_relative(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read an expression counted from ``today``."""
    return (
        _in_some_time(tokens, at, today)
        or _ago(tokens, at)
        or _coming_days(tokens, at, today)
        or _week_edge(tokens, at, today)
        or _weekend(tokens, at, today)
        or _week_of(tokens, at, today)
        or _week(tokens, at, today)
        or _year(tokens, at, today)
    )


def count_ahead(tokens: Tokens, at: int, today: date) -> tuple[date | None, int] | None:
    """Read "3 jours", "deux semaines", "48h", "un mois" and return that day; None if too far."""
    start = tokens.after(at, "environ")
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
    found = count_ahead(tokens, at + (2 if opening == "de" else 1), today)
    if found is None:
        return None
    day, end = found
    if day is None:
        return INVALID_DAYS, end
    if opening == "dans":
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


def _week_edge(tokens: Tokens, at: int, today: date) -> DaysFound:
    edge = _WEEK_EDGES.get(tokens.word(at))
    if edge is None:
        return None
    start = tokens.after(tokens.after(at + 1, "-"), "de")
    start = tokens.after(start, "la", "le", "ce")
    found = _week_named(tokens, start, today)
    if found is None:
        return None
    monday, end = found
    first, last = (monday + timedelta(days=day) for day in edge)
    if last < today:
        first, last = first + timedelta(weeks=1), last + timedelta(weeks=1)
    return Days(max(first, today), last, pinned=True), end


def _week_named(tokens: Tokens, at: int, today: date) -> tuple[date, int] | None:
    """Return the Monday of the week named at ``at`` ("semaine", "semaine prochaine")."""
    ahead = tokens.word(at) == "prochain" and tokens.word(at + 1) == "semaine"
    if tokens.word(at) != "semaine" and not ahead:
        return None
    monday = today - timedelta(days=today.weekday())
    after = at + 2 if ahead else at + 1
    if ahead or tokens.word(after) in _NEXT:
        return monday + timedelta(weeks=1), after + (not ahead)
    if tokens.spells(after, "de", "apres") or tokens.spells(after, "qui", "vient"):
        return monday + timedelta(weeks=1), after + 2
    if tokens.word(after) == "en" and tokens.word(after + 1) in {"huit", "quinze"}:
        weeks = 1 if tokens.word(after + 1) == "huit" else 2
        return monday + timedelta(weeks=weeks), after + 2
    return monday, tokens.after(after, "ci")


def _week(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "dans", "pour", "toute", "de")
    named = tokens.word(start) in {"la", "le", "ce"}
    start = start + 1 if named else start
    found = _week_named(tokens, start, today)
    if found is None:
        return None
    monday, end = found
    if tokens.word(end) in _LAST:
        return PAST_DAYS, end + 1
    numbered = tokens.number(end)
    if numbered is not None and tokens.digits(end) in {1, 2} and monday <= today:
        return _iso_week(today, numbered), end + 1
    this_one = (
        tokens.word(start - 1) == "ce" or tokens.word(at) == "dans" or tokens.word(end - 1) == "ci"
    )
    if monday <= today and not this_one:
        return None  # "en semaine", "35h la semaine": how often, not when
    return Days(max(monday, today), monday + timedelta(days=6), frame=True), end


def _iso_week(today: date, number: int) -> Days:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            return INVALID_DAYS
        if monday + timedelta(days=6) >= today:
            return Days(max(monday, today), monday + timedelta(days=6), frame=True)
    return INVALID_DAYS


def _week_of(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "la")
    if tokens.word(start) != "semaine" or tokens.word(start + 1) not in {"du", "de"}:
        return None
    found = read_date(tokens, start + 1, today, bare=True)
    if found is None or found[0].first is None:
        return found
    monday = found[0].first - timedelta(days=found[0].first.weekday())
    return Days(max(monday, today), monday + timedelta(days=6), frame=True), found[1]


def _weekend(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "ce", "le", "dans", "un")
    start = tokens.after(start, "prochain")
    if tokens.word(start) != "weekend":
        return None
    after = start + 1
    if tokens.word(after) in _LAST:
        return PAST_DAYS, after + 1
    saturday = today + timedelta(days=5 - today.weekday())
    following = tokens.word(after) in _NEXT or tokens.word(start - 1) == "prochain"
    if following and today >= saturday:
        saturday += timedelta(weeks=1)
    end = after + 1 if tokens.word(after) in _NEXT else tokens.after(after, "ci")
    return Days(max(saturday, today), saturday + timedelta(days=1), pinned=True), end


def _year(tokens: Tokens, at: int, today: date) -> DaysFound:
    start = tokens.after(at, "le", "la")
    if tokens.word(start) not in {"annee", "an"}:
        return None
    if tokens.word(start + 1) in _LAST:
        return PAST_DAYS, start + 2
    if tokens.word(start + 1) in _NEXT:
        return Days(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)), start + 2
    return None
