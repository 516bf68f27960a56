"""The waiting list of a site: who is told first when a time is freed."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from accueil.core.booking.appointment import Discretion
from accueil.core.territory import Modality

ANSWER_TIME = timedelta(hours=2)
"""How long a freed slot is held for somebody, daytime only (``answer_by``)."""
PATIENCE = 2
"""After that many offers without an answer, the person is no longer asked."""
LISTED_FOR = timedelta(days=60)
_DAY_BEGINS, _DAY_ENDS = time(8), time(20)


class WaitingStatus(StrEnum):
    """Where somebody stands on the list."""

    WAITING = "waiting"
    OFFERED = "offered"
    SERVED = "served"
    LEFT = "left"


@dataclass
class WaitingEntry:
    """One person waiting for a first appointment at one site. Instants in UTC.

    ``wish`` is ``Wish.to_dict``; ``offered_id`` is the appointment held for them while they answer.
    The order is that of ``created_at``, then ``id``: first come, first served.
    """

    id: str
    site_id: str
    conversation_id: str
    reason: str
    created_at: datetime
    status: WaitingStatus = WaitingStatus.WAITING
    modality: Modality = Modality.ON_SITE
    wish: dict[str, Any] = field(default_factory=dict)
    first_name: str = ""
    phone: str = ""
    email: str = ""
    phone_key: str | None = None
    email_key: str | None = None
    shared_note: str = ""
    discretion: Discretion = Discretion.ORDINARY
    referrer: str = ""
    offered_id: str | None = None
    unanswered: int = 0

    def is_too_old(self, now: datetime) -> bool:
        """Tell whether the person has waited past the time they were told."""
        return now >= self.created_at + LISTED_FOR

    def forget_person(self) -> None:
        """Leave the list and forget who it was."""
        self.status = WaitingStatus.LEFT
        self.erase_contact()

    def erase_contact(self) -> None:
        """Forget who it was: they booked, or left."""
        self.first_name = self.phone = self.email = self.shared_note = self.referrer = ""
        self.phone_key = self.email_key = None


def asked_at(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when somebody may be told: now by day, at 8 h local from 20 h to 8 h. In UTC."""
    local = now.astimezone(zone)
    if _DAY_BEGINS <= local.time() < _DAY_ENDS:
        return now
    is_evening = local.time() >= _DAY_ENDS
    morning = local.date() + timedelta(days=is_evening)
    return datetime.combine(morning, _DAY_BEGINS, zone).astimezone(UTC)


def answer_by(now: datetime, starts_at: datetime, notice: timedelta, zone: ZoneInfo) -> datetime:
    """Return until when a freed slot is held: two hours of daytime (8 h to 20 h, local).

    What the evening leaves of them goes on at 8 h the next morning. Never later than half the
    notice before the start, so that whoever comes after still has time.
    """
    asked = asked_at(now, zone)
    until = asked + ANSWER_TIME
    evening = datetime.combine(asked.astimezone(zone), _DAY_ENDS, zone).astimezone(UTC)
    if until > evening:
        until = asked_at(evening, zone) + (until - evening)
    return min(until, starts_at - notice / 2)
