"""Skill: find, move or cancel an appointment, from this conversation or with its code."""

from datetime import datetime

from rasa_sdk.events import SlotSet

from accueil.core.booking import NotAllowed, SlotTaken, TooLate, Wish
from accueil.core.consent import read_yes_no, wants_to_stop
from accueil.core.french import NBSP, NNBSP, show_moment
from accueil.core.tokens import read_code
from accueil.services.booking import Booked
from actions.booking.ask import propose_slots
from actions.booking.finish import tell_booked
from actions.booking.reading import ASIDES, THEMES, BookingMessage, proposed, read_message, wish_of
from actions.booking.steps import note_wish
from actions.booking.wording import TAKEN
from actions.skill import Skill, Turn

CODE_TRIES = 5
_ASK_CODE = (
    "Donne-moi le code de ton rendez-vous (huit lettres et chiffres, comme "
    f"K7QF-3M2P). Tu ne l’as plus{NNBSP}? Appelle ton lieu d’accueil, il te retrouvera."
)
_WRONG_CODE = "Ce code ne correspond à aucun rendez-vous. Vérifie-le et recopie-le."
_TOO_MANY = (
    "On n’y arrive pas avec ce code. Le plus simple est d’appeler ton lieu d’accueil{NBSP}: il "
    "retrouvera ton rendez-vous."
).replace("{NBSP}", NBSP)
_NOTHING_CHANGED = "D’accord, ton rendez-vous reste comme il est."


class ShowAppointment(Skill):
    """Answer "when is my appointment"."""

    skill_name = "action_consulter_rdv"

    def handle(self, turn: Turn) -> None:
        """Show the appointment of the code, or of this conversation."""
        code = read_code(turn.text)
        booked = turn.application.booking.by_code(code) if code else None
        booked = booked or turn.application.booking.future_of(turn.conversation_id)
        if booked is None:
            turn.say(f"Je n’ai pas de rendez-vous à venir dans cette conversation. {_ASK_CODE}")
        elif booked.appointment.is_future(turn.now()):
            tell_booked(turn, booked, "Ton rendez-vous")
        else:
            turn.say(f"Ce rendez-vous n’est plus à venir{NBSP}: il est passé ou annulé.")


class _ChangeForm(Skill):
    """What cancelling and moving share: first find the appointment."""

    outcome = ""
    leaves_for: tuple[str, ...] = ()

    def handle(self, turn: Turn) -> None:
        """Find the appointment, then act on it."""
        if turn.resumed:
            return
        starting = turn.slot("requested_slot") is None
        if starting:
            turn.set(souhait=None, propositions=None)
        if not starting and turn.intent in self.leaves_for:
            turn.reject_form()
            return
        code = read_code(turn.text)
        # "annule" means yes in the middle of a cancellation
        gives_up = self.outcome != "annulation" and wants_to_stop(turn.text)
        if not starting and code is None and gives_up:
            _close(turn, self.outcome, _NOTHING_CHANGED)
            return
        booked = _target(turn, code)
        if booked is None:
            self._miss(turn, code, starting)
            return
        turn.set(rdv_cible=booked.appointment.id, site=booked.site.id, essais_code=None)
        self.act(turn, booked, starting)

    def act(self, turn: Turn, booked: Booked, starting: bool) -> None:
        """Take what this message brings."""

    def _miss(self, turn: Turn, code: str | None, starting: bool) -> None:
        if code is None:
            if starting:
                turn.set(rdv_cible=None)
            else:
                _reject_or_stop(turn, self.outcome)
            return
        tries = int(turn.slot("essais_code") or 0) + 1
        turn.set(essais_code=tries)
        if tries >= CODE_TRIES:
            _close(turn, self.outcome, _TOO_MANY)
        else:
            turn.say(_WRONG_CODE)
            turn.set(deja_demande=True)


class ValidateCancel(_ChangeForm):
    """Cancel, after a yes."""

    skill_name = "validate_formulaire_annulation"
    outcome = "annulation"
    leaves_for = ("deplacer_rdv",)

    def act(self, turn: Turn, booked: Booked, starting: bool) -> None:
        """Cancel on a yes, leave everything on a no, else ask again or let a rule answer."""
        answer = None if starting else _yes(turn)
        if answer is None and not starting and turn.slot("requested_slot") == "annulation":
            turn.reject_form()
        elif answer is True:
            try:
                turn.application.booking.cancel(booked.appointment.id)
            except (TooLate, NotAllowed):
                _close(turn, self.outcome, _too_late(booked))
            else:
                turn.set(annulation=True)
        elif answer is False:
            _close(turn, self.outcome, _NOTHING_CHANGED)


