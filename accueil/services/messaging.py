"""SMS: the message that leaves, what becomes of it, what is answered. Gateways implement it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,20}")


def reference_for(message_id: str, to: str) -> str:
    """Return the name under which a message to an address is known outside, 20 characters.

    The same fact to the same address gives the same name; to a corrected address, another one. It
    serves ``Sms.reference`` and ``Mail.message_id``.
    """
    return sha256(f"{message_id}\n{to}".encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message ready to leave. ``to`` is E.164; the text is neither cut nor made plain.

    ``reference`` is unique per message: 1 to 20 letters, digits, ``_`` or ``-``. After
    ``valid_for`` an undelivered message is given up. Raises ``ValueError``, without the number.
    """

    to: str = field(repr=False)
    text: str = field(repr=False)
    reference: str
    valid_for: timedelta = timedelta(days=2)

    def __post_init__(self) -> None:
        if not _REFERENCE.fullmatch(self.reference):
            raise ValueError("a reference is 1 to 20 letters, digits, _ or -")


class DeliveryReceipt(StrEnum):
    """What the telephone network says of a message. ``PENDING``: nothing yet, perhaps never."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class IncomingSms:
    """An answer. ``id`` is the provider's; ``at`` is aware and in UTC.

    ``sender`` is E.164, empty when it is no number that can be written so. ``reference`` is that of
    the message answered when the provider knows it, else empty.
    """

    id: str
    sender: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime
    reference: str = ""


class SmsNotSent(Exception):
    """The message was not accepted, or nobody knows. ``retry``: ``find`` it, then try again."""

    def __init__(self, kind: str, *, retry: bool) -> None:
        super().__init__(kind)
        self.retry = retry


class NoSmsProvider(SmsNotSent):
    """Nobody carries SMS here: no failure, and nothing to try again."""

    def __init__(self) -> None:
        super().__init__("no provider", retry=False)


class SmsUnavailable(Exception):
    """The provider cannot tell now; ask again later."""


class SmsSender(Protocol):
    """Sends SMS. No method ever puts a number or a text in an exception or a log."""

    @property
    def description(self) -> str:
        """Say in French where messages go, for the console."""
        ...

    @property
    def carries_links(self) -> bool:
        """Tell whether a text may hold a web address or a telephone number."""
        ...

    @property
    def takes_answers(self) -> bool:
        """Tell whether people can answer: else the text must not ask them to."""
        ...

    def send(self, sms: Sms) -> str:
        """Hand the message over and return the provider's identifier. Raises ``SmsNotSent``."""
        ...

    def find(self, reference: str) -> str | None:
        """Return the identifier of a message accepted earlier, if there is one.

        Called before every attempt but the first, so that nothing leaves twice. Raises
        ``SmsUnavailable``.
        """
        ...

    def receipts(self, ids: Sequence[str]) -> dict[str, DeliveryReceipt]:
        """Return what is known of each message, by identifier. Raises ``SmsUnavailable``."""
        ...

    def incoming(self, since: datetime) -> list[IncomingSms]:
        """Return the answers received since an aware instant, oldest first.

        The same answer may come again: its ``id`` tells. Raises ``SmsUnavailable``.
        """
        ...
