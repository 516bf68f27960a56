"""What a signed webhook of Messenger says, as events and receipts. Pure.

Sources (Messenger Platform, "Webhook events"): messages, message echoes, message edits,
messaging_postbacks, messaging_referrals, standby. Deliveries, reads, reactions, policy warnings
and opt-ins (which are about advertising) are no words of a person. Nobody is told of a block.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256
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
from accueil.gateways.meta_setup import GET_STARTED

_MILLISECONDS = 1000
_MEDIA = {
    "image": EventKind.IMAGE,
    "video": EventKind.VIDEO,
    "audio": EventKind.VOICE,
    "file": EventKind.FILE,
}
_event = partial(event, Platform.MESSENGER)


def read_messenger(body: Any, page: str) -> tuple[list[PlatformEvent], list[SentReceipt]]:
    """Return what happened on a page, in order. Never raises: what cannot be read is left out."""
    events: list[PlatformEvent] = []
    receipts: list[SentReceipt] = []
    for item in _items(body, page):
        found = _read(item)
        if isinstance(found, PlatformEvent):
            events.append(found)
        elif isinstance(found, SentReceipt):
            receipts.append(found)
    return events, receipts


def _items(body: Any, page: str) -> Iterator[dict[str, Any]]:
    """``standby`` is left out: another application has that conversation."""
    if isinstance(body, dict) and body.get("object") == "page":
        for entry in parts(body, "entry"):
            if entry.get("id") == page:
                yield from parts(entry, "messaging")


def _read(item: dict[str, Any]) -> PlatformEvent | SentReceipt | None:
    message = part(item, "message")
    if message.get("is_echo"):
        ours = reference(message.get("metadata"))
        return SentReceipt(Platform.MESSENGER, ours) if ours else None
    sender = identifier(part(item, "sender").get("id"))
    at = instant(item.get("timestamp"), _MILLISECONDS)
    if not sender or at is None:
        return None
    if message:
        return _message(message, sender, at)
    if edit := part(item, "message_edit"):
        return _edit(edit, sender, at)
    if postback := part(item, "postback"):
        return _postback(postback, sender, at)
    if part(item, "referral"):
        return _event(_made_up(sender, at, "referral"), sender, at, EventKind.START)
    return None


def _message(message: dict[str, Any], sender: str, at: datetime) -> PlatformEvent | None:
    name = identifier(message.get("mid"))
    if not name or message.get("is_deleted"):
        return None
    if token := identifier(part(message, "quick_reply").get("payload")):
        return _event(name, sender, at, EventKind.BUTTON, button=token)
    text = words(message.get("text"))
    attachments = list(parts(message, "attachments"))
    for attachment in attachments:
        coordinates = part(part(attachment, "payload"), "coordinates")
        if found := point(coordinates.get("lat"), coordinates.get("long")):
            return _event(name, sender, at, EventKind.LOCATION, text=text, at_point=found)
    kinds = [_kind(attachment) for attachment in attachments]
    if EventKind.STICKER in kinds or message.get("sticker_id"):
        return _event(name, sender, at, EventKind.STICKER, text=text)
    media = next((kind for kind in kinds if kind is not EventKind.OTHER), None)
    if media is not None:
        return _event(name, sender, at, media, text=text)
    # A link is words, and a preview as an attachment.
    return _event(name, sender, at, EventKind.TEXT if text else EventKind.OTHER, text=text)


def _kind(attachment: dict[str, Any]) -> EventKind:
    """Since August 2026 a sticker says so; an image with the number of a sticker is one too."""
    kind = attachment.get("type")
    if kind == "sticker" or part(attachment, "payload").get("sticker_id"):
        return EventKind.STICKER
    return _MEDIA.get(kind, EventKind.OTHER) if isinstance(kind, str) else EventKind.OTHER


def _edit(edit: dict[str, Any], sender: str, at: datetime) -> PlatformEvent | None:
    """Each change of a message is heard once: it has a number, in digits or not."""
    name, text, number = identifier(edit.get("mid")), words(edit.get("text")), edit.get("num_edit")
    if not name or not text or not isinstance(number, int | str):
        return None
    return _event(_made_up(name, at, f"edit {number}"), sender, at, EventKind.TEXT, text=text)


def _postback(postback: dict[str, Any], sender: str, at: datetime) -> PlatformEvent | None:
    token = identifier(postback.get("payload"))
    if not token:
        return None
    name = identifier(postback.get("mid")) or _made_up(sender, at, token)
    if token == GET_STARTED:
        return _event(name, sender, at, EventKind.START)
    return _event(name, sender, at, EventKind.BUTTON, button=token)


def _made_up(owner: str, at: datetime, what: str) -> str:
    """Return an identifier for an event that has none: the same when it comes again."""
    told = "\n".join((owner, at.isoformat(), what))
    return sha256(told.encode("utf-8", "replace")).hexdigest()
