"""The three made-up providers together, and somebody who converses in one of their apps."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
from messenger_provider import MessengerProvider
from platform_provider import PATIENCE, PlatformServer
from sqlalchemy import select
from telegram_provider import TelegramServer
from whatsapp_provider import WhatsAppProvider

from accueil.bootstrap import Application
from accueil.core.outbox import DeliveryStatus
from accueil.core.platforms import Platform
from accueil.persistence import tables
from accueil.services.platforms.inbox import address_key

_NUMBERS = count(2001)
_LOOK_SECONDS = 0.02


@contextmanager
def platform_servers() -> Iterator[dict[Platform, PlatformServer]]:
    """Start the three; they lead nowhere until they are connected."""
    with (
        TelegramServer() as telegram,
        MessengerProvider() as messenger,
        WhatsAppProvider() as whatsapp,
    ):
        yield {
            Platform.TELEGRAM: telegram,
            Platform.MESSENGER: messenger,
            Platform.WHATSAPP: whatsapp,
        }


def environment_of(servers: Mapping[Platform, Any]) -> dict[str, str]:
    """Return the variables that lead to them."""
    account = servers[Platform.TELEGRAM].account()
    return {
        "ACCUEIL_TELEGRAM_TOKEN": account.token,
        "ACCUEIL_TELEGRAM_SECRET": account.secret,
        "ACCUEIL_TELEGRAM_BOT": account.bot,
        "ACCUEIL_TELEGRAM_URL": account.url,
        **servers[Platform.MESSENGER].environment(),
        **servers[Platform.WHATSAPP].environment(),
    }


def connect(servers: Mapping[Platform, PlatformServer], url: str) -> None:
    """Have their webhooks lead to an application."""
    for server in servers.values():
        server.webhooks = httpx.Client(base_url=url, timeout=30, trust_env=False)


class AppConversation:
    """One young person in a messaging app, used like ``stack.Conversation``."""

    def __init__(self, application: Application, platform: Platform, server: Any) -> None:
        self._application = application
        self._platform = platform
        self._server = server
        self.person = server.person(next(_NUMBERS))
        self.last: list[Any] = []

    @property
    def id(self) -> str:
        """The conversation behind the app."""
        key = address_key(self._application.tokens, self._platform, self.person.address)
        with self._application.store.read() as uow:
            user = uow.platforms.user_at(key)
        assert user is not None
        return user.session_id

    def say(self, text: str) -> str:
        before = len(self.person.received())
        self.person.say(text)
        return self._answer(before)

    def press(self, title: str) -> str:
        before = len(self.person.received())
        self.person.press(title)
        return self._answer(before)

    def titles(self) -> list[str]:
        return [title for message in self.last for title in message.titles]

    def cards(self, kind: str) -> list[str]:
        """Return the cards of a kind: in an app they are words."""
        mark = {"appointment": "Voir, déplacer ou annuler ton rendez-vous"}[kind]
        return [message.text for message in self.last if mark in message.text]

    def _answer(self, before: int) -> str:
        """Return what was answered, once nothing waits any more in the application."""
        for _ in range(int(PATIENCE / _LOOK_SECONDS)):
            if not is_waiting(self._application):
                break
            with self._server.changed:
                self._server.changed.wait(_LOOK_SECONDS)  # another process is answering
        self.last = self.person.received()[before:]
        assert self.last, "no answer"
        return "\n".join(message.text for message in self.last)


def is_waiting(application: Application) -> bool:
    """Tell whether anything still has to be answered, or to leave."""
    events, deliveries = tables.platform_events.c, tables.platform_deliveries.c
    unanswered = select(events.event_key).where(events.answered_at.is_(None))
    unsent = select(deliveries.id).where(deliveries.status == DeliveryStatus.PENDING)
    with application.engine.connect() as connection:
        return any(connection.execute(one.limit(1)).first() for one in (unanswered, unsent))
