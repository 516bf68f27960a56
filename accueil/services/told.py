"""Whom a message can reach, and whom somebody else must tell."""

from collections.abc import Iterable

from accueil.core.booking import Appointment
from accueil.core.outbox import Channel
from accueil.core.reminders import main_channel
from accueil.services.expected import Expected, expected_appointment
from accueil.services.ports import UnitOfWork


def can_be_told(one: Appointment, *, sends_sms: bool) -> bool:
    """Tell whether a message can reach the young person, and they want any."""
    channel = main_channel(one)
    return channel in (Channel.EMAIL, Channel.PLATFORM) or (channel is Channel.SMS and sends_sms)


def untold(
    uow: UnitOfWork, cancelled: Iterable[Appointment], *, sends_sms: bool
) -> tuple[Expected, ...]:
    """Return who is not told that an appointment or a seat is cancelled, soonest first."""
    found = [
        expected_appointment(uow, one)
        for one in cancelled
        if not can_be_told(one, sends_sms=sends_sms)
    ]
    return tuple(sorted(found, key=lambda one: one.start))
