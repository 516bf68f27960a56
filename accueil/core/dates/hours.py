"""Read hours and parts of the day: "le matin", "entre 10h et midi", "après 14h", "vers 10h"."""

from datetime import time
from typing import Final

from accueil.core.dates.clock import Clock, read_bare_hour, read_clock
from accueil.core.dates.items import Bound, Times, TimesFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lexicon import CLOSES_WISH
from accueil.core.dates.model import DateStatus, TimeRange
from accueil.core.dates.parts import NOON, read_part

_DAY_WORK: Final = frozenset({"cours", "ecole", "classe", "bosse", "boulot", "travaille"})
_CLASSES_END: Final = time(17)
_NO_EARLIER, _NO_LATER = 7, 20  # hours at which somebody is received
_OR_LATER: Final = (("ou", "plus", "tard"), ("ou", "apres"), ("et", "plus"), ("minimum",))
INVALID_TIMES: Final = Times(TimeRange(time.min, None, True), fault=DateStatus.INVALID)


def read_times(tokens: Tokens, at: int, *, after_day: bool) -> TimesFound:
    """Read the hours named at ``at``. ``after_day``: a day was just named ("mardi à 10")."""
    return (
        _lunch(tokens, at)
        or _between(tokens, at)
        or _after_classes(tokens, at)
        or _bound(tokens, at)
        or read_part(tokens, at, after_day=after_day)
        or _one_time(tokens, at, after_day=after_day)
    )


def from_time(start: time) -> Times:
    """Return the hours from ``start`` on."""
    return Times(TimeRange(start, None, False), Bound.FROM)


def until_time(end: time) -> Times:
    """Return the hours up to ``end``."""
    return Times(TimeRange(time.min, end, False), Bound.UNTIL)


def _lunch(tokens: Tokens, at: int) -> TimesFound:
    if tokens.word(at) in {"entre", "de"} and tokens.word(at + 1) in {"midi", "12"}:
        second = tokens.after(at + 2, "heures")
        if tokens.word(second) in {"et", "a"} and tokens.word(second + 1) in {"deux", "2"}:
            end = tokens.after(second + 2, "heures")
            return Times(TimeRange(NOON, time(14), False)), end
    return None


def _after_classes(tokens: Tokens, at: int) -> TimesFound:
    start = tokens.after(at + 1, "les", "mes", "le")
    if tokens.word(at) == "apres" and tokens.word(start) in _DAY_WORK:
        return from_time(_CLASSES_END), start + 1
    return None


def _between(tokens: Tokens, at: int) -> TimesFound:
    opening = tokens.word(at)
    start = tokens.after(at, "de", "entre", "des")
    first = read_clock(tokens, start)
    sign = first.end if first else start + 1
    length = _separator(tokens, sign, opening)
    if not length:
        return None
    second = read_clock(tokens, sign + length)
    if first is None and second is None and opening in {"de", "entre"}:
        return _bare_hours(tokens, start, sign + length)
    if first is None:
        first = read_bare_hour(tokens, start, opens_range=True) if second else None
    elif second is None:
        second = read_bare_hour(tokens, sign + length)
    if first is None or second is None:
        return None
    return _range(first, second)


def _bare_hours(tokens: Tokens, first: int, second: int) -> TimesFound:
    """Read "de 9 à 11" when nothing after it says that other things are counted."""
    hours = [tokens.number(at) or 0 for at in (first, second) if tokens.digits(at) in {1, 2}]
    if len(hours) < 2 or hours[0] >= hours[1] or tokens.word(second + 1) not in CLOSES_WISH:
        return None
    if hours[0] < _NO_EARLIER or hours[1] > _NO_LATER:
        return None
    return Times(TimeRange(time(hours[0]), time(hours[1]), False)), second + 1


def _separator(tokens: Tokens, at: int, opening: str) -> int:
    if tokens.word(at) in {"a", "-"} or (opening == "entre" and tokens.word(at) in {"et", "ou"}):
        return 1
    if tokens.word(at) == "/" and tokens.glued(at + 1):
        return 1
    if tokens.word(at) == "jusque":
        return 2 if tokens.word(at + 1) == "a" else 1
    return 0


def _range(first: Clock, second: Clock) -> tuple[Times, int]:
    start, end = first.time, second.time
    if start is None or end is None:
        return INVALID_TIMES, second.end
    if end <= start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    if end <= start:
        return INVALID_TIMES, second.end
    return Times(TimeRange(start, end, False)), second.end


def _bound(tokens: Tokens, at: int) -> TimesFound:
    bound, after = bound_at(tokens, at)
    if bound is Bound.WITHIN:
        return None
    clock = read_clock(tokens, tokens.after(after, "les", "le"))
    if clock is None:
        return None
    if clock.time is None:
        return INVALID_TIMES, clock.end
    later = bound in {Bound.FROM, Bound.AFTER}
    if not later and clock.time == time.min:
        return None
    return (from_time(clock.time) if later else until_time(clock.time)), clock.end


def bound_at(tokens: Tokens, at: int) -> tuple[Bound, int]:
    """Read words such as "à partir de" or "jusqu'à"; WITHIN when there are none."""
    word = tokens.word(at)
    if word == "a" and tokens.word(at + 1) in {"partir", "compter"}:
        return Bound.FROM, tokens.after(at + 2, "de", "du", "des", "d")
    if word == "des":
        return Bound.FROM, at + 1
    if word in {"apres", "passe"}:
        return Bound.AFTER, at + 1
    if word == "avant":
        return Bound.BEFORE, at + 1
    if word == "jusque":
        return Bound.UNTIL, tokens.after(at + 1, "a", "au")
    if tokens.spells(at, "de", "ici"):
        return Bound.UNTIL, tokens.after(at + 2, "a", "au", "le")
    if tokens.spells(at, "au", "plus", "tard"):
        return Bound.UNTIL, tokens.after(at + 3, "a", "le")
    if tokens.spells(at, "au", "plus", "tot"):
        return Bound.FROM, tokens.after(at + 3, "a", "le")
    return Bound.WITHIN, at


def _one_time(tokens: Tokens, at: int, *, after_day: bool) -> TimesFound:
    clock = read_clock(tokens, at)
    if clock is None and after_day and tokens.word(at) in {"a", "vers"}:
        if read_clock(tokens, at + 1) is not None:
            return None
        clock = read_bare_hour(tokens, at + 1)
        if clock and (clock.time is None or not _NO_EARLIER <= clock.time.hour <= _NO_LATER):
            return None
    if clock is None:
        return None
    if clock.time is None:
        return INVALID_TIMES, clock.end
    if tokens.word(clock.end) in {"max", "maximum"} and clock.time > time.min:
        return until_time(clock.time), clock.end + 1
    for words in _OR_LATER:
        if tokens.spells(clock.end, *words):
            return from_time(clock.time), clock.end + len(words)
    return Times(TimeRange(clock.time, None, True)), clock.end
