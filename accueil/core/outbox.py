"""A message that must leave: written with the fact that causes it, sent later by the worker."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MAXIMUM_ATTEMPTS = 30
RECEIPT_TIME = timedelta(days=3)
"""How long after sending the telephone network is asked what became of an SMS."""
_CLAIM = timedelta(minutes=2)
_FIRST_RETRY, _LONGEST_RETRY = timedelta(minutes=1), timedelta(hours=1)
_FIRST_RECEIPT = timedelta(minutes=1)
_MORNING, _EVENING = 10, 19


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
    ANSWER_COMING = "answer_coming"
    ANSWER_CHANGE = "answer_change"
    ANSWER_TROUBLE = "answer_trouble"
    ANSWER_UNCLEAR = "answer_unclear"
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
    PLATFORM = "platform"
    """The messaging app from which the person booked, when they agreed to it."""


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
        self.claimed_until = now + _CLAIM

    def settle(self, sent: bool, now: datetime) -> None:
        """Record how the attempt ended; retry with a doubling delay, an hour at most."""
        self.claimed_until = None
        if sent:
            self.status, self.sent_at = DeliveryStatus.SENT, now
        elif self.attempts >= MAXIMUM_ATTEMPTS:
            self.status = DeliveryStatus.FAILED
        else:
            self.due_at = now + _delay_after(self.attempts)

    def drop(self) -> None:
        """Record that it is no longer true, or has nobody to go to."""
        self.status, self.claimed_until = DeliveryStatus.DROPPED, None

    def give_up(self) -> None:
        """Record that no further attempt can succeed."""
        self.status, self.claimed_until = DeliveryStatus.FAILED, None

    def ask_receipt(self, now: datetime) -> None:
        """Reserve one question about a sent message; the next one comes later and later."""
        age = now - (self.sent_at or now)
        self.claimed_until = now + max(_FIRST_RECEIPT, age / 2)

    def receive(self, *, delivered: bool) -> None:
        """Record what the telephone network said."""
        self.status = DeliveryStatus.DELIVERED if delivered else DeliveryStatus.UNDELIVERED
        self.claimed_until = None

    def send_again(self, now: datetime) -> None:
        """Have the same fact announced once more: to a corrected address.

        An attempt under way no longer counts, and cannot settle it. The next one then passes for
        the second, which asks first whether the message left already (ADR 0018).
        """
        self.status, self.due_at, self.sent_at = DeliveryStatus.PENDING, now, None
        self.attempts = 0 if self.claimed_until is None else 1
        self.claimed_until = None

    def should_have_left_at(self) -> datetime:
        """Return when it was due, before attempts failed and put it off."""
        failed = self.attempts if self.claimed_until is None else self.attempts - 1
        return self.due_at - sum(map(_delay_after, range(1, failed + 1)), timedelta(0))


def _delay_after(attempts: int) -> timedelta:
    doubled: timedelta = _FIRST_RETRY * 2 ** (attempts - 1)
    return min(doubled, _LONGEST_RETRY)


def daytime_after(now: datetime, zone: ZoneInfo) -> datetime:
    """Return an hour from an aware instant, or 10 h the next local morning; in UTC.

    For what nobody waits for: the hour lets a mistake be corrected first.
    """
    local = (now + timedelta(hours=1)).astimezone(zone)
    if local.hour >= _EVENING:
        local = (local + timedelta(days=1)).replace(hour=0)
    if local.hour < _MORNING:
        local = local.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    return local.astimezone(UTC)


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
