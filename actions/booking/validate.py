"""Fill the booking form from free French, in any order, and resume after digressions."""

from dataclasses import replace

from accueil.core.booking import Appointment, Wish
from accueil.core.dates import DateStatus, Window
from accueil.core.places import PlaceStatus
from actions.answers import give_second_answer
from actions.booking import wording
from actions.booking.agreement import ask_agreement, take_agreement
from actions.booking.checks import refuse_by_age, refuse_second
from actions.booking.digression import is_digression
from actions.booking.note import take_note
from actions.booking.offered import give_up_offer, kept_hold, take_up_offer
from actions.booking.reading import (
    BookingMessage,
    proposed,
    read_message,
    site_zone,
)
from actions.booking.sharing import drop_contact, tell_discretion
from actions.booking.steps import (
    confirm,
    end,
    erases,
    explain_bad_contact,
    forget_slots,
    hold,
    hold_if_exact,
    is_held_time,
    note_name,
    note_reason,
    note_reception,
    note_wish,
    refuse_proposed,
    start_over,
    step_back,
)
from actions.booking.waiting import answer_list
from actions.place import explain_no_site, is_abroad, note_site
from actions.skill import Skill, Turn

_CONFIRM = [("Oui, je confirme", "oui"), ("Changer d’horaire", "retour")]


class ValidateBooking(Skill):
    """Take from each message whatever moves the booking on."""

    skill_name = "validate_formulaire_rdv"

    def handle(self, turn: Turn) -> None:
        """Read one message, unless it was already answered as a digression."""
        if turn.resumed:
            return
        starting = turn.slot("requested_slot") is None
        message = read_message(turn)
        tell_discretion(turn)
        if not starting and _takes_what_goes_with_it(turn):
            return
        if not starting and erases(turn):
            forget_slots(turn)
            turn.reject_form()  # and the erasure form takes over
            return
        if ask_agreement(turn):
            _keep_what_is_said(turn, message, starting)
            return
        left = take_agreement(turn, message)
        if left is None:
            turn.set(confirmation=turn.slot("confirmation"))  # understood: no rejection
            return
        # After that agreement the booking begins: nothing has been asked yet.
        self._read(turn, left, starting or left is not message)

    def _read(self, turn: Turn, message: BookingMessage, starting: bool) -> None:
        note_reason(turn, message)
        if refuse_by_age(turn) or (starting and refuse_second(turn)):
            return
        if starting:
            take_up_offer(turn)
        elif turn.slot("site") and answer_list(turn, message):
            return
        elif is_digression(turn, message):
            turn.reject_form()
            return
        if starting and turn.intent == "prendre_rdv":
            give_second_answer(turn)
        turn.set(confirmation=None)  # something was understood: the form does not reject
        if turn.intent == "recommencer":
            start_over(turn)
        elif message.stops and not message.says_when() and not starting:
            end(turn, wording.STOPPED)
        else:
            _advance(turn, message, starting)


def _keep_what_is_said(turn: Turn, message: BookingMessage, starting: bool) -> None:
    """Keep the reason, the place and the wish of a message that got another question."""
    note_reason(turn, message)
    if _has_site(turn, message, starting):
        note_wish(turn, message)
    turn.set(confirmation=None)


def _takes_what_goes_with_it(turn: Turn) -> bool:
    """Take what is said of the contact or of the note, at the summary."""
    if not turn.slot("creneau") or not (drop_contact(turn) or take_note(turn)):
        return False
    kept_hold(turn)  # writing takes time
    turn.set(confirmation=None)  # understood: no rejection
    return True


def _advance(turn: Turn, message: BookingMessage, starting: bool) -> None:
    if message.has_bad_contact:
        explain_bad_contact(turn)
        return
    before = turn.slot("site")
    if not _has_site(turn, message, starting):
        if message.dates.status is DateStatus.OK or message.place.status is PlaceStatus.NONE:
            note_wish(turn, message)  # "le 93" is a place, and no impossible day
        return
    if turn.slot("site") != before:
        # "rdv à Cayenne à 10 h" means 10 h in Cayenne
        message = replace(message, dates=turn.dates(site_zone(turn)))
    note_reception(turn, message)
    if message.goes_back and not message.says_when():
        step_back(turn)
    elif turn.slot("creneau"):
        if not starting:  # else a freed time was just taken up: the summary comes first
            _at_recap(turn, message)
    else:
        _at_slots(turn, message)


