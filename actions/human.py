"""Skill: lead to a human, by phone or by a call-back."""

from accueil.core.booking import Discretion
from accueil.core.booking.modality import read_reception
from accueil.core.conversation import CallbackRequest
from accueil.core.french import NBSP, NNBSP
from accueil.core.territory import Site
from accueil.services import first_response
from accueil.services.call_backs import ask_call_back, number_to_call
from accueil.services.sites import FoundSite
from actions.answers import give_second_answer
from actions.menu import BOOK
from actions.place import known_site, note_site
from actions.site_card import tell_site
from actions.skill import Skill, Turn

HUMAN = "humain"
_NOT_CALLED = (
    "J’ai dit à l’équipe que tu veux lui parler, sans donner ton numéro, parce que quelqu’un peut "
    f"lire ton téléphone{NBSP}: personne ne t’appellera. Appelle quand tu peux, ou viens."
)


class AskHuman(Skill):
    """Somebody wants a human: the site's phone, and a call-back when a number was given."""

    skill_name = "action_parler_humain"

    def handle(self, turn: Turn) -> None:
        """Give the way to a human, or leave the commune to the form."""
        turn.set(suite=HUMAN)
        reception = read_reception(turn.text)
        if reception is not None:
            turn.set(modalite=reception.value)  # should it become an appointment
        found = note_site(turn) or known_site(turn)
        if found is not None:
            tell_human(turn, found)
        if turn.intent == "parler_humain":
            give_second_answer(turn)
        in_booking = turn.active_form == "formulaire_rdv"
        if found is None:
            turn.say(
                "Oui, tu peux parler à quelqu’un de ta Mission Locale. Il me faut juste ta "
                "commune pour te donner le bon numéro."
            )
        turn.set(besoin_commune=found is None and not in_booking)


def tell_human(turn: Turn, found: FoundSite) -> None:
    """Give the phone and the hours; keep a call-back request for the counsellors."""
    reach = f" au {found.phone()}" if found.phone() else ""
    turn.say(f"Bien sûr. Tu peux parler à quelqu’un de ta Mission Locale{reach}.")
    tell_site(turn, found)
    phone = _keep_callback(turn, found)
    if _is_discreet(turn):
        turn.say(_NOT_CALLED, BOOK)
    elif phone:
        turn.say("J’ai noté ton numéro pour qu’on te rappelle pendant les heures d’ouverture.")
        offer_first_response(turn, found.site)
    else:
        turn.say(
            "Tu préfères qu’on te rappelle, ou venir ? Écris-moi ton numéro et ton prénom, ou "
            f"prends un rendez-vous{NBSP}:".replace(" ?", f"{NNBSP}?"),
            BOOK,
        )


def _is_discreet(turn: Turn) -> bool:
    with turn.application.store.read() as uow:
        session = uow.chats.get(turn.conversation_id)
    return session is not None and session.discretion is not Discretion.ORDINARY


def offer_first_response(turn: Turn, site: Site) -> None:
    """Ask, after a safety reply, whether the team may be told whom to call first."""
    if turn.application.first_response.is_offered(turn.conversation_id, site):
        turn.say(first_response.OFFER, [(first_response.AGREE, first_response.PAYLOAD)])


def _keep_callback(turn: Turn, found: FoundSite) -> str:
    """Record the request once a conversation; return the number to call, if one was given."""
    app = turn.application
    with app.store.write() as uow:
        session = uow.chats.get(turn.conversation_id)
        phone = number_to_call(session) if session else ""
        name = session.first_name if session else ""
        identifier, now = app.tokens.new_id(), app.clock.now()
        asked = CallbackRequest(identifier, turn.conversation_id, found.site.id, now, name, phone)
        ask_call_back(uow, asked)
        uow.commit()
    return phone


HUMAN_SKILLS = (AskHuman,)
"""The actions of this skill."""
