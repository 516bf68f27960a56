"""What an operator types of a counsellor: a name, an address, openings. Read, or refused."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from accueil.core.booking import REASONS
from accueil.core.booking.slots import QUARTER
from accueil.core.contact import checked_email
from accueil.core.french import NBSP, NNBSP
from accueil.core.opening_rules import OpeningRule
from accueil.core.opening_words import read_opening_rules
from accueil.core.territory import WeeklyHours
from accueil.core.typed_time import read_day, read_hour
from accueil.core.weekly_words import UnreadableHours

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
    return read_label(text, LONGEST_NAME, "Le nom affiché")


def read_email(text: str) -> str:
    """Return the address as it is kept and signed in with. Raises ``WrongEntry``."""
    address = checked_email(text.strip())
    if not address or len(address) > LONGEST_EMAIL:
        raise WrongEntry(f"Adresse e-mail illisible{NBSP}: {quoted(text)}.")
    return address


def read_openings(text: str) -> list[OpeningRule]:
    """Return when somebody receives, one rule at least. Raises ``WrongEntry``."""
    try:
        return read_opening_rules(text)
    except UnreadableHours as error:
        reason = str(error).rstrip(".")
        raise WrongEntry(
            f"Plages illisibles ({reason[:1].lower()}{reason[1:]}){NBSP}: {quoted(text)}{NNBSP}; "
            f"écrivez par exemple {quoted(EXAMPLE)}, un point-virgule entre les jours différents."
        ) from None


def read_date(text: str) -> date:
    """Return a local day. Raises ``WrongEntry``."""
    try:
        return read_day(text)
    except UnreadableHours as error:
        raise WrongEntry(str(error)) from None


def read_time(text: str) -> time:
    """Return a local clock time. Raises ``WrongEntry``."""
    try:
        return read_hour(text)
    except UnreadableHours as error:
        raise WrongEntry(str(error)) from None


def read_label(text: str, longest: int, what: str) -> str:
    """Return a short text that people will read; ``what`` names it. Raises ``WrongEntry``."""
    label = " ".join(text.split())
    if not label or len(label) > longest or not label.isprintable():
        raise WrongEntry(f"{what} est vide, illisible, ou dépasse {longest} caractères.")
    return label


def too_short(spans: Iterable[WeeklyHours]) -> list[WeeklyHours]:
    """Return the spans in which no appointment fits, from a quarter of an hour."""
    shortest = min(reason.duration for reason in REASONS.values())
    return [span for span in spans if _usable(span) < shortest]


def _usable(span: WeeklyHours) -> timedelta:
    start = timedelta(hours=span.start.hour, minutes=span.start.minute)
    end = timedelta(hours=span.end.hour, minutes=span.end.minute)
    return end - start - (-start % QUARTER)
