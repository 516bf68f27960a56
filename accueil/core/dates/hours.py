"""Read hours and parts of the day: "le matin", "entre 10h et midi", "après 14h", "vers 10h"."""

from datetime import time
from typing import Final

from accueil.core.dates.clock import Clock, read_bare_hour, read_clock
from accueil.core.dates.items import Bound, Times, TimesFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.model import DateStatus, TimeRange

_NOON, _SIX = time(12), time(18)
# Start, end; then how the beginning, the middle and the end of that part are cut.
_PARTS: Final[dict[str, tuple[time, time]]] = {
    "matin": (time(8), _NOON),
    "aprem": (_NOON, _SIX),
    "soir": (_SIX, time(21)),
}
_EDGES: Final[dict[tuple[str, str], tuple[time, time]]] = {
    ("debut", "matin"): (time(8), time(10)),
    ("tot", "matin"): (time(8), time(10)),
    ("milieu", "matin"): (time(9), time(11)),
    ("fin", "matin"): (time(10), _NOON),
    ("debut", "aprem"): (_NOON, time(15)),
    ("milieu", "aprem"): (time(14), time(16)),
    ("fin", "aprem"): (time(16), _SIX),
    ("debut", "soir"): (_SIX, time(20)),
    ("fin", "soir"): (time(19), time(21)),
    ("debut", "journee"): (time(8), time(10)),
    ("milieu", "journee"): (time(11), time(14)),
    ("fin", "journee"): (time(16), time(19)),
}
_OR_LATER: Final = (("ou", "plus", "tard"), ("ou", "apres"), ("et", "plus"), ("minimum",))
INVALID_TIMES: Final = Times(TimeRange(time.min, None, True), fault=DateStatus.INVALID)


def read_times(tokens: Tokens, at: int, *, after_day: bool) -> TimesFound:
    """Read the hours named at ``at``. ``after_day``: a day was just named ("mardi à 10")."""
    return (
        _lunch(tokens, at)
        or _between(tokens, at)
        or _bound(tokens, at)
        or _part(tokens, at, after_day=after_day)
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
            return Times(TimeRange(_NOON, time(14), False)), end
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
    if first is None:
        first = read_bare_hour(tokens, start, opens_range=True) if second else None
    elif second is None:
        second = read_bare_hour(tokens, sign + length)
    if first is None or second is None:
        return None
    return _range(first, second)


def _separator(tokens: Tokens, at: int, opening: str) -> int:
    if tokens.word(at) in {"a", "-"} or (opening == "entre" and tokens.word(at) == "et"):
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


def _part(tokens: Tokens, at: int, *, after_day: bool) -> TimesFound:
    word = tokens.word(at)
    if word in {"debut", "milieu", "fin", "tot", "mi"}:
        after = tokens.after(tokens.after(at + 1, "-"), "de", "du", "dans")
        after = tokens.after(after, "le", "la")
        edge = _EDGES.get(("milieu" if word == "mi" else word, tokens.word(after)))
        return (Times(TimeRange(*edge, False)), after + 1) if edge else None
    if word == "mat" and (after_day or tokens.word(at - 1) in {"du", "le", "ce"}):
        word = "matin"
    part = _PARTS.get(word)
    if part is None:
        return None
    if word == "matin" and tokens.word(at + 1) == "tot":
        return Times(TimeRange(*_EDGES["tot", "matin"], False)), at + 2
    return Times(TimeRange(*part, False)), at + 1


def _one_time(tokens: Tokens, at: int, *, after_day: bool) -> TimesFound:
    clock = read_clock(tokens, at)
    if clock is None and after_day and tokens.word(at) in {"a", "vers"}:
        if read_clock(tokens, at + 1) is not None:
            return None
        clock = read_bare_hour(tokens, at + 1)
        if clock and (clock.time is None or clock.time.hour < 7 or clock.time.hour > 20):
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
