"""Read weeks and week-ends: "la semaine pro", "début de semaine", "semaine 49", "ce week-end".

Weeks run from Monday to Sunday; what is already over of the current week is left out.
"""

from datetime import date, timedelta
from typing import Final

from accueil.core.dates.items import INVALID_DAYS, PAST_DAYS, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.model import DateStatus
from accueil.core.dates.numeric import read_date

NEXT: Final = frozenset({"prochain", "suivant"})
LAST: Final = frozenset({"dernier", "derniere", "passe", "passee"})
_WEEK_EDGES: Final = {"debut": (0, 1), "milieu": (1, 3), "mi": (1, 3), "fin": (3, 4)}


def read_week(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read a week, a part of one, or a week-end."""
    return (
        _week_edge(tokens, at, today)
        or _weekend(tokens, at, today)
        or _week_of(tokens, at, today)
        or _week(tokens, at, today)
    )


def read_week_end(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read "la fin de la semaine" where it closes a stretch: its Sunday, not Thursday on."""
    found = _week_edge(tokens, at, today) if tokens.word(at) == "fin" else None
    if found is None or found[0].last is None:
        return None
    sunday = found[0].last + timedelta(days=6 - found[0].last.weekday())
    return Days(sunday, sunday, pinned=True), found[1]


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
    if ahead or tokens.word(after) in NEXT:
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
    if tokens.word(end) in LAST:
        return Days(fault=DateStatus.PAST, frame=True), end + 1
    numbered = tokens.number(end)
    if numbered is not None and tokens.digits(end) in {1, 2} and monday <= today:
        return _iso_week(today, numbered), end + 1
    this_one = (
        tokens.word(start - 1) == "ce"
        or tokens.word(at) in {"dans", "toute"}
        or tokens.word(end - 1) == "ci"
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
    start = tokens.after(tokens.after(at, "dans", "pour"), "la")
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
    if tokens.word(after) in LAST:
        return PAST_DAYS, after + 1
    dated = read_date(tokens, after, today, bare=True) if tokens.word(after) == "du" else None
    if dated is not None and dated[0].first is not None:
        saturday = dated[0].first + timedelta(days=5 - dated[0].first.weekday())
        return Days(max(saturday, today), saturday + timedelta(days=1), pinned=True), dated[1]
    saturday = today + timedelta(days=5 - today.weekday())
    following = tokens.word(after) in NEXT or tokens.word(start - 1) == "prochain"
    if following and today >= saturday:
        saturday += timedelta(weeks=1)
    end = after + 1 if tokens.word(after) in NEXT else tokens.after(after, "ci")
    return Days(max(saturday, today), saturday + timedelta(days=1), pinned=True), end
