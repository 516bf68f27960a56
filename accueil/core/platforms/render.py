"""A turn's messages in the pieces that an app can show: buttons where it has them, else numbers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from accueil.core.french import NBSP
from accueil.core.platforms.cards import card_words
from accueil.core.platforms.message import Abilities, Choice
from accueil.core.platforms.split import length_of, split_text

_CHOOSE = f"Choisis{NBSP}:"
_BY_NUMBER = "Réponds par un numéro, ou avec tes mots."
_BY_ONE = "Réponds 1, ou avec tes mots."
_NUMBERED_LINE = re.compile(r"^(\d+)\. ", re.MULTILINE)
_TYPED_NUMBER = re.compile(
    r"\s*(?:n°\s*|num[ée]ro\s+|le\s+|#)?(\d{1,2})\s*[.)!]?\s*", re.IGNORECASE
)


class Said(Protocol):
    """A message as the conversation keeps it."""

    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> Sequence[dict[str, str]]: ...
    @property
    def cards(self) -> Sequence[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes into one message of an app."""

    text: str
    choices: tuple[Choice, ...] = ()


def render(said: Iterable[Said], abilities: Abilities) -> list[Piece]:
    """Return the pieces of a turn, in order, each within the app's limits.

    Choices whose titles the app would cut, or that are too many, are numbered in the text; their
    buttons then carry the numbers. Numbers go on from one message of the turn to the next.
    """
    pieces: list[Piece] = []
    numbered = 0
    for one in said:
        choices = choices_of(one)
        text = "\n\n".join(part for part in (one.text, card_words(one.cards)) if part)
        if choices and not _fit(choices, abilities):
            text = _with_numbers(text, choices, numbered)
            shown = [Choice(str(numbered + i + 1), c.token) for i, c in enumerate(choices)]
            numbered += len(choices)
            choices = tuple(shown) if len(shown) <= abilities.most_choices else ()
        if text or choices:
            pieces += _pieces(text or _CHOOSE, choices, abilities)
    return _with_last_choices(pieces, abilities) if abilities.only_last_choices else pieces


def choices_of(said: Said) -> tuple[Choice, ...]:
    """Return the buttons of a message."""
    return tuple(Choice(one["title"], one["button"]) for one in said.buttons)


def chosen_by_number(typed: str, said: Iterable[Said], abilities: Abilities) -> Choice | None:
    """Return the choice that a typed number names, if choices were shown with numbers."""
    match = _TYPED_NUMBER.fullmatch(typed)
    if match is None:
        return None
    numbered = [
        choice
        for one in said
        if (choices := choices_of(one)) and not _fit(choices, abilities)
        for choice in choices
    ]
    number = int(match[1])
    return numbered[number - 1] if 1 <= number <= len(numbered) else None


def _fit(choices: Sequence[Choice], abilities: Abilities) -> bool:
    return len(choices) <= abilities.most_choices and all(
        length_of(choice.title) <= abilities.longest_title for choice in choices
    )


def _with_numbers(text: str, choices: Sequence[Choice], before: int) -> str:
    numbers = [str(before + index + 1) for index in range(len(choices))]
    how = _BY_ONE if numbers == ["1"] else _BY_NUMBER
    if _NUMBERED_LINE.findall(text) == numbers:
        return f"{text}\n\n{how}"  # the message numbers them itself
    lines = [f"{number}. {one.title}" for number, one in zip(numbers, choices, strict=True)]
    return "\n".join([text or _CHOOSE, "", *lines, "", how])


def _with_last_choices(pieces: list[Piece], abilities: Abilities) -> list[Piece]:
    """Put the choices of a whole turn under its last message, as many as the app shows."""
    every = tuple(choice for piece in pieces for choice in piece.choices)
    if not every:
        return pieces
    *before, last = pieces
    kept = Piece(last.text, every[: abilities.most_choices])
    return [*(Piece(piece.text) for piece in before), kept]


def _pieces(text: str, choices: tuple[Choice, ...], abilities: Abilities) -> list[Piece]:
    *before, last = split_text(text, abilities.text_limit)
    if choices and length_of(last) > abilities.choices_text_limit:
        *more, last = split_text(last, abilities.choices_text_limit)
        before += more
    return [*(Piece(one) for one in before), Piece(last, choices)]
