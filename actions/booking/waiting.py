"""The waiting list, when nothing is free or nothing suits."""

import re

from accueil.core.booking.modality import Reception
from accueil.core.contact import Contact
from accueil.core.text import fold
from accueil.services.booking import AlreadyBooked, Sharing
from accueil.services.waiting_list import SilenceWanted
from actions.booking import wording
from actions.booking.offers import find_offer, reception_of
from actions.booking.reading import BookingMessage, wish_of
from actions.booking.sharing import sharing_of
from actions.booking.steps import end
from actions.skill import Turn

_ASKS = re.compile(
    r"\bliste d'?attente\b|\b(?:previen\w*|prevenir|dis|dites|rappel\w*)\b[^.!?]{0,20}"
    r"\b(?:si|quand|des que|des qu')\b[^.!?]{0,25}\b(?:libere?|place|desist\w*|annul\w*)\b|"
    r"\bsi (?:une place|ca|un creneau|qqchose|quelque chose) se libere\b"
)


def asks_list(turn: Turn) -> bool:
    """Tell whether a message asks to be told when a time is freed."""
    return bool(_ASKS.search(fold(turn.text).replace("’", "'")))


def offer_list(turn: Turn, site_id: str) -> None:
    """Say that nothing is free, and ask whether to wait for a place."""
    found = turn.application.sites.by_id(site_id)
    turn.set(attente=True)
    phone = found.phone() if found else ""
    turn.say(wording.no_slot(phone), [("Liste d’attente", "liste d’attente"), ("Non merci", "non")])


def answer_list(turn: Turn, message: BookingMessage) -> bool:
    """Take the answer to that question; True when the message was about the list."""
    asked = bool(turn.slot("attente"))
    if not asked and not asks_list(turn):
        return False
    if not asked and turn.slot("attente") is None and _still_free(turn):
        turn.set(attente=False)
        turn.say(wording.STILL_FREE)
        return False
    if asked and message.yes is False and not message.says_when():
        turn.set(attente=None)
        end(turn, wording.STOPPED)
        return True
    sharing = sharing_of(turn)
    if asked and not (message.yes or message.has_contact or asks_list(turn)):
        if message.says_when():
            return False  # another day is asked for: it is looked for first
        turn.say(wording.LIST_AGAIN)
        turn.set(deja_demande=True)
    elif not _reachable(sharing.contact, reception_of(turn)):
        turn.say(wording.LIST_CONTACT)
        turn.set(attente=True, deja_demande=True)
    else:
        _join(turn, sharing)
    return True


def _still_free(turn: Turn) -> bool:
    """Tell whether there is something to propose that was not refused already."""
    wish, site_id = wish_of(turn), turn.slot("site")
    offer = find_offer(turn, site_id, turn.slot("motif"), wish, reception_of(turn))
    return bool(offer.proposal.slots) and not wish.excluded


def _join(turn: Turn, sharing: Sharing) -> None:
    try:
        rank = turn.application.waiting_list.join(
            turn.conversation_id,
            turn.slot("site"),
            turn.slot("motif") or "",
            wish_of(turn),
            sharing,
            reception_of(turn).modality(),
        )
    except SilenceWanted:
        turn.say(wording.SILENT_LIST)
        turn.set(attente=True, deja_demande=True)
        return
    except AlreadyBooked:
        said = wording.ALREADY
    else:
        said = wording.listed(rank)
    turn.set(attente=None)
    end(turn, said)


def _reachable(contact: Contact, reception: Reception) -> bool:
    return bool(contact.phone or (contact.email and reception is not Reception.PHONE))
