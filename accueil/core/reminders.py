"""When a young person is reminded of an appointment (booking.md: J-7, J-2, H-3)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from accueil.core.booking import Appointment, Discretion
from accueil.core.outbox import Channel, MessageKind

_MORNING = time(10)
_NOT_BEFORE = time(7, 30)
"""Three hours before nine o'clock, a phone would wake people up."""
_BOOKED_LONG_AHEAD = timedelta(days=10)
_AFTER_A_DAY = timedelta(hours=12)
_AFTER_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder; ``due_at`` is aware, in UTC."""

    kind: MessageKind
    due_at: datetime
    channel: Channel


def main_channel(appointment: Appointment) -> Channel | None:
    """Return the way by which the young person hears, ``None`` when they want silence.

    The messaging app where they agreed to it, else e-mail, else SMS.
    """
    if appointment.discretion is Discretion.SILENT:
        return None
    if appointment.platform_user_id:
        return Channel.PLATFORM
    if appointment.email:
        return Channel.EMAIL
    return Channel.SMS if appointment.phone else None


def reminders_of(appointment: Appointment, now: datetime) -> list[Reminder]:
    """Return what is still to be sent for an appointment as it stands at ``now`` (aware).

    A week before when that is far ahead, two days before, at 10 h local; three hours before by SMS
    or in the messaging app, never before 7 h 30 local. None comes shortly after the confirmation.
    """
    channel = main_channel(appointment)
    if channel is None:
        return []
    start = appointment.starts_at
    found = [Reminder(MessageKind.REMINDER_DAYS, _morning(appointment, 2), channel)]
    if start - now > _BOOKED_LONG_AHEAD:
        found.append(Reminder(MessageKind.REMINDER_WEEK, _morning(appointment, 7), channel))
    found = [one for one in found if one.due_at - now >= _AFTER_A_DAY]
    hours = _hours_before(appointment)
    shortly = channel if channel is Channel.PLATFORM else Channel.SMS
    is_reachable = channel is Channel.PLATFORM or bool(appointment.phone)
    if is_reachable and hours - now >= _AFTER_AN_HOUR:
        found.append(Reminder(MessageKind.REMINDER_HOURS, hours, shortly))
    return sorted(found, key=lambda one: one.due_at)


def _morning(appointment: Appointment, days: int) -> datetime:
    day = appointment.local_start().date() - timedelta(days=days)
    return datetime.combine(day, _MORNING, appointment.zone()).astimezone(UTC)


def _hours_before(appointment: Appointment) -> datetime:
    earliest = datetime.combine(
        appointment.local_start().date(), _NOT_BEFORE, appointment.zone()
    ).astimezone(UTC)
    return max(appointment.starts_at - timedelta(hours=3), earliest)