class AskCancel(Skill):
    """Ask whether to cancel."""

    skill_name = "action_ask_formulaire_annulation_annulation"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        booked = _by_id(turn, turn.slot("rdv_cible"))
        if booked is not None:
            turn.say(
                f"J’annule ton rendez-vous du {show_moment(booked.local_start())}{NNBSP}?",
                [
                    ("Oui, annuler", "oui"),
                    ("Non, le garder", "non"),
                    ("Le déplacer", "/deplacer_rdv"),
                ],
            )


class FinishCancel(Skill):
    """Say that it is cancelled."""

    skill_name = "action_annulation_terminer"

    def handle(self, turn: Turn) -> None:
        """Tell, and clear the slots."""
        if turn.slot("annulation"):
            turn.say(
                "C’est annulé, et le créneau est libre pour quelqu’un d’autre. Tu peux reprendre "
                "rendez-vous quand tu veux.",
                [("Reprendre rendez-vous", "/prendre_rdv")],
            )
        turn.set(annulation=None, rdv_cible=None, essais_code=None)


class ValidateMove(_ChangeForm):
    """Move to a proposed slot."""

    skill_name = "validate_formulaire_deplacement"
    outcome = "deplacement"

    def act(self, turn: Turn, booked: Booked, starting: bool) -> None:
        """Take a choice among the proposals, or a new wish."""
        message = read_message(turn)
        starts = proposed(turn)
        agrees = message.yes and not message.says_when()
        if starts and (message.choice is not None or agrees):
            _move(turn, booked, starts[message.choice or 0])
        elif message.says_when():
            note_wish(turn, message)
        elif message.yes is False:
            turn.set(souhait=None)
        elif not starting and _is_aside(turn, message):
            turn.reject_form()
        else:
            turn.set(deplacement=None)


class AskMove(Skill):
    """Propose other times."""

    skill_name = "action_ask_formulaire_deplacement_deplacement"

    def handle(self, turn: Turn) -> None:
        """Propose."""
        booked = _by_id(turn, turn.slot("rdv_cible"))
        if booked is None:
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
        propose_slots(turn, booked.site.id, booked.appointment.reason, wish)


class FinishMove(Skill):
    """Say the new time."""

    skill_name = "action_deplacement_terminer"

    def handle(self, turn: Turn) -> None:
        """Tell, and clear the slots."""
        booked = _by_id(turn, turn.slot("rdv_cible"))
        if turn.slot("deplacement") and booked is not None:
            tell_booked(turn, booked, "C’est déplacé")
        turn.set(
            deplacement=None, rdv_cible=None, souhait=None, propositions=None, essais_code=None
        )


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
        return turn.application.booking.by_code(code)
    return _by_id(turn, turn.slot("rdv_cible")) or turn.application.booking.future_of(
        turn.conversation_id
    )


def _by_id(turn: Turn, appointment_id: str | None) -> Booked | None:
    return turn.application.booking.by_id(appointment_id) if appointment_id else None


def _move(turn: Turn, booked: Booked, start: datetime) -> None:
    try:
        turn.application.booking.move(booked.appointment.id, start)
    except SlotTaken:
        turn.say(TAKEN)
        turn.set(propositions=None)
    except (TooLate, NotAllowed):
        _close(turn, "deplacement", _too_late(booked))
    else:
        turn.set(deplacement=True)


def _yes(turn: Turn) -> bool | None:
    answer = read_yes_no(turn.text)
    if turn.intent == "annuler_rdv" and answer is None:
        return True
    return answer


def _is_aside(turn: Turn, message: BookingMessage) -> bool:
    return turn.intent in THEMES | ASIDES or message.is_question


def _reject_or_stop(turn: Turn, outcome: str) -> None:
    if read_yes_no(turn.text) is False:
        _close(turn, outcome, _NOTHING_CHANGED)
    else:
        turn.reject_form()


def _too_late(booked: Booked) -> str:
    return (
        "C’est trop tard pour le changer ici. Appelle ton lieu d’accueil au "
        f"{booked.site.phone}{NBSP}: il fera le nécessaire."
    )


def _close(turn: Turn, outcome: str, text: str) -> None:
    turn.say(text)
    turn.set(**{outcome: False})
    turn.events.append(SlotSet("requested_slot", None))


MY_APPOINTMENT_SKILLS = (
    ShowAppointment,
    ValidateCancel,
    AskCancel,
    FinishCancel,
    ValidateMove,
    AskMove,
    FinishMove,
    AskCode,
)
