"""A messaging app in memory in front of the door, and the events that people cause in it."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from door import Engine
from factories import NOW
from platform_memory import MemoryGateway
from sqlalchemy import select

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits
from accueil.channels.platform_door import PlatformDoor
from accueil.core.outbox import DeliveryStatus
from accueil.core.platforms import EventKind, Platform, PlatformEvent, SentReceipt
from accueil.core.proof import Proofs
from accueil.persistence import tables
from accueil.services.ports import BotMessage

LINA, SACHA = "1001", "1002"
_NUMBERS = count()


def event(text: str = "", sender: str = LINA, **given: Any) -> PlatformEvent:
    number = next(_NUMBERS)
    values = {
        "platform": Platform.TELEGRAM,
        "id": f"evt-{number}",
        "sender": sender,
        "kind": EventKind.TEXT,
        "at": NOW + timedelta(microseconds=number),
        "text": text,
    }
    return PlatformEvent(**(values | given))


class ByText(Engine):
    """Answers each text as it was told to, and everything else alike."""

    def __init__(self) -> None:
        super().__init__()
        self.by_text: dict[str, BotMessage] = {}

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        said = await super().reply(conversation_id, text)
        return [self.by_text[text]] if text in self.by_text else said


@pytest.fixture
def engine() -> ByText:
    return ByText()


@pytest.fixture
def gateway() -> MemoryGateway:
    return MemoryGateway(Platform.TELEGRAM)


@pytest.fixture
def application(application: Application, gateway: MemoryGateway) -> Application:
    application.platform_gateways = {gateway.platform: gateway}
    return application


@pytest.fixture
def limits(application: Application) -> ChatLimits:
    return ChatLimits(Proofs(application.tokens, application.clock))


type Play = Callable[..., None]


@pytest.fixture
def play(application: Application, limits: ChatLimits) -> Play:
    """Let a new process receive some events, each request by itself, and answer."""

    def run(*batches: list[PlatformEvent], receipts: tuple[SentReceipt, ...] = ()) -> None:
        async def story() -> None:
            door = PlatformDoor(application, limits)
            for batch in batches:
                await door.receive(batch, ())
            if receipts:
                await door.receive([], receipts)
            await door.serve_once()

        asyncio.run(story())

    return run


def rows(application: Application, table: Any) -> list[Any]:
    with application.engine.connect() as connection:
        return list(connection.execute(select(table)))


def rows_pending(application: Application) -> list[Any]:
    deliveries = rows(application, tables.platform_deliveries)
    return [row for row in deliveries if row.status is DeliveryStatus.PENDING]


@pytest.fixture(autouse=True)
def no_leftovers(gateway: MemoryGateway) -> Iterator[None]:
    yield
    assert all(len(message.text) <= 400 for _, message in gateway.sent)
