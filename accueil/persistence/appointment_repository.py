"""Appointments in the database; the guard against double booking."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accueil.core.booking import (
    LIVE_STATUSES,
    Appointment,
    AppointmentStatus,
    Interval,
    SlotTaken,
)
from accueil.persistence import tables
from accueil.persistence.intervals import intervals_by_counsellor, within

_a = tables.appointments.c
_c = tables.counsellors.c
_EXCLUSIONS = (
    "ex_appointments_no_overlap",
    "uq_appointments_counsellor_start",
    "appointments.counsellor_id, appointments.starts_at",
)
"""How PostgreSQL and SQLite name the guards against double booking when they refuse."""


class AppointmentRepository:
    """Implements ``services.ports.Appointments``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, appointment_id: str) -> Appointment | None:
        """Return one appointment."""
        return self._session.get(Appointment, appointment_id)

    def by_link(self, token_hash: str) -> Appointment | None:
        """Return the appointment whose link carries that token."""
        query = select(Appointment).where(_a.link_token_hash == token_hash)
        return self._session.scalars(query).one_or_none()

    def by_code(self, code_hash: str) -> Appointment | None:
        """Return the newest appointment with that recovery code."""
        query = select(Appointment).where(_a.code_hash == code_hash).order_by(_a.created_at.desc())
        return self._session.scalars(query).first()

    def of_conversation(self, conversation_id: str) -> Sequence[Appointment]:
        """Return every appointment of a conversation, holds included, oldest first."""
        query = select(Appointment).where(_a.conversation_id == conversation_id)
        return self._session.scalars(query.order_by(_a.created_at)).all()

    def of_platform_user(self, user_id: str) -> Sequence[Appointment]:
        """Return the appointments of which somebody is told in a messaging app, soonest first."""
        query = select(Appointment).where(_a.platform_user_id == user_id)
        return self._session.scalars(query.order_by(_a.starts_at)).all()

    def future_of_contact(self, keys: Sequence[str], now: datetime) -> Sequence[Appointment]:
        """Return confirmed appointments to come of any of these phone numbers or addresses."""
        query = select(Appointment).where(
            or_(_a.phone_key.in_(keys), _a.email_key.in_(keys)),
            _a.status == AppointmentStatus.CONFIRMED,
            _a.starts_at > now,
        )
        return self._session.scalars(query).all()

    def of_site(self, site_id: str, start: datetime, end: datetime) -> Sequence[Appointment]:
        """Return the appointments of a site that start in ``[start, end)``, holds left out."""
        query = select(Appointment).where(
            _a.site_id == site_id,
            _a.starts_at >= start,
            _a.starts_at < end,
            _a.status.notin_((AppointmentStatus.HELD, AppointmentStatus.EXPIRED)),
        )
        return self._session.scalars(query.order_by(_a.starts_at, _a.id)).all()

    def to_come_with(self, counsellor_id: str, now: datetime) -> Sequence[Appointment]:
        """Return a counsellor's confirmed appointments to come, and holds that still run."""
        running = and_(_a.status == AppointmentStatus.HELD, _a.hold_expires_at > now)
        expected = or_(_a.status == AppointmentStatus.CONFIRMED, running)
        where = and_(_a.counsellor_id == counsellor_id, _a.starts_at > now, expected)
        return self._session.scalars(select(Appointment).where(where)).all()

    def busy(
        self, site_id: str, start: datetime, end: datetime, now: datetime
    ) -> dict[str, list[Interval]]:
        """Return the appointments of each counsellor of a site between two instants."""
        # A counsellor may receive at two sites: what they have at the other one counts too.
        receiving = select(tables.openings.c.counsellor_id).where(
            tables.openings.c.site_id == site_id
        )
        spans = select(_a.counsellor_id, _a.starts_at, _a.ends_at).where(
            or_(_a.site_id == site_id, _a.counsellor_id.in_(receiving)),
            within(_a, start, end),
            _a.status.in_(LIVE_STATUSES),
            _a.group_session_id.is_(None),
            or_(_a.status != AppointmentStatus.HELD, _a.hold_expires_at > now),
        )
        return intervals_by_counsellor(self._session, spans.subquery())

    def is_busy(self, counsellor_id: str, span: Interval, now: datetime) -> bool:
        """Tell whether somebody receives then, alone, at any site; holds that ran out left out."""
        query = select(_a.id).where(
            _alone(counsellor_id, span.start, span.end),
            or_(_a.status != AppointmentStatus.HELD, _a.hold_expires_at > now),
        )
        return self._session.execute(query.limit(1)).first() is not None

    def lock_people(self, keys: Iterable[str]) -> None:
        """Let one transaction at a time book or wait for these people; see ``lock_sites``."""
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for key in sorted(set(keys)):
            lock = func.pg_advisory_xact_lock(func.hashtextextended(key, 0))
            self._session.execute(select(lock))

    def lock_sites(self, site_ids: Iterable[str]) -> None:
        """Let one transaction at a time book at these sites, and forget what was read before.

        SQLite's write lock already does so for the whole file. On PostgreSQL everybody locks in one
        order, so that nobody waits in a circle: people (``lock_people``), whose places on the list
        say which sites; then sites; then who receives or animates there, because they may receive
        at another site too; each kind in the order of its identifiers, in one statement. A group
        session comes last, under its site's lock. Appointments are written under both their site's
        and their counsellor's. What is read afterwards is what the transaction before left.
        """
        self._session.flush()
        sites = set(site_ids)
        openings, sessions = tables.openings.c, tables.group_sessions.c
        receiving = select(openings.counsellor_id).where(openings.site_id.in_(sites))
        animating = select(sessions.counsellor_id).where(sessions.site_id.in_(sites))
        there = or_(_c.site_id.in_(sites), _c.id.in_(receiving), _c.id.in_(animating))
        for key, where in ((tables.sites.c.id, tables.sites.c.id.in_(sites)), (_c.id, there)):
            rows = select(key).where(where).order_by(key)
            self._session.execute(rows.with_for_update(key_share=True))
        self._session.expire_all()

    def add(self, appointment: Appointment) -> None:
        """Insert, after the overlap check. Raises ``SlotTaken``."""
        self.require_free(appointment, appointment.created_at)
        self._session.add(appointment)
        self.flush()

    def require_free(self, appointment: Appointment, now: datetime) -> None:
        """Expire old holds, then raise ``SlotTaken`` if another live appointment overlaps.

        The counsellor's row is locked first (PostgreSQL), if it was not with the site, so that
        rivals queue up instead of deadlocking on the exclusion constraint.
        """
        with self._session.no_autoflush:
            lock = select(_c.id).where(_c.id == appointment.counsellor_id)
            self._session.execute(lock.with_for_update(key_share=True))
            span = appointment.interval()
            overlapping = and_(
                _alone(appointment.counsellor_id, span.start, span.end), _a.id != appointment.id
            )
            over = and_(_a.status == AppointmentStatus.HELD, _a.hold_expires_at <= now)
            self._session.execute(
                update(tables.appointments)
                .where(overlapping, over)
                .values(status=AppointmentStatus.EXPIRED)
            )
            if self._session.execute(select(_a.id).where(overlapping).limit(1)).first():
                raise SlotTaken("another appointment overlaps")

    def flush(self) -> None:
        """Send pending changes; the database's own exclusion becomes ``SlotTaken``.

        Any other refusal stays an ``IntegrityError``: it is no question of time.
        """
        try:
            self._session.flush()
        except IntegrityError as error:
            self._session.rollback()
            if any(name in str(error.orig) for name in _EXCLUSIONS):
                raise SlotTaken("the database refused the overlap") from error
            raise


def _alone(counsellor_id: str, start: datetime, end: datetime) -> ColumnElement[bool]:
    """Return the condition that somebody receives one person at a time that meets another."""
    return and_(
        _a.counsellor_id == counsellor_id,
        within(_a, start, end),
        _a.status.in_(LIVE_STATUSES),
        _a.group_session_id.is_(None),
    )
