"""The steps of a booking: hold, confirm, go back, forget."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from rasa_sdk.events import SlotSet

from accueil.core.booking import Appointment, SlotTaken, Wish, read_reason, reason_of
from accueil.core.booking.modality import Reception, refuses_group
from accueil.core.dates import DateStatus, Window
from accueil.core.person import read_first_name
from accueil.services.booking import AlreadyBooked, ContactNeeded
from actions.booking import wording
from actions.booking.offers import find_offer, reception_of
from actions.booking.reading import SURE, THEMES, BookingMessage, proposed, site_zone, wish_of
from actions.booking.sharing import names_contact, sharing_of
from actions.skill import Turn

_TELLING = 3
"""Words from which a message says more than it names."""
_MANY_REFUSED = range(5, 9)
"""Times refused after two rounds of proposals: the waiting list is mentioned then."""


def hold(turn: Turn, index: int) -> None:
    """Hold one of the proposed starts, and take its day as the wish from now on."""
    start = proposed(turn)[index]
    try:
        held = _held(turn, start)
    except SlotTaken:
        turn.say(wording.TAKEN)
        turn.set(propositions=None)
        return
    turn.set(creneau=held.id, propositions=None, souhait=Wish((whole_day(start),)).to_dict())


def _held(turn: Turn, start: datetime) -> Appointment:
    app, site_id, reception = turn.application, turn.slot("site"), reception_of(turn)
    if reception is not Reception.GROUP:
        reason_code = turn.slot("motif") or ""
        return app.booking.hold(
            turn.conversation_id, site_id, reason_code, start, reception.modality()
        )
    session = app.groups.at(site_id, start)
    if session is None:
        raise SlotTaken("no seat is left")
    return app.booking.hold_seat(turn.conversation_id, session.id)


def refuse_proposed(turn: Turn, message: BookingMessage, starts: list[datetime]) -> None:
    """Propose neither these starts again nor, when another day is asked for, these days."""
    wish = wish_of(turn)
    if message.wants_another_day:
        days = tuple(whole_day(start) for start in starts)
        others = replace(wish, windows=(), excluded=wish.excluded + days)
    else:
        refused = tuple(Window(start, None, exact=True) for start in starts)
        others = replace(wish, excluded=wish.excluded + refused)
    turn.set(souhait=others.to_dict(), propositions=None)
    if len(others.excluded) in _MANY_REFUSED:
        turn.say(wording.LIST_TOO)


def whole_day(start: datetime) -> Window:
    """Return the local day of a start."""
    midnight = datetime.combine(start.date(), time(0), start.tzinfo)
    return Window(midnight, midnight + timedelta(days=1), exact=False)


def hold_if_exact(turn: Turn) -> None:
    """Hold an exact hour that is free: there is nothing to choose."""
    wish = wish_of(turn)
    if not any(window.exact for window in wish.windows):
        return
    offer = find_offer(turn, turn.slot("site"), turn.slot("motif"), wish, reception_of(turn))
    if offer.proposal.exact:
        turn.set(propositions=[slot.start.isoformat() for slot in offer.proposal.slots])
        hold(turn, 0)


def confirm(turn: Turn) -> None:
    """Turn the hold into an appointment, or say why not."""
    app = turn.application
    try:
        booked = app.booking.confirm(
            turn.slot("creneau"), turn.conversation_id, turn.slot("motif") or "", sharing_of(turn)
        )
    except SlotTaken:
        turn.say(wording.TAKEN)
        forget_slots(turn)
    except ContactNeeded:
        turn.say(wording.PHONE_NEEDED)
        turn.set(deja_demande=True)
    except AlreadyBooked:
        app.booking.release(turn.conversation_id)
        end(turn, wording.ALREADY)
    else:
        turn.set(confirmation=True, rdv=booked.appointment.id)


def is_held_time(turn: Turn, message: BookingMessage) -> bool:
    """Tell whether the days or hours named suit the slot held ("mercredi c ok")."""
    with turn.application.store.read() as uow:
        held = uow.appointments.get(turn.slot("creneau"))
    if held is None or message.dates.status in (DateStatus.PAST, DateStatus.INVALID):
        return False
    return Wish().refine(message.dates).accepts(held.starts_at, site_zone(turn))


def note_wish(turn: Turn, message: BookingMessage) -> None:
    """Add what the message says about when; impossible dates are explained."""
    dates = message.dates
    if dates.status is DateStatus.PAST:
        turn.say(wording.PAST)
    elif dates.status is DateStatus.INVALID:
        turn.say(wording.INVALID)
    elif message.says_when():
        turn.set(souhait=wish_of(turn).refine(dates).to_dict(), propositions=None)


def note_reason(turn: Turn, message: BookingMessage) -> None:
    """Keep the reason named now, or else the theme spoken of before."""
    # "en individuel" or "je m'appelle Tom" are no theme, whatever they are taken for.
    says_else = message.reception is not None or message.has_contact or message.introduces
    is_theme = turn.intent in THEMES and not says_else
    known = turn.slot("motif")
    if known and len(turn.text.split()) < _TELLING:
        is_theme = False  # "c urgent" looks like "argent": two words replace only what they name
    named = reason_of(turn.intent) if is_theme else read_reason(turn.text)
    if named is not None and not (known and message.is_question):
        turn.set(motif=named.code)
    elif not known and turn.slot("theme"):
        turn.set(motif=turn.slot("theme"))


def note_reception(turn: Turn, message: BookingMessage) -> None:
    """Keep the way of being received named now; what was proposed or held otherwise goes."""
    reception = message.reception
    if reception_of(turn) is Reception.GROUP and refuses_group(turn.text):
        reception = reception or Reception.ON_SITE
    if reception is None or reception is reception_of(turn):
        return
    turn.set(modalite=reception.value)
    forget_slots(turn)


def note_name(turn: Turn) -> None:
    """Keep a first name given where one was asked for."""
    name = read_first_name(turn.text, expected=True)
    if not name:
        return
    with turn.application.store.write() as uow:
        session = uow.chats.get(turn.conversation_id)
        if session is not None:
            session.first_name = name
            uow.commit()


def explain_bad_contact(turn: Turn) -> None:
    """Say what is wrong with a number or address, differently each time, then do without."""
    with turn.application.store.read() as uow:
        session = uow.chats.get(turn.conversation_id)
    times = max(session.bad_contacts, 1) if session else 1
    turn.say(wording.BAD_CONTACT[min(times, len(wording.BAD_CONTACT)) - 1])
    turn.set(deja_demande=True)


def step_back(turn: Turn) -> None:
    """Undo the last step: the slot and the wish, then the site."""
    if turn.slot("creneau") or turn.slot("propositions") or turn.slot("souhait"):
        forget_slots(turn)
        turn.set(souhait=None)
    else:
        turn.set(site=None, commune=None)


def start_over(turn: Turn) -> None:
    """Forget everything chosen so far."""
    forget_slots(turn)
    turn.set(souhait=None, site=None, commune=None, motif=None, sujet_demande=None, modalite=None)


def erases(turn: Turn) -> bool:
    """Tell whether the message asks to erase everything, not only a contact or the note."""
    return turn.intent == "effacer_donnees" and turn.confidence >= SURE and not names_contact(turn)


def forget_slots(turn: Turn) -> None:
    """Let the hold and the proposals go."""
    if turn.slot("creneau"):
        turn.application.booking.release(turn.conversation_id)
    turn.set(creneau=None, propositions=None)


def end(turn: Turn, text: str) -> None:
    """End the form without a booking."""
    if text:
        turn.say(text)
    if turn.slot("creneau"):
        turn.application.booking.release(turn.conversation_id)
    turn.set(confirmation=False)
    turn.events.append(SlotSet("requested_slot", None))
