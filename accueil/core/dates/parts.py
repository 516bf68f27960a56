"""Read parts of the day: "le matin", "en début d'aprem", "fin de journée"."""

from datetime import time
from typing import Final

from accueil.core.dates.items import Times, TimesFound
from accueil.core.dates.lexer import Tokens
from accueil.core.dates.model import TimeRange

NOON, _SIX = time(12), time(18)
# Start, end; then how the beginning, the middle and the end of that part are cut.
_PARTS: Final[dict[str, tuple[time, time]]] = {
    "matin": (time(8), NOON),
    "aprem": (NOON, _SIX),
    "soir": (_SIX, time(21)),
}
_EDGES: Final[dict[tuple[str, str], tuple[time, time]]] = {
    ("debut", "matin"): (time(8), time(10)),
    ("tot", "matin"): (time(8), time(10)),
    ("milieu", "matin"): (time(9), time(11)),
    ("fin", "matin"): (time(10), NOON),
    ("debut", "aprem"): (NOON, time(15)),
    ("milieu", "aprem"): (time(14), time(16)),
    ("fin", "aprem"): (time(16), _SIX),
    ("debut", "soir"): (_SIX, time(20)),
    ("fin", "soir"): (time(19), time(21)),
    ("debut", "journee"): (time(8), time(10)),
    ("milieu", "journee"): (time(11), time(14)),
    ("fin", "journee"): (time(16), time(19)),
}


def read_part(tokens: Tokens, at: int, *, after_day: bool) -> TimesFound:
    """Read a part of the day. ``after_day``: a day was just named ("mardi mat")."""
    word = tokens.word(at)
    if tokens.spells(at, "premiere", "heures"):
        return Times(TimeRange(*_EDGES["tot", "matin"], False)), at + 2
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
