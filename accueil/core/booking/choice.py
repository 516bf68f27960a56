"""Tell which of the proposals a message chooses."""

import re
from collections.abc import Sequence
from datetime import datetime

from accueil.core.booking.spans import contains, time_fits
from accueil.core.dates.model import DateReading
from accueil.core.text import fold

_ORDINALS = {
    0: r"1|1er|1ere|1re|un|une|premiere?",
    1: r"2|2e|2eme|2nde?|deux|deuxieme|seconde?",
    2: r"3|3e|3eme|trois|troisieme",
    -1: r"derniere?",
}
_KINDS = r"numero|num|choix|option|proposition|creneau|n°"
_CHOICE = {
    index: re.compile(
        rf"^\W*(?:(?:ok|oui|alors|attends?|att|non|nan|nn|je prends?|jprends?|je veux|jveux|bien|"
        rf"plutot|pour|va pour|c'est)\W+)*"
        rf"(?:le|la|l')?\W*(?:{_KINDS})?\W*(?:{words})"
        rf"(?:\W+(?:choix|option|proposition|creneau|horaire|date|stp|svp|svt|merci|ok|oui|"
        rf"c'?(?:est)? ?(?:bon|mieux|ok|parfait|nickel)|me va|ca me va|plutot|alors|pardon))*\W*$"
    )
    for index, words in _ORDINALS.items()
}
_RANK = (
    rf"(?:(?:le|la|l')\W*(?:(?:{_KINDS})\W*)?|(?:{_KINDS})\W*)(?:{'|'.join(_ORDINALS.values())})"
)
_BARE = "|".join(_ORDINALS.values())
_LIST = rf"{_RANK}(?:\W+(?:et|ou|ni)\W+{_RANK})*"
_REFUSED = re.compile(
    rf"\b(?:surtout pas|plutot que|au lieu de|sauf|pas|ni|je (?:ne )?veux pas|"
    rf"je peux pas)\W+(?:pour\W+)?{_LIST}(?![\w:])"
    rf"|{_LIST}(?![\w:])\W*(?:(?:c'?(?:est)?|ca|elle|il|me|m'|est|je|j'|franchement|vraiment|"
    r"un peu|pour moi)\W*)*"
    rf"(?:pas\b(?!\W+(?:{_RANK}|{_BARE})(?!\w))|peux pas|"
    r"va pas|arrange pas|non\b|nan\b|bof|impossible|trop (?:tot|tard|loin)|"
    r"mort\b|nul\b|tot\b|tard\b|aime pas|complique)\w*(?:\W+(?:possible|bon|top|ouf|pour moi|"
    r"pour l'instant))*"
)
# What comes after one of these replaces what came before.
_CORRECTION = re.compile(
    r"\W*\b(?:ah non|euh non|non|nan|nn|plutot|enfin|finalement|en fait|enft|pardon|mais|euh)\b\W*"
    r"|\s*[,;.!?]+\s+"
)
_NOT_A_REFUSAL = re.compile(rf"(?<=\w)\W+(?:non|nan|nn)\W+(?={_RANK})")


def choose(text: str, starts: Sequence[datetime], reading: DateReading) -> int | None:
    """Return the index of the one proposal that the message designates, or ``None``.

    ``starts`` are aware, in local time; ``reading`` is what ``read_dates`` saw in the message. A
    rank ("le 2e"), a day or an hour designates a proposal when it fits that one only. What is
    refused ("pas la 1", "la 2, non la 3", "8h30 c'est trop tôt") is never designated.
    """
    fitting = [index for index, start in enumerate(starts) if _fits(start, reading)]
    rank = _rank_said(fold(text))
    if starts and rank is not None and rank < len(starts):
        index = rank % len(starts)
        # "le 2" may be the second one, or the 2nd of the month: when they differ, ask again.
        return index if not fitting or index in fitting else None
    return fitting[0] if len(fitting) == 1 else None


def _rank_said(folded: str) -> int | None:
    """Return the rank that is wanted, the last one when it was corrected; -1 is the last."""
    alone = _rank_of(folded)
    if alone is not None:
        return alone
    corrected = _NOT_A_REFUSAL.sub(" , ", folded)
    left = _REFUSED.sub(" , ", corrected)
    found = [_rank_of(part) for part in _CORRECTION.split(left)]
    said = [rank for rank in found if rank is not None]
    return said[-1] if said else None


def _rank_of(part: str) -> int | None:
    return next((rank for rank, pattern in _CHOICE.items() if pattern.match(part)), None)


def _fits(start: datetime, reading: DateReading) -> bool:
    if any(time_fits(span, start.time()) for span in reading.refused_times):
        return False
    if reading.time_only:
        return any(time_fits(span, start.time()) for span in reading.times)
    if any(contains(window, start) for window in reading.excluded):
        return False
    return any(contains(window, start) for window in reading.windows)
