"""What the made-up Messenger and WhatsApp share: Graph API's requests, Meta's signed webhooks."""

import hmac
import json
from abc import abstractmethod
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from graph_rules import Refused, Templates, graph_error
from platform_provider import Call, Delivered, Person, PlatformServer

from accueil.gateways.meta_templates import TEMPLATES

TOKEN, APP_SECRET, VERIFY_TOKEN = "EAAtoken-of-tests", "app-secret-of-tests", "verify-of-tests"
START = 1_795_417_200
"""The provider's own time at its first webhook, in seconds: Monday 23 November 2026, 7 h UTC."""


class MetaServer(PlatformServer):
    """A Graph API for one sender. ``webhook`` is the path in the application.

    ``says_sent``: tell the webhook of each message accepted, as Meta does. ``closed`` and
    ``blocked`` hold the people who wrote too long ago, and who want nothing more. While
    ``is_batch_held``, what happens waits for ``release``. ``undelivered`` are the bodies that the
    webhook did not take: ``redeliver`` sends them again.
    """

    webhook = ""

    def __init__(self, webhooks: httpx.Client | None = None, *, says_sent: bool = True) -> None:
        super().__init__(webhooks)
        self.says_sent = says_sent
        self.is_batch_held = False
        self.closed: set[str] = set()
        self.blocked: set[str] = set()
        self.templates = Templates({template.name: template.body for template in TEMPLATES})
        self.acknowledged: list[dict[str, Any]] = []
        self.set_up: list[tuple[str, dict[str, Any]]] = []
        self.undelivered: list[bytes] = []
        self._count = 0
        self._held: list[dict[str, Any]] = []

    @property
    def graph(self) -> str:
        """The address of the Graph API, with its version."""
        return f"{self.url}/v26.0"

    @abstractmethod
    def environment(self) -> dict[str, str]:
        """Return the variables that lead here."""

    @abstractmethod
    def person(self, number: int = 1001) -> "MetaPerson":
        """Return somebody who writes to us; each number is somebody else."""

    @abstractmethod
    def batch(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the body of a webhook that carries all of these."""

    @abstractmethod
    def accept(self, path: str, body: dict[str, Any]) -> Any:
        """Return the answer to a request whose token is right. Raises ``Refused``."""

    @abstractmethod
    def text(self, sender: str, text: str) -> dict[str, Any]:
        """Return what the webhook says of a text."""

    @abstractmethod
    def pressed(self, sender: str, title: str, token: str) -> dict[str, Any]:
        """Return what the webhook says of a button."""

    @abstractmethod
    def location(self, sender: str, latitude: float, longitude: float) -> dict[str, Any]:
        """Return what the webhook says of a shared place."""

    @abstractmethod
    def medium(self, sender: str, kind: str) -> dict[str, Any]:
        """Return what the webhook says of an image, a video, a recording…"""

    @abstractmethod
    def check_person(self, address: str, *, is_template: bool) -> None:
        """Refuse who cannot be written to. Raises ``Refused``."""

    def say(self, sender: str, text: str) -> bytes:
        return self.tell(self.text(sender, text))

    def press(self, sender: str, title: str) -> bytes:
        return self.tell(self.pressed(sender, title, self.token(sender, title)))

    def send_location(self, sender: str, latitude: float, longitude: float) -> bytes:
        return self.tell(self.location(sender, latitude, longitude))

    def send(self, sender: str, kind: str) -> bytes:
        """Send something without words: ``audio``, ``image``, ``video``…"""
        return self.tell(self.medium(sender, kind))

    def send_voice(self, sender: str) -> bytes:
        return self.send(sender, "audio")

    def block(self, sender: str) -> None:
        """Let somebody block us; Meta does not tell."""
        self.blocked.add(sender)

    def unblock(self, sender: str) -> None:
        """Let us in again."""
        self.blocked.discard(sender)

    def reply(self, call: Call) -> tuple[int, Any]:
        """Check the token and the proof, as for an app that requires both."""
        parts = urlsplit(call.path)
        proof = hmac.new(APP_SECRET.encode(), TOKEN.encode(), sha256).hexdigest()
        if call.headers["Authorization"] != f"Bearer {TOKEN}":
            return graph_error(190, status=401)
        if parse_qs(parts.query).get("appsecret_proof") != [proof]:
            return graph_error(100)
        try:
            return 200, self.accept(parts.path.removeprefix("/v26.0"), call.json())
        except Refused as refusal:
            return refusal.answer

    def tell(self, *items: dict[str, Any]) -> bytes:
        """Send what happened to the webhook, in one batch; return its body, to be sent again."""
        with self.changed:
            if self.is_batch_held:
                self._held.extend(items)
                return b""
        return self.post(json.dumps(self.batch(list(items))).encode())

    def release(self) -> bytes:
        """Send everything held, in one batch; return its body."""
        with self.changed:
            items, self._held, self.is_batch_held = self._held, [], False
        return self.tell(*items)

    def post(self, body: bytes) -> bytes:
        """Send a signed body to the webhook, and keep it when it is not taken; return it."""
        assert self.webhooks is not None, "no application to send to"
        try:
            response = self.webhooks.post(self.webhook, content=body, headers=signed(body))
            is_taken = response.is_success
        except httpx.HTTPError:
            is_taken = False
        if not is_taken:
            with self.changed:
                self.undelivered.append(body)
        return body

    def redeliver(self) -> None:
        """Send again what was not taken."""
        with self.changed:
            waiting, self.undelivered = self.undelivered, []
        for body in waiting:
            self.post(body)

    def next_count(self) -> int:
        """Count events and messages."""
        with self.changed:
            self._count += 1
            return self._count

    def told(self, message: Delivered, receipt: dict[str, Any]) -> None:
        """Record an accepted message, and tell the webhook that it left."""
        self.keep(message)
        if self.says_sent and self.webhooks is not None:
            self.tell(receipt)


class MetaPerson(Person):
    """Somebody who uses Messenger or WhatsApp."""

    server: MetaServer

    def send_location(self, latitude: float, longitude: float) -> None:
        """Share a place."""
        self.server.send_location(self.address, latitude, longitude)

    def send_voice(self) -> None:
        """Speak instead of writing."""
        self.server.send_voice(self.address)


def signed(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    """Return the headers of a webhook."""
    digest = hmac.new(secret.encode(), body, sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}
