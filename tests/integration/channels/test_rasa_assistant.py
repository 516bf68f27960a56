"""The client of Rasa, in front of a small server that misbehaves."""

import asyncio
import json
import threading
import time
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from accueil.gateways.rasa import RasaAssistant
from accueil.services.ports import AssistantUnavailable

TEXT = "je m'appelle Zoé et je dors dehors"


class FakeRasa(ThreadingHTTPServer):
    """Answers every request with ``status`` and ``body`` after ``delay`` seconds."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.body, self.delay = 200, b"[]", 0.0
        self.received: list[tuple[str, str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeRasa

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        content = self.rfile.read(length)
        self.server.received.append((self.command, self.path, dict(self.headers), content))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def do_DELETE(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    server = FakeRasa()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def call(url: str, method: str, *arguments: str, secret: str = "secret"):
    async def run():
        assistant = RasaAssistant(url, secret, httpx.AsyncClient(timeout=0.3, trust_env=False))
        try:
            return await getattr(assistant, method)(*arguments)
        finally:
            await assistant.close()

    return asyncio.run(run())


CALLS = [("reply", "abc", TEXT), ("understand", TEXT)]


def fails(url: str, *asked: str) -> AssistantUnavailable:
    """Check that a call is refused, and that no link of the chain shows what was written."""
    with pytest.raises(AssistantUnavailable) as caught:
        call(url, *asked)
    shown = "".join(traceback.format_exception(caught.value))
    link: BaseException | None = caught.value
    while link is not None:
        shown += f"{link!r} {link} {link.args}"
        link = link.__cause__ or link.__context__
    for secret in (TEXT, "Zoé", "Zo\\u00e9", "dehors"):
        assert secret not in shown
    return caught.value


def test_an_answer_becomes_messages(rasa):
    rasa.body = json.dumps(
        [
            {"recipient_id": "abc", "text": "Un.", "buttons": [{"title": "A", "payload": "/a"}]},
            {"recipient_id": "abc", "custom": {"card": "source"}},
            {"recipient_id": "abc", "text": "Deux."},
        ]
    ).encode()
    first, second = call(rasa.url, "reply", "abc", TEXT)
    assert (first.text, first.cards) == ("Un.", ({"card": "source"},))
    assert first.buttons == ({"title": "A", "payload": "/a"},)
    assert second.text == "Deux."
    method, path, headers, content = rasa.received[0]
    assert (method, path) == ("POST", "/webhooks/accueil/webhook")
    assert headers["X-Accueil-Secret"] == "secret"
    assert json.loads(content) == {"sender": "abc", "message": TEXT}
    assert TEXT not in path


def test_an_intent_is_read(rasa):
    rasa.body = b'{"intent": "logement", "confidence": 0.75}'
    understood = call(rasa.url, "understand", TEXT)
    assert (understood.intent, understood.confidence) == ("logement", 0.75)


def test_silence_is_an_empty_answer(rasa):
    assert call(rasa.url, "reply", "abc", TEXT) == []


@pytest.mark.parametrize("asked", CALLS, ids=lambda asked: asked[0])
def test_too_slow(rasa, asked):
    rasa.delay = 0.6
    fails(rasa.url, *asked)


@pytest.mark.parametrize("asked", CALLS, ids=lambda asked: asked[0])
@pytest.mark.parametrize("status", [500, 403, 404, 302, 504])
def test_errors(rasa, asked, status):
    rasa.status, rasa.body = status, json.dumps({"error": TEXT}).encode()
    fails(rasa.url, *asked)


@pytest.mark.parametrize("asked", CALLS, ids=lambda asked: asked[0])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>" + TEXT.encode() + b"</html>",
        b"\xff\xfe",
        b"null",
        b"12",
        json.dumps(TEXT).encode(),
        json.dumps([TEXT]).encode(),
        json.dumps({"message": TEXT}).encode(),
        json.dumps([{"text": "Un.", "buttons": [TEXT]}]).encode(),
        json.dumps([{"text": "Un.", "buttons": [{"title": TEXT}]}]).encode(),
        json.dumps([{"text": "Un.", "buttons": None}]).encode(),
    ],
)
def test_garbage(rasa, asked, body):
    rasa.body = body
    fails(rasa.url, *asked)


@pytest.mark.parametrize("asked", CALLS, ids=lambda asked: asked[0])
def test_nobody_listens(rasa, asked):
    address = rasa.url
    rasa.server_close()
    fails(address, *asked)


def test_forgetting(rasa):
    call(rasa.url, "forget", "abc")
    assert rasa.received[0][:2] == ("DELETE", "/webhooks/accueil/conversations/abc")


def test_forgetting_what_is_not_there_is_done(rasa):
    rasa.status = 404
    call(rasa.url, "forget", "abc")


@pytest.mark.parametrize("status", [500, 403])
def test_forgetting_that_fails(rasa, status):
    rasa.status = status
    fails(rasa.url, "forget", "abc")
