"""Group sessions in the database: seats are counted in one statement, never beyond capacity."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm import Session

from accueil.core.booking import LIVE_STATUSES, Appointment, AppointmentStatus, GroupSession
from accueil.persistence import tables

_a = tables.appointments.c
_g = tables.group_sessions.c


class GroupSessionRepository:
    """Implements ``services.ports.GroupSessions``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, session_id: str) -> GroupSession | None:
        """Return one group session as it is now."""
        return self._session.get(GroupSession, session_id, populate_existing=True)

    def of_site(self, site_id: str, after: datetime) -> Sequence[GroupSession]:
        """Return the group sessions to come of a site, soonest first."""
        query = select(GroupSession).where(_g.site_id == site_id, _g.starts_at > after)
        return self._session.scalars(query.order_by(_g.starts_at)).all()

    def of_counsellor(self, counsellor_id: str, after: datetime) -> Sequence[GroupSession]:
        """Return the sessions that somebody animates, at any site, not over at an instant."""
        query = select(GroupSession).where(_g.counsellor_id == counsellor_id, _g.ends_at > after)
        return self._session.scalars(query.order_by(_g.starts_at)).all()

    def put(self, session: GroupSession) -> None:
        """Insert or update a group session, but never the seats taken."""
        known = self._session.get(GroupSession, session.id)
        if known is not None:
            session.taken = known.taken
        self._session.merge(session)

    def take_seat(self, session_id: str, now: datetime) -> bool:
        """Take one seat in one statement (booking.md); False when full or unknown.

        Seats held by people who did not go on are given back first, under the session's row lock.
        """
        self.expire_holds(session_id, now)
        taken = (
            update(tables.group_sessions)
            .where(_g.id == session_id, _g.taken < _g.capacity)
            .values(taken=_g.taken + 1)
        )
        return self._changed(taken) == 1

    def expire_holds(self, session_id: str, now: datetime) -> None:
        """Give back the seats held by people who did not go on, under the session's row lock."""
        row = select(_g.id).where(_g.id == session_id)
        self._session.execute(row.with_for_update())
        over = (
            update(tables.appointments)
            .where(
                _a.group_session_id == session_id,
                _a.status == AppointmentStatus.HELD,
                _a.hold_expires_at <= now,
            )
            .values(status=AppointmentStatus.EXPIRED)
        )
        freed = self._changed(over)
        if freed:
            self._session.execute(
                update(tables.group_sessions)
                .where(_g.id == session_id)
                .values(taken=_g.taken - freed)
            )

    def give_back_seat(self, session_id: str) -> None:
        """Give one seat back."""
        self._changed(
            update(tables.group_sessions)
            .where(_g.id == session_id, _g.taken > 0)
            .values(taken=_g.taken - 1)
        )

    def seats(self, session_id: str) -> Sequence[Appointment]:
        """Return the appointments that are seats of a session, holds left out, oldest first."""
        shown = [one for one in LIVE_STATUSES if one is not AppointmentStatus.HELD]
        query = select(Appointment).where(_a.group_session_id == session_id, _a.status.in_(shown))
        return self._session.scalars(query.order_by(_a.created_at, _a.id)).all()

    def _changed(self, statement: Update) -> int:
        self._session.flush()
        result = self._session.execute(statement)
        return result.rowcount if isinstance(result, CursorResult) else 0
