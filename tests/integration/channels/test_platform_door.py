"""What arrives from a messaging app is answered once, in order, whatever fails meanwhile."""

import asyncio
from datetime import timedelta

import pytest
from factories import NOW
from platform_memory import MemoryGateway
from platform_story import (
    LINA,
    SACHA,
    ByText,
    Play,
    application,
    engine,
    event,
    gateway,
    limits,
    no_leftovers,
    play,
    rows,
    rows_pending,
)

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits, Rates, parse
from accueil.channels.platform_door import PlatformDoor
from accueil.core.outbox import DeliveryStatus
from accueil.core.platforms import EventKind, Platform, SentReceipt
from accueil.core.proof import Proofs
from accueil.persistence import tables
from accueil.services.platforms import wording
from accueil.services.platforms.ports import Blocked, NotDelivered
from accueil.services.ports import BotMessage

__all__ = ["application", "engine", "gateway", "limits", "no_leftovers", "play"]


def test_a_question_is_answered_after_a_notice(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    engine.by_text["c koi le cej"] = BotMessage("Le CEJ est…")
    play([event("c koi le cej")])
    assert gateway.texts(LINA) == [wording.NOTICE, "Le CEJ est…"]
    play([event("c koi le cej")])
    assert gateway.texts(LINA)[2:] == ["Le CEJ est…"]


def test_the_same_event_is_answered_once(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    one = event("salut")
    play([one, one], [one])
    play([one])
    assert gateway.texts(LINA).count("Salut !") == 1
    assert engine.heard.count("salut") == 1
    assert all(row.body == [] for row in rows(application, tables.platform_events))
    assert all(row.body == [] for row in rows(application, tables.platform_deliveries))


def test_people_do_not_mix_and_order_is_that_of_the_provider(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    for word in ("un", "deux", "trois"):
        engine.by_text[word] = BotMessage(f"réponse {word}")
    later = [
        event("deux", at=NOW + timedelta(seconds=2)),
        event("un", at=NOW + timedelta(seconds=1)),
        event("trois", sender=SACHA),
    ]
    play(later)
    assert gateway.texts(LINA)[1:] == ["réponse un", "réponse deux"]
    assert gateway.texts(SACHA)[1:] == ["réponse trois"]


def test_a_choice_is_a_button_or_its_number(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    long = "Trouver ma Mission Locale"
    engine.by_text["aide"] = BotMessage("Je peux :", ({"title": long, "payload": "/trouver_site"},))
    engine.by_text["/trouver_site"] = BotMessage("Quelle commune ?")
    play([event("aide")])
    _, shown = gateway.sent[-1]
    assert f"1. {long}" in shown.text
    play([event("1")])
    assert gateway.texts(LINA)[-1] == "Quelle commune ?"
    play([event("aide")])
    _, shown = gateway.sent[-1]
    play([event(kind=EventKind.BUTTON, button=shown.choices[0].token)])
    assert gateway.texts(LINA)[-1] == "Quelle commune ?"
    assert engine.heard.count("/trouver_site") == 2


def test_an_unknown_button_shows_the_last_message_again(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    engine.by_text["aide"] = BotMessage("Je peux aider.")
    play([event("aide")], [event(kind=EventKind.BUTTON, button="forgé")])
    assert gateway.texts(LINA)[-2:] == [wording.OLD_BUTTON, "Je peux aider."]


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.VOICE,
        EventKind.IMAGE,
        EventKind.VIDEO,
        EventKind.FILE,
        EventKind.STICKER,
        EventKind.CONTACT,
        EventKind.OTHER,
    ],
)
def test_what_has_no_words_gets_a_useful_answer(
    play: Play, gateway: MemoryGateway, engine: ByText, kind: EventKind
) -> None:
    play([event(kind=kind)])
    assert gateway.texts(LINA) == [wording.not_read(kind)]
    assert engine.heard == []


def test_an_album_gets_one_answer(play: Play, gateway: MemoryGateway) -> None:
    play([event(kind=EventKind.IMAGE) for _ in range(5)])
    assert gateway.texts(LINA) == [wording.not_read(EventKind.IMAGE)]
    play([event(kind=EventKind.IMAGE, at=NOW + timedelta(minutes=1))])
    assert len(gateway.texts(LINA)) == 2


def test_a_caption_is_read(play: Play, gateway: MemoryGateway, engine: ByText) -> None:
    engine.by_text["c quoi ce papier"] = BotMessage("C’est…")
    play([event("c quoi ce papier", kind=EventKind.IMAGE)])
    assert gateway.texts(LINA)[0] == wording.not_read(EventKind.IMAGE)
    assert gateway.texts(LINA)[-1] == "C’est…"


def test_a_position_becomes_its_commune_and_is_not_kept(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["J’habite à Roubaix (59)"] = BotMessage("Roubaix, d’accord.")
    where = {"kind": EventKind.LOCATION, "latitude": 50.6905, "longitude": 3.1817}
    play([event(**where)])
    assert gateway.texts(LINA)[-1] == "Roubaix, d’accord."
    assert "50.69" not in repr(rows(application, tables.platform_events))
    play([event(kind=EventKind.LOCATION, latitude=40.4, longitude=-3.7)])
    assert gateway.texts(LINA)[-1] == wording.NOT_IN_FRANCE


def test_ones_own_number_is_heard_masked(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    play([event("+33639980021", kind=EventKind.CONTACT)])
    assert not any("0021" in heard for heard in engine.heard)


def test_nothing_is_said_in_a_group(play: Play, gateway: MemoryGateway, engine: ByText) -> None:
    play([event("je veux mourir", kind=EventKind.GROUP, sender="-500")])
    assert gateway.texts("-500") == [wording.GROUP]
    assert engine.heard == []


def test_distress_is_answered_with_numbers(play: Play, gateway: MemoryGateway) -> None:
    play([event("jveux mourir")])
    assert any("3114" in text for text in gateway.texts(LINA))


def test_whoever_blocks_is_left_alone(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    gateway.failures.append(Blocked())
    play([event("salut")])
    assert gateway.sent == []
    (user,) = rows(application, tables.platform_users)
    assert user.blocked_at is not None
    statuses = {row.status for row in rows(application, tables.platform_deliveries)}
    assert statuses == {DeliveryStatus.FAILED, DeliveryStatus.DROPPED}
    play([event("salut")])
    assert "Salut !" in gateway.texts(LINA)
    (user,) = rows(application, tables.platform_users)
    assert user.blocked_at is None


def test_a_block_announced_by_the_app_drops_what_waits(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    gateway.failures.append(NotDelivered("busy", retry=True, wait=30))
    play([event("salut")])
    play([event(kind=EventKind.BLOCKED, at=NOW + timedelta(seconds=1))])
    application.clock.advance(timedelta(minutes=5))
    play([])
    assert gateway.sent == []


def test_a_provider_that_is_busy_is_tried_again_when_it_says(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    gateway.failures.append(NotDelivered("429", retry=True, wait=30))
    play([event("salut")])
    application.clock.advance(timedelta(seconds=29))
    play([])
    assert gateway.sent == []
    application.clock.advance(timedelta(seconds=2))
    play([])
    assert gateway.texts(LINA) == [wording.NOTICE, "Salut !"]


def test_a_message_that_is_refused_does_not_hold_up_the_next(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    gateway.failures.append(NotDelivered("400", retry=False))
    play([event("salut")])
    assert gateway.texts(LINA) == ["Salut !"]


def test_an_app_that_stays_down_is_given_up_within_two_hours(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    play([event("salut")])
    gateway.failures.extend([NotDelivered("500", retry=True)] * 100)
    play([event("salut")])
    start = application.clock.now()
    while rows_pending(application):
        application.clock.advance(timedelta(seconds=30))
        play([])
        assert application.clock.now() - start < timedelta(hours=2)


def test_the_engine_may_fail_three_times_then_somebody_apologises(
    play: Play, gateway: MemoryGateway, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(application.chat, "say", broken)
    one = event("salut")
    for _ in range(4):
        play([one])
    assert gateway.texts(LINA) == [wording.BROKEN]


def test_died_while_sending_telegram_is_told_again(
    play: Play, gateway: MemoryGateway, engine: ByText
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    play([event("bonjour")])
    gateway.sent.clear()
    gateway.failures.append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        play([event("salut")])
    play([])
    assert gateway.texts(LINA) == ["Salut !"]


def test_died_while_sending_where_references_come_back_it_waits_for_them(
    application: Application, play: Play, engine: ByText
) -> None:
    gateway = MemoryGateway(Platform.WHATSAPP, returns_references=True)
    application.platform_gateways[Platform.WHATSAPP] = gateway
    engine.by_text["salut"] = BotMessage("Salut !")
    mine = {"platform": Platform.WHATSAPP}
    play([event("bonjour", **mine)])
    gateway.sent.clear()
    for receipt_comes in (True, False):
        gateway.failures.append(KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            play([event("salut", **mine)])
        (pending,) = rows_pending(application)
        play([])
        assert gateway.sent == []
        if receipt_comes:
            play([], receipts=(SentReceipt(Platform.WHATSAPP, pending.id),))
        application.clock.advance(timedelta(seconds=11))
        play([])
        assert len(gateway.sent) == (0 if receipt_comes else 1)


def test_whoever_floods_is_told_once_a_minute_and_danger_gets_through(
    application: Application, gateway: MemoryGateway, engine: ByText
) -> None:
    rates = Rates(messages_of_session=parse("3 per minute"))
    limits = ChatLimits(Proofs(application.tokens, application.clock), rates)

    async def story() -> None:
        door = PlatformDoor(application, limits)
        for number in range(12):
            await door.receive([event(f"spam {number}")], ())
        await door.receive([event("jveux mourir")], ())
        await door.serve_once()

    asyncio.run(story())
    texts = gateway.texts(LINA)
    assert texts.count(wording.SLOW_DOWN) == 1
    assert sum(heard.startswith("spam") for heard in engine.heard) in (2, 3)
    assert any("3114" in text for text in texts)


def test_danger_is_answered_even_when_nothing_can_be_stored(
    application: Application,
    gateway: MemoryGateway,
    limits: ChatLimits,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(application.platform_inbox, "receive", broken)

    async def story() -> None:
        door = PlatformDoor(application, limits)
        with pytest.raises(OSError, match="disk"):
            await door.receive([event("jveux mourir"), event("salut", sender=SACHA)], ())

    asyncio.run(story())
    assert any("3114" in text for text in gateway.texts(LINA))
    assert gateway.texts(SACHA) == []


def test_after_a_day_a_new_conversation_begins(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    play([event("salut")])
    application.clock.advance(timedelta(hours=25))
    play([event("salut")])
    assert gateway.texts(LINA)[2:] == [wording.EXPIRED, "Salut !"]


def test_people_are_forgotten_with_their_conversation(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    engine.by_text["salut"] = BotMessage("Salut !")
    play([event("salut")])
    application.erasure.erase_old()
    assert len(rows(application, tables.platform_users)) == 1
    application.clock.advance(timedelta(hours=25))
    application.erasure.erase_old()
    assert rows(application, tables.platform_users) == []
    assert rows(application, tables.platform_deliveries) == []
    (kept,) = rows(application, tables.platform_events)
    assert (kept.user_id, kept.body) == (None, [])
    application.clock.advance(timedelta(days=7))
    application.erasure.erase_old()
    assert rows(application, tables.platform_events) == []


def test_no_address_and_no_word_can_be_read_in_the_file(
    play: Play, gateway: MemoryGateway, engine: ByText, application: Application
) -> None:
    gateway.failures.append(NotDelivered("500", retry=True))
    play([event("un secret bien gardé", sender="+33639980077")])
    content = b"".join(path.read_bytes() for path in application.settings.folder.glob("*.db*"))
    assert b"39980077" not in content
    assert b"secret bien" not in content
