"""The outbox and the console's sessions in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from accueil.core.console import ConsoleSession
from accueil.core.outbox import RECEIPT_TIME, Channel, DeliveryStatus, MessageKind, OutboxMessage
from accueil.persistence import tables
from accueil.services.ports import SentSms

_a = tables.appointments.c
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

    def locked(self, message_id: str) -> OutboxMessage | None:
        """Return one message as it is once nobody else is changing it.

        On PostgreSQL its row is locked; SQLite's write lock already keeps others out.
        """
        return self._session.get(
            OutboxMessage, message_id, with_for_update=True, populate_existing=True
        )

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

    def claim_receipts(self, now: datetime, limit: int) -> Sequence[OutboxMessage]:
        """Claim SMS sent a minute to three days ago, the longest unasked first."""
        query = (
            select(OutboxMessage)
            .where(
                _o.status == DeliveryStatus.SENT,
                _o.channel == Channel.SMS,
                _o.provider_id != "",
                _o.sent_at.between(now - RECEIPT_TIME, now - timedelta(minutes=1)),
                or_(_o.claimed_until.is_(None), _o.claimed_until <= now),
            )
            .order_by(_o.claimed_until.nulls_first(), _o.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = self._session.scalars(query).all()
        for message in claimed:
            message.ask_receipt(now)
        self._session.flush()
        return claimed

    def sent_in_app(self, reference: str) -> OutboxMessage | None:
        """Return the message that left by a messaging app under this reference, not failed yet."""
        query = select(OutboxMessage).where(
            _o.provider_id == reference,
            _o.channel == Channel.PLATFORM,
            _o.status == DeliveryStatus.SENT,
        )
        return self._session.scalars(query.with_for_update()).first()

    def sms_since(self, instant: datetime) -> Sequence[SentSms]:
        """Return the SMS about appointments that left since an instant, newest first."""
        query = (
            select(_o.id, _a.id, _a.phone)
            .join_from(tables.outbox, tables.appointments, _o.appointment_id == _a.id)
            .where(_o.channel == Channel.SMS, _o.sent_at >= instant)
            .order_by(_o.sent_at.desc(), _o.id)
        )
        return [SentSms(*row) for row in self._session.execute(query)]

    def replied_since(self, appointment_id: str, kind: MessageKind, instant: datetime) -> bool:
        """Tell whether a message of this kind was written since, unless it was dropped."""
        query = select(_o.id).where(
            _o.appointment_id == appointment_id,
            _o.kind == kind,
            _o.due_at >= instant,
            _o.status != DeliveryStatus.DROPPED,
        )
        return self._session.execute(query.limit(1)).first() is not None

    def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the message that has waited longest should have left."""
        query = select(func.min(_o.due_at)).where(
            _o.status == DeliveryStatus.PENDING, _o.due_at <= now
        )
        found: datetime | None = self._session.scalar(query)
        return found

    def outcomes_since(self, instant: datetime) -> dict[DeliveryStatus, int]:
        """Return how many messages due since an instant ended in each state.

        Of those dropped, only what was tried in vain before: nobody missed the others.
        """
        in_vain = or_(_o.status != DeliveryStatus.DROPPED, _o.attempts > 1)
        query = select(_o.status, func.count()).where(
            _o.due_at >= instant, _o.status != DeliveryStatus.PENDING, in_vain
        )
        rows = self._session.execute(query.group_by(_o.status)).all()
        return {DeliveryStatus(status): count for status, count in rows}

    def last_tried(self, channel: Channel, number: int) -> Sequence[OutboxMessage]:
        """Return the newest messages of one way that were tried at least once."""
        query = select(OutboxMessage).where(
            _o.channel == channel, _o.attempts > 0, _o.status != DeliveryStatus.DROPPED
        )
        return self._session.scalars(query.order_by(_o.due_at.desc(), _o.id).limit(number)).all()

    def put_off(self, channel: Channel, attempts: int) -> Sequence[OutboxMessage]:
        """Return the messages of one way that wait after so many attempts."""
        query = select(OutboxMessage).where(
            _o.channel == channel,
            _o.status == DeliveryStatus.PENDING,
            _o.attempts >= attempts,
        )
        return self._session.scalars(query).all()

    def last_sent(self, channel: Channel) -> datetime | None:
        """Return when a message last left one way."""
        found: datetime | None = self._session.scalar(
            select(func.max(_o.sent_at)).where(_o.channel == channel)
        )
        return found


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
