"""Move an appointment."""

import re
from dataclasses import replace
from datetime import datetime

from accueil.core.booking import Appointment, NotAllowed, SlotTaken, TooLate, Wish
from accueil.core.booking.modality import Reception
from accueil.core.dates import Window
from accueil.core.french import NBSP, show_moment
from accueil.core.text import fold
from accueil.services.appointments import Booked
from actions.booking.ask import already_asked
from actions.booking.digression import ASIDES
from actions.booking.finish import tell_booked
from actions.booking.offers import find_offer, propose
from actions.booking.reading import THEMES, BookingMessage, proposed, read_message, wish_of
from actions.booking.steps import note_wish, refuse_proposed
from actions.booking.wording import TAKEN, WHICH_ONE
from actions.my_appointment.find import (
    NOTHING_CHANGED,
    ChangeForm,
    by_id,
    close,
    nothing_else,
    too_late,
)
from actions.skill import Skill, Turn

_KEEP = re.compile(r"\b(?:garde\w*|laisse\w*|comme (?:avant|c'etait|il est)|change\w* rien)\b")


_OTHER_KIND = (
    "En le déplaçant, je garde la même façon d’être reçu (seul, en groupe, par téléphone). Pour en "
    "changer, annule ce rendez-vous puis reprends-en un, ou dis-moi juste un autre jour."
)


class ValidateMove(ChangeForm):
    """Move to a proposed slot."""

    skill_name = "validate_formulaire_deplacement"
    outcome = "deplacement"

    def act(self, turn: Turn, booked: Booked, starting: bool) -> None:
        """Take a choice among the proposals, or a new wish. Nothing moves on a vague yes."""
        message = read_message(turn)
        starts = proposed(turn)
        agrees = message.agrees and not message.says_when()
        takes_any = message.any_slot and not message.is_question
        if _tells_kind(turn, booked, message):
            return
        if starts and message.choice is not None and not message.is_question:
            _move(turn, booked, starts[message.choice])
        elif starts and (agrees or takes_any):
            if len(starts) == 1 or takes_any:
                _move(turn, booked, starts[0])
            else:
                turn.say(WHICH_ONE)
                turn.set(deja_demande=True)
        elif message.says_when():
            note_wish(turn, message)
        elif message.yes is False and _KEEP.search(fold(turn.text)):
            close(turn, self.outcome, NOTHING_CHANGED)
        elif message.yes is False or message.wants_others:
            refuse_proposed(turn, message, starts)
        elif not starting and _is_aside(turn, message):
            turn.reject_form()
        else:
            turn.set(deplacement=None)


class AskMove(Skill):
    """Propose other times."""

    skill_name = "action_ask_formulaire_deplacement_deplacement"

    def handle(self, turn: Turn) -> None:
        """Propose."""
        booked = by_id(turn, turn.slot("rdv_cible"))
        if booked is None or already_asked(turn, "deja_demande"):
            return
        if not booked.appointment.is_future(turn.now()):
            turn.say(f"Ce rendez-vous n’est plus à venir{NBSP}: il est passé ou annulé.")
            return
        wish: Wish = wish_of(turn)
        if wish.is_empty():
            turn.say(
                f"Ton rendez-vous est {show_moment(booked.local_start())}. Dis-moi quand tu "
                "préfères, ou choisis."
            )
        appointment = booked.appointment
        reception = _reception_of(appointment)
        present = Window(booked.local_start(), None, exact=True)
        others = replace(wish, excluded=(*wish.excluded, present))
        offer = find_offer(turn, booked.site.id, appointment.reason, others, reception)
        if not propose(turn, offer, others, reception):
            turn.say(nothing_else(booked))


class FinishMove(Skill):
    """Say the new time."""

    skill_name = "action_deplacement_terminer"

    def handle(self, turn: Turn) -> None:
        """Tell, and clear the slots."""
        booked = by_id(turn, turn.slot("rdv_cible"))
        if turn.slot("deplacement") and booked is not None:
            tell_booked(turn, booked, "C’est déplacé")
        turn.set(
            deplacement=None, rdv_cible=None, souhait=None, propositions=None, essais_code=None
        )


def _move(turn: Turn, booked: Booked, start: datetime) -> None:
    try:
        _change(turn, booked, start)
    except SlotTaken:
        turn.say(TAKEN)
        turn.set(propositions=None)
    except (TooLate, NotAllowed):
        close(turn, "deplacement", too_late(booked))
    else:
        turn.set(deplacement=True)


def _change(turn: Turn, booked: Booked, start: datetime) -> None:
    app, appointment = turn.application, booked.appointment
    if appointment.group_session_id is None:
        app.changes.move(appointment.id, start)
        return
    session = app.groups.at(booked.site.id, start)
    if session is None:
        raise SlotTaken("no seat is left")
    app.changes.move_seat(appointment.id, session.id)


def _reception_of(appointment: Appointment) -> Reception:
    is_group = appointment.group_session_id is not None
    return Reception.GROUP if is_group else Reception(appointment.modality.value)


def _tells_kind(turn: Turn, booked: Booked, message: BookingMessage) -> bool:
    """Say that moving keeps the way of being received; True when another one was asked for."""
    if message.reception is None or message.reception is _reception_of(booked.appointment):
        return False
    turn.say(_OTHER_KIND, [("L’annuler d’abord", "/annuler_rdv")])
    turn.set(deja_demande=True)
    return True


def _is_aside(turn: Turn, message: BookingMessage) -> bool:
    return turn.intent in THEMES | ASIDES or message.is_question
