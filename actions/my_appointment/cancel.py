"""Cancel an appointment."""

from accueil.core.booking import NotAllowed, TooLate, Wish
from accueil.core.consent import read_yes_no
from accueil.core.french import NNBSP, show_moment
from accueil.services.appointments import Booked
from actions.my_appointment.find import NOTHING_CHANGED, ChangeForm, by_id, close, too_late
from actions.skill import Skill, Turn

_CANCELLED = "C’est annulé, et le créneau est libre pour quelqu’un d’autre."
_WHEN_YOU_WANT = " Tu peux reprendre rendez-vous quand tu veux."
_ANOTHER_DAY = f" Je te cherche une place pour le jour que tu as dit{NNBSP}?"


class ValidateCancel(ChangeForm):
    """Cancel, after a yes."""

    skill_name = "validate_formulaire_annulation"
    outcome = "annulation"
    leaves_for = ("deplacer_rdv",)

    def act(self, turn: Turn, booked: Booked, starting: bool) -> None:
        """Cancel on a yes, leave everything on a no, else ask again or let a rule answer."""
        _note_other_day(turn, booked)
        answer = None if starting else _yes(turn)
        if answer is None and not starting and turn.slot("requested_slot") == "annulation":
            turn.reject_form()
        elif answer is True:
            try:
                turn.application.changes.cancel(booked.appointment.id)
            except (TooLate, NotAllowed):
                close(turn, self.outcome, too_late(booked))
            else:
                turn.set(annulation=True)
        elif answer is False:
            close(turn, self.outcome, NOTHING_CHANGED)


def _note_other_day(turn: Turn, booked: Booked) -> None:
    """Remember the other day that somebody names while cancelling ("annule et remets jeudi")."""
    dates = turn.dates(booked.site.zone())
    if dates.windows and not Wish().refine(dates).accepts(
        booked.appointment.starts_at, booked.site.zone()
    ):
        turn.set(souhait=Wish().refine(dates).to_dict())


class AskCancel(Skill):
    """Ask whether to cancel."""

    skill_name = "action_ask_formulaire_annulation_annulation"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        booked = by_id(turn, turn.slot("rdv_cible"))
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
            wish = turn.slot("souhait")
            turn.set(propose_rdv=bool(wish))
            turn.say(
                _CANCELLED + (_ANOTHER_DAY if wish else _WHEN_YOU_WANT),
                [("Reprendre rendez-vous", "/prendre_rdv")],
            )
        turn.set(annulation=None, rdv_cible=None, essais_code=None)


def _yes(turn: Turn) -> bool | None:
    answer = read_yes_no(turn.text)
    if turn.intent == "annuler_rdv" and answer is None:
        return True
    return answer
