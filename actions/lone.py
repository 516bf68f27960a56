"""Skill: make sense of a message that answers nothing: a place, a day, a contact, a yes, a no."""

import re

from rasa_sdk.events import FollowupAction

from accueil.core.booking import read_reason
from accueil.core.contact import EMAIL_TOKEN, PHONE_TOKEN, Contact
from accueil.core.french import NNBSP, show_moment
from accueil.core.person import read_age, read_birth_year
from accueil.core.places import PlaceStatus
from accueil.core.text import fold
from accueil.services.booking import AlreadyBooked
from actions.booking.checks import why_not_received
from actions.booking.offered import open_offer
from actions.booking.reading import SURE, read_message
from actions.booking.steps import note_name
from actions.booking.wording import ALREADY
from actions.human import offer_first_response
from actions.menu import ASK_SOMEBODY, BOOK, MENU
from actions.not_understood import NotUnderstood
from actions.place import explain_no_site, note_site
from actions.site_card import tell_site
from actions.skill import Skill, Turn

_COMING = re.compile(r"\b(?:je ?viens|jvien[st]?|(?:je |j)?sera[is]? la|j'?y sera[is]?|ma venue)\b")
_THANKS = re.compile(r"\b(?:merci|thx|mci|mrc|remercie)")


class LoneInformation(Skill):
    """A contact, a place or a day said when nothing was asked."""

    skill_name = "action_donner_info"

    def handle(self, turn: Turn) -> None:
        """Use it: complete an appointment, name the site, or begin a booking."""
        if PHONE_TOKEN in turn.text or EMAIL_TOKEN in turn.text:
            _use_contact(turn)
            return
        message = read_message(turn)
        place = message.place
        if message.says_when() and message.dates.windows:
            has_one = turn.application.appointments.future_of(turn.conversation_id) is not None
            form = "formulaire_deplacement" if has_one else "formulaire_rdv"
            turn.events.append(FollowupAction(form))
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
        elif read_age(turn.text) is not None or read_birth_year(turn.text) is not None:
            _answer_age(turn)
        elif message.names_reason:
            turn.say(
                f"D’accord. Pose-moi ta question, ou on en parle avec quelqu’un{NNBSP}?",
                ASK_SOMEBODY,
            )
        else:
            NotUnderstood(self.application).handle(turn)


class LoneYes(Skill):
    """A yes when the last thing offered was an appointment; otherwise the menu."""

    skill_name = "action_oui_seul"

    def handle(self, turn: Turn) -> None:
        """Begin the booking that was offered."""
        if turn.confidence < SURE:
            NotUnderstood(self.application).handle(turn)
        elif _THANKS.search(fold(turn.text)):
            turn.respond("utter_remerciement")
        elif _COMING.search(fold(turn.text)) and _note_coming(turn):
            return
        elif turn.slot("propose_rdv") or open_offer(turn) is not None:
            turn.set(propose_rdv=None)
            turn.events.append(FollowupAction("formulaire_rdv"))
        else:
            turn.say(f"D’accord. Qu’est-ce que je peux faire pour toi{NNBSP}?", MENU)


class LoneNo(Skill):
    """A no when nothing is under way."""

    skill_name = "action_non_seul"

    def handle(self, turn: Turn) -> None:
        """Leave it there, kindly; after a misunderstanding it is a second one."""
        if turn.confidence < SURE or turn.slot("incompris"):
            NotUnderstood(self.application).handle(turn)
            return
        turn.set(propose_rdv=None)
        turn.say("D’accord. Si tu as une autre question, je suis là.", MENU)


def _note_coming(turn: Turn) -> bool:
    """Note that the young person comes; False without an appointment to come to."""
    booked = turn.application.appointments.future_of(turn.conversation_id)
    if booked is None:
        return False
    turn.application.changes.coming(booked.appointment.id)
    turn.say(f"C’est noté, on t’attend {show_moment(booked.local_start())}. À bientôt{NNBSP}!")
    return True


def _answer_age(turn: Turn) -> None:
    """Say whether somebody of that age is received, and go on."""
    reason = why_not_received(turn)
    if reason:
        turn.say(reason)
    elif turn.slot("site"):
        _offer_booking(turn)
    else:
        turn.say(f"D’accord, c’est bien pour toi. Tu veux faire quoi{NNBSP}?", MENU)


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
        found = app.sites.by_id(waiting[0].site_id)
        if found is not None and contact.phone:
            offer_first_response(turn, found.site)
    else:
        turn.say(
            "Je ne garde pas ton contact sans raison. Tu veux un rendez-vous, ou qu’on te "
            f"rappelle{NNBSP}?",
            ASK_SOMEBODY,
        )


def _offer_booking(turn: Turn) -> None:
    reason = why_not_received(turn)
    if reason:
        turn.say(reason)
        return
    turn.set(propose_rdv=True)
    turn.say(f"Je peux t’y réserver un premier rendez-vous{NNBSP}?", BOOK)


LONE_SKILLS = (LoneInformation, LoneYes, LoneNo)
"""The actions of this skill."""
