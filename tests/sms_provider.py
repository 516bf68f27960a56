"""OVHcloud's SMS API on loopback, with what its schema documents and nothing more.

It checks the signature of each request with its own keys, and misbehaves when told to.
"""

import json
import threading
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from accueil.gateways.sms_account import OvhAccount, read_account

KEY, SECRET, CONSUMER, SERVICE = "app-key", "app-secret", "consumer-key", "sms-xx11111-1"
START = 1_795_000_000
"""The provider's own time when it starts, in seconds: not the machine's."""


@dataclass
class Misbehaviour:
    """What the provider does wrong, until it is told otherwise."""

    status: int = 0
    """Answer this to everything but the time, without doing anything."""
    hangs: bool = False
    loses_answers: bool = False
    """Do what is asked, and cut the line."""
    body: bytes | None = None
    """Say this, with 200, instead of what is true."""


@dataclass
class SmsProvider:
    """Start it with ``with``. ``sent`` has one job for each message accepted, by identifier."""

    now: int = START
    keeps_queued: bool = False
    """Leave accepted messages in the queue, out of the history."""
    fault: Misbehaviour = field(default_factory=Misbehaviour)
    invalid: set[str] = field(default_factory=set)
    sent: dict[int, dict[str, Any]] = field(default_factory=dict)
    receipts: dict[int, int] = field(default_factory=dict)
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._free = threading.Event()
        self._lock = threading.Lock()
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

    def url(self, secret: str = SECRET, **options: str) -> str:
        """Return the value of ``ACCUEIL_SMS_URL`` that leads here."""
        port = self._server.server_address[1]
        more = "".join(f"&{name}={value}" for name, value in options.items())
        return f"ovh://{KEY}:{secret}@127.0.0.1:{port}/{SERVICE}?consumer={CONSUMER}{more}"

    def account(self, secret: str = SECRET, **options: str) -> OvhAccount:
        """Return the account that leads here."""
        return read_account(self.url(secret, **options))

    def hang(self) -> None:
        """Keep a request waiting until the test ends."""
        self._free.wait()

    def reply(self, method: str, target: str, body: bytes) -> tuple[int, Any]:
        """Return the status and the JSON of a request whose signature is right."""
        parts = urlsplit(target)
        self.asked.append(f"{method} {parts.path}")
        steps = [unquote(step) for step in parts.path.split("/")[3:]]
        if steps[0] != SERVICE:
            return 404, {"message": "This service does not exist"}
        tail = steps[3:] if steps[1] == "virtualNumbers" else steps[1:]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            if method == "POST":
                return self._accept(json.loads(body), steps)
            return self._look(tail, query)

    def _accept(self, job: dict[str, Any], steps: list[str]) -> tuple[int, Any]:
        if len(job.get("tag", "")) > 20 or not job.get("message"):
            return 400, {"errorCode": "BAD_PARAMETERS", "message": "Invalid tag: is too long"}
        if job.get("senderForResponse") and "http" in job["message"]:
            return 400, {"message": "cannot send contact information with shortcode"}
        job["number"] = steps[2] if steps[1] == "virtualNumbers" else ""
        valid = [one for one in job["receivers"] if one not in self.invalid]
        ids = []
        for _ in valid:
            ids.append(1000 + len(self.sent))
            self.sent[ids[-1]] = job
        return 200, {
            "totalCreditsRemoved": len(valid),
            "invalidReceivers": [one for one in job["receivers"] if one in self.invalid],
            "ids": ids,
            "validReceivers": valid,
        }

    def _look(self, tail: list[str], query: dict[str, str]) -> tuple[int, Any]:
        match tail:
            case ["jobs"]:
                return 200, list(self.sent) if self.keeps_queued else []
            case ["outgoing"]:
                history = {} if self.keeps_queued else self.sent
                return 200, [one for one in history if self.sent[one]["tag"] == query["tag"]]
            case ["outgoing", text] if int(text) in self.sent and not self.keeps_queued:
                job, receipt = self.sent[int(text)], self.receipts.get(int(text), 0)
                return 200, {"id": int(text), "tag": job["tag"], "deliveryReceipt": receipt}
            case ["incoming"]:
                self.since = query["creationDatetime.from"]
                return 200, list(self.answers)
            case ["incoming", text] if int(text) in self.answers:
                return 200, {"id": int(text), "credits": 0, **self.answers[int(text)]}
        return 404, {"message": "The requested object does not exist"}

    def refusal(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, Any] | None:
        """Return what is wrong with who asks and when, if anything is."""
        headers = request.headers
        if headers["X-Ovh-Application"] != KEY or headers["X-Ovh-Consumer"] != CONSUMER:
            return 403, {"errorCode": "INVALID_CREDENTIAL", "message": "This call is not granted"}
        stamp = headers["X-Ovh-Timestamp"]
        if abs(int(stamp) - self.now) > 30:
            return 400, {"errorCode": "QUERY_TIME_OUT", "message": "Query out of time"}
        url = f"http://{headers['Host']}{request.path}"
        parts = (SECRET, CONSUMER, request.command, url, body.decode(), stamp)
        digest = sha1("+".join(parts).encode(), usedforsecurity=False).hexdigest()
        if headers["X-Ovh-Signature"] != f"$1${digest}":
            return 400, {"errorCode": "INVALID_SIGNATURE", "message": "Invalid signature"}
        return None


def _handler_of(provider: SmsProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def _serve(self) -> None:
            if self.path == "/1.0/auth/time":
                self._say(200, str(provider.now).encode())
                return
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            fault = provider.fault
            if fault.hangs:
                provider.hang()
                return
            if fault.status:
                self._say(fault.status, b"<html>Sorry</html>")
                return
            status, answer = provider.refusal(self, body) or provider.reply(
                self.command, self.path, body
            )
            if not fault.loses_answers:
                self._say(status, json.dumps(answer).encode() if fault.body is None else fault.body)

        def _say(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
