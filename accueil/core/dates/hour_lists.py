"""Read hours listed with one "h" at the end: "14 ou 15h", "jeudi 14, 15 ou 16h"."""

from typing import Final

from accueil.core.dates.clock import read_bare_hour, read_clock
from accueil.core.dates.items import Times
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.model import TimeRange

_LINKS: Final = frozenset({"ou", "et", ","})
_INTRODUCES: Final = frozenset({"a", "vers", "pour", "genre"})
_NAMES_DAY: Final = frozenset({"le", "les", "du", "au", "entre", "de", "des"})
# "je finis à 17 ou 18h", "jusqu'à 16 ou 17h": a limit is no choice.
_LIMITS: Final = frozenset(
    "jusque avant apres partir finis fini termine sors sort commence reprends".split()
)
_FIRST, _LAST = 8, 20  # hours at which somebody is received
_LONGEST: Final = 6


def read_hour_list(
    tokens: Tokens, at: int, *, after_day: bool = False
) -> tuple[list[Times], int] | None:
    """Read two hours or more, only the last written as one.

    "le 14 ou 15h" names a day; "2 ou 3h" alone may be a length, and needs a day before it.
    """
    start = tokens.after(at, *_INTRODUCES)
    if start == at and tokens.word(at - 1) in _NAMES_DAY:
        return None
    if any(tokens.word(at - step) in _LIMITS for step in (1, 2)):
        return None
    hours: list[Times] = []
    while len(hours) < _LONGEST:
        last = read_clock(tokens, start) if hours else None
        found = last or (read_bare_hour(tokens, start) if tokens.digits(start) else None)
        if found is None or found.time is None or not _FIRST <= found.time.hour <= _LAST:
            return None
        if not after_day and (tokens.number(start) or 0) < _FIRST:
            return None
        if hours and found.time <= hours[-1].range.start:
            return None
        hours.append(Times(TimeRange(found.time, None, True)))
        if last is not None:
            return hours, last.end
        if tokens.word(found.end) not in _LINKS:
            return None
        start = tokens.after(found.end + 1, "alors", "bien", *_INTRODUCES)
    return None
