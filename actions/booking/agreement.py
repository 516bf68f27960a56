"""Somebody writes for a young person: nothing is booked without that person's agreement."""

from dataclasses import replace

from accueil.core.person import read_other_age
from accueil.core.referrer import read_referrer
from actions.booking import wording
from actions.booking.reading import BookingMessage
from actions.booking.sharing import write_session
from actions.booking.steps import end
from actions.skill import Turn

ASKED, AGREED = "demande", "accord"


def ask_agreement(turn: Turn) -> bool:
    """Ask whether the young person agrees, once it is clear that somebody else writes for them."""
    referrer = None if turn.slot("prescripteur") else read_referrer(turn.text)
    if referrer is None:
        return False
    # What was said of the writer's own age does not count: it is the other one's that does.
    write_session(turn, referrer=referrer.label, age=read_other_age(turn.text))
    asked = wording.AGREES_PROFESSIONAL if referrer.is_professional else wording.AGREES_RELATIVE
    turn.say(asked, [("Oui, d’accord", "oui"), ("Pas encore", "non")])
    turn.set(prescripteur=ASKED, deja_demande=True)
    return True


def take_agreement(turn: Turn, message: BookingMessage) -> BookingMessage | None:
    """Take the answer to that question; return what is left of the message to read.

    None: nothing is left, the question is asked again or the booking has ended.
    """
    if turn.slot("prescripteur") != ASKED:
        return message
    if message.yes is not False and not message.agrees:
        turn.say(wording.SURE_OF_AGREEMENT)
        turn.set(deja_demande=True)
        return None
    if message.yes is False:
        write_session(turn, referrer="")
        turn.set(prescripteur=None)
        end(turn, wording.NO_AGREEMENT)
        return None
    turn.set(prescripteur=AGREED)
    turn.say(wording.AGREED)
    return replace(message, yes=None)  # it agreed to this, not to a time
