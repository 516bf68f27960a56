"""What a conversation leaves in the database: sessions, messages, buttons. Synchronous."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from accueil.core.clock import Clock
from accueil.core.conversation import ChatButton, ChatMessage, ChatSession, SafetyEvent
from accueil.core.discretion import read_discretion
from accueil.core.incoming import Incoming
from accueil.core.person import read_first_name
from accueil.core.safety import SafetyReading
from accueil.core.tokens import TokenMaker
from accueil.services.chat.fill import Filler
from accueil.services.chat.shown import Shown, shown_card
from accueil.services.chat.wording import NOT_KEPT
from accueil.services.ports import BotMessage, Store, UnitOfWork

LIFETIME = timedelta(hours=24)
"""A conversation stays readable for a day after its last message, then it is deleted."""


MOST_MESSAGES = 5_000
"""More than anybody says; a conversation is read whole, so it must not grow for ever."""


class SessionExpired(Exception):
    """No conversation answers to this token: it is forged, too old, or has become too long."""


class SessionMoved(SessionExpired):
    """The conversation goes on in another device: this token opens nothing any more."""


class ChatRecords:
    """Keeps conversations."""

    def __init__(self, store: Store, clock: Clock, tokens: TokenMaker, filler: Filler) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._filler = filler

    def open(self, channel: str, territory: str = "") -> tuple[ChatSession, str]:
        """Begin a session; return it with its token, which is kept hashed."""
        now = self._clock.now()
        token = self._tokens.new_token()
        session = ChatSession(
            id=self._tokens.new_id(),
            token_hash=self._tokens.hash(token),
            channel=channel,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
            territory=territory,
        )
        with self._store.write() as uow:
            uow.chats.add_session(session)
            uow.commit()
        return session, token

    def session(self, token: str) -> ChatSession:
        """Return the session of a token. Raises ``SessionExpired``, or ``SessionMoved``."""
        hashed, now = self._tokens.hash(token), self._clock.now()
        with self._store.read() as uow:
            session = uow.chats.by_token(hashed)
            moved = uow.chats.by_moved_token(hashed) if session is None else None
        if moved is not None and moved.expires_at > now:
            raise SessionMoved
        if session is None or session.expires_at <= now:
            raise SessionExpired
        return session

    def messages(self, session_id: str) -> list[Shown]:
        """Return what was said, in order."""
        with self._store.read() as uow:
            return [_restored(message) for message in uow.chats.messages(session_id)]

    def end(self, session_id: str) -> None:
        """Delete what was said, and leave an expired shell until the engine has forgotten too."""
        with self._store.write() as uow:
            uow.chats.delete_messages(session_id)
            session = uow.chats.get(session_id)
            if session is not None:
                session.forget_person()
                session.expires_at = self._clock.now()
            uow.commit()

    def delete(self, session_id: str) -> None:
        """Delete the session and everything in it."""
        with self._store.write() as uow:
            uow.chats.delete(session_id)
            uow.commit()

    def button(self, session_id: str, token: str) -> ChatButton | None:
        """Return a button that this session was shown."""
        if not (token.isascii() and token.isprintable()):
            return None  # no database takes every character
        with self._store.read() as uow:
            return uow.chats.button(session_id, token)

    def under_way(self, session_id: str) -> list[BotMessage]:
        """Return what was last said before safety replies, ready to be said again.

        Empty when nothing had been asked: a greeting is not worth going back to.
        """
        with self._store.read() as uow:
            said: list[ChatMessage] = []
            for message in reversed(uow.chats.messages(session_id)):
                if message.author == "bot":
                    said.insert(0, message)
                elif said and not any(_is_number(card) for one in said for card in one.cards):
                    return [_said_again(uow, session_id, one) for one in said]
                else:
                    said = []
        return []

    def answered(self, session_id: str, request_key: str | None) -> list[Shown]:
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

    def begin_turn(
        self, found: ChatSession, shown_text: str, asked: Incoming | str, request_key: str | None
    ) -> ChatSession:
        """Keep the message, and what it says of its writer, before anything can go wrong.

        Raises ``SessionExpired`` when the session was deleted since it was found or holds too much
        already, ``SessionMoved`` when it goes on in another device.
        """
        now, session_id = self._clock.now(), found.id
        with self._store.write() as uow:
            session = uow.chats.get(session_id)
            if session is None or session.expires_at <= now:
                raise SessionExpired
            if session.token_hash != found.token_hash:
                raise SessionMoved
            session.last_seen_at, session.expires_at = now, now + LIFETIME
            known = request_key and uow.chats.by_request_key(session_id, request_key)
            if not known:
                if isinstance(asked, Incoming):
                    _note_person(session, asked, now.year)
                else:  # a button can say so too
                    session.discretion = read_discretion(asked) or session.discretion
                position = uow.chats.next_position(session_id)
                if position >= MOST_MESSAGES:
                    raise SessionExpired
                message = self._message(session_id, position, "user")
                hidden = session.safety_type and isinstance(asked, Incoming)
                message.text = NOT_KEPT if hidden else shown_text
                message.request_key = request_key
                uow.chats.add_messages([message])
            uow.commit()
        return session

    def keep(
        self,
        session: ChatSession,
        said: Sequence[BotMessage],
        distress: SafetyReading | None = None,
    ) -> list[Shown]:
        """Store the answer, filled in; every button gets a token in place of its payload."""
        said = self._filled(session, said)
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
                message.cards = [shown_card(card) for card in one.cards]
                messages.append(message)
            kept = uow.chats.get(session.id)
            if kept is None:  # the conversation was deleted meanwhile: say it, keep nothing
                return [_restored(message) for message in messages]
            if session.safety_type and not kept.safety_type and distress is None:
                _hide_last_words(uow, session.id)  # the engine saw what the detector had not
                distress_type = session.safety_type
            else:
                distress_type = distress.types[0].value if distress is not None else ""
            uow.chats.add_messages(messages)
            uow.chats.add_buttons(buttons)
            kept.safety_type, kept.safety_variant = session.safety_type, session.safety_variant
            kept.third_person = session.third_person
            kept.had_safety_reply = session.had_safety_reply
            if distress_type:
                identifier, now = self._tokens.new_id(), self._clock.now()
                record = SafetyEvent(identifier, now, distress_type, kept.channel)
                uow.chats.add_safety_event(record)
            uow.commit()
        return [_restored(message) for message in messages]

    def _filled(self, session: ChatSession, said: Sequence[BotMessage]) -> list[BotMessage]:
        """Fill in with what is known now: an action may have learnt a name in this very turn."""
        with self._store.read() as uow:
            known = uow.chats.get(session.id) or session
        return [self._filler.fill(message, known) for message in said]

    def _tokenised(self, session_id: str, button: dict[str, str]) -> ChatButton:
        token = self._tokens.new_token()
        now = self._clock.now()
        return ChatButton(token, session_id, button["title"], button["payload"], now)

    def _message(self, session_id: str, position: int, author: str) -> ChatMessage:
        identifier, now = self._tokens.new_id(), self._clock.now()
        return ChatMessage(identifier, session_id, position, author, "", now)


def _note_person(session: ChatSession, incoming: Incoming, year: int) -> None:
    reading = incoming.reading
    session.phone = reading.contact.phone or session.phone
    session.email = reading.contact.email or session.email
    if reading.bad_phone or reading.bad_email:
        session.bad_contacts += 1
    elif reading.contact:
        session.bad_contacts = 0
    age = incoming.age
    if age is None and incoming.birth_year is not None:
        age = year - incoming.birth_year  # at most one year too many: the counsellor will see
    if session.referrer:
        age = incoming.other_age  # not that of whoever writes for the young person
    session.age = age or session.age
    session.disability = session.disability or incoming.disability
    session.discretion = incoming.discretion or session.discretion
    name = read_first_name(incoming.text, expected=bool(reading.contact))
    session.first_name = name or session.first_name


def _is_number(card: dict[str, Any]) -> bool:
    return card.get("type") == "number"


def _said_again(uow: UnitOfWork, session_id: str, message: ChatMessage) -> BotMessage:
    known = [uow.chats.button(session_id, button["button"]) for button in message.buttons]
    buttons = tuple({"title": one.title, "payload": one.payload} for one in known if one)
    cards = tuple(
        {"card" if key == "type" else key: value for key, value in card.items()}
        for card in message.cards
    )
    return BotMessage(message.text, buttons, cards)


def _hide_last_words(uow: UnitOfWork, session_id: str) -> None:
    for message in reversed(uow.chats.messages(session_id)):
        if message.author == "user":
            message.text = NOT_KEPT
            return


def _restored(message: ChatMessage) -> Shown:
    buttons, cards = tuple(message.buttons), tuple(message.cards)
    return Shown(message.author, message.text, buttons, cards, message.id)
