"""Put back, at the last moment, what the dialogue engine must never see.

Rasa keeps every message it says. So actions write tokens where a contact, a first name, a code or
a link belongs, and the door fills them in from the application's own database (ADR 0008).
"""

from dataclasses import replace
from typing import Any

from accueil.core.booking import Appointment
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN, shown_phone
from accueil.core.conversation import ChatSession
from accueil.core.french import NBSP, show_moment
from accueil.services.appointments import AppointmentFinder, Booked
from accueil.services.ports import BotMessage

NAME_TOKEN = "[prénom]"  # noqa: S105, stands for a first name
NOTE_TOKEN = "[mot]"  # noqa: S105, stands for the note left for the counsellor
REFERRER_TOKEN = "[accompagnant]"  # noqa: S105, stands for who writes for the young person
PASSED_ON_TOKEN = "[transmis]"  # noqa: S105, stands for what went to the team with an appointment
CODE_TOKEN = "[code]"  # noqa: S105, stands for a recovery code
APPOINTMENT_CARD = "appointment"


class Filler:
    """Fills the tokens of messages for one young person."""

    def __init__(self, appointments: AppointmentFinder, public_url: str) -> None:
        self._appointments = appointments
        self._public_url = public_url.rstrip("/")

    def fill(self, message: BotMessage, session: ChatSession) -> BotMessage:
        """Return the message as it is shown."""
        booked = self._appointment(message)
        text = (
            message.text.replace(PHONE_TOKEN, shown_phone(session.phone) if session.phone else "")
            .replace(EMAIL_TOKEN, session.email)
            .replace(NAME_TOKEN, session.first_name)
            .replace(REFERRER_TOKEN, session.referrer)
            .replace(NOTE_TOKEN, f"«\u00a0{session.shared_note}\u00a0»")
        )
        if booked is not None:
            text = text.replace(CODE_TOKEN, booked.code)
            text = text.replace(PASSED_ON_TOKEN, passed_on(booked.appointment))
        cards = tuple(
            self._card(booked)
            if card.get("card") == APPOINTMENT_CARD and booked is not None
            else card
            for card in message.cards
        )
        return replace(message, text=text, cards=cards)

    def _appointment(self, message: BotMessage) -> Booked | None:
        for card in message.cards:
            if card.get("card") == APPOINTMENT_CARD and isinstance(card.get("id"), str):
                return self._appointments.by_id(card["id"])
        return None

    def _card(self, booked: Booked) -> dict[str, Any]:
        site, page = booked.site, f"{self._public_url}/rdv/{booked.link_token}"
        return {
            "card": APPOINTMENT_CARD,
            "code": booked.code,
            "when": show_moment(booked.local_start()),
            "site": site.name,
            "address": f"{site.address}, {site.postal_code} {site.city}",
            "manage_url": page,
            "calendar_url": f"{page}/rendez-vous.ics",
        }


def passed_on(appointment: Appointment) -> str:
    """Return what the team was given with an appointment, in French."""
    said = [appointment.first_name, appointment.email]
    said.insert(1, shown_phone(appointment.phone) if appointment.phone else "")
    said.append(f"«{NBSP}{appointment.shared_note}{NBSP}»" if appointment.shared_note else "")
    said.append(f"demandé par {appointment.referrer}" if appointment.referrer else "")
    return ", ".join(one for one in said if one) or "rien qui dise qui tu es"
