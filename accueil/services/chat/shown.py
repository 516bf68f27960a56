"""A message as a device shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accueil.core.answers import without_precisions
from accueil.services.ports import BotMessage

_INNER = ("key",)
"""What a card carries for the application alone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a device shows it. ``buttons`` are ``{"title", "button"}``.

    ``id`` names it within its conversation; empty when it was not kept.
    """

    author: str
    text: str
    buttons: tuple[dict[str, str], ...] = ()
    cards: tuple[dict[str, Any], ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that opens; ``token`` is told once and kept hashed."""

    session_id: str
    token: str = field(repr=False)
    messages: tuple[Shown, ...]


def shown_card(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card as it is kept: its kind is named ``type``.

    The answers to follow-up questions, which travel with a source, are not part of it.
    """
    kept = without_precisions(card)
    return {"type" if key == "card" else key: value for key, value in kept.items()}


def answer_key(cards: Iterable[Mapping[str, Any]]) -> str:
    """Return the written answer (``theme/fiche``) whose source kept cards give, or nothing."""
    keys = (card.get("key") for card in cards if card.get("type") == "source")
    return next((key for key in keys if isinstance(key, str)), "")


def unkept(message: BotMessage) -> Shown:
    """Show a message that is not kept: its buttons would lead nowhere."""
    return Shown("bot", message.text, (), tuple(shown_card(card) for card in message.cards))


def answers_of(messages: Iterable[Shown]) -> list[dict[str, Any]]:
    """Return messages in the shape of the public interface (``/api/openapi.json``)."""
    return [
        ({"id": message.id} if message.id else {})
        | {
            "author": message.author,
            "text": message.text,
            "buttons": list(message.buttons),
            "cards": [_public(card) for card in message.cards],
        }
        for message in messages
    ]


def opened_body(opened: Opened) -> dict[str, Any]:
    """Return a conversation that opens, as the interface describes it."""
    return {
        "session_id": opened.session_id,
        "token": opened.token,
        "messages": answers_of(opened.messages),
    }


def _public(card: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in card.items() if name not in _INNER}
