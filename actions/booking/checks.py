"""Who can book: age, and one first appointment to come per person."""

from accueil.core.person import MINIMUM_AGE, is_eligible
from actions.booking import wording
from actions.booking.steps import end
from actions.skill import Turn


def why_not_received(turn: Turn) -> str:
    """Say, kindly, where to go when the age said is not received; empty when it is."""
    with turn.application.store.read() as uow:
        session = uow.chats.get(turn.conversation_id)
    if session is None or is_eligible(session.age, session.disability):
        return ""
    if session.age is not None and session.age < MINIMUM_AGE:
        return wording.TOO_YOUNG
    return wording.TOO_OLD_WITH_DISABILITY if session.disability else wording.TOO_OLD


def refuse_by_age(turn: Turn) -> bool:
    """Route elsewhere when the age said is not received; True when it was so."""
    reason = why_not_received(turn)
    if not reason:
        return False
    turn.application.booking.release(turn.conversation_id)
    end(turn, reason)
    return True


def refuse_second(turn: Turn) -> bool:
    """Show the appointment this conversation already has; True when there is one."""
    booked = turn.application.appointments.future_of(turn.conversation_id)
    if booked is None:
        return False
    if booked.appointment.referrer:
        end(turn, wording.ANOTHER_PERSON)
        return True
    turn.say(
        wording.have_one(booked.local_start()),
        [("Le déplacer", "/deplacer_rdv"), ("L’annuler", "/annuler_rdv")],
    )
    end(turn, "")
    return True
