"""What is kept of a conversation in a messaging app while it is under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accueil.core.outbox import DeliveryStatus
from accueil.core.platforms.event import EventKind, PlatformEvent
from accueil.core.platforms.message import Choice, PlatformMessage
from accueil.core.platforms.user import PlatformUser

MOST_ATTEMPTS = 12
"""Of one delivery: an answer to a chat is worth nothing the next day."""
RECEIPT_WAIT = timedelta(seconds=10)
"""How long an uncertain delivery waits for the provider to say that it left."""
_FIRST_RETRY, _LONGEST_RETRY = timedelta(seconds=1), timedelta(minutes=10)
_MOST_TRIES = 3


@dataclass
class StoredEvent:
    """An event received, once; emptied when it is answered. Instants in UTC.

    ``event_key`` is a keyed hash of the provider's identifier, which may hold a telephone number.
    """

    event_key: str
    user_id: str | None
    received_at: datetime
    at: datetime
    body: list[dict[str, Any]]
    attempts: int = 0
    answered_at: datetime | None = None

    def event(self, user: PlatformUser) -> PlatformEvent:
        """Return what was received of a person; its ``id`` is our key, not the provider's."""
        body = self.body[0]
        return PlatformEvent(
            platform=user.platform,
            id=self.event_key,
            sender=user.address,
            kind=EventKind(body["kind"]),
            at=self.at,
            text=body["text"],
            button=body["button"],
            latitude=body["latitude"],
            longitude=body["longitude"],
            callback=body["callback"],
        )

    def answered(self, now: datetime) -> None:
        """Record that it is answered: nothing of it stays but that it came."""
        self.answered_at, self.body = now, []

    @property
    def is_hopeless(self) -> bool:
        """Tell whether answering failed so often that an apology is the answer."""
        return self.attempts >= _MOST_TRIES


def kept_body(event: PlatformEvent) -> list[dict[str, Any]]:
    """Return what has to be kept of an event until it is answered."""
    return [
        {
            "kind": event.kind.value,
            "text": event.text,
            "button": event.button,
            "latitude": event.latitude,
            "longitude": event.longitude,
            "callback": event.callback,
        }
    ]


@dataclass
class Delivery:
    """One message on its way to one person; its ``id`` is the reference that the provider knows.

    ``is_uncertain``: an attempt began, and how it ended is not known (yet).
    """

    id: str
    user_id: str
    created_at: datetime
    position: int
    body: list[dict[str, Any]]
    due_at: datetime
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: int = 0
    is_uncertain: bool = False

    def message(self) -> PlatformMessage:
        """Return what is to be sent."""
        body = self.body[0]
        choices = tuple(Choice(title, token) for title, token in body["choices"])
        return PlatformMessage(body["text"], self.id, choices)

    def begin(self, now: datetime, wait: timedelta) -> None:
        """Record an attempt before it is made: if we die in it, it is not made again at once."""
        self.attempts += 1
        self.is_uncertain, self.due_at = True, now + wait

    def sent(self) -> None:
        """Record that the provider has it; its words are no longer needed."""
        self._end(DeliveryStatus.SENT)

    def give_up(self) -> None:
        """Record that it will not arrive."""
        self._end(DeliveryStatus.FAILED)

    def put_off(self, now: datetime, wait: float | None, *, is_uncertain: bool) -> None:
        """Try again: after the seconds that the provider asks for, or ever later."""
        if self.attempts >= MOST_ATTEMPTS:
            self.give_up()
            return
        self.is_uncertain = is_uncertain
        own = min(_FIRST_RETRY * 2 ** (self.attempts - 1), _LONGEST_RETRY)
        asked = min(timedelta(seconds=wait or 0), _LONGEST_RETRY)
        receipt = RECEIPT_WAIT if is_uncertain else timedelta(0)
        self.due_at = now + max(own, asked, receipt)

    def _end(self, status: DeliveryStatus) -> None:
        self.status, self.is_uncertain, self.body = status, False, []
