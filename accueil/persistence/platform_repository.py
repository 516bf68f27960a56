"""Conversations in messaging apps, in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, union, update
from sqlalchemy.orm import Session

from accueil.core.outbox import DeliveryStatus
from accueil.core.platforms import PlatformUser
from accueil.core.platforms.exchange import Delivery, StoredEvent
from accueil.persistence import tables

_u = tables.platform_users.c
_e = tables.platform_events.c
_d = tables.platform_deliveries.c


class PlatformRepository:
    """Implements ``services.platforms.ports.PlatformRecords``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def user(self, user_id: str) -> PlatformUser | None:
        """Return one person."""
        return self._session.get(PlatformUser, user_id)

    def user_at(self, address_key: str) -> PlatformUser | None:
        """Return the person of an address."""
        query = select(PlatformUser).where(_u.address_key == address_key)
        return self._session.scalars(query).one_or_none()

    def user_of_session(self, session_id: str) -> PlatformUser | None:
        """Return the person whose present conversation this is, if it is in an app."""
        query = select(PlatformUser).where(_u.session_id == session_id)
        return self._session.scalars(query.order_by(_u.last_heard_at.desc())).first()

    def add_user(self, user: PlatformUser) -> None:
        """Insert a person."""
        self._session.add(user)
        self._session.flush()

    def event(self, event_key: str) -> StoredEvent | None:
        """Return an event that was received."""
        return self._session.get(StoredEvent, event_key)

    def add_event(self, event: StoredEvent) -> None:
        """Insert an event."""
        self._session.add(event)
        self._session.flush()

    def next_event(self, user_id: str) -> StoredEvent | None:
        """Return the oldest event of a person that is not answered."""
        query = select(StoredEvent).where(_e.user_id == user_id, _e.answered_at.is_(None))
        ordered = query.order_by(_e.at, _e.received_at, _e.event_key).limit(1)
        return self._session.scalars(ordered).first()

    def waiting_users(self, now: datetime) -> Sequence[str]:
        """Return the people with an event to answer, or a message that is due."""
        heard = select(_e.user_id).where(_e.answered_at.is_(None), _e.user_id.is_not(None))
        due = select(_d.user_id).where(_d.status == DeliveryStatus.PENDING, _d.due_at <= now)
        return [str(one) for one in self._session.scalars(union(heard, due))]

    def add_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """Insert messages that are not there yet."""
        for one in deliveries:
            if self.delivery(one.id) is None:
                self._session.add(one)
        self._session.flush()

    def delivery(self, delivery_id: str) -> Delivery | None:
        """Return one message."""
        return self._session.get(Delivery, delivery_id)

    def next_position(self, user_id: str) -> int:
        """Return the position after that of a person's last message."""
        last = self._session.scalar(select(func.max(_d.position)).where(_d.user_id == user_id))
        return 0 if last is None else last + 1

    def next_delivery(self, user_id: str) -> Delivery | None:
        """Return the oldest message that still has to leave for a person, due or not."""
        query = select(Delivery).where(_d.user_id == user_id, _d.status == DeliveryStatus.PENDING)
        return self._session.scalars(query.order_by(_d.position).limit(1)).first()

    def drop_deliveries(self, user_id: str) -> None:
        """Let go of everything that still had to leave for a person."""
        waiting = (_d.user_id == user_id) & (_d.status == DeliveryStatus.PENDING)
        self._session.execute(
            update(tables.platform_deliveries)
            .where(waiting)
            .values(status=DeliveryStatus.DROPPED, body=[])
        )

    def delete_over(self, now: datetime) -> int:
        """Delete the people whose conversation is over and who expect no reminder."""
        live = select(tables.chat_sessions.c.id).where(tables.chat_sessions.c.expires_at > now)
        expected = select(tables.appointments.c.platform_user_id).where(
            tables.appointments.c.platform_user_id.is_not(None),
            tables.appointments.c.ends_at > now,
        )
        unanswered = select(_e.user_id).where(_e.answered_at.is_(None), _e.user_id.is_not(None))
        unsent = select(_d.user_id).where(_d.status == DeliveryStatus.PENDING)
        over = _u.session_id.not_in(live) & _u.id.not_in(expected)
        over &= _u.id.not_in(unanswered) & _u.id.not_in(unsent)
        gone = self._session.scalars(select(_u.id).where(over)).all()
        told = tables.appointments.c.platform_user_id
        for change in (
            delete(tables.platform_deliveries).where(_d.user_id.in_(gone)),
            # Its key stays: the provider may send it again.
            update(tables.platform_events).where(_e.user_id.in_(gone)).values(user_id=None),
            update(tables.appointments).where(told.in_(gone)).values(platform_user_id=None),
            delete(tables.platform_users).where(_u.id.in_(gone)),
        ):
            self._session.execute(change)
        return len(gone)

    def delete_old(self, before: datetime) -> int:
        """Delete what was received or written before an instant.

        That too which still waits: for an app that this instance has no more, it would for ever.
        """
        events = delete(tables.platform_events).where(_e.received_at < before)
        sent = delete(tables.platform_deliveries).where(_d.created_at < before)
        connection = self._session.connection()
        return sum(connection.execute(one).rowcount for one in (events, sent))
