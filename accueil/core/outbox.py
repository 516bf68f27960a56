"""A message that must leave: written with the fact that causes it, sent later by the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAXIMUM_ATTEMPTS = 8
_FIRST_RETRY = timedelta(minutes=1)


class MessageKind(StrEnum):
    """What a message announces."""

    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER_WEEK = "reminder_week"
    REMINDER_DAYS = "reminder_days"
    REMINDER_HOURS = "reminder_hours"
    WAITING_OFFER = "waiting_offer"
    NO_SHOW = "no_show"
    FIRST_RESPONSE = "first_response"
    DECLINED = "declined"


class Recipient(StrEnum):
    """To whom it goes."""

    YOUNG_PERSON = "young_person"
    COUNSELLOR = "counsellor"
    SITE = "site"


class Channel(StrEnum):
    """By which way it leaves."""

    EMAIL = "email"
    SMS = "sms"


class DeliveryStatus(StrEnum):
    """Where a message stands. ``DROPPED``: no longer true or no address when its time came.

    ``SENT``: handed over; ``DELIVERED`` and ``UNDELIVERED``: what the provider said afterwards.
    """

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass
class OutboxMessage:
    """One message about one state of one appointment, or about one call-back request.

    ``id`` is unique per fact and recipient.
    """

    id: str
    appointment_id: str | None
    kind: MessageKind
    recipient: Recipient
    sequence: int
    due_at: datetime
    counsellor_id: str = ""
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: int = 0
    claimed_until: datetime | None = None
    sent_at: datetime | None = None
    was_at: datetime | None = None
    """The start taken back, when a move gave the appointment another time and counsellor."""
    callback_id: str | None = None
    channel: Channel = Channel.EMAIL
    provider_id: str = ""
    """What the provider calls it; empty for an e-mail."""

    def claim(self, now: datetime) -> None:
        """Reserve the message for one attempt, so that a second worker leaves it alone."""
        self.attempts += 1
        self.claimed_until = now + timedelta(minutes=2)

    def settle(self, sent: bool, now: datetime) -> None:
        """Record how the attempt ended; retry with a doubling delay, give up after eight."""
        self.claimed_until = None
        if sent:
            self.status, self.sent_at = DeliveryStatus.SENT, now
        elif self.attempts >= MAXIMUM_ATTEMPTS:
            self.status = DeliveryStatus.FAILED
        else:
            self.due_at = now + _FIRST_RETRY * 2 ** (self.attempts - 1)

    def send_again(self, now: datetime) -> None:
        """Have the same fact announced once more: to a corrected address."""
        self.status, self.due_at, self.attempts = DeliveryStatus.PENDING, now, 0
        self.sent_at = None


def message_id(
    appointment_id: str,
    sequence: int,
    kind: MessageKind,
    recipient: Recipient,
    channel: Channel = Channel.EMAIL,
) -> str:
    """Return the key that makes a message unique: the same fact is never announced twice."""
    way = "" if channel is Channel.EMAIL else f":{channel}"
    return f"{appointment_id}:{sequence}:{kind}:{recipient}{way}"
