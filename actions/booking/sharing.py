"""What the young person has said so far that goes with an appointment."""

import re

from accueil.core.booking import Discretion
from accueil.core.contact import Contact
from accueil.core.conversation import ChatSession
from accueil.core.text import fold
from accueil.services.booking import Sharing
from actions.booking import wording
from actions.skill import DISCRETION, Turn

_DROP_CONTACT = re.compile(
    r"\b(?:enlev\w*|supprim\w*|retir\w*|effac\w*|oubli\w*|garde\w* pas|vire[rz]?)\b.{0,12}"
    r"\b(?:mon|le|ce|mes|cette?) "
    r"(?:num\w*|tel\w*|portable|e?-?mail|adresse|contacts?|coordonnees)\b"
)


def session_of(turn: Turn) -> ChatSession | None:
    """Return what the application keeps of this conversation."""
    with turn.application.store.read() as uow:
        return uow.chats.get(turn.conversation_id)


def write_session(turn: Turn, **values: str | int | None) -> None:
    """Change what the application keeps of this conversation."""
    with turn.application.store.write() as uow:
        session = uow.chats.get(turn.conversation_id)
        if session is not None:
            for name, value in values.items():
                setattr(session, name, value)
            uow.commit()


def sharing_of(turn: Turn) -> Sharing:
    """Return what would be passed on if it were agreed to now."""
    session = session_of(turn)
    if session is None:
        return Sharing(Contact())
    return Sharing(
        Contact(session.phone, session.email),
        session.first_name,
        session.shared_note,
        session.discretion,
        session.referrer,
    )


def names_contact(turn: Turn) -> bool:
    """Tell whether the message asks to take the contact back ("enlève mon num")."""
    return bool(_DROP_CONTACT.search(fold(turn.text)))


def drop_contact(turn: Turn) -> bool:
    """Forget the contact when that is asked; True when it was."""
    if not names_contact(turn):
        return False
    write_session(turn, phone="", email="")
    turn.say(wording.CONTACT_DROPPED)
    return True


def tell_discretion(turn: Turn) -> None:
    """Say once what messages will be, when somebody may read the phone."""
    session = session_of(turn)
    if session is None or session.discretion is Discretion.ORDINARY:
        if turn.slot("discretion_dite"):  # taken back
            turn.set(discretion_dite=None)
            turn.say(DISCRETION[Discretion.ORDINARY])
        return
    if turn.slot("discretion_dite") != session.discretion.value:
        turn.set(discretion_dite=session.discretion.value)
        turn.say(DISCRETION[session.discretion])
