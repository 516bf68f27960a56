"""Skill: say what is known about someone, and erase it."""

from rasa_sdk.events import AllSlotsReset, SlotSet

from accueil.core.consent import read_yes_no
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN
from accueil.core.french import NBSP, NNBSP, show_moment
from accueil.services.chat.fill import NAME_TOKEN
from actions.skill import Skill, Turn

ERASED_CARD = {"card": "erased"}
"""Tells the channel to make the dialogue engine forget this conversation too."""


class ShowMyData(Skill):
    """List what this conversation knows."""

    skill_name = "action_mes_donnees"

    def handle(self, turn: Turn) -> None:
        """Say it in plain words."""
        with turn.application.store.read() as uow:
            session = uow.chats.get(turn.conversation_id)
        known = []
        if session is not None:
            known += [f"ton prénom ({NAME_TOKEN})"] if session.first_name else []
            known += [f"ton téléphone ({PHONE_TOKEN})"] if session.phone else []
            known += [f"ton e-mail ({EMAIL_TOKEN})"] if session.email else []
            known += [f"ton âge ({session.age} ans)"] if session.age else []
        booked = turn.application.appointments.future_of(turn.conversation_id)
        if booked is not None:
            known.append(f"ton rendez-vous du {show_moment(booked.local_start())}")
        listed = f"{NBSP}: {', '.join(known)}" if known else " rien de personnel"
        turn.say(
            f"Dans cette conversation, je connais{listed}. Les messages s’effacent tout seuls au "
            "bout de 24 heures. Le conseiller ou la conseillère ne voit que ce que tu as validé "
            "pour ton rendez-vous.",
            [("Tout effacer", "/effacer_donnees")],
        )


class ValidateErasure(Skill):
    """Erase, after a yes."""

    skill_name = "validate_formulaire_effacement"

    def handle(self, turn: Turn) -> None:
        """Take a yes or a no."""
        if turn.resumed:
            return
        if turn.slot("requested_slot") is None:
            turn.set(effacement=None)
            return
        answer = read_yes_no(turn.text)
        if answer is None and turn.intent == "effacer_donnees":
            answer = True
        if answer is None:
            turn.reject_form()
        else:
            turn.set(effacement=answer)
            turn.events.append(SlotSet("requested_slot", None))


class FinishErasure(Skill):
    """Erase for good, or not, and say what was done."""

    skill_name = "action_effacer_donnees"

    def handle(self, turn: Turn) -> None:
        """Erase the person, then every slot."""
        if not turn.slot("effacement"):
            turn.say("D’accord, je n’efface rien.")
            turn.set(effacement=None)
            return
        erased = turn.application.erasure.erase_person(turn.conversation_id)
        done = "nos messages, ton prénom, tes contacts et ton âge"
        cancelled = " Ton rendez-vous à venir est annulé." if erased.appointments_cancelled else ""
        turn.events.append(AllSlotsReset())
        turn.say(
            f"C’est fait{NBSP}: j’ai effacé {done}.{cancelled} Si un conseiller ou une conseillère "
            f"a déjà reçu un e-mail, il peut l’avoir gardé{NBSP}: pour le faire effacer aussi, "
            "demande à ta Mission Locale.",
            card=ERASED_CARD,
        )


class AskErasure(Skill):
    """Ask whether to erase, saying what that does."""

    skill_name = "action_ask_formulaire_effacement_effacement"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        booked = turn.application.appointments.future_of(turn.conversation_id)
        more = ""
        if booked is not None:
            more = f" Ton rendez-vous du {show_moment(booked.local_start())} sera annulé."
        turn.say(
            "J’efface tout ce que je sais de toi dans cette conversation (messages, prénom, "
            f"contact).{more} C’est définitif. Je le fais{NNBSP}?",
            [("Oui, tout effacer", "oui"), ("Non", "non")],
        )


MY_DATA_SKILLS = (ShowMyData, ValidateErasure, AskErasure, FinishErasure)
