"""First response: tell a site's team that somebody should be called back before others.

Three conditions, all needed: the network (a Mission Locale) has switched it on, a safety reply was
given in the conversation, and the young person agreed. The message names nobody and tells nothing
of what was written; it never promises that somebody reads it.
"""

from datetime import datetime

from accueil.core.clock import Clock
from accueil.core.french import NNBSP
from accueil.core.messages import first_response_letter
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from accueil.core.territory import Site
from accueil.services.ports import Mail, Store, UnitOfWork

PAYLOAD = "premiers:prevenir"
"""Payload of the button by which the young person agrees."""
OFFER = (
    "Tu peux aussi demander que l’équipe soit prévenue qu’il faut te rappeler en premier. Je ne "
    f"dis rien de ce que tu as écrit ici. Tu veux{NNBSP}?"
)
AGREE = "Oui, préviens l’équipe"


class FirstResponse:
    """Offers the alert and sends it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def is_offered(self, conversation_id: str, site: Site) -> bool:
        """Tell whether to ask: network willing, a safety reply given, nobody told yet."""
        with self._store.read() as uow:
            session = uow.chats.get(conversation_id)
            told = any(
                one.is_first_response
                for one in uow.chats.callbacks_of_conversation(conversation_id)
            )
            return (
                session is not None
                and session.had_safety_reply
                and not told
                and bool(site_address(uow, site))
                and uow.territory.wants_first_response(site.organisation_id)
            )

    def alert(self, conversation_id: str) -> Site | None:
        """Put the conversation's call-back first and tell the team, once, by e-mail.

        Returns the site told, or None when there was nobody to tell.
        """
        now = self._clock.now()
        with self._store.write() as uow:
            for request in uow.chats.callbacks_of_conversation(conversation_id):
                site = uow.territory.site(request.site_id)
                if request.done or not request.phone or site is None:
                    continue
                if not uow.territory.wants_first_response(site.organisation_id):
                    continue
                request.is_first_response = True
                uow.outbox.add([_row(request.id, now)])
                uow.commit()
                return site
        return None


def alert_mail(uow: UnitOfWork, callback_id: str, public_url: str) -> Mail | None:
    """Return the team's message; None when the request is settled or there is no address."""
    request = uow.chats.callback(callback_id)
    if request is None or request.done or not request.phone:
        return None
    site = uow.territory.site(request.site_id)
    if site is None:
        return None
    asked = request.created_at.astimezone(site.zone())
    letter = first_response_letter(site.name, asked, f"{public_url}/conseiller")
    return Mail(site_address(uow, site), letter.subject, letter.to_text(), html=letter.to_html())


def _row(callback_id: str, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        f"{callback_id}:{MessageKind.FIRST_RESPONSE}",
        None,
        MessageKind.FIRST_RESPONSE,
        Recipient.SITE,
        0,
        now,
        callback_id=callback_id,
    )


def site_address(uow: UnitOfWork, site: Site) -> str:
    """Return a site's e-mail address, else its Mission Locale's, else nothing."""
    owner = uow.territory.organisation(site.organisation_id)
    return site.email or (owner.email if owner else "")
