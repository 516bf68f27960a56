"""Tell which marks count: those near a day or an hour that are not said of other days."""

from dataclasses import replace
from typing import Final

from accueil.core.dates.groups import VERDICTS
from accueil.core.dates.items import Mark, Piece

# How far, in tokens, a mark may stand before the day it is about.
_REACH: Final = {
    Mark.NOT: 4, Mark.NOT_NEXT: 2, Mark.BUSY: 2, Mark.EXCEPT: 3, Mark.ONLY: 2,
    Mark.BAD: 1, Mark.TOO_EARLY: 2, Mark.TOO_LATE: 2,
}  # fmt: skip
_REACH_CONTEXT: Final = 3
_REACH_BACK: Final = 4  # "8h30 franchement c'est trop tôt"
_EXCUSES: Final = frozenset({Mark.NOT, Mark.BUSY})
_LOOKS_BACK: Final = _EXCUSES | VERDICTS | {Mark.ONLY}
_ENDS: Final = frozenset({Mark.BREAK, Mark.TURN, Mark.FIX, Mark.FIX_NO})


def counted(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without marks that touch no day or hour, or are said of other days."""
    kept = _without_rest(_without_always(pieces))
    return [piece for place, piece in enumerate(kept) if _counts(kept, place)]


def anytime_said(pieces: list[Piece]) -> bool:
    """Say whether the message leaves the moment open: "quand vous voulez", "tout sauf lundi"."""
    if any(piece.value is Mark.ONLY for piece in pieces):
        return False
    for piece in pieces:
        if piece.value is Mark.ANYTIME:
            return True
        if not isinstance(piece.value, Mark):
            break
        if piece.value is Mark.EXCEPT:
            return True
    return any(piece.value is Mark.ANYTIME for piece in pieces)


def _without_always(pieces: list[Piece]) -> list[Piece]:
    """Read "je bosse tous les jours sauf mercredi" as Wednesday only, without "sauf" as nothing."""
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        before = kept[-1] if kept else None
        excuse = before is not None and before.value in _EXCUSES and piece.start - before.end <= 1
        if excuse and piece.value is Mark.ANYTIME:
            kept.pop()
            follows = pieces[place + 1] if place + 1 < len(pieces) else None
            if follows is not None and follows.value is Mark.EXCEPT:
                kept.append(replace(follows, value=Mark.ONLY))
        elif excuse and piece.value is Mark.EXCEPT:
            kept[-1:] = [replace(piece, value=Mark.ONLY)]
        elif not (kept and kept[-1].value is Mark.ONLY and piece.value is Mark.EXCEPT):
            kept.append(piece)
    return kept


def _without_rest(pieces: list[Piece]) -> list[Piece]:
    """Leave out the excuses for other days: "mercredi, sinon j'ai cours", "le reste je bosse"."""
    gone = {
        place
        for place, piece in enumerate(pieces)
        if piece.value in _EXCUSES and _is_of_the_rest(pieces, place)
    }
    return [
        piece
        for place, piece in enumerate(pieces)
        if place not in gone and piece.value is not Mark.REST
    ]


def _is_of_the_rest(pieces: list[Piece], place: int) -> bool:
    before = pieces[place - 1] if place else None
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    here = pieces[place]
    if before is not None and here.start - before.end <= 1:
        if before.value is Mark.REST:
            return True
        if before.value is Mark.ELSE and place > 1 and not _near(pieces, place, 1, 2):
            return True
    if after is None or after.start - here.end > 1:
        return False
    return after.value is Mark.REST or (
        after.value is Mark.ELSE and not _names_before_end(pieces, place + 2)
    )


def _names_before_end(pieces: list[Piece], place: int) -> bool:
    """Say whether a day or hour follows in the same sentence."""
    for piece in pieces[place:]:
        if not isinstance(piece.value, Mark):
            return True
        if piece.value in _ENDS:
            return False
    return False


def _counts(pieces: list[Piece], place: int) -> bool:
    piece = pieces[place]
    if not isinstance(piece.value, Mark):
        return True
    if piece.value in {Mark.CONTEXT, Mark.DROP}:
        return _near(pieces, place, 1, _REACH_CONTEXT)
    reach = _REACH.get(piece.value)
    aloud = piece.value is not Mark.BAD or _opens(pieces, place)
    if reach is None or (aloud and _near(pieces, place, 1, reach)):
        return True
    back = _REACH_BACK if piece.value in VERDICTS else reach
    return piece.value in _LOOKS_BACK and _near(pieces, place, -1, back)


def _opens(pieces: list[Piece], place: int) -> bool:
    """Say whether nothing else was judged before ("votre site c'est nul, mardi")."""
    start = pieces[place].start
    return start == 0 or (place > 0 and pieces[place - 1].end == start)


def _near(pieces: list[Piece], place: int, step: int, reach: int) -> bool:
    """Say whether a day or time stands within ``reach`` tokens before or after ``place``."""
    here, other = pieces[place], place + step
    while 0 <= other < len(pieces):
        found = pieces[other]
        gap = found.start - here.end if step > 0 else here.start - found.end
        if gap > reach:
            return False
        if not isinstance(found.value, Mark):
            return True
        if found.value in {Mark.BREAK, Mark.TURN, Mark.FIX_NO} and step > 0:
            return False
        if found.value is Mark.BREAK or (found.value in {Mark.COMMA, Mark.OR} and step > 0):
            return False
        other += step
    return False
