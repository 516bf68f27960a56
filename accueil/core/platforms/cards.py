"""Cards in words, for apps that show none. What the message says already is not said again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from accueil.core.french import MONTHS, NBSP

type Card = Mapping[str, Any]


def card_words(cards: Iterable[Card]) -> str:
    """Return what cards add to their message, a blank line between two; empty when nothing."""
    said = (_WORDS[card["type"]](card) for card in cards if card.get("type") in _WORDS)
    return "\n\n".join(one for one in said if one)


def _number(card: Card) -> str:
    hours = card.get("hours") or ""
    number, title = _text(card, "number"), _text(card, "title")
    lines = [title if title.startswith(number) else f"{number}{NBSP}: {title}"]
    lines += [hours] if isinstance(hours, str) and hours else list(hours or ())
    sms = _text(card, "sms").partition(":")[2]
    if sms and sms != number:
        lines.append(f"Par SMS{NBSP}: {sms}")
    if _text(card, "chat"):
        lines.append(f"Par tchat{NBSP}: {_text(card, 'chat')}")
    return "\n".join(lines)


def _site(card: Card) -> str:
    return f"Itinéraire{NBSP}: {_text(card, 'url')}" if _text(card, "url") else ""


def _appointment(card: Card) -> str:
    url = _text(card, "manage_url")
    return f"Voir, déplacer ou annuler ton rendez-vous{NBSP}: {url}" if url else ""


def _source(card: Card) -> str:
    title, url = _text(card, "title"), _text(card, "url")
    if not title:
        return ""
    checked = _day(_text(card, "checked_on"))
    line = f"Source{NBSP}: {title}" + (f", {url}" if url else "")
    return f"{line} (vérifié le {checked})" if checked else line


def _position(_card: Card) -> str:
    return f"Tu peux aussi m’envoyer ta position{NBSP}: le trombone ou le «{NBSP}+{NBSP}» en bas."


def _text(card: Card, name: str) -> str:
    value = card.get(name)
    return value if isinstance(value, str) else ""


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return ""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]} {day.year}"


_WORDS: dict[str, Callable[[Card], str]] = {
    "number": _number,
    "site": _site,
    "appointment": _appointment,
    "source": _source,
    "position": _position,
}