def _has_site(turn: Turn, message: BookingMessage, starting: bool) -> bool:
    """Settle the site; False when it is still missing (then the form asks, or has ended)."""
    before, place = turn.slot("site"), message.place
    is_place = place.status is PlaceStatus.FOUND and not message.may_only_look_like_a_place()
    if before is not None and not is_place:
        return True
    found = note_site(turn, place)
    if found is not None:
        if found.site.id != before:
            turn.say(wording.your_site(found))
        if before is not None and found.site.id != before:
            forget_slots(turn)
        return True
    if before is not None:
        explain_no_site(turn, place)
        return True
    _ask_place_again(turn, message, starting)
    return False


def _ask_place_again(turn: Turn, message: BookingMessage, starting: bool) -> None:
    place = message.place
    if is_abroad(place):
        explain_no_site(turn, place)
        end(turn, "")
    elif place.communes or place.area:
        explain_no_site(turn, place)
        turn.set(lieu_a_preciser=True)
    elif not (starting or message.says_when() or message.names_reason or message.yes):
        turn.say(wording.NOT_A_PLACE)
        turn.set(lieu_a_preciser=True)


def _at_slots(turn: Turn, message: BookingMessage) -> None:
    """Slots are being proposed: take a choice, a yes, or a new wish."""
    starts = proposed(turn)
    # A contact given to a list of slots agrees to the first: the summary that follows asks.
    agrees = message.yes or message.has_contact
    if starts and message.choice is not None:
        hold(turn, message.choice)
    elif starts and (message.any_slot or (agrees and not message.says_when())):
        hold(turn, 0)
    elif starts and message.refuses() and not message.says_when():
        refuse_proposed(turn, message, starts)
    else:
        note_wish(turn, message)
        if message.dates.status is DateStatus.OK:
            hold_if_exact(turn)


def _at_recap(turn: Turn, message: BookingMessage) -> None:
    """Take what was said of a held slot: confirm it, change it, or complete what goes with it."""
    held = kept_hold(turn)
    if message.is_name or message.has_contact:
        note_name(turn)
    if message.declines_contact and not message.has_contact:
        turn.say(wording.NO_CONTACT, _CONFIRM)
        turn.set(deja_demande=True)
    elif message.says_when() and not is_held_time(turn, message):
        forget_slots(turn)
        note_wish(turn, message)
        hold_if_exact(turn)
    elif message.agrees:
        confirm(turn)
    elif message.declines and not (message.has_contact or message.is_name or message.is_discreet):
        _refuse_held(turn, held)
    elif message.asks_to_change_later:
        turn.say(wording.CAN_CHANGE, _CONFIRM)
        turn.set(deja_demande=True)
    elif held is not None and _says_nothing_of_it(message):
        turn.say(wording.still_kept(held.local_start()), _CONFIRM)
        turn.set(deja_demande=True)
    elif held is None:
        turn.say(wording.HOLD_OVER)
        forget_slots(turn)


def _says_nothing_of_it(message: BookingMessage) -> bool:
    """Tell whether a message at the summary neither completes it nor answers it."""
    completes = message.has_contact or message.is_name or message.is_discreet
    # A question gets the whole summary again: the place, the hour, what is passed on.
    return not (completes or message.says_when() or message.names_reason or message.is_question)


def _refuse_held(turn: Turn, held: Appointment | None) -> None:
    """Forget the slot and its day, and do not propose it again."""
    if give_up_offer(turn):
        turn.set(creneau=None)
        end(turn, wording.STILL_LISTED)
        return
    forget_slots(turn)
    if held is None:
        turn.set(souhait=None)
        return
    refused = Window(held.starts_at.astimezone(site_zone(turn)), None, exact=True)
    turn.set(souhait=Wish(excluded=(refused,)).to_dict())
