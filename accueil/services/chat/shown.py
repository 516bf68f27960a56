"""A message as a device shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accueil.core.answers import without_precisions
from accueil.services.ports import BotMessage


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a device shows it. ``buttons`` are ``{"title", "button"}``."""

    author: str
    text: str
    buttons: tuple[dict[str, str], ...] = ()
    cards: tuple[dict[str, Any], ...] = ()


def shown_card(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card in the shape of the public interface: its kind is named ``type``.

    The answers to follow-up questions, which travel with a source, are not part of it.
    """
    kept = without_precisions(card)
    return {"type" if key == "card" else key: value for key, value in kept.items()}


def unkept(message: BotMessage) -> Shown:
    """Show a message that is not kept: its buttons would lead nowhere."""
    return Shown("bot", message.text, (), tuple(shown_card(card) for card in message.cards))


def answers_of(messages: Iterable[Shown]) -> list[dict[str, Any]]:
    """Return messages in the shape of the public interface (``/api/openapi.json``)."""
    return [
        {
            "author": message.author,
            "text": message.text,
            "buttons": list(message.buttons),
            "cards": list(message.cards),
        }
        for message in messages
    ]
