"""The webhooks of Messenger and WhatsApp: who may write to them, and what becomes of it."""

import hmac
import json
import logging
from collections.abc import Iterator
from hashlib import sha1
from types import SimpleNamespace
from typing import Any, cast

import pytest
from messenger_provider import MessengerProvider
from meta_provider import APP_SECRET, VERIFY_TOKEN, MetaServer, signed
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from whatsapp_provider import WhatsAppProvider

from accueil.bootstrap import Application
from accueil.channels import messenger, whatsapp
from accueil.core.clock import FixedClock
from accueil.core.platforms import Choice, EventKind, PlatformEvent, PlatformMessage, SentReceipt
from accueil.gateways.messenger import MessengerGateway
from accueil.gateways.platform_accounts import PlatformAccounts
from accueil.gateways.whatsapp import WhatsAppGateway


class Reception:
    """Keeps what the channels hand over, or cannot."""

    def __init__(self) -> None:
        self.events: list[PlatformEvent] = []
        self.receipts: list[SentReceipt] = []
        self.calls = 0
        self.is_broken = False

    async def receive(self, events: list[PlatformEvent], receipts: list[SentReceipt]) -> None:
        if self.is_broken:
            raise OSError("database is locked: INSERT INTO … 'Bonjour, je suis Lina'")
        self.calls += 1
        self.events += events
        self.receipts += receipts


def routes_of(accounts: PlatformAccounts, reception: Reception) -> list[Route]:
    settings = SimpleNamespace(platforms=accounts)
    application = cast(Application, SimpleNamespace(settings=settings))
    receive = reception.receive
    return messenger.routes(application, receive) + whatsapp.routes(application, receive)


@pytest.fixture
def reception() -> Reception:
    return Reception()


@pytest.fixture(params=["messenger", "whatsapp"])
def provider(request: pytest.FixtureRequest, reception: Reception) -> Iterator[MetaServer]:
    servers = {"messenger": MessengerProvider, "whatsapp": WhatsAppProvider}
    with servers[request.param]() as provider:
        account = cast(Any, provider).account()
        routes = routes_of(PlatformAccounts(**{request.param: account}), reception)
        with TestClient(Starlette(routes=routes)) as client:
            provider.webhooks = client
            yield provider


@pytest.fixture
def client(provider: MetaServer) -> TestClient:
    return cast(TestClient, provider.webhooks)


@pytest.fixture
def lina(provider: MetaServer) -> str:
    return provider.person().address


def body_of(provider: MetaServer, *items: dict[str, Any]) -> bytes:
    return json.dumps(provider.batch(list(items))).encode()


def gateway_to(provider: MetaServer, clock: FixedClock) -> MessengerGateway | WhatsAppGateway:
    account = cast(Any, provider).account()
    if isinstance(provider, MessengerProvider):
        return MessengerGateway(account, clock)
    return WhatsAppGateway(account, clock)


def test_without_an_account_there_is_no_address() -> None:
    assert routes_of(PlatformAccounts(), Reception()) == []


def test_what_somebody_does_is_received(
    provider: MetaServer, reception: Reception, lina: str
) -> None:
    provider.say(lina, "Bonjour")
    provider.send_location(lina, 48.85, 2.35)
    provider.send_voice(lina)
    kinds = [EventKind.TEXT, EventKind.LOCATION, EventKind.VOICE]
    assert [event.kind for event in reception.events] == kinds
    assert {event.sender for event in reception.events} == {lina}
    assert reception.events[0].text == "Bonjour"


def test_a_batch_is_handed_over_whole_and_once(
    provider: MetaServer, reception: Reception, lina: str
) -> None:
    provider.is_batch_held = True
    for number in range(50):
        provider.say(lina, str(number))
    provider.release()
    assert [event.text for event in reception.events] == [str(number) for number in range(50)]
    assert len({event.id for event in reception.events}) == 50
    assert reception.calls == 1


def test_one_bad_part_does_not_hide_the_others(
    provider: MetaServer, reception: Reception, lina: str
) -> None:
    good, bad = provider.text(lina, "Bonjour"), provider.text(lina, "?") | {"timestamp": "hier"}
    provider.tell(bad, good, provider.text(lina, "Tu es là ?"))
    assert [event.text for event in reception.events] == ["Bonjour", "Tu es là ?"]


