"""What a signed webhook of WhatsApp says, as events and receipts. Pure.

Sources (WhatsApp Business Platform, "Webhooks", reference of ``messages`` and its kinds, "Business-
scoped user IDs"). Somebody with a username may have no visible number: ``from`` is then absent or
empty, and ``from_user_id`` names them; it is preferred, since it is always there and says less.
``user_preferences`` is about advertising, which is never sent here. Nobody is told of a block.
"""

from collections.abc import Iterator
from typing import Any

from accueil.channels.meta_parts import (
    event,
    identifier,
    instant,
    part,
    parts,
    point,
    reference,
    words,
)
from accueil.core.platforms import EventKind, Platform, PlatformEvent, SentReceipt

_MEDIA = {
    "image": EventKind.IMAGE,
    "video": EventKind.VIDEO,
    "audio": EventKind.VOICE,
    "voice": EventKind.VOICE,
    "document": EventKind.FILE,
    "sticker": EventKind.STICKER,
}
_NOT_SAID = {"reaction", "system"}
"""A gesture on a message; WhatsApp's own notice that somebody changed number."""
_GESTURES = {"reaction", "pin", "keep_in_chat", "poll_update"}
"""Of a message that the interface does not carry."""
_LEFT = {"sent", "delivered", "read", "played"}


def read_whatsapp(body: Any, number_id: str) -> tuple[list[PlatformEvent], list[SentReceipt]]:
    """Return what happened on a number, in order. Never raises: what cannot be read is left out."""
    events: list[PlatformEvent] = []
    receipts: list[SentReceipt] = []
    for value in _values(body, number_id):
        contacts = list(parts(value, "contacts"))
        for message in parts(value, "messages"):
            found = _message(message, contacts)
            if found is not None:
                events.append(found)
        receipts.extend(_receipts(value))
    return events, receipts


def _values(body: Any, number_id: str) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict) and body.get("object") == "whatsapp_business_account":
        for entry in parts(body, "entry"):
            for change in parts(entry, "changes"):
                value = part(change, "value")
                ours = part(value, "metadata").get("phone_number_id") == number_id
                if ours and change.get("field") == "messages":
                    yield value


def _receipts(value: dict[str, Any]) -> Iterator[SentReceipt]:
    for status in parts(value, "statuses"):
        ours, state = reference(status.get("biz_opaque_callback_data")), status.get("status")
        if ours and isinstance(state, str) and (state in _LEFT or state == "failed"):
            yield SentReceipt(Platform.WHATSAPP, ours, failed=state == "failed")


def _message(message: dict[str, Any], contacts: list[dict[str, Any]]) -> PlatformEvent | None:
    """Return what somebody said. Groups are left out: none was made, their talk is not for us."""
    name, at = identifier(message.get("id")), instant(message.get("timestamp"))
    sender, kind = _sender(message, contacts), message.get("type")
    if not name or at is None or not sender or not isinstance(kind, str):
        return None
    if kind in _NOT_SAID or message.get("group_id"):
        return None
    if kind == "unsupported" and part(message, "unsupported").get("type") in _GESTURES:
        return None
    told, text, token, at_point = _said(kind, message, _numbers_of(message, contacts))
    return event(
        Platform.WHATSAPP,
        name,
        sender,
        at,
        told,
        text=text,
        button=token,
        at_point=at_point,
        callback=name,  # marked as read, it shows that it was heard
    )


type _Said = tuple[EventKind, str, str, tuple[float, float] | None]
"""The kind, the words, the token, the point."""


def _said(kind: str, message: dict[str, Any], own_numbers: set[str]) -> _Said:
    content = part(message, kind)
    if kind == "text":
        text = words(content.get("body"))
        return (EventKind.TEXT if text else EventKind.OTHER), text, "", None
    if kind in _MEDIA:
        return _MEDIA[kind], words(content.get("caption")), "", None
    if kind == "interactive":
        return _pressed(_answer_id(content), "")
    if kind == "button":
        return _pressed(identifier(content.get("payload")), words(content.get("text")))
    if kind == "location":
        found = point(content.get("latitude"), content.get("longitude"))
        return (EventKind.LOCATION if found else EventKind.OTHER), "", "", found
    if kind == "contacts":
        return EventKind.CONTACT, _own_number(message, own_numbers), "", None
    if kind == "request_welcome":
        return EventKind.START, "", "", None
    return EventKind.OTHER, "", "", None


def _pressed(token: str, title: str) -> _Said:
    """Return a choice; or words, for a template's button whose payload is its title."""
    if token and token != title:
        return EventKind.BUTTON, "", token, None
    return (EventKind.TEXT if title else EventKind.OTHER), title, "", None


def _answer_id(content: dict[str, Any]) -> str:
    for kind in ("button_reply", "list_reply"):
        if token := identifier(part(content, kind).get("id")):
            return token
    return ""


def _sender(message: dict[str, Any], contacts: list[dict[str, Any]]) -> str:
    """Return whom to answer: the identifier made for this business, else the number."""
    if user := identifier(message.get("from_user_id")):
        return user
    number = identifier(message.get("from"))
    if number:
        return number
    # One contact only can be the writer; of several, none is sure.
    return identifier(contacts[0].get("user_id")) if len(contacts) == 1 else ""


def _numbers_of(message: dict[str, Any], contacts: list[dict[str, Any]]) -> set[str]:
    """Return the writer's own number, in digits, when WhatsApp shows it."""
    user = identifier(message.get("from_user_id"))
    known = {identifier(message.get("from"))}
    known |= {
        identifier(one.get("wa_id"))
        for one in contacts
        if user and identifier(one.get("user_id")) == user
    }
    return {number for number in known if number.isdigit()}


def _own_number(message: dict[str, Any], own_numbers: set[str]) -> str:
    """Return the shared number when it is the writer's own, in E.164; somebody else's is theirs."""
    for contact in parts(message, "contacts"):
        for phone in parts(contact, "phones"):
            if (number := identifier(phone.get("wa_id"))) in own_numbers:
                return f"+{number}"
    return ""
