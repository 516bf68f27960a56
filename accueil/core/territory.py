"""The territory: Missions Locales, their reception sites, counsellors and opening hours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True, order=True)
class WeeklyHours:
    """One span of a week, in the site's local time. ``weekday`` 0 is Monday."""

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("weekday must be 0 (Monday) to 6 (Sunday)")
        if self.start >= self.end:
            raise ValueError("hours must start before they end")


@dataclass
class Organisation:
    """A Mission Locale: the structure that covers communes and owns sites."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    website: str = ""
    is_example: bool = False


@dataclass
class Site:
    """A reception point ("antenne"). Coordinates in WGS 84 degrees; ``insee`` is its commune."""

    id: str
    organisation_id: str
    name: str
    address: str
    postal_code: str
    city: str
    insee: str
    phone: str
    email: str
    latitude: float
    longitude: float
    time_zone: str
    hours: list[WeeklyHours] = field(default_factory=list)
    accessibility: str = ""
    is_example: bool = False

    def zone(self) -> ZoneInfo:
        """Return the IANA zone in which this site lives."""
        return ZoneInfo(self.time_zone)

    def is_open_on(self, weekday: int) -> bool:
        """Tell whether the site opens to the public on that day of an ordinary week."""
        return any(span.weekday == weekday for span in self.hours)


@dataclass
class Coverage:
    """One commune (INSEE code) belongs to one Mission Locale."""

    insee: str
    organisation_id: str


@dataclass
class Counsellor:
    """A professional who receives young people at one site and signs in to the console.

    ``left_at`` is when the account was closed, in UTC; open accounts have none.
    """

    id: str
    site_id: str
    display_name: str
    email: str
    password_hash: str = ""
    is_active: bool = True
    left_at: datetime | None = None

    def leave(self, now: datetime) -> None:
        """Close the account."""
        self.is_active, self.left_at = False, now


class Modality(StrEnum):
    """How an appointment takes place."""

    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"


DEFAULT_MODALITIES = (Modality.ON_SITE, Modality.PHONE)
_LAST_OF_THE_MONTH = -1


@dataclass
class Opening:
    """A bookable span ("plage d'ouverture") of one counsellor, in the site's local time.

    It comes back each week on its weekday. ``first_day`` and ``last_day`` bound it (inclusive,
    local dates; the same day twice: once only); ``every_weeks`` 2 keeps every other week, counted
    from the week of ``first_day``; ``month_weeks`` keeps the first (1) to fifth (5) such weekday of
    the month, or the last (-1); on ``except_days`` it does not take place.
    """

    id: str
    counsellor_id: str
    site_id: str
    weekday: int
    start: time
    end: time
    first_day: date | None = None
    last_day: date | None = None
    every_weeks: int = 1
    month_weeks: list[int] = field(default_factory=list)
    except_days: list[date] = field(default_factory=list)
    modalities: list[Modality] = field(default_factory=lambda: list(DEFAULT_MODALITIES))

    def takes_place_on(self, day: date) -> bool:
        """Tell whether the opening takes place on a local day."""
        if day.weekday() != self.weekday or day in self.except_days:
            return False
        if self.first_day is not None and day < self.first_day:
            return False
        if self.last_day is not None and day > self.last_day:
            return False
        return self._is_kept_week(day) and self._is_kept_in_month(day)

    def _is_kept_week(self, day: date) -> bool:
        if self.every_weeks == 1 or self.first_day is None:
            return True
        return (_monday(day) - _monday(self.first_day)).days // 7 % self.every_weeks == 0

    def _is_kept_in_month(self, day: date) -> bool:
        if not self.month_weeks:
            return True
        is_last = (day + timedelta(days=7)).month != day.month
        rank = (day.day - 1) // 7 + 1
        return rank in self.month_weeks or (is_last and _LAST_OF_THE_MONTH in self.month_weeks)


@dataclass
class Absence:
    """A time when a counsellor does not receive. Instants in UTC, half-open; why is not kept."""

    id: str
    counsellor_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass
class SiteClosure:
    """Days on which a whole site is closed: local dates, both included. ``label`` is shown."""

    id: str
    site_id: str
    first_day: date
    last_day: date
    label: str = ""

    def days(self) -> Iterable[date]:
        """Yield each closed local day."""
        count = (self.last_day - self.first_day).days
        return (self.first_day + timedelta(days=number) for number in range(count + 1))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
