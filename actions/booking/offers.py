"""Propose times: of an interview with a counsellor, or of group sessions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from accueil.core.booking import Proposal, Wish, reason_of
from accueil.core.booking.modality import Reception
from accueil.core.french import show_day, show_time
from accueil.services.slots import Offer
from actions.booking import wording
from actions.skill import Turn


def reception_of(turn: Turn) -> Reception:
    """Return how the young person wishes to be received; on site while nothing was said."""
    return Reception(turn.slot("modalite") or Reception.ON_SITE)


def find_offer(
    turn: Turn, site_id: str, reason_code: str | None, wish: Wish, reception: Reception
) -> Offer:
    """Return what can be proposed for a wish, in a way of being received."""
    app = turn.application
    if reception is Reception.GROUP:
        return app.groups.offer(site_id, wish)
    return app.slots.offer(site_id, reason_of(reason_code), wish, reception.modality())


def propose_for_booking(
    turn: Turn, site_id: str, reason_code: str | None, wish: Wish, reception: Reception
) -> bool:
    """Propose up to three times; False when nothing at all is free.

    Where nobody receives in that way, an interview on site is proposed instead, and it is said.
    """
    offer = find_offer(turn, site_id, reason_code, wish, reception)
    if reception is Reception.VIDEO and not turn.application.settings.video_url:
        offer = replace(offer, proposal=Proposal((), matched=False))  # there is no room to meet in
    lead = ""
    if not offer.proposal.slots and reception is not Reception.ON_SITE:
        lead = _not_received(turn, site_id, reception) + "\n"
        turn.set(modalite=None)
        reception = Reception.ON_SITE
        offer = find_offer(turn, site_id, reason_code, wish, reception)
    return propose(turn, offer, wish, reception, lead)


def propose(turn: Turn, offer: Offer, wish: Wish, reception: Reception, lead: str = "") -> bool:
    """Say what can be had, and why when it is not what was wished; False when there is nothing."""
    starts = [slot.start.astimezone(offer.site.zone()) for slot in offer.proposal.slots]
    turn.set(propositions=[start.isoformat() for start in starts])
    if not starts:
        return False
    if not offer.proposal.matched:
        lead += wording.unmatched(offer, wish.first_start()) + "\n"
    is_group = reception is Reception.GROUP
    sessions = turn.application.groups.to_come(offer.site.id) if is_group else []
    text = lead + wording.proposals(starts, reception, sessions)
    turn.say(text, _buttons(starts), card=date_card(turn, offer.site.zone(), starts))
    return True


def date_card(turn: Turn, zone: ZoneInfo, starts: Sequence[datetime] = ()) -> dict[str, Any]:
    """Return the card that lets an application show a calendar where a day can be named.

    ``first`` and ``last`` are the days that can be asked for, in the site's zone; ``slots`` are the
    local times of the message's first buttons, in the same order.
    """
    today = turn.now(zone).date()
    return {
        "card": "date",
        "first": today.isoformat(),
        "last": (today + reason_of(turn.slot("motif")).horizon).isoformat(),
        "slots": [f"{start:%Y-%m-%dT%H:%M}" for start in starts],
    }


def _not_received(turn: Turn, site_id: str, reception: Reception) -> str:
    if reception is Reception.GROUP and turn.application.groups.to_come(site_id):
        return wording.NO_OTHER_GROUP
    return wording.NOT_RECEIVED[reception]


def _buttons(starts: list[datetime]) -> list[tuple[str, str]]:
    return [
        (
            f"{show_day(start.date())}, {show_time(start.time())}",
            f"le {start:%d/%m/%Y} à {start:%Hh%M}",
        )
        for start in starts
    ]
