"""Messaging apps on a bad day: one provider hangs, one thing cannot be shown, codes run out."""

import asyncio
import threading
from datetime import timedelta
from typing import Any

import pytest
from platform_memory import MemoryGateway
from platform_story import LINA, SACHA, ByText, Play, event, rows, rows_pending
from platform_story import application as application
from platform_story import engine as engine
from platform_story import gateway as gateway
from platform_story import limits as limits
from platform_story import play as play

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits
from accueil.channels.platform_door import AT_ONCE, PlatformDoor
from accueil.core.platforms import EventKind, Platform, PlatformMessage, render
from accueil.persistence import tables
from accueil.services.platforms import wording
from accueil.services.ports import BotMessage

_PATIENCE = 10.0


class Hanging(MemoryGateway):
    """A provider that says nothing until it is let go."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform)
        self.free = threading.Event()

    def send(self, to: str, message: PlatformMessage, last_heard_at: Any) -> str:
        self.free.wait(_PATIENCE)
        return super().send(to, message, last_heard_at)

    def acknowledge(self, to: str, callback: str) -> None:
        self.free.wait(_PATIENCE)


def test_an_app_that_hangs_holds_up_nobody_in_another(
    application: Application, limits: ChatLimits, engine: ByText
) -> None:
    hanging, well = Hanging(Platform.TELEGRAM), MemoryGateway(Platform.WHATSAPP)
    application.platform_gateways.update({hanging.platform: hanging, well.platform: well})
    engine.by_text["salut"] = BotMessage("Salut !")

    async def story() -> list[str]:
        door = PlatformDoor(application, limits)
        crowd = [event("salut", sender=str(5000 + one)) for one in range(3 * AT_ONCE)]
        await door.receive(crowd, ())
        async with door.at_work():
            while len(door._busy) < len(crowd):
                await asyncio.sleep(0)
            await door.receive([event("salut", sender=SACHA, platform=Platform.WHATSAPP)], ())
            try:
                async with asyncio.timeout(_PATIENCE / 2):
                    while len(well.texts(SACHA)) < 2:
                        await asyncio.sleep(0.01)  # threads are at work
            finally:
                hanging.free.set()
        return well.texts(SACHA)

    assert asyncio.run(story()) == [wording.NOTICE, "Salut !"]


def test_a_gateway_that_breaks_is_no_endless_loop(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    play([event("bonjour")])
    gateway.sent.clear()
    engine.by_text["salut"] = BotMessage("Salut !")
    gateway.failures.extend([KeyError("a field")] * 100)
    play([event("salut")])
    start = application.clock.now()
    while rows_pending(application):
        application.clock.advance(timedelta(seconds=30))
        play([])
        assert application.clock.now() - start < timedelta(hours=2)
    gateway.failures.clear()
    play([event("salut")])
    assert gateway.texts(LINA) == ["Salut !"]


def test_an_answer_that_cannot_be_shown_holds_up_nobody_for_ever(
    play: Play, gateway: MemoryGateway, engine: ByText, monkeypatch: pytest.MonkeyPatch
) -> None:
    play([event("bonjour")])
    gateway.sent.clear()
    words = render.card_words

    def broken(cards: Any) -> str:
        if cards:
            raise KeyError
        return words(cards)

    monkeypatch.setattr(render, "card_words", broken)
    card = {"card": "number", "number": "115", "title": "115"}
    engine.by_text["carte"] = BotMessage("Voici.", cards=(card,))
    engine.by_text["salut"] = BotMessage("Salut !")
    play([event("carte")])
    play([])
    play([event("salut")])
    assert gateway.texts(LINA) == [wording.BROKEN, "Salut !"]


def test_a_photograph_is_answered_though_the_answer_was_first_lost(
    gateway: MemoryGateway,
    application: Application,
    limits: ChatLimits,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = application.platform_inbox.answered
    failures = [OSError("disk")]

    def once_broken(*given: Any) -> None:
        if failures:
            raise failures.pop()
        kept(*given)

    monkeypatch.setattr(application.platform_inbox, "answered", once_broken)

    async def story() -> None:
        door = PlatformDoor(application, limits)
        await door.receive([event(kind=EventKind.IMAGE)], ())
        await door.serve_once()
        await door.serve_once()

    asyncio.run(story())
    assert gateway.texts(LINA) == [wording.not_read(EventKind.IMAGE)]


def test_too_many_wrong_codes_are_read_as_words(
    application: Application, gateway: MemoryGateway, engine: ByText, limits: ChatLimits
) -> None:
    async def story() -> None:
        door = PlatformDoor(application, limits)
        for number in range(12):
            await door.receive([event(f"K7QF-3M{number:02d}")], ())
        for _ in range(4):
            await door.serve_once()

    asyncio.run(story())
    assert wording.BROKEN not in gateway.texts(LINA)
    assert sum("3M" in heard for heard in engine.heard) == 12


def test_words_for_an_app_that_was_closed_are_forgotten(
    play: Play, application: Application
) -> None:
    application.platform_gateways.clear()
    play([event("un secret")])
    application.clock.advance(timedelta(days=8))
    application.erasure.erase_old()
    application.erasure.erase_old()
    assert rows(application, tables.platform_events) == []
    assert rows(application, tables.platform_users) == []


def test_nothing_comes_before_the_numbers_for_whoever_is_in_danger(
    play: Play, gateway: MemoryGateway
) -> None:
    play([event("jveux mourir")])
    assert "3114" in gateway.texts(LINA)[0]
    assert wording.NOTICE not in gateway.texts(LINA)


def test_erased_in_the_app_nothing_readable_stays(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    play([event("je m'appelle Lina")])
    with application.store.read() as uow:
        (user_id,) = [row.id for row in rows(application, tables.platform_users)]
        session = uow.platforms.user(user_id).session_id
    application.erasure.erase_person(session)
    application.clock.advance(timedelta(minutes=11))
    application.erasure.erase_old()
    assert rows(application, tables.platform_users) == []
    assert rows(application, tables.platform_deliveries) == []
    assert rows(application, tables.chat_messages) == []
    assert all(row.body == [] for row in rows(application, tables.platform_events))


def test_an_engine_that_hangs_holds_up_nobody_in_danger(
    application: Application, gateway: MemoryGateway, engine: ByText, limits: ChatLimits
) -> None:
    heard = engine.reply

    async def story() -> None:
        free = asyncio.Event()

        async def hanging(conversation_id: str, text: str) -> list[BotMessage]:
            await free.wait()
            return await heard(conversation_id, text)

        engine.reply = hanging
        door = PlatformDoor(application, limits)
        crowd = [event("salut", sender=str(6000 + one)) for one in range(3 * AT_ONCE)]
        await door.receive(crowd, ())
        async with door.at_work():
            while len(door._busy) < len(crowd):
                await asyncio.sleep(0)
            await door.receive([event("jveux mourir", sender=SACHA)], ())
            try:
                async with asyncio.timeout(_PATIENCE / 2):
                    while not gateway.texts(SACHA):
                        await asyncio.sleep(0.01)  # threads are at work
            finally:
                free.set()

    asyncio.run(story())
    assert "3114" in gateway.texts(SACHA)[0]


def test_an_answer_leaves_before_the_next_is_written(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    sent_before: list[int] = []
    heard = engine.reply

    async def reply(conversation_id: str, text: str) -> list[BotMessage]:
        sent_before.append(len(gateway.texts(LINA)))
        return await heard(conversation_id, text)

    play([event("bonjour")])
    gateway.sent.clear()
    engine.reply = reply
    play([event(word) for word in ("un", "deux", "trois")])
    assert sent_before == [0, 1, 2]
