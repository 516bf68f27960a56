"""Read days with limits: "du 3 au 5", "à partir de jeudi", "avant la fin du mois"."""

from dataclasses import replace
from datetime import date, time
from typing import Final

from accueil.core.dates.clock import read_clock
from accueil.core.dates.daynames import read_named_day
from accueil.core.dates.feasts import read_feast, read_feast_name
from accueil.core.dates.hours import bound_at, read_times
from accueil.core.dates.items import INVALID_DAYS, Bound, Days, DaysFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.months import read_month
from accueil.core.dates.numeric import day_number, make_date, month_at, read_date
from accueil.core.dates.relative import count_ahead, read_relative
from accueil.core.dates.weeks import read_week_end

_ENDS: Final = frozenset({"", ".", ",", ";", "?", "!"})
_PARTS: Final = frozenset({"matin", "aprem", "soir"})
_CLOSING: Final = frozenset({Bound.BEFORE, Bound.UNTIL})


def read_days(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read the days named at ``at``, with their limits."""
    found = _range(tokens, at, today) or _bounded(tokens, at, today)
    return found or _at_most(tokens, read_day(tokens, at, today))


def read_day(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read one expression that names days, without limits."""
    return (
        read_feast(tokens, at, today)
        or read_month(tokens, at, today)
        or read_relative(tokens, at, today)
        or read_named_day(tokens, at, today)
        or read_date(tokens, at, today)
    )


def _at_most(tokens: Tokens, found: DaysFound) -> DaysFound:
    """Read the limit said after a day: "vendredi max", "vendredi dernier délai"."""
    if found is None or found[0].fault:
        return found
    days, end = found
    if tokens.word(end) in {"max", "maximum"}:
        return replace(days, bound=Bound.UNTIL), end + 1
    if tokens.spells(end, "ou", "apres") and tokens.word(end + 2) in _ENDS:
        return replace(days, bound=Bound.FROM), end + 2
    for words in (("dernier", "delai"), ("au", "plus", "tard")):
        if tokens.spells(end, *words):
            return replace(days, bound=Bound.UNTIL), end + len(words)
    return found


def _range(tokens: Tokens, at: int, today: date) -> DaysFound:
    opening = tokens.word(at)
    start = at + 1 if opening in {"entre", "de", "du"} else at
    bare = opening == "du" or tokens.spells(at, "entre", "le")
    first = _range_side(tokens, start, today, bare=bare)
    if first is None:
        return None
    sign = first[1]
    if tokens.word(sign) == "jusque":
        sign = tokens.after(sign + 1, "a", "au") - 1
    elif tokens.word(sign) not in ({"et"} if opening == "entre" else {"a", "au", "-"}):
        return None
    bare = bare or tokens.word(sign) == "au"
    last = _range_side(tokens, sign + 1, today, bare=bare)
    if last is None:
        return None
    number, after = day_number(tokens, tokens.after(start, "le"))
    day_only = number if after == first[1] else None
    return _joined(first[0], last[0], day_only, today), last[1]


def _range_side(tokens: Tokens, at: int, today: date, *, bare: bool) -> DaysFound:
    return read_named_day(tokens, at, today) or read_date(tokens, at, today, bare=bare)


def _joined(first: Days, last: Days, day_only: int | None, today: date) -> Days:
    if first.weekday is not None and last.weekday is not None:
        return replace(first, until_weekday=last.weekday, pinned=first.pinned or last.pinned)
    if last.fault or (first.fault and day_only is None):
        return last if last.fault else first
    if last.weekday is not None or first.weekday is not None or last.last is None:
        return replace(last, bound=Bound.UNTIL)
    end = last.last
    start = first.first
    if day_only is not None:  # "du 3 au 5 décembre": the month is said once
        start = make_date(end.year, end.month, day_only)
        if start is None or start > end:
            total = end.year * 12 + end.month - 2
            start = make_date(total // 12, total % 12 + 1, day_only)
    if start is None or start > end:
        return INVALID_DAYS
    return Days(max(start, today), end, pinned=True)


def _bounded(tokens: Tokens, at: int, today: date) -> DaysFound:
    bound, after = bound_at(tokens, at)
    if bound is Bound.WITHIN:
        return None
    if tokens.spells(at, "de", "ici") and (ahead := count_ahead(tokens, after, today)):
        limit = Days(ahead[0], ahead[0]) if ahead[0] else INVALID_DAYS
        return replace(limit, bound=Bound.UNTIL), ahead[1]
    found = _up_to_the_end(tokens, after, today) if bound in _CLOSING else None
    if found is not None:
        return replace(found[0], bound=Bound.UNTIL), found[1]
    found = _limit(tokens, after, today)
    if found is None:
        return None
    days, end = found
    if days.fault:
        return found
    hour, after_hour = _hour_of_limit(tokens, end, bound)
    if hour is not None:
        return replace(days, bound=bound, at=hour, frame=False), after_hour
    clock = read_clock(tokens, tokens.after(end, "a", "vers"))
    if clock is not None and clock.time is not None and clock.time > time.min:
        return replace(days, bound=bound, at=clock.time, frame=False), clock.end
    return replace(days, bound=bound, frame=False), end


def _hour_of_limit(tokens: Tokens, at: int, bound: Bound) -> tuple[time | None, int]:
    """Return the hour that a part of the day puts on a limit: "avant vendredi soir"."""
    times = read_times(tokens, at, after_day=True) if tokens.word(at) in _PARTS else None
    if times is None or times[0].range.exact:
        return None, at
    hours = times[0].range
    return (hours.end if bound in {Bound.UNTIL, Bound.AFTER} else hours.start), times[1]


def _up_to_the_end(tokens: Tokens, at: int, today: date) -> DaysFound:
    """Read the end of a week or a month as a limit: "avant la fin du mois" holds its last day."""
    start = tokens.after(at, "la")
    if tokens.word(start) != "fin":
        return None
    found = read_week_end(tokens, start, today) or read_month(tokens, start, today)
    return None if found is None or found[0].fault else found


def _limit(tokens: Tokens, at: int, today: date) -> DaysFound:
    if tokens.word(at + 1) in {"fin", "mi", "debut", "milieu"}:
        at = tokens.after(at, "la", "le")
    found = (
        read_feast_name(tokens, at, today)
        or read_day(tokens, at, today)
        or read_date(tokens, at, today, bare=_is_dated(tokens, at))
    )
    if found is not None:
        return found
    month, end = month_at(tokens, at)
    if month is None:
        return None
    first = date(today.year + (month < today.month), month, 1)
    next_month = date(first.year + month // 12, month % 12 + 1, 1)
    return Days(max(first, today), date.fromordinal(next_month.toordinal() - 1)), end


def _is_dated(tokens: Tokens, at: int) -> bool:
    """Tell "avant le 10", "à partir du 1er" from "après 3 mois"."""
    return tokens.word(at) in {"le", "du", "au"} or tokens.word(at - 1) in {"du", "le", "au"}
