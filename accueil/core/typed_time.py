"""Days and clock times as an operator types them."""

import re
from datetime import date, time

from accueil.core.french import MONTHS, NBSP
from accueil.core.text import fold
from accueil.core.weekly_words import UnreadableHours

_MONTHS = [fold(month) for month in MONTHS]
DATE = rf"(?:\d{{4}}-\d\d-\d\d|\d\d?/\d\d?/\d{{4}}|(?:1er|\d\d?) (?:{'|'.join(_MONTHS)}) \d{{4}})"
"""A day, in folded text."""


def read_day(text: str) -> date:
    """Return a day: ``2026-12-01``, ``1/12/2026``, ``1er décembre 2026``.

    Raises ``UnreadableHours``.
    """
    said = fold(text)
    if not re.fullmatch(DATE, said):
        raise UnreadableHours(f"Date illisible{NBSP}: écrivez par exemple 2026-12-01.")
    try:
        if "-" in said:
            return date.fromisoformat(said)
        day, month, year = re.split(r"[/ ]", said.replace("1er", "1"))
        number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
        return date(int(year), number, int(day))
    except ValueError as error:
        raise UnreadableHours(f"Cette date n’existe pas{NBSP}: {said}.") from error


def read_hour(text: str) -> time:
    """Return a clock time: ``14h``, ``14h30``, ``14:30``. Raises ``UnreadableHours``."""
    found = re.fullmatch(r"(\d{1,2}) ?[:h] ?(\d\d)?", fold(text))
    try:
        if found is not None:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise UnreadableHours(f"Heure illisible{NBSP}: écrivez par exemple 14h30.")
