"""Group sessions: several young people received together."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from accueil.core.booking.slots import Interval


@dataclass
class GroupSession:
    """A group session ("information collective", "atelier") with seats. Instants in UTC.

    ``counsellor_id`` animates it, and receives nobody else meanwhile. A seat taken is an
    appointment (``Appointment.group_session_id``); ``taken`` counts them, holds included.
    """

    id: str
    site_id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int = 0
    counsellor_id: str | None = None

    def interval(self) -> Interval:
        """Return the time it occupies."""
        return Interval(self.starts_at, self.ends_at)

    def seats_left(self) -> int:
        """Return how many seats nobody holds or has."""
        return max(self.capacity - self.taken, 0)

    def local_start(self, zone: ZoneInfo) -> datetime:
        """Return the start in a zone's local time."""
        return self.starts_at.astimezone(zone)
