"""Skill: answer questions, and get along when a message stands alone or is not understood."""

from collections.abc import Callable

from accueil.core.booking import reason_of
from accueil.core.french import NBSP, NNBSP
from accueil.core.tokens import read_code
from accueil.services.chat.safety_desk import DISTRESS_CARD
from actions.booking.reading import THEMES
from actions.human import AskHuman
from actions.my_appointment.find import ShowAppointment
from actions.my_data import ShowMyData
from actions.place import note_site
from actions.site import FindSite
from actions.skill import Skill, Turn

MENU = [
    ("Trouver ma Mission Locale", "/trouver_site"),
    ("Prendre rendez-vous", "/prendre_rdv"),
    ("Parler à quelqu’un", "/parler_humain"),
]
_A_HUMAN_IS_BETTER = (
    "Je suis un robot, et une personne t’aidera mieux. Choisis, ou écris "
    f"«{NBSP}parler à quelqu’un{NBSP}»{NBSP}:"
)
_DISTRESS_SURE = 0.5
_GUESSES = 3
_PLAUSIBLE = 0.1


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
        elif turn.fiche:
            turn.respond(f"utter_{turn.fiche}")
        elif turn.intent == "effacer_donnees":
            turn.say(
                f"On finit ce qui est en cours{NNBSP}? Ensuite écris «{NBSP}efface mes "
                f"données{NBSP}» et je le fais."
            )
        else:
            turn.respond(_RESPONSES.get(turn.intent, "utter_pas_compris_utilisateur"))

    def _answer_distress(self, turn: Turn) -> None:
        """Answer as the second net: the door adds the numbers (the first net is the door's)."""
        if turn.confidence < _DISTRESS_SURE:
            NotUnderstood(self.application).handle(turn)
            return
        turn.messages.append({"response": "utter_detresse", "json_message": DISTRESS_CARD})


class NotUnderstood(Skill):
    """Say so, guess, and the second time show the menu with a human in it."""

    skill_name = "action_pas_compris"

    def handle(self, turn: Turn) -> None:
        """Guess once, then propose a human."""
        if read_code(turn.text):
            ShowAppointment(self.application).handle(turn)
            return
        times = int(turn.slot("incompris") or 0) + 1
        turn.set(incompris=times)
        guesses = [] if turn.active_form else _guesses(turn)
        if times == 1 and guesses:
            turn.say(f"Je ne suis pas sûr d’avoir compris. Tu voulais parler de{NBSP}:", guesses)
        elif times == 1:
            turn.say(
                "Je n’ai pas compris. Tu peux le dire autrement, avec quelques mots "
                f"simples{NNBSP}?"
            )
        else:
            turn.say(f"Désolé, je ne comprends toujours pas. {_A_HUMAN_IS_BETTER}", MENU)


class StartOver(Skill):
    """Forget what was chosen, and begin again."""

    skill_name = "action_recommencer"

    def handle(self, turn: Turn) -> None:
        """Clear the choices."""
        turn.application.booking.release(turn.conversation_id)
        turn.set(
            site=None, commune=None, motif=None, theme=None, souhait=None, propositions=None,
            creneau=None, incompris=None, propose_rdv=None,
        )  # fmt: skip
        turn.say(f"On reprend du début. Tu veux quoi{NNBSP}?", MENU)


_LEADS_NOWHERE = ("nlu_fallback", "hors_sujet", "pas_compris")
_RESPONSES = {
    "salutation": "utter_salutation",
    "remerciement": "utter_remerciement",
    "au_revoir": "utter_au_revoir",
    "pas_compris": "utter_pas_compris_utilisateur",
}


def _answer_theme(turn: Turn) -> None:
    """Give the written answer; remember the theme, and the place if one is named in passing."""
    turn.set(theme=turn.intent, propose_rdv=None)
    if not turn.fiche:
        _ask_which_answer(turn)
        return
    found = note_site(turn)
    turn.respond(f"utter_{turn.fiche}")
    if found is not None and turn.active_form is None:
        turn.set(propose_rdv=True)
        turn.say(
            f"Et pour en parler avec quelqu’un, ton lieu d’accueil est {found.site.name}, "
            f"{found.site.city}. Je te prends un rendez-vous{NNBSP}?",
            MENU[1:2],
        )


def _answer_off_topic(turn: Turn) -> None:
    """Answer, calmly; the second time in a row, show the way to a human as well."""
    times = int(turn.slot("incompris") or 0) + 1
    turn.set(incompris=times)
    turn.respond(f"utter_{turn.fiche or 'hors_sujet/autre'}")
    if times > 1:
        turn.say(_A_HUMAN_IS_BETTER, MENU)


def _ask_which_answer(turn: Turn) -> None:
    """Show the questions of a theme that was chosen by its button."""
    titles = [one.title for one in turn.application.answers if one.theme == turn.intent]
    turn.say(f"Dis-moi ce que tu cherches, ou choisis{NBSP}:", [(t, t) for t in titles])


def _guesses(turn: Turn) -> list[tuple[str, str]]:
    """Return buttons for the likeliest themes and tasks, best first, and the way to a human."""
    titles = {"trouver_site": MENU[0], "prendre_rdv": MENU[1], "parler_humain": MENU[2]}
    found: list[tuple[str, str]] = []
    for item in turn.ranking:
        name = str(item.get("name"))
        if float(item.get("confidence") or 0) < _PLAUSIBLE:
            continue
        if name in THEMES:
            found.append((reason_of(name).title, f"/{name}"))
        elif name in titles:
            found.append(titles[name])
    return [*found[:_GUESSES], ("Autre chose", "/nlu_fallback")] if found else []


CONVERSATION_SKILLS = (Answer, NotUnderstood, StartOver)
