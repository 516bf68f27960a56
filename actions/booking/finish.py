"""The booking form is over: say what was booked, and clear the table."""

from accueil.core.booking import Discretion
from accueil.core.contact import PHONE_TOKEN
from accueil.core.french import NBSP, show_moment
from accueil.core.reminders import reminders_of
from accueil.core.territory import Modality
from accueil.services.appointments import Booked
from accueil.services.chat.fill import APPOINTMENT_CARD, CODE_TOKEN
from actions.skill import Skill, Turn

_FORGOTTEN = (
    "creneau",
    "confirmation",
    "propositions",
    "souhait",
    "sujet_demande",
    "motif",
    "modalite",
    "attente",
    "mot_demande",
    "prescripteur",
)
"""Slots that belong to one booking."""


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
        turn.set(**dict.fromkeys(_FORGOTTEN))


def tell_booked(turn: Turn, booked: Booked, title: str) -> None:
    """Say when, where, and how to come back to it; the door fills in the code and the link."""
    turn.say(
        f"{title}{NBSP}: {show_moment(booked.local_start())}, {_how(turn, booked)}.\n"
        f"Ton code{NBSP}: {CODE_TOKEN}. Garde-le{NBSP}: il sert "
        "à retrouver, déplacer ou annuler ton rendez-vous, ici ou avec le lien.",
        card={"card": APPOINTMENT_CARD, "id": booked.appointment.id},
    )


def _how(turn: Turn, booked: Booked) -> str:
    site, appointment = booked.site, booked.appointment
    if appointment.modality is Modality.PHONE:
        return f"par téléphone{NBSP}: {site.name} t’appelle"
    if appointment.modality is Modality.VIDEO:
        return f"en visio avec {site.name}"
    place = f"{site.name}, {site.address}, {site.postal_code} {site.city}"
    group = turn.application.groups.by_id(appointment.group_session_id)
    return f"{group.title}, {place}" if group is not None else place


def _tell_contact(turn: Turn, booked: Booked) -> None:
    appointment = booked.appointment
    if appointment.discretion is Discretion.SILENT:
        turn.say("Comme tu l’as demandé, je ne t’enverrai aucun message. Note bien ton code.")
    elif appointment.platform_user_id:
        by_mail = " La confirmation part aussi par e-mail." if appointment.email else ""
        is_reminded = bool(reminders_of(appointment, turn.application.clock.now()))
        kept = "Je te le rappellerai ici." if is_reminded else "S’il change, je te l’écris ici."
        turn.say(kept + by_mail)
    elif appointment.email:
        turn.say("Je t’envoie la confirmation par e-mail, avec le rendez-vous pour ton agenda.")
    elif appointment.phone and turn.application.sends_sms:
        turn.say(
            f"Je t’envoie la confirmation par SMS au {PHONE_TOKEN}, et un rappel avant le "
            "rendez-vous."
        )
    elif appointment.phone:
        turn.say(f"L’équipe pourra te joindre au {PHONE_TOKEN} si besoin.")
    else:
        turn.say(
            "Si tu veux qu’on puisse te prévenir en cas de changement, écris-moi ton prénom et un "
            "numéro ou un e-mail. Sinon, ton code suffit."
        )
