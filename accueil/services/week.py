"""One week of a site as counsellors see it: values to show, in the site's local time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accueil.core.booking import Appointment, AppointmentStatus, GroupSession
from accueil.core.conversation import CallbackRequest
from accueil.core.territory import Site, SiteClosure
from accueil.services.slots import closed_days

_SATURDAY = 5
_MARKED = (AppointmentStatus.SEEN, AppointmentStatus.NO_SHOW, AppointmentStatus.EXCUSED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment in an agenda. ``start`` and ``end`` are in the site's time zone."""

    appointment: Appointment
    counsellor_name: str
    is_mine: bool
    start: datetime
    end: datetime
    has_begun: bool

    def is_settled(self) -> bool:
        """Tell whether somebody recorded what happened."""
        return self.appointment.status in _MARKED

    def can_be_marked(self) -> bool:
        """Tell whether what happened can be recorded, or corrected."""
        is_confirmed = self.appointment.status is AppointmentStatus.CONFIRMED
        return self.has_begun and (is_confirmed or self.is_settled())


@dataclass(frozen=True, slots=True)
class Day:
    """One local day of a site. ``holiday`` names the public holiday, when it is one."""

    date: date
    is_today: bool
    holiday: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A group session to come, ``start`` in the site's time zone."""

    session: GroupSession
    start: datetime

    def free_seats(self) -> int:
        """Return the seats that are left."""
        return self.session.capacity - self.session.taken


@dataclass(frozen=True, slots=True)
class Callback:
    """Somebody who wants to be called back; instants in the site's time zone.

    ``about`` is the start of the appointment to come that they have here, if any.
    """

    request: CallbackRequest
    asked_at: datetime
    about: datetime | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week of a site; ``monday`` is its first local day."""

    site: Site
    monday: date
    days: tuple[Day, ...]
    callbacks: tuple[Callback, ...]
    gatherings: tuple[Gathering, ...]

    def entry_count(self) -> int:
        """Return how many appointments the week holds, cancelled ones included."""
        return sum(len(day.entries) for day in self.days)


def days_of_week(
    site: Site,
    monday: date,
    entries: list[Entry],
    today: date,
    closures: Iterable[SiteClosure] = (),
) -> tuple[Day, ...]:
    """Share the entries out between the days; an empty weekend of a closed site is left out."""
    first = datetime.combine(monday, time(), site.zone())
    holidays = closed_days(site, first, first + timedelta(days=6), closures)
    days = []
    for offset in range(7):
        day = monday + timedelta(days=offset)
        of_day = tuple(one for one in entries if one.start.date() == day)
        if offset >= _SATURDAY and not of_day and not site.is_open_on(offset):
            continue
        days.append(Day(day, day == today, holidays.get(day, ""), of_day))
    return tuple(days)
