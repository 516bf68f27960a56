"""An appointment as the pages of a young person show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    Discretion,
    GroupSession,
    reason_of,
)
from accueil.core.maps import route_url
from accueil.core.territory import Modality, Site
from accueil.services.appointments import Booked

VIDEO_OPENS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is read beside an appointment. ``phone`` is the site's; all but it may be absent."""

    phone: str
    session: GroupSession | None = None
    has_call_back: bool = False
    video_url: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """What a page says. ``start`` and ``end`` are in the appointment's zone."""

    appointment: Appointment
    site: Site
    code: str
    address: str
    around: Surroundings
    now: datetime
    start: datetime
    end: datetime

    @classmethod
    def of(cls, booked: Booked, around: Surroundings, now: datetime) -> "AppointmentView":
        """Return the view at an aware instant."""
        appointment = booked.appointment
        return cls(
            appointment,
            booked.site,
            booked.code,
            f"/rdv/{booked.link_token}",
            around,
            now,
            appointment.local_start(),
            appointment.ends_at.astimezone(appointment.zone()),
        )

    @property
    def phone(self) -> str:
        """Return the site's phone, or an empty string."""
        return self.around.phone

    @property
    def title(self) -> str:
        """Return what it is about: the session's title, or the reason."""
        session = self.around.session
        return session.title if session else reason_of(self.appointment.reason).title

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was cancelled."""
        return self.appointment.status is AppointmentStatus.CANCELLED

    @property
    def is_future(self) -> bool:
        """Tell whether it is confirmed and to come."""
        return self.appointment.is_future(self.now)

    @property
    def is_past(self) -> bool:
        """Tell whether its time is over."""
        return self.end <= self.now

    @property
    def can_move(self) -> bool:
        """Tell whether it can still be moved."""
        limit = reason_of(self.appointment.reason).move_until
        return self.is_future and self.now <= self.start - limit

    @property
    def can_cancel(self) -> bool:
        """Tell whether it can still be cancelled."""
        limit = reason_of(self.appointment.reason).cancel_until
        return self.is_future and self.now <= self.start - limit

    @property
    def can_report(self) -> bool:
        """Tell whether "j'ai un souci" still makes sense: until the end."""
        return self.appointment.status is AppointmentStatus.CONFIRMED and not self.is_past

    @property
    def is_discreet(self) -> bool:
        """Tell whether somebody else may see this person's screen."""
        return self.appointment.discretion is not Discretion.ORDINARY

    @property
    def is_seat(self) -> bool:
        """Tell whether it is a seat of a group session."""
        return self.appointment.group_session_id is not None

    @property
    def by_phone(self) -> bool:
        """Tell whether the counsellor calls."""
        return self.appointment.modality is Modality.PHONE

    @property
    def by_video(self) -> bool:
        """Tell whether it is a video call."""
        return self.appointment.modality is Modality.VIDEO

    @property
    def last_digits(self) -> str:
        """Return the last two digits of the young person's number, or an empty string."""
        return self.appointment.phone[-2:]

    @property
    def video_link(self) -> str:
        """Return the address of the video room from 15 minutes before the start to the end."""
        is_open = self.start - VIDEO_OPENS <= self.now < self.end and not self.is_cancelled
        return self.around.video_url if is_open else ""

    @property
    def is_another_year(self) -> bool:
        """Tell whether the day must be given with its year."""
        return self.start.year != self.now.astimezone(self.start.tzinfo).year

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
