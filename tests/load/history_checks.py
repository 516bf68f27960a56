"""What must be true of the database after every step of a history, read from its rows alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from accueil.core.booking import (
    LIVE_STATUSES,
    Appointment,
    AppointmentStatus,
    Discretion,
    GroupSession,
    WaitingEntry,
    Wish,
)
from accueil.core.booking.waiting import WaitingStatus, asked_at
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from tests.factories import make_site

_HELD, _CONFIRMED = AppointmentStatus.HELD, AppointmentStatus.CONFIRMED
ZONE = make_site().zone()


@dataclass(frozen=True)
class Snapshot:
    """Every row that matters, at an instant."""

    now: datetime
    appointments: dict[str, Appointment]
    sessions: Sequence[GroupSession]
    waiting: Sequence[WaitingEntry]
    rows: Sequence[OutboxMessage]

    def alone(self) -> list[Appointment]:
        """Return the appointments that occupy a counsellor by themselves."""
        live = [one for one in self.appointments.values() if one.status in LIVE_STATUSES]
        return [one for one in live if one.group_session_id is None]

    def to_come(self) -> list[Appointment]:
        """Return the confirmed appointments to come."""
        return [one for one in self.appointments.values() if one.is_future(self.now)]


def take_snapshot(engine: Engine, now: datetime) -> Snapshot:
    """Read everything in one transaction."""
    with Session(engine, expire_on_commit=False) as session:
        return Snapshot(
            now,
            {one.id: one for one in session.scalars(select(Appointment))},
            session.scalars(select(GroupSession)).all(),
            session.scalars(select(WaitingEntry)).all(),
            session.scalars(select(OutboxMessage)).all(),
        )


def check(found: Snapshot) -> None:
    """Assert what one snapshot must be."""
    _nobody_is_in_two_places(found)
    _seats_are_counted(found)
    _one_to_come_each(found)
    _confirmations_are_announced(found)
    _offers_are_held(found)


def check_change(before: Snapshot, after: Snapshot) -> None:
    """Assert what one step may change."""
    for identifier, old in before.appointments.items():
        new = after.appointments[identifier]
        assert new.uid == old.uid
        assert new.sequence >= old.sequence
        if new.starts_at != old.starts_at:
            assert new.sequence > old.sequence
        if old.status is AppointmentStatus.CANCELLED:
            assert new.status is old.status
    _order_is_fair(before, after)


def _nobody_is_in_two_places(found: Snapshot) -> None:
    for one, other in combinations(found.alone(), 2):
        same = one.counsellor_id == other.counsellor_id
        assert not (same and one.interval().overlaps(other.interval())), "double booking"
    for session in found.sessions:
        for one in found.alone():
            if one.counsellor_id == session.counsellor_id and not one.hold_is_over(found.now):
                assert not one.interval().overlaps(session.interval()), "received while animating"


def _seats_are_counted(found: Snapshot) -> None:
    seats = Counter(
        one.group_session_id
        for one in found.appointments.values()
        if one.status in LIVE_STATUSES and one.group_session_id is not None
    )
    for session in found.sessions:
        assert session.taken == seats[session.id] <= session.capacity, "seats miscounted"


def _one_to_come_each(found: Snapshot) -> None:
    to_come = found.to_come()
    names = Counter(
        name
        for one in to_come
        for name in (one.conversation_id, one.phone_key, one.email_key)
        if name
    )
    assert all(count == 1 for count in names.values()), "two appointments to come for one person"


def _confirmations_are_announced(found: Snapshot) -> None:
    told = {(row.appointment_id, row.recipient) for row in _confirmations(found.rows)}
    for one in found.appointments.values():
        if one.link_token_hash.startswith("erased:"):
            continue
        if one.consented_at is None:
            assert not any(name == one.id for name, _ in told), "announced, never confirmed"
            continue
        if one.group_session_id is None:
            assert (one.id, Recipient.COUNSELLOR) in told, "counsellor not told"
        if (one.phone or one.email) and one.discretion is not Discretion.SILENT:
            assert (one.id, Recipient.YOUNG_PERSON) in told, "young person not told"


def _confirmations(rows: Iterable[OutboxMessage]) -> list[OutboxMessage]:
    return [row for row in rows if row.kind is MessageKind.CONFIRMED]


def _offers_are_held(found: Snapshot) -> None:
    for entry in found.waiting:
        if entry.status is not WaitingStatus.OFFERED:
            continue
        assert entry.offered_id is not None
        held = found.appointments[entry.offered_id]
        until = held.hold_expires_at
        assert until is not None, "an offer without an end"
        assert held.status is _HELD or until <= found.now, "offered, not held"
    offered = [one.offered_id for one in found.waiting if one.offered_id]
    assert len(offered) == len(set(offered)), "one time offered to two people"


def _order_is_fair(before: Snapshot, after: Snapshot) -> None:
    known = {entry.offered_id for entry in before.waiting}
    for served in after.waiting:
        if served.offered_id in known or served.status is not WaitingStatus.OFFERED:
            continue
        assert served.offered_id is not None
        held = after.appointments[served.offered_id]
        for entry in after.waiting:
            if (entry.created_at, entry.id) < (served.created_at, served.id):
                assert not could_take(entry, held), "somebody who came later was served first"


def could_take(entry: WaitingEntry, held: Appointment) -> bool:
    """Tell whether somebody still waiting would have liked the time offered to another."""
    if entry.status is not WaitingStatus.WAITING or entry.site_id != held.site_id:
        return False
    if entry.modality is not held.modality:
        return False
    return Wish.from_dict(entry.wish, ZONE).accepts(held.starts_at, ZONE)


def is_worth_offering(entry: WaitingEntry, start: datetime, now: datetime) -> bool:
    """Tell whether a free time would have to be offered to somebody who waits."""
    is_far = start - asked_at(now, ZONE) > timedelta(hours=5)
    return is_far and Wish.from_dict(entry.wish, ZONE).accepts(start, ZONE)
