"""Make a typed message fit to go further: no commands, no control characters, not endless."""

import re
import unicodedata
from dataclasses import dataclass

from accueil.core.booking.appointment import Discretion
from accueil.core.contact import ContactReading, read_contact
from accueil.core.discretion import read_discretion
from accueil.core.person import (
    mentions_disability,
    read_age,
    read_birth_year,
    read_other_age,
)

MAXIMUM_RECEIVED = 12_000
"""Characters; longer messages are refused."""
MAXIMUM_UNDERSTOOD = 1_500
"""Characters that the dialogue engine reads; of a longer story it reads the end."""

_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+")
_COMMAND_MARKS = re.compile(r"[\s/]+")
_EMOJI = "\u2190-\U0010ffff"
_LOOSE_JOINERS = re.compile(f"(?<![{_EMOJI}])\u200d+|\u200d+(?![{_EMOJI}])")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message ready for the dialogue engine, and what it said about its writer."""

    text: str
    reading: ContactReading
    age: int | None
    birth_year: int | None
    disability: bool
    shortened: bool
    discretion: Discretion | None = None
    other_age: int | None = None
    """The age said of somebody else: of the young person for whom one writes."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing readable is left."""
        return not self.text


def prepare(typed: str) -> Incoming:
    """Neutralise and mask what somebody typed.

    A leading "/" would be a command for Rasa (``/intent{...}``): it goes away, and the rest is
    ordinary text. Contacts become tokens (see ``core.contact``).
    """
    text = _without_command(_plain(typed))
    # Masked before it is shortened: half a number would not be recognised.
    reading = read_contact(text)
    shortened = len(reading.text) > MAXIMUM_UNDERSTOOD
    kept = _ending(reading.text) if shortened else reading.text
    return Incoming(
        _without_command(kept),
        reading,
        read_age(text),
        read_birth_year(text),
        mentions_disability(text),
        shortened,
        read_discretion(text),
        read_other_age(text),
    )


def _without_command(text: str) -> str:
    """Drop every leading slash; Rasa strips spaces and line ends before it looks for one."""
    marks = _COMMAND_MARKS.match(text)
    return text[marks.end() :].rstrip() if marks else text.rstrip()


def _plain(typed: str) -> str:
    """Drop control characters and invisible ones, keep line ends and emoji joiners.

    Full-width signs and foreign digits become plain ones: a number typed with them is a number.
    """
    composed = unicodedata.normalize("NFC", typed)
    readable = "".join(
        _simple(character)
        for character in composed
        if character in "\n\t\r\u200d"
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return _LOOSE_JOINERS.sub("", readable)


def _simple(character: str) -> str:
    if character in "\t\r" or unicodedata.category(character) == "Zs":
        return " "  # copied numbers hold no-break spaces
    if "\uff00" <= character <= "\uffef":
        return unicodedata.normalize("NFKC", character)
    if not character.isascii() and character.isdecimal():
        return str(unicodedata.decimal(character))
    return character


def _ending(text: str) -> str:
    """Return the last sentences that fit, or the last characters when there are no sentences."""
    kept: list[str] = []
    length = 0
    for sentence in reversed(_SENTENCE_END.split(text)):
        length += len(sentence) + 1
        if length > MAXIMUM_UNDERSTOOD:
            break
        kept.append(sentence)
    return " ".join(reversed(kept)) if kept else text[-MAXIMUM_UNDERSTOOD:]
