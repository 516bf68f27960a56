"""An appointment and free slots, as the pages of a young person show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from accueil.core.booking import Appointment, AppointmentStatus, Slot, reason_of
from accueil.core.maps import route_url
from accueil.core.territory import Site
from accueil.services.appointments import Booked

_NOON = time(13)


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """What a page says. ``start`` and ``end`` are in the site's zone; ``phone`` may be empty."""

    appointment: Appointment
    site: Site
    code: str
    address: str
    phone: str
    start: datetime
    end: datetime
    can_move: bool
    can_cancel: bool

    @classmethod
    def of(cls, booked: Booked, phone: str, now: datetime) -> "AppointmentView":
        """Work out what can still be done at an aware instant."""
        appointment, zone = booked.appointment, booked.site.zone()
        is_future = appointment.is_future(now)
        limit = appointment.starts_at - reason_of(appointment.reason).move_until
        return cls(
            appointment,
            booked.site,
            booked.code,
            f"/rdv/{booked.link_token}",
            phone,
            appointment.starts_at.astimezone(zone),
            appointment.ends_at.astimezone(zone),
            can_move=is_future and now <= limit,
            can_cancel=is_future,
        )

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was cancelled."""
        return self.appointment.status is AppointmentStatus.CANCELLED

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return int((self.end - self.start).total_seconds() // 60)

    @property
    def move_hours(self) -> int:
        """Return how many hours before the start it can last be moved."""
        limit = reason_of(self.appointment.reason).move_until
        return int(limit.total_seconds() // 3600)

    @property
    def route(self) -> str:
        """Return an address that shows the way to the site, on OpenStreetMap."""
        return route_url(self.site.latitude, self.site.longitude)


@dataclass(frozen=True, slots=True)
class Choice:
    """One free start: ``value`` goes into the form, ``start`` is local."""

    value: str
    start: datetime


@dataclass(frozen=True, slots=True)
class DayOfSlots:
    """The free starts of one local day."""

    day: date
    morning: tuple[Choice, ...]
    afternoon: tuple[Choice, ...]

    def count(self) -> int:
        """Return how many starts are free."""
        return len(self.morning) + len(self.afternoon)


def days_of_slots(slots: Sequence[Slot], zone: ZoneInfo) -> list[DayOfSlots]:
    """Share sorted slots out between local days, mornings and afternoons (from 13 h)."""
    by_day: dict[date, list[Choice]] = {}
    for slot in slots:
        local = slot.start.astimezone(zone)
        by_day.setdefault(local.date(), []).append(Choice(slot.start.isoformat(), local))
    return [
        DayOfSlots(
            day,
            tuple(one for one in choices if one.start.time() < _NOON),
            tuple(one for one in choices if one.start.time() >= _NOON),
        )
        for day, choices in by_day.items()
    ]