def test_a_replay_has_the_same_identifier(
    provider: MetaServer, reception: Reception, lina: str
) -> None:
    provider.post(provider.say(lina, "Bonjour"))
    first, again = reception.events
    assert first == again


def test_what_is_not_signed_is_refused(
    provider: MetaServer, client: TestClient, reception: Reception, lina: str
) -> None:
    body = body_of(provider, provider.text(lina, "Bonjour"))
    old = hmac.new(APP_SECRET.encode(), body, sha1).hexdigest()
    right = signed(body)["X-Hub-Signature-256"]
    for headers in (
        {},
        {"X-Hub-Signature": f"sha1={old}"},
        {"X-Hub-Signature-256": f"sha1={old}"},
        {"X-Hub-Signature-256": right.removeprefix("sha256=")},
        {"X-Hub-Signature-256": right[:-1]},
        {"X-Hub-Signature-256": "é"},
        signed(body, "another secret"),
        signed(body + b" "),
    ):
        encoded = {name: value.encode() for name, value in headers.items()}
        response = client.post(provider.webhook, content=body, headers=cast(Any, encoded))
        assert (response.status_code, response.content) == (401, b"")
    assert not reception.calls


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 60_000, b"1" * 5000, b"null", b"[]"])
def test_what_is_signed_and_unreadable_does_not_come_again(
    provider: MetaServer, reception: Reception, body: bytes
) -> None:
    provider.post(body)
    assert not provider.undelivered
    assert not reception.calls


def test_what_could_not_be_stored_comes_again(
    provider: MetaServer,
    client: TestClient,
    reception: Reception,
    lina: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reception.is_broken = True
    with caplog.at_level(logging.DEBUG, logger="platforms"):
        body = provider.say(lina, "Bonjour, je suis Lina")
        response = client.post(provider.webhook, content=body, headers=signed(body))
    assert (response.status_code, response.content) == (503, b"")
    printed = capsys.readouterr()
    assert "Lina" not in caplog.text + printed.out + printed.err
    reception.is_broken = False
    provider.redeliver()
    assert [event.text for event in reception.events] == ["Bonjour, je suis Lina"]


def test_the_handshake_echoes_the_challenge(provider: MetaServer, client: TestClient) -> None:
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": VERIFY_TOKEN,
        "hub.challenge": "1158201444",
    }
    response = client.get(provider.webhook, params=query)
    assert (response.status_code, response.text) == (200, "1158201444")
    assert response.headers["Content-Type"].startswith("text/plain")
    for wrong in (
        {"hub.verify_token": "another"},
        {"hub.verify_token": "é"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
        {"hub.challenge": "1" * 600},
    ):
        response = client.get(provider.webhook, params=query | wrong)
        assert (response.status_code, response.content) == (403, b"")
    assert client.get(provider.webhook).status_code == 403


def test_what_leaves_comes_back_as_a_receipt(
    provider: MetaServer, reception: Reception, lina: str, clock: FixedClock
) -> None:
    gateway = gateway_to(provider, clock)
    gateway.send(lina, PlatformMessage("Bonjour", "a1b2c3"), clock.now())
    assert reception.receipts == [SentReceipt(gateway.platform, "a1b2c3")]
    assert not reception.events


def test_somebody_presses_what_they_were_shown(
    provider: MetaServer, reception: Reception, lina: str, clock: FixedClock
) -> None:
    person = provider.person()
    question = PlatformMessage("Oui ?", "r1", (Choice("Oui", "t0ken"), Choice("Non", "an0ther")))
    gateway_to(provider, clock).send(lina, question, clock.now())
    assert person.wait_for(1)[0].titles == ["Oui", "Non"]
    person.press("Oui")
    assert [(event.kind, event.button) for event in reception.events] == [
        (EventKind.BUTTON, "t0ken")
    ]


def test_a_failed_message_is_told(reception: Reception) -> None:
    with WhatsAppProvider() as provider:
        routes = routes_of(PlatformAccounts(whatsapp=provider.account()), reception)
        with TestClient(Starlette(routes=routes)) as client:
            provider.webhooks = client
            provider.tell(provider.status("a1b2c3", "failed", "33639980001", 131026))
    (receipt,) = reception.receipts
    assert (receipt.reference, receipt.failed) == ("a1b2c3", True)
