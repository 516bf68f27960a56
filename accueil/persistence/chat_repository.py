"""Conversations in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from accueil.core.conversation import (
    AnswerFeedback,
    CallbackRequest,
    ChatButton,
    ChatMessage,
    ChatSession,
    SafetyEvent,
    Transfer,
)
from accueil.persistence import tables

_m = tables.chat_messages.c


class ChatRepository:
    """Implements ``services.ports.Chats``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, session_id: str) -> ChatSession | None:
        """Return one session."""
        return self._session.get(ChatSession, session_id)

    def by_token(self, token_hash: str) -> ChatSession | None:
        """Return the session that a bearer token opens."""
        where = tables.chat_sessions.c.token_hash == token_hash
        return self._session.scalars(select(ChatSession).where(where)).one_or_none()

    def by_moved_token(self, token_hash: str) -> ChatSession | None:
        """Return the session that a token opened before the conversation moved."""
        where = tables.chat_sessions.c.moved_token_hash == token_hash
        return self._session.scalars(select(ChatSession).where(where)).first()

    def add_session(self, session: ChatSession) -> None:
        """Insert a session."""
        self._session.add(session)
        self._session.flush()

    def messages(self, session_id: str) -> Sequence[ChatMessage]:
        """Return a session's messages in order."""
        query = select(ChatMessage).where(_m.session_id == session_id).order_by(_m.position)
        return self._session.scalars(query).all()

    def message(self, session_id: str, message_id: str) -> ChatMessage | None:
        """Return a message of this session."""
        message = self._session.get(ChatMessage, message_id)
        return message if message is not None and message.session_id == session_id else None

    def by_request_key(self, session_id: str, key: str) -> ChatMessage | None:
        """Return the message that a request with this idempotency key stored."""
        query = select(ChatMessage).where(_m.session_id == session_id, _m.request_key == key)
        return self._session.scalars(query).one_or_none()

    def next_position(self, session_id: str) -> int:
        """Return the position after a session's last message."""
        query = select(func.max(_m.position)).where(_m.session_id == session_id)
        last = self._session.scalar(query)
        return 0 if last is None else last + 1

    def add_messages(self, messages: Iterable[ChatMessage]) -> None:
        """Insert messages."""
        self._session.add_all(messages)
        self._session.flush()

    def button(self, session_id: str, token: str) -> ChatButton | None:
        """Return a button of this session."""
        button = self._session.get(ChatButton, token)
        return button if button is not None and button.session_id == session_id else None

    def add_buttons(self, buttons: Iterable[ChatButton]) -> None:
        """Insert buttons."""
        self._session.add_all(buttons)

    def delete_messages(self, session_id: str) -> None:
        """Delete a session's messages and buttons."""
        for table in (tables.chat_messages, tables.chat_buttons):
            self._session.execute(delete(table).where(table.c.session_id == session_id))

    def delete(self, session_id: str) -> None:
        """Delete a session with its messages, buttons and codes."""
        self.delete_messages(session_id)
        self.drop_transfers(session_id)
        self._session.execute(
            delete(tables.chat_sessions).where(tables.chat_sessions.c.id == session_id)
        )

    def add_transfer(self, transfer: Transfer) -> None:
        """Insert a code that moves a conversation."""
        self._session.add(transfer)
        self._session.flush()

    def take_transfer(self, code_hash: str, now: datetime) -> Transfer | None:
        """Return the transfer of a code and delete it: it serves once, and not once it is over."""
        found = self._session.get(Transfer, code_hash, with_for_update=True)
        if found is None:
            return None
        self._session.delete(found)
        self._session.flush()
        return found if found.expires_at > now else None

    def drop_transfers(self, session_id: str) -> None:
        """Delete the codes of a conversation."""
        where = tables.transfers.c.session_id == session_id
        self._session.execute(delete(tables.transfers).where(where))

    def note_feedback(self, feedback: AnswerFeedback) -> None:
        """Keep an opinion, in place of the one on the same message."""
        where = tables.answer_feedback.c.message_key == feedback.message_key
        self._session.execute(delete(tables.answer_feedback).where(where))
        self._session.add(feedback)
        self._session.flush()

    def feedback_counts(self) -> dict[str, tuple[int, int]]:
        """Return how many said yes and no to each answer, by its key."""
        c = tables.answer_feedback.c
        query = select(c.answer, c.useful, func.count()).group_by(c.answer, c.useful)
        counts: dict[str, tuple[int, int]] = {}
        for answer, useful, count in self._session.execute(query):
            yes, no = counts.get(answer, (0, 0))
            counts[answer] = (yes + count, no) if useful else (yes, no + count)
        return counts

    def expired(self, now: datetime) -> Sequence[ChatSession]:
        """Return the sessions whose time is over."""
        where = tables.chat_sessions.c.expires_at <= now
        return self._session.scalars(select(ChatSession).where(where)).all()

    def add_safety_event(self, event: SafetyEvent) -> None:
        """Insert a safety event."""
        self._session.add(event)

    def add_callback(self, request: CallbackRequest) -> None:
        """Insert a call-back request."""
        self._session.add(request)

    def callback(self, request_id: str) -> CallbackRequest | None:
        """Return one call-back request."""
        return self._session.get(CallbackRequest, request_id)

    def callbacks_of_site(self, site_id: str) -> Sequence[CallbackRequest]:
        """Return a site's call-backs still to be done: first responses first, then the oldest."""
        c = tables.callback_requests.c
        query = select(CallbackRequest).where(c.site_id == site_id, c.done.is_(False))
        return self._session.scalars(query.order_by(c.is_first_response.desc(), c.created_at)).all()

    def callbacks_of_conversation(self, conversation_id: str) -> Sequence[CallbackRequest]:
        """Return the call-back requests made in a conversation."""
        c = tables.callback_requests.c
        query = select(CallbackRequest).where(c.conversation_id == conversation_id)
        return self._session.scalars(query).all()
