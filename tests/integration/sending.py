"""A notifier whose two ways out are lists, and the state of what it sent."""

from collections.abc import Mapping

from accueil.bootstrap import Application
from accueil.core.outbox import DeliveryStatus, OutboxMessage
from accueil.core.platforms import Platform
from accueil.gateways.post import NullPost
from accueil.gateways.sms import NullSms
from accueil.services.messaging import SmsSender
from accueil.services.notify import Addresses, FactsReader, MessageWriter, Notifier
from accueil.services.platforms.ports import PlatformGateway
from accueil.services.ports import Post

PUBLIC_URL = "https://rdv.example.org"
SENDER = "premier-accueil@example.org"


def notifier_of(
    application: Application,
    *,
    post: Post | None = None,
    sms: SmsSender | None = None,
    gateways: Mapping[Platform, PlatformGateway] | None = None,
) -> Notifier:
    addresses = Addresses(PUBLIC_URL, application.video_url)
    return Notifier(
        application.store,
        application.clock,
        post or NullPost(),
        sms or NullSms(),
        FactsReader(application.slots, application.tokens, addresses),
        MessageWriter(application.clock, SENDER),
        gateways,
    )


def row_of(application: Application, identifier: str) -> OutboxMessage:
    with application.store.read() as uow:
        row = uow.outbox.get(identifier)
    assert row is not None, identifier
    return row


def status_of(application: Application, identifier: str) -> DeliveryStatus:
    return row_of(application, identifier).status
