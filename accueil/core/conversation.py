"""A conversation as the application keeps it: session, messages, buttons, what is known so far."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accueil.core.booking.appointment import Discretion


@dataclass
class ChatSession:
    """One conversation on one channel. Instants in UTC.

    ``id`` is opaque and is Rasa's sender id; the bearer token is kept hashed. The contact is what
    the young person wrote so far: it becomes part of an appointment only when they confirm it.
    """

    id: str
    token_hash: str
    channel: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    first_name: str = ""
    phone: str = ""
    email: str = ""
    bad_contacts: int = 0
    age: int | None = None
    disability: bool = False
    safety_type: str = ""
    safety_variant: int | None = None
    third_person: bool = False
    had_safety_reply: bool = False
    """A safety reply was given in this conversation, whatever was said afterwards."""
    shared_note: str = ""
    """What the young person wants the counsellor to read, in their own words."""
    discretion: Discretion = Discretion.ORDINARY
    referrer: str = ""
    """Who writes for the young person, with their agreement; empty when they write themselves."""
    territory: str = ""
    """Insee code of the commune that the page around the conversation speaks of, empty if none."""
    moved_token_hash: str | None = None
    """Hash of the token that opened the conversation before it moved to another device."""

    def forget_person(self) -> None:
        """Forget everything personal that was said."""
        self.first_name = self.phone = self.email = self.shared_note = self.referrer = ""
        self.discretion = Discretion.ORDINARY
        self.age = None
        self.disability = False
        self.bad_contacts = 0


@dataclass
class ChatMessage:
    """One shown message. A young person's text has its contacts masked; of danger it has none."""

    id: str
    session_id: str
    position: int
    author: str
    text: str
    created_at: datetime
    buttons: list[dict[str, str]] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    request_key: str | None = None


@dataclass
class ChatButton:
    """What a button sends to Rasa. The young person's device only ever sees the token."""

    token: str
    session_id: str
    title: str
    payload: str
    created_at: datetime


@dataclass
class SafetyEvent:
    """That a safety reply was given: type, time, channel. No text, no session."""

    id: str
    at: datetime
    type: str
    channel: str


@dataclass
class Transfer:
    """A code that moves a conversation to another device, once, until it expires."""

    code_hash: str
    session_id: str
    created_at: datetime
    expires_at: datetime


@dataclass
class AnswerFeedback:
    """Whether a written answer (``theme/fiche``) was useful to somebody: no text, no session.

    ``message_key`` is a keyed hash, by which a change of mind replaces the first opinion.
    """

    id: str
    message_key: str
    answer: str
    useful: bool
    channel: str
    at: datetime


@dataclass
class CallbackRequest:
    """Somebody asked for a human. Contact fields are empty when only the phone number was given."""

    id: str
    conversation_id: str
    site_id: str
    created_at: datetime
    first_name: str = ""
    phone: str = ""
    done: bool = False
    is_first_response: bool = False
    """The young person agreed that the team be told to call back before others."""
