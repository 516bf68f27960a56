"""A conversation as its page, and as the text that somebody keeps of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accueil.core.french import NBSP, show_day
from accueil.services.chat import Shown

ROBOT, YOUNG_PERSON = "Robot", "Toi"
MOMENTS = {"": "N’importe quand", "le matin": "Le matin", "l’après-midi": "L’après-midi"}
_FIELDS = {
    "site": "name distance_km address state accessibility note phone url",
    "number": "title number call sms chat",
    "appointment": "when site address code manage_url",
    "source": "title url checked_on expires_on easy",
}
"""What a page shows of each kind of card, beside its hours."""
_LINKS = ("url", "call", "sms", "chat", "manage_url")
_SCHEMES = ("https://", "http://", "tel:", "sms:")
_MOST_DAYS = 70


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who, what, and the cards that a page can show."""

    author: str
    text: str
    cards: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation; ``choices`` (title, token) and ``days`` are those of the last answer."""

    before: tuple[Said, ...]
    last: tuple[Said, ...]
    choices: tuple[tuple[str, str], ...]
    days: tuple[date, ...]


def talk_of(messages: Sequence[Shown], today: date) -> Talk:
    """Return a conversation as it is shown on a day in France."""
    start = len(messages)
    while start and messages[start - 1].author != "user":
        start -= 1
    last = messages[start:]
    choices = [
        (str(one["title"]), str(one["button"])) for message in last for one in message.buttons
    ]
    cards = [card for message in last for card in message.cards if card.get("type") == "date"]
    return Talk(
        tuple(_said(one, today) for one in messages[:start]),
        tuple(_said(one, today) for one in last),
        tuple(dict.fromkeys(choices)),
        _days(cards[-1]) if cards else (),
    )


def words_for(day: str, moment: str) -> str:
    """Return the words that ask for a day of the list (ISO), or nothing when it is none."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        return ""
    words = f"{show_day(wanted)} {moment if moment in MOMENTS else ''}"
    return words.replace(NBSP, " ").strip()


def transcript(talk: Talk, today: date) -> str:
    """Return the conversation as plain text, with what its cards say."""
    title = f"Discussion avec le robot d’accueil, gardée le {show_day(today)} {today.year}"
    parts = [title.replace(NBSP, " ")]
    for said in (*talk.before, *talk.last):
        lines = [f"{said.author}{NBSP}: {said.text}"]
        lines += [line for card in said.cards for line in _lines(card)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _said(message: Shown, today: date) -> Said:
    cards = tuple(_card(one, today) for one in message.cards if one.get("type") in _FIELDS)
    return Said(YOUNG_PERSON if message.author == "user" else ROBOT, message.text, cards)


def _card(card: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    """Return what a page shows of a card: links that lead somewhere safe, dates as dates."""
    shown: dict[str, Any] = {"type": card["type"], "expires_on": None}
    for name in _FIELDS[card["type"]].split():
        given = card.get(name) or ""
        is_unsafe = name in _LINKS and not str(given).startswith(_SCHEMES)
        shown[name] = "" if is_unsafe else given
    for name in ("checked_on", "expires_on"):
        shown[name] = _day(card.get(name))
    shown["is_expired"] = shown["expires_on"] is not None and shown["expires_on"] < today
    hours = card.get("hours") or []
    shown["hours"] = [hours] if isinstance(hours, str) else list(hours)
    return shown


def _days(card: Mapping[str, Any]) -> tuple[date, ...]:
    """Return the days that can be asked for."""
    first, last = _day(card.get("first")), _day(card.get("last"))
    if first is None or last is None:
        return ()
    count = min(max((last - first).days + 1, 0), _MOST_DAYS)
    return tuple(first + timedelta(days=number) for number in range(count))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _lines(card: Mapping[str, Any]) -> list[str]:
    match card["type"]:
        case "site":
            given = [card.get("name"), card.get("address"), card.get("phone")]
        case "number":
            given = [card.get("title"), *card["hours"]]
        case "appointment":
            code = card.get("code")
            place = [card.get("when"), card.get("site"), card.get("address")]
            given = [*place, f"code {code}" if code else "", card["manage_url"]]
        case _:
            given = [card.get("title"), card["url"]]
    return [f"  {', '.join(str(one) for one in given if one)}"]
