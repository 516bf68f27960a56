"""The outbox and the console's sessions in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from accueil.core.console import ConsoleSession
from accueil.core.outbox import DeliveryStatus, OutboxMessage
from accueil.persistence import tables

_o = tables.outbox.c


class OutboxRepository:
    """Implements ``services.ports.Outbox``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, messages: Iterable[OutboxMessage]) -> None:
        """Insert messages that are not there yet (their id is their fact)."""
        for message in messages:
            if self.get(message.id) is None:
                self._session.add(message)
        self._session.flush()

    def get(self, message_id: str) -> OutboxMessage | None:
        """Return one message."""
        return self._session.get(OutboxMessage, message_id)

    def claim_due(self, now: datetime, limit: int) -> Sequence[OutboxMessage]:
        """Claim due messages; on PostgreSQL rows that another worker looks at are skipped."""
        query = (
            select(OutboxMessage)
            .where(
                _o.status == DeliveryStatus.PENDING,
                _o.due_at <= now,
                or_(_o.claimed_until.is_(None), _o.claimed_until <= now),
            )
            .order_by(_o.due_at, _o.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = self._session.scalars(query).all()
        for message in claimed:
            message.claim(now)
        self._session.flush()
        return claimed


class ConsoleSessionRepository:
    """Implements ``services.ports.ConsoleSessions``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, token_hash: str) -> ConsoleSession | None:
        """Return one session."""
        return self._session.get(ConsoleSession, token_hash)

    def add(self, session: ConsoleSession) -> None:
        """Insert a session."""
        self._session.add(session)
        self._session.flush()

    def delete(self, token_hash: str) -> None:
        """Delete a session, if it is there."""
        found = self.get(token_hash)
        if found is not None:
            self._session.delete(found)

    def delete_of(self, counsellor_id: str) -> None:
        """Delete every session of a counsellor."""
        where = tables.console_sessions.c.counsellor_id == counsellor_id
        self._session.execute(delete(tables.console_sessions).where(where))

    def delete_expired(self, now: datetime) -> None:
        """Delete the sessions whose time is over."""
        where = tables.console_sessions.c.expires_at <= now
        self._session.execute(delete(tables.console_sessions).where(where))
