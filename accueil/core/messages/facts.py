"""What a message speaks of, as it is at the moment of sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accueil.core.booking import Appointment
from accueil.core.booking.appointment import AppointmentStatus, Discretion
from accueil.core.french import NBSP, show_moment
from accueil.core.outbox import MessageKind
from accueil.core.territory import Counsellor, Site


@dataclass(frozen=True, slots=True)
class Links:
    """Web addresses. ``page`` is the young person's own and secret; ``video`` may be empty."""

    home: str
    page: str
    console: str
    video: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """One message's facts. Every ``datetime`` is local to the appointment.

    ``start`` is the time spoken of: the former one when a move took it back. ``until``: how long a
    freed time is held; ``free``: times to book again.
    """

    kind: MessageKind
    appointment: Appointment
    site: Site
    counsellor: Counsellor
    start: datetime
    links: Links
    site_phone: str = ""
    code: str = ""
    session_title: str = ""
    until: datetime | None = None
    free: tuple[datetime, ...] = ()

    @property
    def is_neutral(self) -> bool:
        """Tell whether somebody else may read it: no name, no theme, no organisation."""
        return self.appointment.discretion is not Discretion.ORDINARY

    @property
    def is_given_away(self) -> bool:
        """Tell whether a counsellor is told that somebody else receives the person now."""
        is_another_s = self.counsellor.id != self.appointment.counsellor_id
        is_dead = self.appointment.status is AppointmentStatus.CANCELLED
        return self.kind is MessageKind.CANCELLED and is_another_s and not is_dead

    @property
    def is_group(self) -> bool:
        """Tell whether it is a seat of a group session."""
        return self.appointment.group_session_id is not None

    @property
    def when(self) -> str:
        """Return ``mardi 24 novembre à 10 h``."""
        return show_moment(self.start)

    @property
    def duration(self) -> timedelta:
        """Return how long it lasts."""
        return self.appointment.ends_at - self.appointment.starts_at


def show_duration(length: timedelta) -> str:
    """Return ``45 minutes``, ``2 h`` or ``1 h 30``."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return f"{minutes}{NBSP}minutes"
    return f"{hours}{NBSP}h{NBSP}{minutes:02d}" if minutes else f"{hours}{NBSP}h"
