"""A notifier whose two ways out are lists, and the state of what it sent."""

from accueil.bootstrap import Application
from accueil.core.outbox import DeliveryStatus, OutboxMessage
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.services.messaging import SmsSender
from accueil.services.notify import Addresses, FactsReader, MessageWriter, Notifier
from accueil.services.ports import Post

PUBLIC_URL = "https://rdv.example.org"
SENDER = "premier-accueil@example.org"


def notifier_of(
    application: Application, *, post: Post | None = None, sms: SmsSender | None = None
) -> Notifier:
    addresses = Addresses(PUBLIC_URL, application.video_url)
    return Notifier(
        application.store,
        application.clock,
        post or NullPost(),
        sms or NullSms(),
        FactsReader(application.slots, application.tokens, addresses),
        MessageWriter(application.clock, SENDER),
    )


def row_of(application: Application, identifier: str) -> OutboxMessage:
    with application.store.read() as uow:
        row = uow.outbox.get(identifier)
    assert row is not None, identifier
    return row


def status_of(application: Application, identifier: str) -> DeliveryStatus:
    return row_of(application, identifier).status
