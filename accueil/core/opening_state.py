"""Is a site open now, until when, and when does it open next: ordinary hours and closed days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accueil.core.territory import Site
from accueil.core.weekly_hours import joined_hours

_DAYS_AHEAD = 28
"""A site that opens on no day of four weeks has no hours worth announcing."""


@dataclass(frozen=True, slots=True)
class OpeningState:
    """What can be said of a site at an instant; times are local to the site.

    ``until``: it is open, and closes then. ``opens_at``: it is closed, and opens then; ``None``
    when its hours are not known. ``closed_for``: the public holiday that closes it today.
    """

    until: datetime | None = None
    opens_at: datetime | None = None
    closed_for: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it receives people now."""
        return self.until is not None


def opening_state(site: Site, now: datetime, closed: Mapping[date, str]) -> OpeningState:
    """Return the state of a site at an aware instant; ``closed`` names the days it is shut."""
    local = now.astimezone(site.zone())
    closed_for = closed.get(local.date(), "") if site.is_open_on(local.weekday()) else ""
    for start, end in _openings(site, local.date(), closed):
        if start <= now < end:
            return OpeningState(until=end)
        if start > now:
            return OpeningState(opens_at=start, closed_for=closed_for)
    return OpeningState(closed_for=closed_for)


def _openings(
    site: Site, first: date, closed: Mapping[date, str]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans of the days to come, in order."""
    spans, zone = joined_hours(site.hours), site.zone()
    for day in (first + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
        if day not in closed:
            for span in spans:
                if span.weekday == day.weekday():
                    yield (
                        datetime.combine(day, span.start, zone),
                        datetime.combine(day, span.end, zone),
                    )
