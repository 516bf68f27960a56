"""Small builders of sites, counsellors, openings and appointments. Every name is made up."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from accueil.core.booking import Appointment, AppointmentStatus, GroupSession
from accueil.core.contact import Contact
from accueil.core.conversation import CallbackRequest
from accueil.core.territory import Counsellor, Opening, Organisation, Site, WeeklyHours
from accueil.services.appointments import Booked
from accueil.services.booking import BookingService, Sharing
from accueil.services.ports import Store

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""Monday 23 November 2026, 8 h in Paris."""
PASSWORD = "un-mot-de-passe-d-exemple"
_numbers = itertools.count(1)


def make_organisation(**changes: Any) -> Organisation:
    given = {"id": "val", "name": "Mission Locale du Val d’Exemple", "phone": "01 99 00 12 34"}
    return Organisation(**(given | changes))


def make_site(site_id: str = "centre", **changes: Any) -> Site:
    given = {
        "id": site_id,
        "organisation_id": "val",
        "name": f"Antenne {site_id.capitalize()}",
        "address": "1 place de l’Exemple",
        "postal_code": "99000",
        "city": "Exempleville",
        "insee": "75056",
        "phone": "01 99 00 12 34",
        "email": "accueil@mission.example",
        "latitude": 48.85,
        "longitude": 2.35,
        "time_zone": "Europe/Paris",
        "hours": [WeeklyHours(day, time(9), time(17)) for day in range(5)],
        "is_example": True,
    }
    return Site(**(given | changes))


def make_counsellor(
    counsellor_id: str = "nadia", site_id: str = "centre", **changes: Any
) -> Counsellor:
    given = {
        "id": counsellor_id,
        "site_id": site_id,
        "display_name": f"{counsellor_id.capitalize()} Exemple",
        "email": f"{counsellor_id}@mission.example",
    }
    return Counsellor(**(given | changes))


def make_openings(counsellor: Counsellor, start: time, end: time) -> list[Opening]:
    """Return the same span for the five working days."""
    return [
        Opening(f"{counsellor.id}-{day}", counsellor.id, counsellor.site_id, day, start, end)
        for day in range(5)
    ]


def make_appointment(starts_at: datetime, counsellor: Counsellor, **changes: Any) -> Appointment:
    number = next(_numbers)
    given = {
        "id": f"{number:032x}",
        "site_id": counsellor.site_id,
        "counsellor_id": counsellor.id,
        "conversation_id": f"conversation-{number}",
        "reason": "logement",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=45),
        "time_zone": "Europe/Paris",
        "status": AppointmentStatus.CONFIRMED,
        "created_at": NOW - timedelta(days=9),
        "uid": f"{number}@premier-accueil.invalid",
        "link_token_hash": f"hash-{number}",
        "link_token": f"token-{number}",
        "first_name": "Lina",
    }
    return Appointment(**(given | changes))


def make_callback(site_id: str = "centre", **changes: Any) -> CallbackRequest:
    number = next(_numbers)
    given = {
        "id": f"{number:032x}",
        "conversation_id": f"conversation-{number}",
        "site_id": site_id,
        "created_at": NOW - timedelta(hours=2),
        "first_name": "Sacha",
        "phone": "+33199001299",
    }
    return CallbackRequest(**(given | changes))


def make_group_session(starts_at: datetime, **changes: Any) -> GroupSession:
    given = {
        "id": f"collective-{next(_numbers)}",
        "site_id": "centre",
        "title": "Découvrir la Mission Locale",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "capacity": 12,
        "taken": 5,
        "counsellor_id": "nadia",
    }
    return GroupSession(**(given | changes))


def keep(
    store: Store,
    territory: Iterable[Organisation | Site | Counsellor | Opening] = (),
    appointments: Iterable[Appointment] = (),
    callbacks: Iterable[CallbackRequest] = (),
    sessions: Iterable[GroupSession] = (),
) -> None:
    """Put everything into the database, in one transaction."""
    with store.write() as uow:
        uow.territory.put(territory)
        for appointment in appointments:
            uow.appointments.add(appointment)
        for callback in callbacks:
            uow.chats.add_callback(callback)
        for session in sessions:
            uow.groups.put(session)
        uow.commit()


def seed_territory(store: Store, password_hash: str = "") -> dict[str, Counsellor]:
    """Two sites of one Mission Locale: two counsellors at the centre, one at the station."""
    nadia = make_counsellor("nadia", password_hash=password_hash)
    karim = make_counsellor("karim", password_hash=password_hash)
    elsa = make_counsellor("elsa", "gare", password_hash=password_hash)
    openings = [
        *make_openings(nadia, time(9), time(12)),
        *make_openings(karim, time(14), time(17)),
        *make_openings(elsa, time(9), time(12)),
    ]
    sites = [make_site("centre"), make_site("gare", phone="", email="")]
    keep(store, [make_organisation(), *sites, nadia, karim, elsa, *openings])
    return {"nadia": nadia, "karim": karim, "elsa": elsa}


def book(
    booking: BookingService,
    start: datetime,
    site_id: str = "centre",
    contact: Contact | None = None,
    name: str = "Lina",
) -> Booked:
    """Hold and confirm, as the dialogue does."""
    conversation = f"conversation-{next(_numbers)}"
    held = booking.hold(conversation, site_id, "logement", start)
    sharing = Sharing(contact or Contact(), name, "Cherche un studio.")
    return booking.confirm(held.id, conversation, "logement", sharing)


def give_to(store: Store, conversation: str, other: str) -> None:
    """Give a conversation what another one waits for and holds: both booked and waiting.

    No service leads there; erasing must not rely on it.
    """
    with store.write() as uow:
        for one in (
            *uow.waiting.of_conversation(other),
            *uow.appointments.of_conversation(other),
        ):
            one.conversation_id = conversation
        uow.commit()
