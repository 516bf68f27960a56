"""One conversation turn: who speaks, is it safe, what is said, what is kept."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from accueil.core.clock import Clock
from accueil.core.conversation import ChatButton, ChatMessage, ChatSession
from accueil.core.incoming import MAXIMUM_RECEIVED, Incoming, prepare
from accueil.core.person import read_first_name
from accueil.core.safety import SafetyReading
from accueil.core.tokens import TokenMaker
from accueil.services.chat import wording
from accueil.services.chat.offline import OfflineGuide
from accueil.services.chat.safety_desk import SafetyDesk, event
from accueil.services.ports import Assistant, AssistantUnavailable, BotMessage, Store

LIFETIME = timedelta(hours=24)
"""A conversation stays readable for a day after its last message, then it is deleted."""

_GREET = "/salutation"
_ERASED = "erased"


class SessionExpired(Exception):
    """No conversation answers to this token: it is forged, or too old."""


class MessageTooLong(ValueError):
    """More characters than anybody types."""


class UnknownButton(ValueError):
    """This conversation never showed that button."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a device shows it. ``buttons`` are ``{"title", "button"}``."""

    author: str
    text: str
    buttons: tuple[dict[str, str], ...] = ()
    cards: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A new conversation; ``token`` is told once and kept hashed."""

    session_id: str
    token: str
    messages: tuple[Shown, ...]


class ChatService:
    """Opens conversations and answers messages. Turns of one conversation never overlap."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tokens: TokenMaker,
        assistant: Assistant,
        desk: SafetyDesk,
        guide: OfflineGuide,
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._assistant = assistant
        self._desk = desk
        self._guide = guide
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, channel: str) -> Opened:
        """Begin a conversation on a channel."""
        now = self._clock.now()
        token = self._tokens.new_token()
        session = ChatSession(
            id=self._tokens.new_id(),
            token_hash=self._tokens.hash(token),
            channel=channel,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
        )
        await asyncio.to_thread(self._insert, session)
        try:
            said = await self._assistant.reply(session.id, _GREET)
        except AssistantUnavailable:
            said = [BotMessage(wording.GREETING), *self._guide.reply()]
        shown = await asyncio.to_thread(self._keep, session, said or [BotMessage(wording.GREETING)])
        return Opened(session.id, token, tuple(shown))

    async def history(self, token: str) -> list[Shown]:
        """Return what was said. Raises ``SessionExpired``."""
        session = await asyncio.to_thread(self._session, token)
        return await asyncio.to_thread(self._messages, session.id)

    async def close(self, token: str) -> None:
        """Delete the conversation, here and in the dialogue engine. Raises ``SessionExpired``."""
        session = await asyncio.to_thread(self._session, token)
        async with self._turn(session.id):  # a turn under way would be remembered afterwards
            await asyncio.to_thread(self._delete, session.id)
            await self.forget_in_engine(session.id)

    async def forget_in_engine(self, conversation_id: str) -> None:
        """Ask the engine to forget; when it is down, its own retention does it later."""
        try:
            await self._assistant.forget(conversation_id)
        except AssistantUnavailable:
            return

    async def press(self, token: str, button: str, request_key: str | None) -> list[Shown]:
        """Answer a button. Raises ``SessionExpired`` or ``UnknownButton``."""
        session = await asyncio.to_thread(self._session, token)
        async with self._turn(session.id):
            known = await asyncio.to_thread(self._button, session.id, button)
            if known is None:
                raise UnknownButton(button)
            return await self._once(session.id, known.title, known.payload, None, request_key)

    async def say(self, token: str, text: str, request_key: str | None) -> list[Shown]:
        """Answer a typed message. Raises ``SessionExpired`` or ``MessageTooLong``.

        Distress is answered first, even in a message that is too long, or when the token is not
        valid any more.
        """
        reading = self._desk.read(text)
        try:
            if len(text) > MAXIMUM_RECEIVED:
                raise MessageTooLong(len(text))
            session = await asyncio.to_thread(self._session, token)
        except Exception:
            if reading.distress:
                return [_shown(message) for message in self._desk.reply(reading, None)]
            raise
        incoming = prepare(text)
        async with self._turn(session.id):
            seen = reading if reading.distress else None
            shown_text = incoming.reading.text.strip()
            return await self._once(session.id, shown_text, incoming, seen, request_key)

    async def _once(
        self,
        session_id: str,
        shown_text: str,
        asked: Incoming | str,
        distress: SafetyReading | None,
        request_key: str | None,
    ) -> list[Shown]:
        """Answer one turn; a repeated request gets the answer of its first time."""
        try:
            known = await asyncio.to_thread(self._answered, session_id, request_key)
            if known:
                return known
            session = await asyncio.to_thread(
                self._begin_turn, session_id, shown_text, asked, request_key
            )
        except Exception:
            if distress is not None:
                return [_shown(message) for message in self._desk.reply(distress, None)]
            raise
        said = await self._answer(session, asked, distress)
        try:
            return await asyncio.to_thread(self._keep, session, said, distress)
        except Exception:
            if distress is not None:
                return [_shown(message) for message in said]
            raise

    async def _answer(
        self, session: ChatSession, asked: Incoming | str, distress: SafetyReading | None
    ) -> list[BotMessage]:
        if distress is not None:
            return self._desk.reply(distress, session)
        if isinstance(asked, str):
            if self._guide.is_mine(asked):
                return self._guide.reply(asked)
            return await self._ask_engine(session.id, asked)
        if asked.is_empty:
            return [BotMessage(wording.EMPTY)]
        if session.safety_type:
            said = await self._desk.follow_up(asked.text, session)
            if said:
                return said
        said = await self._ask_engine(session.id, asked.text)
        return [BotMessage(wording.SHORTENED), *said] if asked.shortened else said

    async def _ask_engine(self, session_id: str, text: str) -> list[BotMessage]:
        try:
            said = await self._assistant.reply(session_id, text)
        except AssistantUnavailable:
            return self._guide.reply()
        if any(card.get("card") == _ERASED for one in said for card in one.cards):
            await self.forget_in_engine(session_id)
            said = [replace(one, cards=()) for one in said]
        return said or [BotMessage(wording.NO_ANSWER)]

    def _turn(self, session_id: str) -> asyncio.Lock:
        return self._turns.setdefault(session_id, asyncio.Lock())

    # What follows touches the database and runs in a thread.

    def _insert(self, session: ChatSession) -> None:
        with self._store.write() as uow:
            uow.chats.add_session(session)
            uow.commit()

    def _session(self, token: str) -> ChatSession:
        with self._store.read() as uow:
            session = uow.chats.by_token(self._tokens.hash(token))
        if session is None or session.expires_at <= self._clock.now():
            raise SessionExpired
        return session

    def _messages(self, session_id: str) -> list[Shown]:
        with self._store.read() as uow:
            return [_restored(message) for message in uow.chats.messages(session_id)]

    def _delete(self, session_id: str) -> None:
        with self._store.write() as uow:
            uow.chats.delete(session_id)
            uow.commit()

    def _button(self, session_id: str, token: str) -> ChatButton | None:
        if not (token.isascii() and token.isprintable()):
            return None  # no database takes every character
        with self._store.read() as uow:
            return uow.chats.button(session_id, token)

    def _answered(self, session_id: str, request_key: str | None) -> list[Shown]:
        """Return the answer already given to a request, if any."""
        if request_key is None:
            return []
        with self._store.read() as uow:
            asked = uow.chats.by_request_key(session_id, request_key)
            if asked is None:
                return []
            after = [m for m in uow.chats.messages(session_id) if m.position > asked.position]
        answer: list[Shown] = []
        for message in after:
            if message.author == "user":
                break
            answer.append(_restored(message))
        return answer

    def _begin_turn(
        self, session_id: str, shown_text: str, asked: Incoming | str, request_key: str | None
    ) -> ChatSession:
        """Keep the message, and what it says of its writer, before anything can go wrong."""
        now = self._clock.now()
        with self._store.write() as uow:
            session = uow.chats.get(session_id)
            if session is None:
                raise SessionExpired
            session.last_seen_at, session.expires_at = now, now + LIFETIME
            known = request_key and uow.chats.by_request_key(session_id, request_key)
            if not known:
                if isinstance(asked, Incoming):
                    _note_person(session, asked)
                message = self._message(session_id, uow.chats.next_position(session_id), "user")
                message.text, message.request_key = shown_text, request_key
                uow.chats.add_messages([message])
            uow.commit()
        return session

    def _keep(
        self,
        session: ChatSession,
        said: Sequence[BotMessage],
        distress: SafetyReading | None = None,
    ) -> list[Shown]:
        """Store the answer; give every button a token in place of its payload."""
        with self._store.write() as uow:
            position = uow.chats.next_position(session.id)
            messages: list[ChatMessage] = []
            buttons: list[ChatButton] = []
            for offset, one in enumerate(said):
                message = self._message(session.id, position + offset, "bot")
                made = [self._tokenised(session.id, button) for button in one.buttons]
                buttons += made
                message.text = one.text
                message.buttons = [{"title": b.title, "button": b.token} for b in made]
                message.cards = [_card(card) for card in one.cards]
                messages.append(message)
            kept = uow.chats.get(session.id)
            if kept is None:  # the conversation was deleted meanwhile: say it, keep nothing
                return [_restored(message) for message in messages]
            uow.chats.add_messages(messages)
            uow.chats.add_buttons(buttons)
            kept.safety_type, kept.safety_variant = session.safety_type, session.safety_variant
            kept.third_person = session.third_person
            if distress is not None:
                record = event(self._tokens.new_id(), distress, kept, self._clock.now())
                uow.chats.add_safety_event(record)
            uow.commit()
        return [_restored(message) for message in messages]

    def _tokenised(self, session_id: str, button: dict[str, str]) -> ChatButton:
        token = self._tokens.new_token()
        now = self._clock.now()
        return ChatButton(token, session_id, button["title"], button["payload"], now)

    def _message(self, session_id: str, position: int, author: str) -> ChatMessage:
        identifier, now = self._tokens.new_id(), self._clock.now()
        return ChatMessage(identifier, session_id, position, author, "", now)


