"""Skill: answer questions, alone or in the middle of something."""

import re
from collections.abc import Callable

from rasa_sdk.events import FollowupAction

from accueil.core.french import NBSP, NNBSP
from accueil.services.chat.safety_desk import DISTRESS_CARD
from actions.answers import (
    FOLLOW_UP,
    ask_which_answer,
    follow_up,
    give_answer,
    give_second_answer,
    is_about_price,
    names_only_a_theme,
)
from actions.booking.reading import THEMES
from actions.booking.wording import your_site
from actions.human import AskHuman
from actions.menu import BOOK, MENU
from actions.my_appointment.find import ShowAppointment
from actions.my_data import ShowMyData
from actions.not_understood import A_HUMAN_IS_BETTER, NotUnderstood
from actions.place import note_site
from actions.site import FindSite
from actions.skill import Skill, Turn

_DISTRESS_SURE = 0.5
_APPOINTMENT = re.compile(r"\b(?:r\.?d\.?v|rendez?[- ]?vous)\b", re.IGNORECASE)
_ANSWER_SURE = 0.4
"""Probability of the theme under which the likeliest questions are shown instead of an answer."""


class Answer(Skill):
    """Answer a question, alone or in the middle of something."""

    skill_name = "action_repondre"

    def handle(self, turn: Turn) -> None:
        """Answer by the intent."""
        other: dict[str, Callable[[], Skill]] = {
            "trouver_site": lambda: FindSite(self.application),
            "parler_humain": lambda: AskHuman(self.application),
            "consulter_rdv": lambda: ShowAppointment(self.application),
            "mes_donnees": lambda: ShowMyData(self.application),
            "nlu_fallback": lambda: NotUnderstood(self.application),
        }
        if _is_doubtful(turn):
            NotUnderstood(self.application).handle(turn)
            return
        if turn.intent not in _LEADS_NOWHERE:
            turn.set(incompris=0)
        if turn.intent in other:
            other[turn.intent]().handle(turn)
        elif turn.intent == "hors_sujet":
            _answer_off_topic(turn)
        elif turn.intent == "detresse":
            self._answer_distress(turn)
        elif turn.intent in THEMES:
            _answer_theme(turn)
        elif turn.intent == FOLLOW_UP or (turn.intent == "qui_es_tu" and is_about_price(turn)):
            follow_up(turn)
        elif turn.fiche:
            turn.respond(f"utter_{turn.fiche}")
        elif turn.intent == "effacer_donnees":
            turn.say(
                f"On finit ce qui est en cours{NNBSP}? Ensuite écris «{NBSP}efface mes "
                f"données{NBSP}» et je le fais."
            )
        else:
            turn.respond(_RESPONSES.get(turn.intent, "utter_pas_compris_utilisateur"))
        self._serve_second(turn)

    def _serve_second(self, turn: Turn) -> None:
        """Serve the other request of a message; in the middle of something, only a question."""
        give_second_answer(turn)
        asked = _next_task(turn)
        if asked in _FORMS:
            turn.events.append(FollowupAction(_FORMS[asked]))
        elif asked in ("trouver_site", "parler_humain"):
            skill = FindSite if asked == "trouver_site" else AskHuman
            skill(self.application).handle(turn)
            if turn.slot("besoin_commune"):
                turn.events.append(FollowupAction("formulaire_site"))

    def _answer_distress(self, turn: Turn) -> None:
        """Answer as the second net: the door adds the numbers (the first net is the door's)."""
        if turn.confidence < _DISTRESS_SURE:
            NotUnderstood(self.application).handle(turn)
            return
        turn.messages.append({"response": "utter_detresse", "json_message": DISTRESS_CARD})


class StartOver(Skill):
    """Forget what was chosen, and begin again."""

    skill_name = "action_recommencer"

    def handle(self, turn: Turn) -> None:
        """Clear the choices."""
        turn.application.booking.release(turn.conversation_id)
        turn.set(
            site=None, commune=None, motif=None, theme=None, souhait=None, propositions=None,
            creneau=None, incompris=None, propose_rdv=None, fiche=None,
        )  # fmt: skip
        turn.say(f"On reprend du début. Tu veux quoi{NNBSP}?", MENU)


_FORMS = {
    "prendre_rdv": "formulaire_rdv",
    "annuler_rdv": "formulaire_annulation",
    "deplacer_rdv": "formulaire_deplacement",
}
_INSULT = "hors_sujet/insulte"
_LEADS_NOWHERE = ("nlu_fallback", "hors_sujet", "pas_compris", FOLLOW_UP)
_RESPONSES = {
    "salutation": "utter_salutation",
    "remerciement": "utter_remerciement",
    "au_revoir": "utter_au_revoir",
    "pas_compris": "utter_pas_compris_utilisateur",
}


def _next_task(turn: Turn) -> str:
    """Return the task to begin after an answer: the second request, or an appointment with a day.

    "j'ai une rqth, rdv mardi" asks for an appointment though nothing in it is a sentence.
    """
    if turn.active_form is not None:
        return ""
    if turn.second is not None:
        return turn.second.intent
    names_one = turn.intent in THEMES and "?" not in turn.text and _APPOINTMENT.search(turn.text)
    return "prendre_rdv" if names_one and turn.dates().windows else ""


def _is_doubtful(turn: Turn) -> bool:
    """Tell whether a question was read, but not surely enough to answer it."""
    asks = turn.intent in THEMES and turn.fiche is not None and turn.active_form is None
    unsure = turn.confidence < _ANSWER_SURE or len(turn.rivals()) > 1
    return asks and unsure and not names_only_a_theme(turn)


def _answer_theme(turn: Turn) -> None:
    """Give the written answer; remember the theme, and the place if one is named in passing."""
    turn.set(theme=turn.intent, propose_rdv=None)
    if not turn.fiche or names_only_a_theme(turn):
        ask_which_answer(turn)
        return
    found = note_site(turn)
    give_answer(turn, turn.fiche)
    if found is None or turn.active_form is not None:
        return
    if _next_task(turn) == "prendre_rdv":
        turn.say(your_site(found))
    elif turn.second is None:
        turn.set(propose_rdv=True)
        turn.say(
            f"Et pour en parler avec quelqu’un, ton lieu d’accueil est {found.site.name}, "
            f"{found.site.city}. Je te prends un rendez-vous{NNBSP}?",
            BOOK,
        )


def _answer_off_topic(turn: Turn) -> None:
    """Answer, calmly, once; the second time in a row, only show the way to a human."""
    times = int(turn.slot("incompris") or 0) + 1
    turn.set(incompris=times)
    if times == 1 or turn.fiche != _INSULT:
        turn.respond(f"utter_{turn.fiche or 'hors_sujet/autre'}")
    if times > 1:
        turn.say(A_HUMAN_IS_BETTER, MENU)


CONVERSATION_SKILLS = (Answer, NotUnderstood, StartOver)
