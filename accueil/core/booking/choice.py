"""Tell which of the proposals a message chooses."""

import re
from collections.abc import Sequence
from datetime import datetime

from accueil.core.dates.model import DateReading
from accueil.core.text import fold

_ORDINALS = {
    0: r"1|1er|1ere|1re|un|une|premiere?",
    1: r"2|2e|2eme|2nde?|deux|deuxieme|seconde?",
    2: r"3|3e|3eme|trois|troisieme",
    -1: r"derniere?",
}
_CHOICE = {
    index: re.compile(
        rf"^\W*(?:(?:ok|oui|alors|je prends?|jprends?|je veux|jveux|bien|plutot|pour|va pour|"
        rf"c'est)\W+)*"
        rf"(?:le|la|l')?\W*(?:numero|num|choix|option|proposition|creneau|n°)?\W*(?:{words})"
        rf"(?:\W+(?:choix|option|proposition|creneau|horaire|date|stp|svp|svt|merci))*\W*$"
    )
    for index, words in _ORDINALS.items()
}


def choose(text: str, starts: Sequence[datetime], reading: DateReading) -> int | None:
    """Return the index of the one proposal that the message designates, or ``None``.

    ``starts`` are aware, in local time; ``reading`` is what ``read_dates`` saw in the message. A
    rank ("le 2e"), a day or an hour designates a proposal when it fits that one only.
    """
    folded = fold(text)
    fitting = [index for index, start in enumerate(starts) if _fits(start, reading)]
    for rank, pattern in _CHOICE.items():
        if starts and rank < len(starts) and pattern.match(folded):
            index = rank % len(starts)
            # "le 2" may be the second one, or the 2nd of the month: when they differ, ask again.
            return index if not fitting or index in fitting else None
    return fitting[0] if len(fitting) == 1 else None


def _fits(start: datetime, reading: DateReading) -> bool:
    if reading.time_only:
        return any(
            start.time() == span.start
            if span.exact
            else span.start <= start.time() and (span.end is None or start.time() < span.end)
            for span in reading.times
        )
    return any(
        start == window.start
        if window.exact
        else window.start <= start and (window.end is None or start < window.end)
        for window in reading.windows
    )
