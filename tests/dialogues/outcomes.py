"""What a dialogue left in the database."""

from datetime import datetime

from stack import Conversation, Stack

from accueil.core.booking import Appointment, AppointmentStatus


def appointments(stack: Stack, conversation: Conversation) -> list[Appointment]:
    """Return the conversation's appointments, holds and let-go holds left out."""
    unconfirmed = (AppointmentStatus.HELD, AppointmentStatus.EXPIRED)
    with stack.application.store.read() as uow:
        found = uow.appointments.of_conversation(conversation.id)
    return [one for one in found if one.status not in unconfirmed]


def only_appointment(stack: Stack, conversation: Conversation) -> Appointment:
    """Return the one confirmed appointment of the conversation."""
    found = appointments(stack, conversation)
    assert [one.status for one in found] == [AppointmentStatus.CONFIRMED]
    return found[0]


def local_start(appointment: Appointment, stack: Stack) -> datetime:
    """Return the start in the site's time zone."""
    with stack.application.store.read() as uow:
        site = uow.territory.site(appointment.site_id)
    assert site is not None
    return appointment.starts_at.astimezone(site.zone())


def site_city(appointment: Appointment, stack: Stack) -> str:
    """Return the city of the appointment's site."""
    with stack.application.store.read() as uow:
        site = uow.territory.site(appointment.site_id)
    assert site is not None
    return site.city


def callbacks(stack: Stack, conversation: Conversation) -> int:
    """Return how many call-back requests the conversation left."""
    with stack.application.store.read() as uow:
        return len(uow.chats.callbacks_of_conversation(conversation.id))


def safety_types(stack: Stack) -> list[str]:
    """Return the types of the safety events so far."""
    from sqlalchemy import select

    from accueil.persistence import tables

    with stack.application.engine.connect() as connection:
        return list(connection.scalars(select(tables.safety_events.c.type)))
