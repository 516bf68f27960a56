"""An appointment, a group session, and what may be done with them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from accueil.core.booking.reasons import reason_of
from accueil.core.booking.slots import Interval
from accueil.core.territory import Modality

HOLD_TIME = timedelta(minutes=5)
HOLD_LIMIT = timedelta(minutes=15)


class AppointmentStatus(StrEnum):
    """Where an appointment stands. A hold is an appointment that nobody has confirmed yet."""

    HELD = "held"
    CONFIRMED = "confirmed"
    SEEN = "seen"
    NO_SHOW = "no_show"
    EXCUSED = "excused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


LIVE_STATUSES = (
    AppointmentStatus.HELD,
    AppointmentStatus.CONFIRMED,
    AppointmentStatus.SEEN,
    AppointmentStatus.NO_SHOW,
)
"""Statuses that occupy the counsellor's time and exclude any overlapping appointment."""


class Discretion(StrEnum):
    """What may reach the young person's phone and mailbox, which somebody else may read."""

    ORDINARY = "ordinary"
    NEUTRAL = "neutral"
    SILENT = "silent"


class BookingError(Exception):
    """A booking rule said no."""


class SlotTaken(BookingError):
    """Somebody else holds or has that time."""


class TooLate(BookingError):
    """The limit for this change has passed."""


class NotAllowed(BookingError):
    """The appointment is not in a state where this can be done, or the person already has one."""


@dataclass
class Appointment:
    """One young person, one counsellor, one half-open interval.

    Instants are aware, in UTC; ``time_zone`` is the site's. ``uid`` never changes and ``sequence``
    grows with every change that a calendar must learn of (RFC 5545, 3.8.4.7 and 3.8.7.4).
    """

    id: str
    site_id: str
    counsellor_id: str
    conversation_id: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    status: AppointmentStatus
    created_at: datetime
    uid: str
    link_token_hash: str
    link_token: str
    code_hash: str = ""
    hold_expires_at: datetime | None = None
    sequence: int = 0
    first_name: str = ""
    phone: str = ""
    email: str = ""
    phone_key: str | None = None
    email_key: str | None = None
    shared_note: str = ""
    consented_at: datetime | None = None
    modality: Modality = Modality.ON_SITE
    group_session_id: str | None = None
    """The group session of which this is one seat; its animator is ``counsellor_id``."""
    discretion: Discretion = Discretion.ORDINARY
    coming_at: datetime | None = None
    """When the young person last answered "je viens"."""
    referrer: str = ""
    """Who booked for the young person, with their agreement; empty when they booked themselves."""
    platform_user_id: str | None = None
    """Who in a messaging app agreed to be told of it there."""

    def interval(self) -> Interval:
        """Return the time this appointment occupies."""
        return Interval(self.starts_at, self.ends_at)

    def zone(self) -> ZoneInfo:
        """Return the IANA zone in which it takes place."""
        return ZoneInfo(self.time_zone)

    def local_start(self) -> datetime:
        """Return the start in the time zone in which it takes place."""
        return self.starts_at.astimezone(self.zone())

    def is_future(self, now: datetime) -> bool:
        """Tell whether it is confirmed and still to come."""
        return self.status is AppointmentStatus.CONFIRMED and self.starts_at > now

    def hold_is_over(self, now: datetime) -> bool:
        """Tell whether this is a hold whose time has run out."""
        return (
            self.status is AppointmentStatus.HELD
            and self.hold_expires_at is not None
            and self.hold_expires_at <= now
        )

    def extend_hold(self, now: datetime) -> None:
        """Keep the hold alive, up to 15 minutes after it began."""
        if self.status is AppointmentStatus.HELD:
            self.hold_expires_at = min(now + HOLD_TIME, self.created_at + HOLD_LIMIT)

    def cancel(self, now: datetime) -> None:
        """Free the time. Raises ``NotAllowed`` unless confirmed, ``TooLate`` past the limit."""
        self._require_confirmed()
        if now >= self.starts_at or now > self.starts_at - reason_of(self.reason).cancel_until:
            raise TooLate("the limit for cancelling has passed")
        self.status = AppointmentStatus.CANCELLED
        self.sequence += 1

    def move(self, to: Interval, counsellor_id: str, now: datetime) -> None:
        """Change the time and keep everything else, links included.

        Raises ``NotAllowed`` unless confirmed, ``TooLate`` past the reason's limit.
        """
        self.require_movable(now)
        self.starts_at, self.ends_at = to.start, to.end
        self.counsellor_id = counsellor_id
        self.coming_at = None
        self.sequence += 1

    def require_movable(self, now: datetime) -> None:
        """Raise ``NotAllowed`` unless confirmed, ``TooLate`` past the reason's limit."""
        self._require_confirmed()
        if now > self.starts_at - reason_of(self.reason).move_until:
            raise TooLate("the limit for moving has passed")

    def mark(self, status: AppointmentStatus, now: datetime) -> None:
        """Record what happened. Raises ``NotAllowed`` for another status or before the start."""
        after = (AppointmentStatus.SEEN, AppointmentStatus.NO_SHOW, AppointmentStatus.EXCUSED)
        if status not in after or self.status not in (AppointmentStatus.CONFIRMED, *after):
            raise NotAllowed("this appointment cannot be marked so")
        if now < self.starts_at:
            raise NotAllowed("the appointment has not begun")
        self.status = status

    def keep_local_time(self, time_zone: str) -> None:
        """Take a corrected zone: the hour that people were told stays, the instant changes."""
        length = self.ends_at - self.starts_at
        self.starts_at = self.local_start().replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
        self.ends_at = self.starts_at + length
        self.time_zone = time_zone
        self.sequence += 1

    def erase_person(self) -> None:
        """Forget who it was: the personal fields, not the fact that a time was taken."""
        self.first_name = self.phone = self.email = self.shared_note = self.referrer = ""
        self.phone_key = self.email_key = self.platform_user_id = None

    def _require_confirmed(self) -> None:
        if self.status is not AppointmentStatus.CONFIRMED:
            raise NotAllowed("the appointment is not confirmed")
