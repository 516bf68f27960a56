"""Skill: get along when a message is not understood."""

from accueil.core.booking import reason_of
from accueil.core.french import NBSP, NNBSP
from accueil.core.languages import read_language
from accueil.core.tokens import read_code
from actions.booking.reading import THEMES
from actions.menu import MENU
from actions.my_appointment.find import ShowAppointment
from actions.skill import Skill, Turn

A_HUMAN_IS_BETTER = (
    "Je suis un robot, et une personne t’aidera mieux. Choisis, ou écris "
    f"«{NBSP}parler à quelqu’un{NBSP}»{NBSP}:"
)
_GUESSES = 3
_SOMETHING_ELSE = ("Autre chose", "/nlu_fallback")
_NUMBERS = (
    f"Danger{NBSP}: 112 (ou SMS au 114). Dormir, manger{NBSP}: 115. Envie de mourir{NBSP}: 3114. "
    "C’est gratuit, jour et nuit."
)
_PLAUSIBLE = 0.1


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
        language = read_language(turn.text)
        if language is not None:
            # A guess at a language that is not learnt would be a guess at random.
            told = turn.changed.get("langue") == language.code
            turn.say(_NUMBERS if told else f"{language.notice}\n\n{_NUMBERS}", MENU)
            return
        guesses = [] if turn.active_form else _guesses(turn)
        if times == 1 and guesses:
            turn.say(f"Je ne suis pas certain d’avoir compris. Tu voulais dire…{NNBSP}?", guesses)
        elif times == 1:
            turn.say(
                "Je n’ai pas compris. Tu peux le dire autrement, avec quelques mots "
                f"simples{NNBSP}?"
            )
        else:
            turn.say(f"Désolé, je ne comprends toujours pas. {A_HUMAN_IS_BETTER}", MENU)


def _guesses(turn: Turn) -> list[tuple[str, str]]:
    """Return buttons for the likeliest questions and tasks, best first, and a way out."""
    titles = {"trouver_site": MENU[0], "prendre_rdv": MENU[1], "parler_humain": MENU[2]}
    found: list[tuple[str, str]] = []
    rivals = [turn.application.answer(fiche) for fiche in turn.rivals()]
    if len(rivals) > 1:
        known = [(one.title, one.title) for one in rivals if one is not None]
        return [*known, _SOMETHING_ELSE]
    for item in turn.ranking:
        name = str(item.get("name"))
        if float(item.get("confidence") or 0) < _PLAUSIBLE:
            continue
        answer = turn.application.answer(turn.likeliest_fiche(name))
        if answer is not None:
            found.append((answer.title, answer.title))
        elif name in THEMES:
            found.append((reason_of(name).title, f"/{name}"))
        elif name in titles:
            found.append(titles[name])
    return [*found[:_GUESSES], _SOMETHING_ELSE] if found else []
