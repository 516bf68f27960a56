"""Skill: say what is known about someone, give them a copy, and erase it."""

import re

from rasa_sdk.events import AllSlotsReset, SlotSet

from accueil.core.consent import read_yes_no
from accueil.core.french import NBSP, NNBSP, show_moment
from accueil.core.tokens import read_code
from accueil.services.appointments import Booked
from accueil.services.chat.fill import APPOINTMENT_CARD
from actions.my_appointment.find import CODE_TRIES, by_id
from actions.my_data_words import (
    COPY_ENDS,
    copy_of_appointment,
    copy_of_conversation,
    known_of,
    of_person,
    of_requests,
    told_of_appointment,
    told_of_person,
)
from actions.skill import Skill, Turn

ERASED_CARD = {"card": "erased"}
"""Tells the channel to make the dialogue engine forget this conversation too."""
ASK_COPY = "Je souhaite une copie de mes données personnelles"
_COPY = re.compile(r"\b(?:copie|copier|export\w*|t[ée]l[ée]charg\w*|tou(?:t|te|tes|s))\b", re.I)
_KEPT = (
    "Nos messages s’effacent tout seuls au bout de 24 heures. Ton contact s’efface au plus tard "
    "24 mois après le rendez-vous, ton mot après 3 mois. L’équipe ne voit que ce que tu as validé."
)
_CORRECT = f"Une erreur{NNBSP}? Écris-moi le bon prénom, le bon numéro ou le bon e-mail."
_WHAT = (
    "J’efface tout ce que je sais de toi dans cette conversation (messages, prénom, contact). "
    "Pour un rendez-vous pris sur un autre appareil, écris plutôt son code."
)
_WHAT_OF_ONE = (
    "J’efface ce qui dit qui tu es dans le rendez-vous de ce code (prénom, contact, mot)."
)
_WRONG_CODE = "Ce code ne correspond à aucun rendez-vous. Vérifie-le et recopie-le."
_TOO_MANY = f"On n’y arrive pas avec ce code. Appelle ton lieu d’accueil{NBSP}: il effacera."


class ShowMyData(Skill):
    """List what this conversation knows; give a copy when a copy is asked for."""

    skill_name = "action_mes_donnees"

    def handle(self, turn: Turn) -> None:
        """Say it in plain words."""
        if _COPY.search(turn.text):
            tell_copy(turn)
            return
        known = known_of(turn)
        said = [*of_person(known.session), *of_requests(known)]
        listed = (
            f"je connais{NBSP}: {', '.join(said)}" if said else "je ne connais rien de personnel"
        )
        turn.say(
            f"Dans cette conversation, {listed}. {_KEPT} {_CORRECT}",
            [("Tout m’afficher", ASK_COPY), ("Tout effacer", "/effacer_donnees")],
        )


class ValidateErasure(Skill):
    """Erase, after a yes."""

    skill_name = "validate_formulaire_effacement"

    def handle(self, turn: Turn) -> None:
        """Take a code, a yes or a no."""
        if turn.resumed:
            return
        # Coming from another form, what that one asked for is still written there.
        starting = turn.slot("requested_slot") != "effacement"
        if starting:
            turn.set(effacement=None, rdv_cible=None)
        code = read_code(turn.text)
        if code is not None:
            _take_code(turn, code)
        if code is not None or starting:
            return
        answer = read_yes_no(turn.text)
        if answer is None and turn.intent == "effacer_donnees":
            answer = True
        if answer is None:
            turn.reject_form()
        else:
            _answer(turn, answer)


class FinishErasure(Skill):
    """Erase for good, or not, and say what was done."""

    skill_name = "action_effacer_donnees"

    def handle(self, turn: Turn) -> None:
        """Erase the appointment of the code, or the person and every slot."""
        wanted, target = turn.slot("effacement"), turn.slot("rdv_cible")
        turn.set(effacement=None, rdv_cible=None)
        if not wanted:
            turn.say("D’accord, je n’efface rien.")
        elif target:
            erased = turn.application.erasure.erase_appointment(target)
            turn.say(told_of_appointment(erased))
        else:
            erased = turn.application.erasure.erase_person(turn.conversation_id)
            turn.events.append(AllSlotsReset())
            turn.say(told_of_person(erased), card=ERASED_CARD)


class AskErasure(Skill):
    """Ask whether to erase, saying what that does."""

    skill_name = "action_ask_formulaire_effacement_effacement"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        target = by_id(turn, turn.slot("rdv_cible"))
        turn.say(
            f"{_WHAT_OF_ONE if target else _WHAT}{_cancelled_too(turn, target)} C’est définitif. "
            f"Je le fais{NNBSP}?",
            [("Oui, tout effacer", "oui"), ("Non", "non")],
        )


def tell_copy(turn: Turn) -> None:
    """Give a copy as text (RGPD, art. 15 and 20): one message an appointment, with its card."""
    known = known_of(turn)
    turn.say(copy_of_conversation(known))
    for one in known.appointments:
        turn.say(copy_of_appointment(one), card={"card": APPOINTMENT_CARD, "id": one.id})
    turn.say(COPY_ENDS, [("Tout effacer", "/effacer_donnees")])


def _take_code(turn: Turn, code: str) -> None:
    """Aim at the appointment of a recovery code; five wrong ones end it."""
    booked = turn.application.appointments.by_code(code)
    if booked is not None:
        turn.set(rdv_cible=booked.appointment.id, essais_code=None)
        return
    tries = int(turn.slot("essais_code") or 0) + 1
    turn.set(essais_code=tries)
    if tries >= CODE_TRIES:
        turn.say(_TOO_MANY)
        _answer(turn, False)
    else:
        turn.say(_WRONG_CODE)


def _answer(turn: Turn, wanted: bool) -> None:
    turn.set(effacement=wanted)
    turn.events.append(SlotSet("requested_slot", None))


def _cancelled_too(turn: Turn, target: Booked | None) -> str:
    booked = target or turn.application.appointments.future_of(turn.conversation_id)
    if booked is None or not booked.appointment.is_future(turn.now()):
        return ""
    return f" Ton rendez-vous du {show_moment(booked.local_start())} sera annulé."


MY_DATA_SKILLS = (ShowMyData, ValidateErasure, AskErasure, FinishErasure)
