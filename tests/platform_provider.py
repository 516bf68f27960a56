"""What the made-up messaging providers share: a server on loopback, and somebody with a telephone.

A provider keeps the messages it accepted, in order, misbehaves when told to, and lets people write
to the application through its webhook.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import httpx

PATIENCE = 10.0
"""How long a test waits for a message, in seconds, before it is red."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What the provider does wrong with one request."""

    status: int = 0
    """Answer this with ``body``, without doing anything."""
    body: Any = None
    hangs: bool = False
    """Say nothing until the test ends, without doing anything."""
    loses_answer: bool = False
    """Do what is asked, and cut the line."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the provider. ``path`` has its query, ``body`` is as it came."""

    method: str
    path: str
    headers: Message
    body: bytes

    def json(self) -> Any:
        """Return the body. Raises ``ValueError``."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message as the person sees it: ``choices`` are titles and tokens, ``body`` was sent."""

    to: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def titles(self) -> list[str]:
        """What is written on its buttons."""
        return [title for title, _ in self.choices]


class PlatformServer(ABC):
    """Start it with ``with``. ``webhooks`` leads to the application: any client of httpx.

    ``failures`` are met by the next messages, one each; ``broken`` by every request.
    """

    def __init__(self, webhooks: httpx.Client | None = None) -> None:
        self.webhooks = webhooks
        self.sent: list[Delivered] = []
        self.calls: list[Call] = []
        self.failures: deque[Failure] = deque()
        self.broken: Failure | None = None
        self.changed = threading.Condition()
        self._free = threading.Event()

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._free.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @abstractmethod
    def reply(self, call: Call) -> tuple[int, Any]:
        """Return the status and the JSON of the answer; ``keep`` what is accepted."""

    @abstractmethod
    def is_message(self, call: Call) -> bool:
        """Tell whether a request sends a message: ``failures`` are for those only."""

    @abstractmethod
    def say(self, sender: str, text: str) -> object:
        """Let somebody write a text."""

    @abstractmethod
    def press(self, sender: str, title: str) -> object:
        """Let somebody press the newest button that has this title."""

    def fail(self, failure: Failure, times: int = 1) -> None:
        """Misbehave at the next messages."""
        with self.changed:
            self.failures.extend([failure] * times)

    def keep(self, message: Delivered) -> int:
        """Record an accepted message; return how many there are."""
        with self.changed:
            self.sent.append(message)
            self.changed.notify_all()
            return len(self.sent)

    def to(self, address: str) -> list[Delivered]:
        """Return what one person received, in order."""
        with self.changed:
            return [message for message in self.sent if message.to == address]

    def token(self, address: str, title: str) -> str:
        """Return the token of the newest button with this title."""
        for message in reversed(self.to(address)):
            for name, token in message.choices:
                if name == title:
                    return token
        raise AssertionError(f"no button {title!r}")

    def wait_for(self, predicate: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is true of what was kept; red when it never is."""
        with self.changed:
            assert self.changed.wait_for(predicate, seconds), f"{len(self.sent)} messages came"

    def serve(self, call: Call) -> tuple[int, bytes] | None:
        """Return the answer to a request, ``None`` to cut the line."""
        with self.changed:
            self.calls.append(call)
            failure = self.broken
            if failure is None and self.failures and self.is_message(call):
                failure = self.failures.popleft()
            self.changed.notify_all()
        failure = failure or Failure()
        if failure.hangs:
            self._free.wait()
            return None
        status, answer = (failure.status, failure.body) if failure.status else self.reply(call)
        return None if failure.loses_answer else (status, json.dumps(answer).encode())


class Person:
    """Somebody who uses the app. ``address`` is theirs on the platform."""

    def __init__(self, server: PlatformServer, address: str) -> None:
        self.server = server
        self.address = address

    def say(self, text: str) -> None:
        """Write a text."""
        self.server.say(self.address, text)

    def press(self, title: str) -> None:
        """Press the newest button that has this title."""
        self.server.press(self.address, title)

    def received(self) -> list[Delivered]:
        """Return what they received so far, in order."""
        return self.server.to(self.address)

    def wait_for(self, count: int, seconds: float = PATIENCE) -> list[Delivered]:
        """Wait for this many messages in all; return what they received."""
        self.server.wait_for(lambda: len(self.received()) >= count, seconds)
        return self.received()


def _handler_of(server: PlatformServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_DELETE(self) -> None:
            self._serve()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            answer = server.serve(Call(self.command, self.path, self.headers, body))
            if answer is None:
                return
            status, content = answer
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