def _note_person(session: ChatSession, incoming: Incoming) -> None:
    reading = incoming.reading
    session.phone = reading.contact.phone or session.phone
    session.email = reading.contact.email or session.email
    if reading.bad_phone or reading.bad_email:
        session.bad_contacts += 1
    elif reading.contact:
        session.bad_contacts = 0
    session.age = incoming.age or session.age
    session.disability = session.disability or incoming.disability
    name = read_first_name(incoming.text, expected=bool(reading.contact))
    session.first_name = name or session.first_name


def _card(card: dict[str, Any]) -> dict[str, Any]:
    return {"type" if key == "card" else key: value for key, value in card.items()}


def _shown(message: BotMessage) -> Shown:
    """Show a message that is not kept: its buttons would lead nowhere."""
    return Shown("bot", message.text, (), tuple(_card(card) for card in message.cards))


def _restored(message: ChatMessage) -> Shown:
    return Shown(message.author, message.text, tuple(message.buttons), tuple(message.cards))


def answers_of(messages: Iterable[Shown]) -> list[dict[str, Any]]:
    """Return messages in the shape of the public interface (DESIGN.md, section 6)."""
    return [
        {
            "author": message.author,
            "text": message.text,
            "buttons": list(message.buttons),
            "cards": list(message.cards),
        }
        for message in messages
    ]
