"""Walk once through a message and list what the grammar finds in it, in order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from accueil.core.dates.every import read_every
from accueil.core.dates.hour_lists import read_hour_list
from accueil.core.dates.hours import from_time, read_times, until_time
from accueil.core.dates.items import Days, DaysFound, Mark, Piece, Times
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lists import read_listed_dates
from accueil.core.dates.marks import read_mark
from accueil.core.dates.model import TimeRange
from accueil.core.dates.ranges import read_day, read_days
from accueil.core.dates.school_words import read_school_days
from accueil.core.dates.scope import counted
from accueil.core.dates.soft_limits import read_soft_limit

_ENDS_WORK: Final = frozenset({"finis", "fini", "termine", "sors", "sort", "finirai", "terminerai"})
_THIS_PART: Final = frozenset({"matin", "aprem", "soir", "midi", "mat"})
_OPENS_ONLY: Final = frozenset({Mark.OKAY, Mark.COMMA, Mark.BREAK, Mark.TURN, Mark.FIX_NO})


def scan(tokens: Tokens, now: datetime, zone: str | None = None) -> list[Piece]:
    """List days, times and marks of a message, refusals that touch no day or time left out.

    ``zone``: whose school holidays are meant.
    """
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        found = _read(tokens, at, now, zone, pieces)
        if found:
            pieces.extend(found)
            at = found[-1].end
            continue
        mark = _than(tokens, at, pieces) or read_mark(tokens, at)
        if mark is not None and mark[0] is not None:
            pieces.append(Piece(mark[0], at, mark[1]))
        at = mark[1] if mark is not None else at + 1
    return counted(pieces)


def _than(tokens: Tokens, at: int, before: list[Piece]) -> tuple[Mark | None, int] | None:
    """Read the "que" of "mieux que lundi", which refuses, and of "je peux que lundi": only."""
    if tokens.word(at) != "que":
        return None
    touches = bool(before) and before[-1].end == at
    if touches and tokens.word(at - 1) == "mieux":
        return Mark.NOT_NEXT, at + 1
    if at == 0 or (touches and before[-1].value in _OPENS_ONLY | {Mark.YES}):
        return Mark.ONLY, at + 1
    corrects = touches and len(before) > 1 and before[-2].value is Mark.FIX
    return (Mark.NOT_NEXT, at + 1) if corrects else None


def _read(
    tokens: Tokens, at: int, now: datetime, zone: str | None, before: list[Piece]
) -> list[Piece]:
    today = now.date()
    special = _this_part(tokens, at, now) or _in_hours(tokens, at, now)
    if special:
        return special
    last = before[-1] if before else None
    every = read_every(tokens, at, today, last)
    if every:
        return every
    counted = _next_one(tokens, at, before) or read_school_days(tokens, at, today, zone)
    if counted is not None:
        return [Piece(counted[0], at, counted[1])]
    after_day = last is not None and isinstance(last.value, Days) and at - last.end <= 1
    hours = read_hour_list(tokens, at, after_day=after_day)
    if hours is not None:
        return _alternatives(hours[0], at, hours[1])
    times = read_soft_limit(tokens, at, before) or read_times(tokens, at, after_day=after_day)
    if times is not None:
        return [Piece(_free_after_work(tokens, at, times[0]), at, times[1])]
    listed = read_listed_dates(tokens, at, today)
    if listed is not None:
        return _alternatives(listed[0], at, listed[1])
    # "mon rdv de lundi à mardi" is a move, not a range.
    told = last is not None and last.value is Mark.CONTEXT and last.end == at
    days_found = read_day(tokens, at, today) if told else read_days(tokens, at, today)
    return [Piece(days_found[0], at, days_found[1])] if days_found else []


def _alternatives(found: Sequence[Days | Times], at: int, end: int) -> list[Piece]:
    """Return the days or the hours of a list as so many choices."""
    pieces: list[Piece] = []
    for value in found:
        link = [Piece(Mark.OR, at, end)] if pieces else []
        pieces += [*link, Piece(value, at, end)]
    return pieces


def _next_one(tokens: Tokens, at: int, before: list[Piece]) -> DaysFound:
    """Read "celle d'après", "la suivante": a week after the days just said."""
    following = tokens.word(at) in {"la", "le"} and tokens.word(at + 1) == "suivant"
    that_after = tokens.word(at) in {"celle", "celui"} and tokens.spells(at + 1, "de", "apres")
    linked = len(before) > 1 and before[-1].value in {Mark.OR, Mark.COMMA, Mark.TURN, Mark.BREAK}
    days = before[-2].value if linked else None
    if not isinstance(days, Days) or not (following or that_after):
        return None
    end = at + (2 if following else 3)
    if days.weekday is not None:
        return replace(days, weeks_later=days.weeks_later + 1), end
    if days.first is None or days.last is None:
        return None
    week = timedelta(weeks=1)
    monday = days.first - timedelta(days=days.first.weekday()) if days.frame else days.first
    return replace(days, first=monday + week, last=days.last + week), end


def _this_part(tokens: Tokens, at: int, now: datetime) -> list[Piece]:
    """Read "ce matin", "cet après-midi", "en fin d'aprem cet…": today is named by "ce"."""
    if tokens.word(at) != "ce" or tokens.word(at + 1) not in _THIS_PART:
        return []
    times = read_times(tokens, at + 1, after_day=True)
    if times is None:
        return []
    today = Days(now.date(), now.date(), pinned=True)
    return [Piece(today, at, at + 1), Piece(times[0], at + 1, times[1])]


def _in_hours(tokens: Tokens, at: int, now: datetime) -> list[Piece]:
    """Read "dans 2 heures", "dans 30 minutes": one instant."""
    if tokens.spells(at, "dans", "une", "demi", "heures"):
        return _instant(now, timedelta(minutes=30), at, at + 4)
    if tokens.spells(at, "dans", "un", "quart", "de", "heures"):
        return _instant(now, timedelta(minutes=15), at, at + 5)
    amount, unit = tokens.number(at + 1), tokens.word(at + 2)
    if tokens.word(at) != "dans" or amount is None or amount >= 24 * 60:
        return []
    if unit == "heures" and amount < 24:
        ahead = timedelta(hours=amount, minutes=tokens.number(at + 3) or 0)
    elif unit in {"minutes", "minute", "min", "mn"}:
        ahead = timedelta(minutes=amount)
    else:
        return []
    end = at + 4 if tokens.digits(at + 3) == 2 and unit == "heures" else at + 3
    return _instant(now, ahead, at, end)


def _instant(now: datetime, ahead: timedelta, at: int, end: int) -> list[Piece]:
    moment = (now.astimezone(UTC) + ahead).astimezone(now.tzinfo).replace(second=0, microsecond=0)
    day = Days(moment.date(), moment.date(), pinned=True)
    exact = Times(TimeRange(moment.time(), None, True))
    return [Piece(day, at, at + 1), Piece(exact, at + 1, end)]


def _free_after_work(tokens: Tokens, at: int, times: Times) -> Times:
    """Read "je finis à 13h" as free from 13h, "je travaille jusqu'à 17h" as busy until then."""
    ends = any(tokens.word(at - step) in _ENDS_WORK for step in range(1, 5))
    if ends and times.range.exact:
        return from_time(times.range.start)
    starts = any(tokens.word(at - step) in {"commence", "reprends"} for step in range(1, 4))
    if starts and times.range.exact and times.range.start > times.range.start.min:
        return until_time(times.range.start)
    return times
