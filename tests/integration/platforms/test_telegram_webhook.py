"""Telegram's webhook: who may speak, what is handed over, what is answered."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from factories import NOW
from starlette.applications import Starlette
from starlette.testclient import TestClient
from structlog.testing import capture_logs
from telegram_provider import SECRET, WEBHOOK, TelegramServer
from telegram_updates import BOT, Updates

from accueil.bootstrap import Application
from accueil.channels.telegram import SECRET_HEADER, routes
from accueil.core.clock import FixedClock
from accueil.core.platforms import Choice, EventKind, PlatformEvent, PlatformMessage, SentReceipt
from accueil.gateways.platform_accounts import PlatformAccounts, TelegramAccount
from accueil.gateways.telegram import TelegramGateway

MADE = Updates()
LINA = 1001


class Reception:
    """Takes what is handed over, unless it is in trouble."""

    def __init__(self) -> None:
        self.events: list[PlatformEvent] = []
        self.trouble: Exception | None = None

    async def receive(
        self, events: Sequence[PlatformEvent], receipts: Sequence[SentReceipt]
    ) -> None:
        assert not receipts
        if self.trouble is not None:
            raise self.trouble
        self.events.extend(events)

    @property
    def heard(self) -> list[tuple[EventKind, str]]:
        return [(event.kind, event.text or event.button) for event in self.events]


def application_with(account: TelegramAccount | None) -> Application:
    settings = SimpleNamespace(platforms=PlatformAccounts(telegram=account))
    made = SimpleNamespace(settings=settings, clock=FixedClock(NOW))
    return cast(Application, made)


@pytest.fixture
def reception() -> Reception:
    return Reception()


@pytest.fixture
def client(reception: Reception) -> Iterator[TestClient]:
    account = TelegramAccount("7001:token", SECRET, BOT)
    made = routes(application_with(account), reception.receive)
    with TestClient(Starlette(routes=made)) as client:
        yield client


@pytest.fixture
def telegram(client: TestClient) -> Iterator[TelegramServer]:
    with TelegramServer(client) as server:
        yield server


def post(client: TestClient, update: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    response = client.post(WEBHOOK, json=update, headers=headers)
    assert response.content == b""
    return response.status_code


def test_an_instance_without_a_bot_has_no_webhook(reception: Reception) -> None:
    assert routes(application_with(None), reception.receive) == []


def test_what_people_do_is_handed_over_in_order(
    telegram: TelegramServer, reception: Reception
) -> None:
    lina = telegram.person(LINA)
    lina.say("/start rdv-ABCD")
    lina.say("je cherche un logement")
    gateway = TelegramGateway(telegram.account())
    question = PlatformMessage(
        "Où ?", "ref1", (Choice("À Lyon", "tok-1"), Choice("Autre", "tok-2"))
    )
    gateway.send(lina.address, question, NOW)
    assert [sent.titles for sent in lina.wait_for(1)] == [["À Lyon", "Autre"]]
    lina.press("À Lyon")
    telegram.edit(lina.address, "à Paris")
    telegram.send(lina.address, "voice")
    telegram.send_location(lina.address, 48.85, 2.35)
    telegram.send_contact(lina.address, "33639980001", owner=LINA)
    telegram.block(lina.address)
    telegram.unblock(lina.address)
    assert reception.heard == [
        (EventKind.START, ""),
        (EventKind.TEXT, "je cherche un logement"),
        (EventKind.BUTTON, "tok-1"),
        (EventKind.TEXT, "à Paris"),
        (EventKind.VOICE, ""),
        (EventKind.LOCATION, ""),
        (EventKind.CONTACT, "+33639980001"),
        (EventKind.BLOCKED, ""),
        (EventKind.UNBLOCKED, ""),
    ]
    assert {event.sender for event in reception.events} == {"1001"}
    assert len({event.id for event in reception.events}) == 9
    gateway.acknowledge(lina.address, reception.events[2].callback)
    assert telegram.acknowledged == [reception.events[2].callback]
    assert telegram.undelivered == []


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "é", SECRET.upper()]
)
def test_a_forged_update_is_refused_without_a_word(
    client: TestClient, reception: Reception, secret: str | None
) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret.encode("latin-1")}
    response = client.post(WEBHOOK, json=MADE.message(LINA, text="Bonjour"), headers=headers)
    assert (response.status_code, response.content) == (401, b"")
    assert reception.events == []


def test_only_posts_of_json_are_taken(client: TestClient, reception: Reception) -> None:
    headers = {SECRET_HEADER: SECRET}
    assert client.get(WEBHOOK, headers=headers).status_code == 405
    assert client.post(WEBHOOK, data={"update_id": "1"}, headers=headers).status_code == 415
    assert client.post(WEBHOOK, content=b"{}", headers=headers).status_code == 415
    assert reception.events == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b'"update_id"', b"\xff\xfe", b"[" * 50_000, b"1" * 9_000]
)
def test_what_cannot_be_read_is_not_asked_for_again(
    client: TestClient, reception: Reception, content: bytes
) -> None:
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json; charset=utf-8"}
    response = client.post(WEBHOOK, content=content, headers=headers)
    assert (response.status_code, response.content) == (200, b"")
    assert reception.events == []


def test_unknown_updates_are_not_asked_for_again(client: TestClient, reception: Reception) -> None:
    batch = [MADE.message(LINA, text="un"), MADE.message(LINA, text="deux")]
    for update in (batch, {"updates": batch}, MADE.update(hologram={}), {"update_id": 3}):
        assert post(client, update) == 200
    assert reception.events == []


def test_a_batch_of_updates_comes_one_by_one_whatever_their_order(
    client: TestClient, reception: Reception
) -> None:
    updates = [MADE.message(1000 + number % 3, text=str(number)) for number in range(30)]
    assert {post(client, update) for update in reversed(updates)} == {200}
    assert [event.id for event in reception.events] == [
        str(update["update_id"]) for update in reversed(updates)
    ]


def test_a_replay_is_handed_over_again_under_the_same_name(
    client: TestClient, reception: Reception
) -> None:
    update = MADE.message(LINA, text="Bonjour")
    assert [post(client, update), post(client, update)] == [200, 200]
    first, second = reception.events
    assert first == second


def test_what_could_not_be_stored_is_asked_for_again(
    telegram: TelegramServer, reception: Reception
) -> None:
    reception.trouble = RuntimeError("INSERT … je dors dehors, 1001")
    with capture_logs() as logs:
        telegram.say(str(LINA), "je dors dehors")
    assert reception.events == []
    assert len(telegram.undelivered) == 1
    assert logs == [{"event": "update not stored", "error": "RuntimeError", "log_level": "error"}]
    reception.trouble = None
    telegram.redeliver()
    assert reception.heard == [(EventKind.TEXT, "je dors dehors")]


def test_trouble_is_a_503_without_a_word(client: TestClient, reception: Reception) -> None:
    reception.trouble = OSError()
    assert post(client, MADE.message(LINA, text="Bonjour")) == 503


def test_the_longest_message_of_telegram_passes(client: TestClient, reception: Reception) -> None:
    """It comes with what it answers; "é" is written \\u00e9, and an emoji is two of those."""
    answered = MADE.made(LINA, text="é" * 4096)
    assert post(client, MADE.message(LINA, text="🏠" * 4096, reply_to_message=answered)) == 200
    assert len(reception.events[0].text) == 4096
