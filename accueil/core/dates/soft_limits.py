"""Read "pas trop tôt" and "pas trop tard" where they limit the hours of a day."""

from datetime import time
from typing import Final

from accueil.core.dates.hours import from_time, until_time
from accueil.core.dates.items import Days, Piece, Times, TimesFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.lexicon import WEEKDAYS

_NOT_EARLY, _NOT_LATE = time(10), time(16)
_EVENING: Final = time(17)
_NEXT: Final = frozenset({"matin", "aprem", "demain", "apresdemain", "aujourdhui"}) | set(WEEKDAYS)


def read_soft_limit(tokens: Tokens, at: int, before: list[Piece]) -> TimesFound:
    """Read the limit beside a day or a part of one; alone, or of an exact hour, it says nothing."""
    if not tokens.spells(at, "pas", "trop") or tokens.word(at + 2) not in {"tot", "tard"}:
        return None
    if tokens.spells(at - 2, "ce", "est"):
        return None  # "si c'est pas trop tôt" asks
    said = [piece.value for piece in before]
    parts = [value for value in said if isinstance(value, Times)]
    if any(part.range.exact or part.range.start >= _EVENING for part in parts):
        return None
    named = parts or any(isinstance(value, Days) for value in said)
    if not named and tokens.word(tokens.after(at + 3, "le", "la")) not in _NEXT:
        return None
    early = tokens.word(at + 2) == "tot"
    return (from_time(_NOT_EARLY) if early else until_time(_NOT_LATE)), at + 3
