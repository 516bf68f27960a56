"""What must be true once everything that was killed has been made up for."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.clock import FixedClock
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.services.messaging import reference_for
from tests.load.history_checks import Snapshot, check, take_snapshot
from tests.load.outside import Outside

_CHANGES = {
    "confirmed": MessageKind.CONFIRMED,
    "moved": MessageKind.MOVED,
    "cancelled": MessageKind.CANCELLED,
}


@dataclass(frozen=True)
class Report:
    """What was booked and told; raw duplicates are messages that arrived twice under one name."""

    told: int
    appointments: int
    mails: int
    texts: int
    dropped: int
    mails_twice: int
    texts_twice: int

    def __str__(self) -> str:
        return (
            f"{self.told} réponses reçues, {self.appointments} rendez-vous, "
            f"{self.mails} e-mails ({self.mails_twice} arrivés deux fois), "
            f"{self.texts} SMS ({self.texts_twice} partis deux fois), "
            f"{self.dropped} messages dépassés"
        )


def drain(application: Application, outside: Outside) -> None:
    """Send what is due now, once claims that nobody will settle have run out."""
    clock = application.clock
    assert isinstance(clock, FixedClock)
    for _ in range(6):
        clock.advance(timedelta(minutes=3))
        outside.tick()
        while application.notifier.send_due():
            outside.tick()


def judge(application: Application, outside: Outside, journal: Path) -> Report:
    """Return the figures. Raises ``AssertionError`` on a loss, a half, a double."""
    found = take_snapshot(application.engine, application.clock.now())
    check(found)
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    _what_was_told_is_there(lines, found)
    _changes_are_whole(found)
    expected = _expected(found)
    texts = outside.texts()
    seen = outside.mails + texts
    assert set(expected) - set(seen) == set(), "a message is missing"
    assert max(texts.values(), default=0) <= 1, "an SMS left twice"
    assert set(seen) <= set(_names(found)), "a message about nothing known"
    return Report(
        len(lines),
        sum(one.consented_at is not None for one in found.appointments.values()),
        len(outside.mails),
        len(texts),
        sum(row.status is DeliveryStatus.DROPPED for row in found.rows),
        outside.mails.total() - len(outside.mails),
        texts.total() - len(texts),
    )


def _what_was_told_is_there(lines: Iterable[dict[str, Any]], found: Snapshot) -> None:
    rows = Counter((row.appointment_id, row.sequence, row.kind) for row in found.rows)
    for line in lines:
        one = found.appointments.get(line["id"])
        assert one is not None, "an appointment that was promised is lost"
        assert one.consented_at is not None, "promised, not confirmed"
        assert one.sequence >= line["sequence"], "a change that was promised is lost"
        if line["did"] == "cancelled":
            assert one.status is AppointmentStatus.CANCELLED, "promised, not cancelled"
        assert rows[one.id, line["sequence"], _CHANGES[line["did"]]], "done, never announced"


def _changes_are_whole(found: Snapshot) -> None:
    """Assert that every step of an appointment's sequence was announced to its counsellor."""
    announced = {
        (row.appointment_id, row.sequence)
        for row in found.rows
        if row.recipient is Recipient.COUNSELLOR
    }
    for one in found.appointments.values():
        if one.consented_at is not None:
            for sequence in range(one.sequence + 1):
                assert (one.id, sequence) in announced, "half a change"


def _expected(found: Snapshot) -> dict[str, OutboxMessage]:
    """Return the messages that have left, by the name under which they are known outside."""
    due = [row for row in found.rows if row.due_at <= found.now]
    left = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.DROPPED)
    assert all(row.status in left for row in due), "a message that is due has not left"
    sent = [row for row in due if row.status is not DeliveryStatus.DROPPED]
    for row in due:
        assert row in sent or not _is_the_last_word(row, found), "the last word was dropped"
    return {name: row for row in sent for name in [_name(row, found)]}


def _names(found: Snapshot) -> list[str]:
    return [_name(row, found) for row in found.rows]


def _name(row: OutboxMessage, found: Snapshot) -> str:
    one = found.appointments[row.appointment_id or ""]
    return reference_for(row.id, _address(row, one))


def _address(row: OutboxMessage, one: Appointment) -> str:
    if row.recipient is Recipient.COUNSELLOR:
        return f"{row.counsellor_id}@mission.example"
    return one.phone if row.channel is Channel.SMS else one.email


def _is_the_last_word(row: OutboxMessage, found: Snapshot) -> bool:
    one = found.appointments[row.appointment_id or ""]
    if row.sequence != one.sequence or row.counsellor_id not in ("", one.counsellor_id):
        return False
    is_cancelled = one.status is AppointmentStatus.CANCELLED
    return is_cancelled == (row.kind is MessageKind.CANCELLED)
