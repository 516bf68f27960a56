"""What must be told when something happens to an appointment: rows of the outbox.

They are written in the transaction that makes the change, so that nothing is told of what did not
happen, and nothing that happened is forgotten.
"""

from collections.abc import Iterable
from datetime import datetime

from accueil.core.booking import Appointment
from accueil.core.outbox import Channel, MessageKind, OutboxMessage, Recipient, message_id
from accueil.core.reminders import main_channel, reminders_of


def announce(
    appointment: Appointment,
    kind: MessageKind,
    now: datetime,
    previous: tuple[str, datetime] | None = None,
) -> list[OutboxMessage]:
    """Return the rows for a change: the counsellor's, the young person's, and their reminders.

    ``previous``: counsellor and start before a move. When the move changes the counsellor, the
    one left is told that the former time is free again. Seats of a group session are told to the
    young person only: the console lists them for who animates it.
    """
    rows = to_young_person(appointment, kind, now)
    if appointment.group_session_id is None:
        rows += to_counsellor(appointment, kind, now, previous)
    if kind is not MessageKind.CANCELLED:
        rows += reminders(appointment, now)
    return rows


def to_counsellor(
    appointment: Appointment,
    kind: MessageKind,
    now: datetime,
    previous: tuple[str, datetime] | None = None,
) -> list[OutboxMessage]:
    """Return the counsellor's row, and the former counsellor's after a move."""
    rows = [_to_counsellor(appointment, kind, now, appointment.counsellor_id)]
    if previous is not None and previous[0] != appointment.counsellor_id:
        left = _to_counsellor(appointment, MessageKind.CANCELLED, now, previous[0])
        left.was_at = previous[1]
        rows.append(left)
    return rows


def to_young_person(
    appointment: Appointment, kind: MessageKind, due_at: datetime
) -> list[OutboxMessage]:
    """Return the young person's row, none when they cannot or do not want to be told.

    A confirmation was just read in the messaging app: only what a calendar takes goes by e-mail.
    """
    channel = main_channel(appointment)
    if channel is Channel.PLATFORM and kind is MessageKind.CONFIRMED:
        channel = Channel.EMAIL if appointment.email else None
    return [_to_young_person(appointment, kind, due_at, channel)] if channel else []


def reminders(appointment: Appointment, now: datetime) -> list[OutboxMessage]:
    """Return the rows of the reminders still to come."""
    return [
        _to_young_person(appointment, one.kind, one.due_at, one.channel)
        for one in reminders_of(appointment, now)
    ]


def another_way(
    lost: OutboxMessage, appointment: Appointment, now: datetime
) -> list[OutboxMessage]:
    """Return the row that says by e-mail, else by SMS, what a messaging app could not."""
    channel = Channel.EMAIL if appointment.email else Channel.SMS
    if lost.sequence != appointment.sequence or not (appointment.email or appointment.phone):
        return []
    return [_to_young_person(appointment, lost.kind, now, channel)]


def still_to_leave(
    unsent: Iterable[OutboxMessage], appointment: Appointment
) -> list[OutboxMessage]:
    """Return the young person's rows of a former state for the present one, each at its time."""
    return [_to_young_person(appointment, one.kind, one.due_at, one.channel) for one in unsent]


def _to_counsellor(
    appointment: Appointment, kind: MessageKind, now: datetime, counsellor_id: str
) -> OutboxMessage:
    key = message_id(appointment.id, appointment.sequence, kind, Recipient.COUNSELLOR)
    return OutboxMessage(
        key,
        appointment.id,
        kind,
        Recipient.COUNSELLOR,
        appointment.sequence,
        now,
        counsellor_id,
    )


def _to_young_person(
    appointment: Appointment, kind: MessageKind, due_at: datetime, channel: Channel
) -> OutboxMessage:
    sequence = appointment.sequence
    key = message_id(appointment.id, sequence, kind, Recipient.YOUNG_PERSON, channel)
    return OutboxMessage(
        key,
        appointment.id,
        kind,
        Recipient.YOUNG_PERSON,
        sequence,
        due_at,
        channel=channel,
    )
