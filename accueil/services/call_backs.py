"""Ask a site to call somebody back: once a conversation and site, until somebody has done so."""

from typing import Protocol

from accueil.core.booking import Discretion
from accueil.core.conversation import CallbackRequest
from accueil.services.ports import UnitOfWork


class Reachable(Protocol):
    """Somebody with a phone that others may answer."""

    phone: str
    discretion: Discretion


def number_to_call(who: Reachable) -> str:
    """Return the number to pass on: none when somebody else may answer that phone."""
    return who.phone if who.discretion is Discretion.ORDINARY else ""


def open_call_back(uow: UnitOfWork, conversation_id: str, site_id: str) -> CallbackRequest | None:
    """Return the request of a conversation to a site that nobody has settled."""
    requests = uow.chats.callbacks_of_conversation(conversation_id)
    return next((one for one in requests if one.site_id == site_id and not one.done), None)


def ask_call_back(uow: UnitOfWork, asked: CallbackRequest) -> None:
    """Write a request, or complete the one that is still open; a known number is kept."""
    known = open_call_back(uow, asked.conversation_id, asked.site_id)
    if known is None:
        uow.chats.add_callback(asked)
    else:
        known.first_name, known.phone = asked.first_name, asked.phone or known.phone
