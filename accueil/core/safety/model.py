"""What the safety check says: types, readings, numbers and replies."""

from dataclasses import dataclass
from enum import StrEnum


class SafetyDataError(ValueError):
    """A data file of ``data/safety`` is wrong; the message (French) names the entry to correct."""


class SafetyType(StrEnum):
    """Kinds of danger a young person may write about."""

    suicide = "suicide"
    automutilation = "automutilation"
    violence_conjugale = "violence_conjugale"
    violence_familiale = "violence_familiale"
    agression_sexuelle = "agression_sexuelle"
    mariage_force = "mariage_force"
    mineur_en_danger = "mineur_en_danger"
    fugue = "fugue"
    sans_abri_ce_soir = "sans_abri_ce_soir"
    faim = "faim"
    harcelement = "harcelement"
    cyberharcelement = "cyberharcelement"
    surdose = "surdose"
    traite_prostitution = "traite_prostitution"
    urgence_medicale = "urgence_medicale"
    danger_immediat = "danger_immediat"


@dataclass(frozen=True, slots=True)
class SafetyReading:
    """What one message says.

    ``types`` goes from the most urgent to the least; ``numbers`` are dialled digits, first the one
    to call first; both are empty when ``distress`` is false. ``third_person`` is true when the
    message is about someone else than its author.
    """

    text: str
    distress: bool
    types: tuple[SafetyType, ...]
    numbers: tuple[str, ...]
    third_person: bool


@dataclass(frozen=True, slots=True)
class NumberCard:
    """One number to show beside a reply. ``call`` is a ``tel:`` link, ``sms`` a ``sms:`` link.

    ``call`` is missing when nobody answers by voice.
    """

    number: str
    title: str
    hours: str
    call: str | None
    sms: str | None
    chat: str | None


@dataclass(frozen=True, slots=True)
class SafetyReply:
    """Text for the young person (French, typeset) and the cards to show under it."""

    text: str
    cards: tuple[NumberCard, ...]
