"""Ask for what the booking still needs."""

from accueil.core.booking import REASONS
from accueil.core.french import NBSP, show_moment
from actions.booking import wording
from actions.booking.offers import date_card, propose_for_booking, reception_of
from actions.booking.reading import THEMES, site_zone, wish_of
from actions.booking.recap import buttons, recap
from actions.booking.waiting import offer_list
from actions.place import ask_commune
from actions.skill import Skill, Turn


class AskSiteForBooking(Skill):
    """Ask for the commune, unless a more precise question was just asked."""

    skill_name = "action_ask_formulaire_rdv_site"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        more_precise = already_asked(turn, "lieu_a_preciser")
        something_else = already_asked(turn, "deja_demande")
        if not (more_precise or something_else):
            ask_commune(turn)


class AskSlot(Skill):
    """Ask what and when, or propose slots."""

    skill_name = "action_ask_formulaire_rdv_creneau"

    def handle(self, turn: Turn) -> None:
        """Ask or propose, from what was said so far."""
        if already_asked(turn, "deja_demande"):
            return
        wish = wish_of(turn)
        nothing_said = wish.is_empty() and not (turn.slot("motif") or turn.slot("modalite"))
        if nothing_said and not turn.slot("sujet_demande"):
            turn.set(sujet_demande=True)
            themes = [(REASONS[code].title, _reason_payload(code)) for code in sorted(THEMES)]
            turn.say(wording.WHAT_AND_WHEN, themes, card=date_card(turn, site_zone(turn)))
            _mention_groups(turn)
            return
        site_id, reception = turn.slot("site"), reception_of(turn)
        if not propose_for_booking(turn, site_id, turn.slot("motif"), wish, reception):
            offer_list(turn, site_id)


class AskConfirmation(Skill):
    """Recapitulate, and ask for consent."""

    skill_name = "action_ask_formulaire_rdv_confirmation"

    def handle(self, turn: Turn) -> None:
        """Say everything that will be booked and passed on."""
        if already_asked(turn, "deja_demande"):
            return
        app = turn.application
        with app.store.read() as uow:
            held = uow.appointments.get(turn.slot("creneau"))
            site = uow.territory.site(turn.slot("site"))
            session = uow.chats.get(turn.conversation_id)
        if held is None or site is None or session is None:
            turn.say(wording.HOLD_OVER)
            return
        reason = REASONS.get(turn.slot("motif") or "")
        group = app.groups.by_id(held.group_session_id)
        turn.say(recap(held, site, reason, session, group), buttons(session))


def already_asked(turn: Turn, flag: str) -> bool:
    """Tell whether this turn has asked its question already, once."""
    if not turn.slot(flag):
        return False
    turn.set(**{flag: None})
    return True


def _mention_groups(turn: Turn) -> None:
    """Say that one can also be received with others, when a session is planned."""
    sessions = turn.application.groups.to_come(turn.slot("site"))
    if sessions:
        moment = show_moment(sessions[0].local_start(site_zone(turn)))
        text = wording.GROUP_TOO.format(NBSP=NBSP, title=sessions[0].title, moment=moment)
        turn.say(text, [("Venir en groupe", "en groupe")])


def _reason_payload(code: str) -> str:
    return f'/prendre_rdv{{"motif": "{code}"}}'
