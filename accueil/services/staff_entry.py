"""What an operator types of a counsellor: a name, an address, openings. Read, or refused."""

from collections.abc import Iterable
from datetime import timedelta

from accueil.core.booking import REASONS
from accueil.core.booking.slots import QUARTER
from accueil.core.contact import checked_email
from accueil.core.french import NBSP
from accueil.core.territory import WeeklyHours
from accueil.core.weekly_hours import read_weekly_hours

LONGEST_NAME = 120
LONGEST_EMAIL = 200
EXAMPLE = "lun-ven 09:00-12:00 13:30-17:00"


class WrongEntry(Exception):
    """What was typed is unreadable or unknown; ``str`` is one French sentence."""


def quoted(text: str) -> str:
    """Return a text between French quotation marks, fit for one line of a terminal."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return f"«{NBSP}{shown}{NBSP}»"


def read_name(text: str) -> str:
    """Return the name that young people will read. Raises ``WrongEntry``."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise WrongEntry(
            f"Le nom affiché est vide, illisible, ou dépasse {LONGEST_NAME} caractères."
        )
    return name


def read_email(text: str) -> str:
    """Return the address as it is kept and signed in with. Raises ``WrongEntry``."""
    address = checked_email(text.strip())
    if not address or len(address) > LONGEST_EMAIL:
        raise WrongEntry(f"Adresse e-mail illisible{NBSP}: {quoted(text)}.")
    return address


def read_openings(text: str) -> list[WeeklyHours]:
    """Return the spans of a week, one at least. Raises ``WrongEntry``."""
    try:
        spans = read_weekly_hours(text)
    except ValueError:
        spans = []
    if not spans:
        raise WrongEntry(
            f"Plages illisibles{NBSP}: {quoted(text)}. Écrivez par exemple {quoted(EXAMPLE)}"
            ", un point-virgule entre les jours différents, sans plages qui se recouvrent."
        )
    return spans


def too_short(spans: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    """Return the spans in which no appointment fits, from a quarter of an hour."""
    shortest = min(reason.duration for reason in REASONS.values())
    return [span for span in spans if _usable(span) < shortest]


def _usable(span: WeeklyHours) -> timedelta:
    start = timedelta(hours=span.start.hour, minutes=span.start.minute)
    end = timedelta(hours=span.end.hour, minutes=span.end.minute)
    return end - start - (-start % QUARTER)
