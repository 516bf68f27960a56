"""The territory: Missions Locales, their reception sites, counsellors and opening hours."""

from dataclasses import dataclass, field
from datetime import time
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
    """A professional who receives young people at one site and signs in to the console."""

    id: str
    site_id: str
    display_name: str
    email: str
    password_hash: str = ""
    is_active: bool = True


@dataclass
class Opening:
    """A weekly bookable span ("plage d'ouverture") of one counsellor, in the site's local time."""

    id: str
    counsellor_id: str
    site_id: str
    weekday: int
    start: time
    end: time
