"""A time held for somebody on the waiting list, taken up in the conversation."""

from accueil.core.booking import Appointment, WaitingStatus
from accueil.services.waiting import is_open_offer
from actions.skill import Turn


def open_offer(turn: Turn) -> Appointment | None:
    """Return the time held for this conversation because somebody freed it, if it still is."""
    app = turn.application
    place = app.waiting_list.place_of(turn.conversation_id)
    if place is None or place.status is not WaitingStatus.OFFERED or place.offered_id is None:
        return None
    with app.store.read() as uow:
        held = uow.appointments.get(place.offered_id)
    return held if held is not None and is_open_offer(held, turn.now()) else None


def take_up_offer(turn: Turn) -> None:
    """Go to the summary of the time held, when there is one."""
    offered = open_offer(turn)
    if offered is not None:
        turn.set(
            creneau=offered.id,
            site=offered.site_id,
            motif=offered.reason,
            modalite=offered.modality.value,
        )


def kept_hold(turn: Turn) -> Appointment | None:
    """Return the hold of this conversation, kept alive; a time offered keeps its own delay."""
    offered = open_offer(turn)
    if offered is not None and offered.id == turn.slot("creneau"):
        return offered
    return turn.application.booking.keep_hold(turn.conversation_id)


def give_up_offer(turn: Turn) -> bool:
    """Refuse the time offered, when it is the one spoken of; the place on the list stays."""
    offered = open_offer(turn)
    if offered is None or offered.id != turn.slot("creneau"):
        return False
    turn.application.waiting_list.decline(offered.id)
    return True
