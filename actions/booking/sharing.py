"""What the young person has said so far that goes with an appointment."""

from accueil.core.booking import Discretion
from accueil.core.contact import Contact
from accueil.core.conversation import ChatSession
from accueil.services.booking import Sharing
from actions.booking import wording
from actions.skill import Turn


def session_of(turn: Turn) -> ChatSession | None:
    """Return what the application keeps of this conversation."""
    with turn.application.store.read() as uow:
        return uow.chats.get(turn.conversation_id)


def write_session(turn: Turn, **values: str) -> None:
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


def tell_discretion(turn: Turn) -> None:
    """Say once what messages will be, when somebody may read the phone."""
    session = session_of(turn)
    if session is None or session.discretion is Discretion.ORDINARY:
        return
    if turn.slot("discretion_dite") != session.discretion.value:
        turn.set(discretion_dite=session.discretion.value)
        turn.say(wording.DISCRETION[session.discretion])
