"""Skill: answer questions, and get along when a message stands alone or is not understood."""

import re
from collections.abc import Callable

from rasa_sdk.events import FollowupAction

from accueil.core.booking import read_reason, reason_of
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN, Contact
from accueil.core.french import NBSP, NNBSP
from accueil.core.places import PlaceStatus
from accueil.core.text import fold
from accueil.services.booking import AlreadyBooked
from actions.booking.reading import THEMES, read_message
from actions.booking.steps import note_name
from actions.booking.wording import ALREADY
from actions.my_appointment import ShowAppointment
from actions.my_data import ShowMyData
from actions.place import explain_no_site, note_site, read_place, tell_site
from actions.site import AskHuman, FindSite
from actions.skill import Skill, Turn

_MENU = [
    ("Trouver ma Mission Locale", "/trouver_site"),
    ("Prendre rendez-vous", "/prendre_rdv"),
    ("Parler à quelqu’un", "/parler_humain"),
]
_GUESSES = 3
_PLAUSIBLE = 0.1
_THANKS = re.compile(r"\b(?:merci|thx|mci|mrc|remercie)")


class Answer(Skill):
    """Answer a question, alone or in the middle of something."""

    skill_name = "action_repondre"

    def handle(self, turn: Turn) -> None:
        """Answer by the intent."""
        turn.set(incompris=0)
        other: dict[str, Callable[[], Skill]] = {
            "trouver_site": lambda: FindSite(self.application),
            "parler_humain": lambda: AskHuman(self.application),
            "consulter_rdv": lambda: ShowAppointment(self.application),
            "mes_donnees": lambda: ShowMyData(self.application),
            "nlu_fallback": lambda: NotUnderstood(self.application),
        }
        if turn.intent in other:
            other[turn.intent]().handle(turn)
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


class NotUnderstood(Skill):
    """Say so, guess, and the second time show the menu with a human in it."""

    skill_name = "action_pas_compris"

    def handle(self, turn: Turn) -> None:
        """Guess once, then propose a human."""
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
            turn.say(
                "Désolé, je ne comprends toujours pas. Je suis un robot, et une personne t’aidera "
                f"mieux. Choisis, ou écris «{NBSP}parler à quelqu’un{NBSP}»{NBSP}:",
                _MENU,
            )


class LoneInformation(Skill):
    """A contact, a place or a day said when nothing was asked."""

    skill_name = "action_donner_info"

    def handle(self, turn: Turn) -> None:
        """Use it: complete an appointment, name the site, or begin a booking."""
        if PHONE_TOKEN in turn.text or EMAIL_TOKEN in turn.text:
            _use_contact(turn)
            return
        message = read_message(turn)
        place = read_place(turn)
        if message.says_when() and message.dates.windows:
            turn.events.append(FollowupAction("formulaire_rdv"))
        elif place.status is not PlaceStatus.NONE:
            found = note_site(turn, place)
            named = read_reason(turn.text)
            if named is not None:
                turn.set(theme=named.code)
            if found is None:
                explain_no_site(turn, place)
            else:
                tell_site(turn, found)
                _offer_booking(turn)
        elif message.names_reason:
            turn.say(
                f"D’accord. Pose-moi ta question, ou on en parle avec quelqu’un{NNBSP}?", _MENU[1:]
            )
        else:
            NotUnderstood(self.application).handle(turn)


class LoneYes(Skill):
    """A yes when the last thing offered was an appointment; otherwise the menu."""

    skill_name = "action_oui_seul"

    def handle(self, turn: Turn) -> None:
        """Begin the booking that was offered."""
        if _THANKS.search(fold(turn.text)):
            turn.respond("utter_remerciement")
        elif turn.slot("propose_rdv"):
            turn.set(propose_rdv=None)
            turn.events.append(FollowupAction("formulaire_rdv"))
        else:
            turn.say(f"Super. Qu’est-ce que je peux faire pour toi{NNBSP}?", _MENU)


class LoneNo(Skill):
    """A no when nothing is under way."""

    skill_name = "action_non_seul"

    def handle(self, turn: Turn) -> None:
        """Leave it there, kindly."""
        turn.set(propose_rdv=None)
        turn.say("D’accord. Si tu as une autre question, je suis là.", _MENU)


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
        turn.say(f"On reprend du début. Tu veux quoi{NNBSP}?", _MENU)


_RESPONSES = {
    "salutation": "utter_salutation",
    "remerciement": "utter_remerciement",
    "au_revoir": "utter_au_revoir",
    "pas_compris": "utter_pas_compris_utilisateur",
    "detresse": "utter_detresse",
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
            _MENU[1:2],
        )


def _ask_which_answer(turn: Turn) -> None:
    """Show the questions of a theme that was chosen by its button."""
    titles = [one.title for one in turn.application.answers if one.theme == turn.intent]
    turn.say(f"Dis-moi ce que tu cherches, ou choisis{NBSP}:", [(t, t) for t in titles])


def _use_contact(turn: Turn) -> None:
    app = turn.application
    note_name(turn)
    with app.store.write() as uow:
        session = uow.chats.get(turn.conversation_id)
        contact = Contact(session.phone, session.email) if session else Contact()
        name = session.first_name if session else ""
        waiting = [
            r for r in uow.chats.callbacks_of_conversation(turn.conversation_id) if not r.done
        ]
        for request in waiting:
            request.phone = contact.phone or request.phone
            request.first_name = name or request.first_name
        uow.commit()
    try:
        completed = app.booking.add_contact(turn.conversation_id, contact, name)
    except AlreadyBooked:
        turn.say(ALREADY)
        return
    if completed:
        turn.say("C’est noté avec ton rendez-vous. On pourra te prévenir si quelque chose change.")
    elif waiting:
        turn.say("C’est noté. On te rappelle pendant les heures d’ouverture.")
    else:
        turn.say(
            "Je ne garde pas ton contact sans raison. Tu veux un rendez-vous, ou qu’on te "
            f"rappelle{NNBSP}?",
            _MENU[1:],
        )


def _offer_booking(turn: Turn) -> None:
    turn.set(propose_rdv=True)
    turn.say(f"Je peux t’y réserver un premier rendez-vous{NNBSP}?", _MENU[1:2])


def _guesses(turn: Turn) -> list[tuple[str, str]]:
    """Return buttons for the likeliest themes and tasks, best first, and the way to a human."""
    titles = {"trouver_site": _MENU[0], "prendre_rdv": _MENU[1], "parler_humain": _MENU[2]}
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


CONVERSATION_SKILLS = (Answer, NotUnderstood, LoneInformation, LoneYes, LoneNo, StartOver)
