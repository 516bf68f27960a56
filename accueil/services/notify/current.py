"""Is a message still true? Asked again at the very moment it leaves."""

from datetime import datetime, timedelta

from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.booking.appointment import Discretion
from accueil.core.outbox import (
    DeliveryStatus,
    MessageKind,
    OutboxMessage,
    Recipient,
    message_id,
)
from accueil.core.reminders import main_channel
from accueil.services.ports import UnitOfWork
from accueil.services.waiting import is_open_offer

_ANSWERS = frozenset(kind for kind in MessageKind if kind.startswith("answer_"))
_WEEK_IS_OVER = timedelta(days=3)
"""A reminder of the week before that comes so late only doubles the next one."""
_ON_ITS_WAY = (DeliveryStatus.PENDING, DeliveryStatus.SENT, DeliveryStatus.DELIVERED)


def is_current(
    uow: UnitOfWork, message: OutboxMessage, appointment: Appointment, now: datetime
) -> bool:
    """Tell whether a message about an appointment may still leave at an aware instant."""
    if message.recipient is Recipient.YOUNG_PERSON:
        if appointment.discretion is Discretion.SILENT:
            return False
        if message.kind in _ANSWERS:
            return message.kind is not MessageKind.ANSWER_COMING or appointment.is_future(now)
        return _is_current_for_young(uow, message, appointment, now)
    if message.kind is MessageKind.CANCELLED:
        return _is_current_cancellation(uow, message, appointment)
    is_newest = message.sequence == appointment.sequence
    is_theirs = message.counsellor_id in ("", appointment.counsellor_id)
    if message.kind is MessageKind.DECLINED:
        return is_newest and is_theirs and appointment.is_future(now)
    return is_newest and is_theirs and _stands(appointment)


def _is_current_for_young(
    uow: UnitOfWork, message: OutboxMessage, appointment: Appointment, now: datetime
) -> bool:
    if message.sequence != appointment.sequence:
        return False
    match message.kind:
        case MessageKind.CANCELLED:
            return appointment.status is AppointmentStatus.CANCELLED
        case MessageKind.WAITING_OFFER:
            return is_open_offer(appointment, now) and _is_offered(uow, appointment)
        case MessageKind.NO_SHOW:
            return appointment.status is AppointmentStatus.NO_SHOW and not _comes_back(
                uow, appointment, now
            )
        case MessageKind.REMINDER_WEEK | MessageKind.REMINDER_DAYS:
            is_of_week = message.kind is MessageKind.REMINDER_WEEK
            in_time = appointment.is_future(now + _WEEK_IS_OVER if is_of_week else now)
            return in_time and not _leaves_another_way(uow, message, appointment)
        case _:
            return appointment.is_future(now)


def _leaves_another_way(uow: UnitOfWork, message: OutboxMessage, appointment: Appointment) -> bool:
    """Tell whether a contact given since brought the same reminder another way."""
    way = main_channel(appointment)
    if way is None or way is message.channel:
        return False
    key = message_id(appointment.id, message.sequence, message.kind, message.recipient, way)
    other = uow.outbox.get(key)
    return other is not None and other.status in _ON_ITS_WAY


def _is_current_cancellation(
    uow: UnitOfWork, message: OutboxMessage, appointment: Appointment
) -> bool:
    """Tell the counsellor left in any case, once: of the last time they were left."""
    if message.counsellor_id in ("", appointment.counsellor_id):
        return (
            appointment.status is AppointmentStatus.CANCELLED
            and message.sequence == appointment.sequence
        )
    later = range(message.sequence + 1, appointment.sequence + 1)
    return not any(
        _cancels_for(uow, appointment.id, sequence, message.counsellor_id) for sequence in later
    )


def _cancels_for(uow: UnitOfWork, appointment_id: str, sequence: int, counsellor_id: str) -> bool:
    key = message_id(appointment_id, sequence, MessageKind.CANCELLED, Recipient.COUNSELLOR)
    row = uow.outbox.get(key)
    return row is not None and row.counsellor_id == counsellor_id


def _stands(appointment: Appointment) -> bool:
    gone = (AppointmentStatus.CANCELLED, AppointmentStatus.EXCUSED, AppointmentStatus.EXPIRED)
    return appointment.status not in gone


def _is_offered(uow: UnitOfWork, appointment: Appointment) -> bool:
    return uow.waiting.of_offer(appointment.id) is not None


def _comes_back(uow: UnitOfWork, appointment: Appointment, now: datetime) -> bool:
    """Tell whether they have another appointment to come already."""
    keys = [key for key in (appointment.phone_key, appointment.email_key) if key]
    return bool(uow.appointments.future_of_contact(keys, now))
