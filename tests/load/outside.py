"""The mail server and the SMS provider of the kill tests: they outlive whatever is killed."""

import email
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.sms_provider import START, SmsProvider


@dataclass
class Outside:
    """What arrived: how often each name of a message was seen, by way."""

    provider: SmsProvider
    smtp_url: str
    begun: float
    mails: Counter[str] = field(default_factory=Counter)

    def environment(self) -> dict[str, str]:
        """Return the settings that lead here."""
        return {"ACCUEIL_SMTP_URL": self.smtp_url, "ACCUEIL_SMS_URL": self.provider.url()}

    def tick(self) -> None:
        """Let the provider's clock follow: it refuses requests signed half a minute off."""
        self.provider.now = START + int(time.monotonic() - self.begun)

    def texts(self) -> Counter[str]:
        """Return how often the provider accepted each SMS."""
        return Counter(job["tag"] for job in list(self.provider.sent.values()))

    async def handle_DATA(self, _smtp: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Count a message by the local part of its Message-ID."""
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content).encode()
        message = email.message_from_bytes(raw, policy=policy.default)
        self.mails[str(message["Message-ID"]).strip("<> ").partition("@")[0]] += 1
        return "250 OK"


@contextmanager
def running_outside() -> Iterator[Outside]:
    """Start both on free loopback ports, and stop them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with SmsProvider() as provider:
        outside = Outside(provider, f"smtp://127.0.0.1:{port}", time.monotonic())
        controller = Controller(outside, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            yield outside
        finally:
            controller.stop()
