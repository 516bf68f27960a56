"""Make a typed message fit to go further: no commands, no control characters, not endless."""

import re
import unicodedata
from dataclasses import dataclass

from accueil.core.contact import ContactReading, read_contact
from accueil.core.person import mentions_disability, read_age

MAXIMUM_RECEIVED = 12_000
"""Characters; longer messages are refused."""
MAXIMUM_UNDERSTOOD = 1_500
"""Characters that the dialogue engine reads; of a longer story it reads the end."""

_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message ready for the dialogue engine, and what it said about its writer."""

    text: str
    reading: ContactReading
    age: int | None
    disability: bool
    shortened: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing readable is left."""
        return not self.text


def prepare(typed: str) -> Incoming:
    """Neutralise and mask what somebody typed.

    A leading "/" would be a command for Rasa (``/intent{...}``): it goes away, and the rest is
    ordinary text. Contacts become tokens (see ``core.contact``).
    """
    text = _plain(typed).lstrip("/ ").strip()
    shortened = len(text) > MAXIMUM_UNDERSTOOD
    kept = _ending(text) if shortened else text
    reading = read_contact(text)
    masked = read_contact(kept).text if shortened else reading.text
    return Incoming(
        masked.lstrip("/ "), reading, read_age(text), mentions_disability(text), shortened
    )


def _plain(typed: str) -> str:
    """Drop control characters and invisible ones, keep line ends and emoji joiners."""
    composed = unicodedata.normalize("NFC", typed)
    return "".join(
        " " if character in "\t\r" else character
        for character in composed
        if character in "\n\t\r\u200d"
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


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
