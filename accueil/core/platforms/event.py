"""What arrives from a messaging app, whichever it is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    """A messaging app. Its value is also the channel of a conversation, and part of an address."""

    TELEGRAM = "telegram"
    MESSENGER = "messenger"
    WHATSAPP = "whatsapp"


class EventKind(StrEnum):
    """What somebody did in the app.

    ``START``: opened the conversation without a word. ``BLOCKED``: does not want to hear from us
    any more; ``UNBLOCKED``: does again. ``GROUP``: speaks in a group, where nothing is private.
    ``HURRIED``: writes faster than anybody is answered; the door says so, not a provider.
    ``OTHER``: something that has no words, and that none of the other kinds names.
    """

    START = "start"
    TEXT = "text"
    BUTTON = "button"
    LOCATION = "location"
    CONTACT = "contact"
    VOICE = "voice"
    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    GROUP = "group"
    OTHER = "other"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    HURRIED = "hurried"


@dataclass(frozen=True, slots=True)
class PlatformEvent:
    """One thing that one person did, as its provider's signed webhook tells it.

    ``id`` is the provider's, unique on its platform: the same event may come again. ``sender`` is
    the address to answer to. ``at`` is the provider's time, aware, in UTC. ``text``: what was
    typed, the caption of a medium, or the writer's own number for a ``CONTACT`` that is theirs.
    ``button`` is the token of the choice pressed. ``callback`` is what the platform wants back to
    show that it was heard (Telegram's ``callback_query`` id, WhatsApp's message), empty elsewhere.
    """

    platform: Platform
    id: str = field(repr=False)
    sender: str = field(repr=False)
    kind: EventKind
    at: datetime
    text: str = field(default="", repr=False)
    button: str = field(default="", repr=False)
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    callback: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SentReceipt:
    """The provider says that a message of ours was accepted: ``reference`` is the one we gave.

    ``failed``: it was accepted, then could not reach the person.
    """

    platform: Platform
    reference: str
    failed: bool = False
