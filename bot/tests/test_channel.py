"""The loopback channel: messages in, messages out, erasure, secret, silence in the logs."""

import asyncio
import logging
import socket
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, AsyncIterator, Dict, Iterator, List, Tuple

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from sanic import Sanic
from yarl import URL

from bot.channel import SECRET_ENV, LoopbackInput, erase_conversation
from bot.tests.test_tracker_store import open_store, run, turn


class _Locks:
    @asynccontextmanager
    async def lock(self, sender_id: str) -> AsyncIterator[None]:
        yield


class _Store:
    def __init__(self) -> None:
        self.erased: List[str] = []

    async def erase(self, sender_id: str) -> int:
        self.erased.append(sender_id)
        return 7


async def _answer(message: UserMessage) -> None:
    if message.text == "panne":
        raise ValueError(f"cannot handle {message.text}")
    out, sender = message.output_channel, message.sender_id
    await out.send_text_with_buttons(sender, "choisis", [{"title": "Oui", "payload": "/oui"}])
    await out.send_custom_json(sender, {"card": "source"})
    await out.send_text_message(sender, message.text)


class Served:
    """The channel behind a real socket on loopback, started once for all these tests."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.app = Sanic("test_channel", configure_logging=False)
        self.app.blueprint(LoopbackInput().blueprint(_answer), url_prefix="/webhooks/accueil")
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.server = self.loop.run_until_complete(self._start())

    async def _start(self) -> Any:
        server = await self.app.create_server(sock=self.listener, return_asyncio_server=True)
        await server.startup()
        await server.start_serving()
        return server

    async def _call(self, method: str, path: str, options: Dict[str, Any]) -> Tuple[int, Any]:
        port = self.listener.getsockname()[1]
        url = URL(f"http://127.0.0.1:{port}/webhooks/accueil{path}", encoded=True)
        async with aiohttp.ClientSession() as client:
            async with client.request(method, url, **options) as answer:
                return answer.status, await answer.json()

    def call(self, method: str, path: str, **options: Any) -> Tuple[int, Any]:
        """Status and JSON of one request."""
        return self.loop.run_until_complete(self._call(method, path, options))

    def close(self) -> None:
        self.server.close()
        self.loop.run_until_complete(self.server.wait_closed())
        self.listener.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    server = Served()
    yield server
    server.close()


@pytest.fixture
def app(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.delenv(SECRET_ENV, raising=False)
    served.app.ctx.agent = SimpleNamespace(tracker_store=_Store(), lock_store=_Locks())
    return served


BODY: Dict[str, Any] = {"sender": "abc", "message": "bonjour"}


def test_messages_keep_buttons_and_custom(app: Served) -> None:
    status, messages = app.call("post", "/webhook", json=BODY)
    assert status == 200
    assert messages == [
        {
            "recipient_id": "abc",
            "text": "choisis",
            "buttons": [{"title": "Oui", "payload": "/oui"}],
        },
        {"recipient_id": "abc", "custom": {"card": "source"}},
        {"recipient_id": "abc", "text": "bonjour"},
    ]


@pytest.mark.parametrize(
    "body", [{}, {"sender": "a"}, {"sender": "", "message": "x"}, {"sender": 3, "message": "x"}, []]
)
def test_a_bad_body_is_refused(app: Served, body: Any) -> None:
    assert app.call("post", "/webhook", json=body)[0] == 400


def test_the_secret_is_asked_when_there_is_one(
    app: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRET_ENV, "sésame")
    assert app.call("post", "/webhook", json=BODY)[0] == 403
    assert app.call("delete", "/conversations/abc")[0] == 403
    assert app.app.ctx.agent.tracker_store.erased == []


def test_the_right_secret_opens(app: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_ENV, "sesame")
    headers = {"X-Accueil-Secret": "sesame"}
    assert app.call("post", "/webhook", json=BODY, headers=headers)[0] == 200


def test_a_conversation_is_erased(app: Served) -> None:
    assert app.call("delete", "/conversations/web%3Aabc") == (200, {"deleted_events": 7})
    assert app.app.ctx.agent.tracker_store.erased == ["web:abc"]


def test_a_failed_turn_says_so_and_logs_no_text(
    app: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot.channel"):
        status, _ = app.call("post", "/webhook", json={"sender": "abc", "message": "panne"})
    assert status == 500
    assert "panne" not in "".join(record.getMessage() for record in caplog.records)


def test_erasure_reaches_the_store_that_stands_in(tmp_path: Any) -> None:
    store = open_store(tmp_path)
    run(turn(store, "a", "un"))
    spare = InMemoryTrackerStore(Domain.empty())
    wrapped = FailSafeTrackerStore(store, fallback_tracker_store=spare)
    spare.store["a"] = "{}"
    assert run(erase_conversation(wrapped, "a")) == 9
    assert "a" not in spare.store
