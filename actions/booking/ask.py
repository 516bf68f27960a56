"""Ask for what the booking still needs."""

from accueil.core.booking import REASONS, Wish, reason_of
from accueil.core.french import show_day, show_time
from actions.booking import wording
from actions.booking.reading import THEMES, wish_of
from actions.place import ask_commune
from actions.skill import Skill, Turn


def propose_slots(turn: Turn, site_id: str, reason_code: str | None, wish: Wish) -> None:
    """Propose up to three slots, saying why when they are not what was wished."""
    offer = turn.application.slots.offer(site_id, reason_of(reason_code), wish)
    starts = [slot.start.astimezone(offer.site.zone()) for slot in offer.proposal.slots]
    turn.set(propositions=[start.isoformat() for start in starts])
    if not starts:
        turn.say(wording.NO_SLOT.format(phone=offer.site.phone))
        return
    lead = "" if offer.proposal.matched else wording.unmatched(offer, wish.first_start()) + "\n"
    buttons = [
        (
            f"{show_day(start.date())}, {show_time(start.time())}",
            f"le {start:%d/%m/%Y} à {start:%Hh%M}",
        )
        for start in starts
    ]
    turn.say(lead + wording.proposals(starts), buttons)


class AskSiteForBooking(Skill):
    """Ask for the commune, unless a more precise question was just asked."""

    skill_name = "action_ask_formulaire_rdv_site"

    def handle(self, turn: Turn) -> None:
        """Ask."""
        if not already_asked(turn, "lieu_a_preciser"):
            ask_commune(turn)


class AskSlot(Skill):
    """Ask what and when, or propose slots."""

    skill_name = "action_ask_formulaire_rdv_creneau"

    def handle(self, turn: Turn) -> None:
        """Ask or propose, from what was said so far."""
        wish = wish_of(turn)
        if wish.is_empty() and not turn.slot("motif") and not turn.slot("sujet_demande"):
            turn.set(sujet_demande=True)
            themes = [(REASONS[code].title, _reason_payload(code)) for code in sorted(THEMES)]
            turn.say(wording.WHAT_AND_WHEN, themes)
            return
        propose_slots(turn, turn.slot("site"), turn.slot("motif"), wish)


class AskConfirmation(Skill):
    """Recapitulate, and ask for consent."""

    skill_name = "action_ask_formulaire_rdv_confirmation"

    def handle(self, turn: Turn) -> None:
        """Say everything that will be booked and passed on."""
        if already_asked(turn, "deja_demande"):
            return
        with turn.application.store.read() as uow:
            held = uow.appointments.get(turn.slot("creneau"))
            site = uow.territory.site(turn.slot("site"))
            session = uow.chats.get(turn.conversation_id)
        if held is None or site is None:
            turn.say(wording.HOLD_OVER)
            return
        reason = REASONS.get(turn.slot("motif") or "")
        turn.say(
            wording.recap(held, site, reason, session),
            [
                ("Oui, je confirme", "oui"),
                ("Changer d’horaire", "retour"),
                ("Laisser tomber", "laisse tomber"),
            ],
        )


def already_asked(turn: Turn, flag: str) -> bool:
    """Tell whether this turn has asked its question already, once."""
    if not turn.slot(flag):
        return False
    turn.set(**{flag: None})
    return True


def _reason_payload(code: str) -> str:
    return f'/prendre_rdv{{"motif": "{code}"}}'
