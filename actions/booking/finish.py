"""The booking form is over: say what was booked, and clear the table."""

from accueil.core.contact import PHONE_TOKEN
from accueil.core.french import NBSP, show_moment
from accueil.services.appointments import Booked
from accueil.services.chat.fill import APPOINTMENT_CARD, CODE_TOKEN
from actions.skill import Skill, Turn


class FinishBooking(Skill):
    """Give the code and the link, or nothing more when nothing was booked."""

    skill_name = "action_rdv_terminer"

    def handle(self, turn: Turn) -> None:
        """Tell the outcome and forget the form's slots."""
        if turn.slot("confirmation"):
            booked = turn.application.appointments.future_of(turn.conversation_id)
            if booked is not None:
                tell_booked(turn, booked, "C’est réservé")
                _tell_contact(turn, booked)
        turn.set(
            creneau=None,
            confirmation=None,
            propositions=None,
            souhait=None,
            sujet_demande=None,
            motif=None,
        )


def tell_booked(turn: Turn, booked: Booked, title: str) -> None:
    """Say when, where, and how to come back to it; the door fills in the code and the link."""
    site = booked.site
    turn.say(
        f"{title}{NBSP}: {show_moment(booked.local_start())}, {site.name}, {site.address}, "
        f"{site.postal_code} {site.city}.\nTon code{NBSP}: {CODE_TOKEN}. Garde-le{NBSP}: il sert "
        "à retrouver, déplacer ou annuler ton rendez-vous, ici ou avec le lien.",
        card={"card": APPOINTMENT_CARD, "id": booked.appointment.id},
    )


def _tell_contact(turn: Turn, booked: Booked) -> None:
    appointment = booked.appointment
    if appointment.email:
        turn.say("Je t’envoie la confirmation par e-mail, avec le rendez-vous pour ton agenda.")
    elif appointment.phone:
        turn.say(f"On pourra te joindre au {PHONE_TOKEN} si besoin.")
    else:
        turn.say(
            "Si tu veux qu’on puisse te prévenir en cas de changement, écris-moi ton prénom et un "
            "numéro ou un e-mail. Sinon, ton code suffit."
        )
