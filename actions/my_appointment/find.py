"""Find the appointment that somebody speaks of: this conversation's, or a recovery code's."""

import re

from rasa_sdk.events import SlotSet

from accueil.core.consent import read_yes_no, wants_to_stop
from accueil.core.french import NBSP, NNBSP, show_moment
from accueil.core.tokens import read_code
from accueil.services.appointments import Booked
from actions.booking.finish import tell_booked
from actions.booking.offered import open_offer
from actions.booking.wording import LEFT_LIST
from actions.skill import Skill, Turn

CODE_TRIES = 5
_LIKE_A_CODE = re.compile(r"^\W*\w{3,5}[\s-]?\w{3,5}\W*$")
"""Not a code of ours, but typed as one where a code was asked for."""
_ASK_CODE = (
    "Donne-moi le code de ton rendez-vous (huit lettres et chiffres, comme "
    f"K7QF-3M2P). Tu ne l’as plus{NNBSP}? Appelle ton lieu d’accueil, il te retrouvera."
)
_WRONG_CODE = "Ce code ne correspond à aucun rendez-vous. Vérifie-le et recopie-le."
_TOO_MANY = (
    "On n’y arrive pas avec ce code. Le plus simple est d’appeler ton lieu d’accueil{NBSP}: il "
    "retrouvera ton rendez-vous."
).replace("{NBSP}", NBSP)
NOTHING_CHANGED = "D’accord, ton rendez-vous reste comme il est."


class ShowAppointment(Skill):
    """Answer "when is my appointment"."""

    skill_name = "action_consulter_rdv"

    def handle(self, turn: Turn) -> None:
        """Show the appointment of the code, or of this conversation."""
        code = read_code(turn.text)
        tries = int(turn.slot("essais_code") or 0) + (1 if code else 0)
        turn.set(essais_code=tries)
        if tries > CODE_TRIES:
            turn.say(_TOO_MANY)
            return
        booked = turn.application.appointments.by_code(code) if code else None
        booked = booked or turn.application.appointments.future_of(turn.conversation_id)
        if booked is None and code is None and _tell_place(turn):
            return
        if booked is None and code is not None:
            turn.say(_WRONG_CODE)
        elif booked is None:
            turn.say(f"Je n’ai pas de rendez-vous à venir dans cette conversation. {_ASK_CODE}")
        elif booked.appointment.is_future(turn.now()):
            turn.set(rdv_cible=booked.appointment.id)  # "annule-le" means this one
            tell_booked(turn, booked, "Ton rendez-vous")
        else:
            turn.say(f"Ce rendez-vous n’est plus à venir{NBSP}: il est passé ou annulé.")


def _tell_place(turn: Turn) -> bool:
    """Say where somebody stands on the waiting list; False when they are on none."""
    place = turn.application.waiting_list.place_of(turn.conversation_id)
    if place is None:
        return False
    offered = open_offer(turn)
    if offered is None:
        turn.say(
            "Tu es sur la liste d’attente. Dès qu’une place se libère, je te la garde et je te "
            "préviens.",
            [("Quitter la liste", "/annuler_rdv")],
        )
    else:
        turn.say(
            f"Une place t’est gardée{NBSP}: {show_moment(offered.local_start())}. Tu la "
            f"prends{NNBSP}?",
            [("Voir et confirmer", "/prendre_rdv")],
        )
    return True


def _leave_list(turn: Turn) -> bool:
    return turn.application.waiting_list.leave(turn.conversation_id)


class ChangeForm(Skill):
    """What cancelling and moving share: first find the appointment."""

    outcome = ""
    leaves_for: tuple[str, ...] = ()

    def handle(self, turn: Turn) -> None:
        """Find the appointment, then act on it."""
        if turn.resumed:
            return
        starting = turn.slot("requested_slot") is None
        if starting and turn.slot("annulation") is None and turn.slot("deplacement") is None:
            turn.set(souhait=None, propositions=None)
        if not starting and turn.intent in self.leaves_for:
            turn.reject_form()
            return
        code = read_code(turn.text)
        # "annule" means yes in the middle of a cancellation
        gives_up = self.outcome != "annulation" and wants_to_stop(turn.text)
        if not starting and code is None and gives_up:
            close(turn, self.outcome, NOTHING_CHANGED)
            return
        booked = _target(turn, code)
        if booked is None:
            if self.outcome == "annulation" and code is None and _leave_list(turn):
                close(turn, self.outcome, LEFT_LIST)
            else:
                self._miss(turn, code, starting)
            return
        turn.set(rdv_cible=booked.appointment.id, site=booked.site.id, essais_code=None)
        self.act(turn, booked, starting)

    def act(self, turn: Turn, booked: Booked, starting: bool) -> None:
        """Take what this message brings."""

    def _miss(self, turn: Turn, code: str | None, starting: bool) -> None:
        if starting and code is None:
            turn.set(rdv_cible=None)
            return
        if code is None and not _LIKE_A_CODE.match(turn.text):
            _reject_or_stop(turn, self.outcome)
            return
        tries = int(turn.slot("essais_code") or 0) + 1
        turn.set(essais_code=tries)
        if tries >= CODE_TRIES:
            close(turn, self.outcome, _TOO_MANY)
        else:
            turn.say(_WRONG_CODE)
            turn.set(deja_demande=True)


class AskCode(Skill):
    """Ask for the recovery code, unless a wrong one was just explained."""

    skill_name = "action_ask_rdv_cible"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        if turn.slot("deja_demande"):
            turn.set(deja_demande=None)
            return
        turn.say(_ASK_CODE)


def _target(turn: Turn, code: str | None) -> Booked | None:
    if code is not None:
        return turn.application.appointments.by_code(code)
    return by_id(turn, turn.slot("rdv_cible")) or turn.application.appointments.future_of(
        turn.conversation_id
    )


def by_id(turn: Turn, appointment_id: str | None) -> Booked | None:
    """Return the appointment that a slot remembers."""
    return turn.application.appointments.by_id(appointment_id) if appointment_id else None


def _reject_or_stop(turn: Turn, outcome: str) -> None:
    if read_yes_no(turn.text) is False:
        close(turn, outcome, NOTHING_CHANGED)
    else:
        turn.reject_form()


def too_late(booked: Booked) -> str:
    """Say that the limit has passed, and whom to call."""
    return (
        "C’est trop tard pour le changer ici. Appelle ton lieu d’accueil au "
        f"{booked.site.phone}{NBSP}: il fera le nécessaire."
    )


def nothing_else(booked: Booked) -> str:
    """Say that no other time is free."""
    return (
        f"Je n’ai aucune autre place libre en ce moment{NBSP}: ton rendez-vous reste comme il est. "
        f"Tu peux appeler ton lieu d’accueil au {booked.site.phone}."
    )


def close(turn: Turn, outcome: str, text: str) -> None:
    """End the form without the change."""
    turn.say(text)
    turn.set(**{outcome: False})
    turn.events.append(SlotSet("requested_slot", None))
