"""What an update of Telegram says, read without believing that it has the documented shape.

Sources: https://core.telegram.org/bots/api, "Update", "Message", "CallbackQuery",
"ChatMemberUpdated", and https://core.telegram.org/bots/features, "Privacy mode".
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from accueil.core.platforms import EventKind, Platform, PlatformEvent

_MEDIA = (
    ("voice", EventKind.VOICE),
    ("audio", EventKind.VOICE),
    ("photo", EventKind.IMAGE),
    ("animation", EventKind.VIDEO),  # before "document", which comes with it
    ("video", EventKind.VIDEO),
    ("video_note", EventKind.VIDEO),
    ("document", EventKind.FILE),
    ("sticker", EventKind.STICKER),
)
_SERVICE = frozenset(
    "pinned_message message_auto_delete_timer_changed write_access_allowed connected_website "
    "chat_background_set successful_payment refunded_payment passport_data web_app_data "
    "proximity_alert_triggered boost_added users_shared chat_shared forum_topic_created "
    "forum_topic_edited forum_topic_closed forum_topic_reopened checklist_tasks_done "
    "checklist_tasks_added suggested_post_paid".split()
)
"""What Telegram notes in a chat about a setting or a gesture: nobody expects an answer to it."""
_MEMBERSHIP = {"kicked": EventKind.BLOCKED, "member": EventKind.UNBLOCKED}
_START = re.compile(r"/start(@\w+)?(\s|$)", re.IGNORECASE)
_LARGEST_ID = 2**53
_LAST_SECOND = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())


def read_update(update: Any, bot: str, received_at: datetime) -> PlatformEvent | None:
    """Return what somebody did; ``None`` when it is not for us, or is not an update. Never raises.

    ``bot`` is the bot's user name, without "@". ``received_at`` (aware) stands for the time of a
    button, which Telegram does not give. Of a group nothing is kept but that it called the bot.
    """
    match update:
        case {"update_id": int(number), "message": dict(message)} if _is_id(number):
            return _from_message(str(number), message, bot)
        case {"update_id": int(number), "edited_message": dict(message)} if _is_id(number):
            return _from_edit(str(number), message)
        case {"update_id": int(number), "callback_query": dict(query)} if _is_id(number):
            return _from_button(str(number), query, received_at)
        case {"update_id": int(number), "my_chat_member": dict(change)} if _is_id(number):
            return _from_membership(str(number), change)
    return None


def _from_message(identifier: str, message: dict[str, Any], bot: str) -> PlatformEvent | None:
    chat, at = message.get("chat"), _instant(message.get("date"))
    match message.get("from"):
        case {"is_bot": True}:
            return None
    match chat:
        case {"id": int(address), "type": "private"} if _is_id(address) and at is not None:
            return _from_person(identifier, str(address), at, message)
        case {"id": int(address), "type": "group" | "supergroup" | "channel"} if (
            _is_id(address) and at is not None and _calls(message, bot)
        ):
            # Not who spoke, nor what they said: a group is no place for it.
            return _event(identifier, str(address), EventKind.GROUP, at)
    return None


def _from_person(
    identifier: str, sender: str, at: datetime, message: dict[str, Any]
) -> PlatformEvent | None:
    if "text" in message:
        return _from_words(identifier, sender, at, _words(message["text"]))
    if "location" in message or "venue" in message:
        return _from_location(identifier, sender, at, message)
    if "contact" in message:
        number = _own_number(message)
        return _event(identifier, sender, EventKind.CONTACT, at, text=number)
    if _SERVICE & message.keys():
        return None
    kind = next((kind for field, kind in _MEDIA if field in message), EventKind.OTHER)
    return _event(identifier, sender, kind, at, text=_words(message.get("caption")))


def _from_words(identifier: str, sender: str, at: datetime, text: str) -> PlatformEvent | None:
    if _START.match(text):
        # What follows came in a link, which others may have seen or made: it opens nothing.
        return _event(identifier, sender, EventKind.START, at)
    return _event(identifier, sender, EventKind.TEXT, at, text=text) if text.strip() else None


def _from_location(
    identifier: str, sender: str, at: datetime, message: dict[str, Any]
) -> PlatformEvent | None:
    place = message.get("location")
    match message.get("venue"):
        case {"location": dict(of_venue)}:
            place = of_venue
    match place:
        case {"latitude": int() | float() as latitude, "longitude": int() | float() as longitude}:
            if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
                return None
            return PlatformEvent(
                Platform.TELEGRAM,
                identifier,
                sender,
                EventKind.LOCATION,
                at,
                latitude=float(latitude),
                longitude=float(longitude),
            )
    return None


def _from_edit(identifier: str, message: dict[str, Any]) -> PlatformEvent | None:
    """Return new words. A live position that moves, or a preview that was added, says nothing."""
    words = _words(message.get("text")) or _words(message.get("caption"))
    at = _instant(message.get("edit_date"))
    match message:
        case {"from": {"is_bot": True}} | {"location": _} | {"venue": _}:
            return None
        case {"chat": {"id": int(address), "type": "private"}} if _is_id(address):
            return _from_words(identifier, str(address), at, words) if at is not None else None
    return None


def _from_button(
    identifier: str, query: dict[str, Any], received_at: datetime
) -> PlatformEvent | None:
    match query:
        case {
            "id": str(callback),
            "data": str(token),
            "message": {"chat": {"id": int(address), "type": "private"}},
        } if _is_id(address) and token:
            return PlatformEvent(
                Platform.TELEGRAM,
                identifier,
                str(address),
                EventKind.BUTTON,
                received_at.astimezone(UTC),
                button=_words(token),
                callback=_words(callback),
            )
    return None


def _from_membership(identifier: str, change: dict[str, Any]) -> PlatformEvent | None:
    at = _instant(change.get("date"))
    match change:
        case {
            "chat": {"id": int(address), "type": "private"},
            "new_chat_member": {"status": str(status)},
        } if _is_id(address) and at is not None and status in _MEMBERSHIP:
            return _event(identifier, str(address), _MEMBERSHIP[status], at)
    return None


def _event(
    identifier: str, sender: str, kind: EventKind, at: datetime, text: str = ""
) -> PlatformEvent:
    return PlatformEvent(Platform.TELEGRAM, identifier, sender, kind, at, text=text)


def _calls(message: Mapping[str, Any], bot: str) -> bool:
    """Tell whether a message in a group names the bot, or answers one of its messages."""
    match message.get("reply_to_message"):
        case {"from": {"username": str(name)}} if name.lower() == bot.lower():
            return True
    said = _words(message.get("text")) or _words(message.get("caption"))
    return re.search(rf"@{re.escape(bot)}\b", said, re.IGNORECASE) is not None


def _own_number(message: Mapping[str, Any]) -> str:
    """Return the writer's own number, E.164; empty for anybody else's, whose agreement we lack."""
    match message:
        case {
            "from": {"id": int(writer)},
            "contact": {"phone_number": str(number), "user_id": int(owner)},
        } if writer == owner:
            # Telegram leaves out the "+" of the numbers of its accounts.
            digits = number.removeprefix("+")
            return f"+{digits}" if digits.isascii() and digits.isdigit() else _words(number)
    return ""


def _words(value: Any) -> str:
    """Return a text that can be stored: without NUL, nor half of a pair of UTF-16."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def _is_id(number: int) -> bool:
    """Tell whether an identifier is one: "at most 52 significant bits", negative for groups."""
    return not isinstance(number, bool) and abs(number) < _LARGEST_ID


def _is_within(degrees: float, most: int) -> bool:
    return not isinstance(degrees, bool) and abs(degrees) <= most


def _instant(seconds: Any) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        return None
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LAST_SECOND else None
