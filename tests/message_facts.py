"""Facts for tests of wording: one appointment, however it takes place. Every name is made up."""

from datetime import UTC, datetime, timedelta
from typing import Any

from factories import make_appointment, make_counsellor, make_site

from accueil.core.booking import Appointment
from accueil.core.messages import Facts, Links
from accueil.core.outbox import MessageKind
from accueil.core.territory import Site

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LINKS = Links(
    home="https://rdv.example.org/",
    page="https://rdv.example.org/rdv/AbCdEfGhIjKlMnOpQrStUv",
    console="https://rdv.example.org/conseiller",
    video="https://visio.example.org/4f0c6f2f1f6e4d0e9a4be1f4b2b7d9aa",
)


def appointment_of(**changes: Any) -> Appointment:
    given = {
        "phone": "+33639980011",
        "email": "lina@example.org",
        "shared_note": "Dort chez un ami.",
        "referrer": "éducateur ou éducatrice",
    }
    return make_appointment(START, make_counsellor(), **(given | changes))


def facts_of(kind: MessageKind, site: Site | None = None, **changes: Any) -> Facts:
    """Return facts; ``changes`` are the appointment's."""
    appointment = appointment_of(**changes)
    local = appointment.local_start()
    return Facts(
        kind,
        appointment,
        site or make_site(name="Antenne de la Gare"),
        make_counsellor(),
        local,
        LINKS,
        site_phone="01 99 00 12 34",
        code="K7QF-3M2P",
        session_title="Découvrir la Mission Locale" if appointment.group_session_id else "",
        until=local - timedelta(hours=22),
        free=tuple(local + timedelta(days=day, hours=day) for day in (1, 2, 3)),
    )
