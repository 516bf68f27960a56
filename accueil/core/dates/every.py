"""Read what comes back: "tous les matins", "en semaine après 17h". Written out two weeks ahead."""

from datetime import date, timedelta
from typing import Final

from accueil.core.dates.groups import REFUSALS
from accueil.core.dates.hours import read_times
from accueil.core.dates.items import Days, Mark, Piece, Times
from accueil.core.dates.lexer import Tokens

_AHEAD: Final = timedelta(days=13)
_FRIDAY: Final = 4


def read_every(tokens: Tokens, at: int, today: date, before: Piece | None) -> list[Piece]:
    """Return the days and hours of something that comes back, or an empty list.

    ``before`` is what was just read: its hours may be meant ("après 17h en semaine").
    """
    if before is not None and before.value in REFUSALS:
        return []
    return _every_part(tokens, at, today) or _on_weekdays(tokens, at, today, before)


def _every_part(tokens: Tokens, at: int, today: date) -> list[Piece]:
    start = at + 2 if tokens.spells(at, "tous", "les") else at + 1
    if start == at + 1 and tokens.word(at) not in {"chaque", "toutes"}:
        return []
    start = tokens.after(start, "les")
    times = read_times(tokens, start, after_day=True)
    if times is None or tokens.word(start) not in {"matin", "aprem", "soir", "midi"}:
        return []
    days = Days(today, today + _AHEAD, every=True, pinned=True)
    return [Piece(days, at, start), Piece(times[0], start, times[1])]


def _on_weekdays(tokens: Tokens, at: int, today: date, before: Piece | None) -> list[Piece]:
    """Read "en semaine" with the hours beside it: alone it says how often, not when."""
    if not tokens.spells(at, "en", "semaine"):
        return []
    end = tokens.after(tokens.after(at + 2, ","), "le", "plutot")
    said = before.value if before is not None and before.end == at else None
    times = read_times(tokens, end, after_day=True)
    if times is None and isinstance(said, Times):
        times = said, at + 2
    if times is None:
        return []
    monday = today - timedelta(days=today.weekday())
    if today.weekday() > _FRIDAY:
        monday += timedelta(weeks=1)
    pieces: list[Piece] = []
    for start in (monday, monday + timedelta(weeks=1)):
        days = Days(max(start, today), start + timedelta(days=_FRIDAY), every=True, pinned=True)
        pieces += [Piece(Mark.OR, at, at + 2)] if pieces else []
        pieces.append(Piece(days, at, at + 2))
    return [*pieces, Piece(times[0], at + 2, times[1])]
