"""Find the free slots of a site."""

from dataclasses import dataclass
from datetime import date, datetime, time

from accueil.core.booking import Proposal, Reason, Slot, Wish, free_slots, propose
from accueil.core.clock import Clock
from accueil.core.closures import public_holidays
from accueil.core.places import department_of
from accueil.core.territory import Site
from accueil.services.ports import Store, UnitOfWork


class UnknownSite(LookupError):
    """No site has that identifier."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be proposed for a wish, and why it is not what was wished.

    ``closed_on`` is a wished local day without reception; ``is_outside_hours``: the day is open,
    the hour is not; ``is_too_far``: beyond the reason's horizon.
    """

    site: Site
    proposal: Proposal
    closed_on: date | None = None
    holiday: str = ""
    is_outside_hours: bool = False
    is_too_far: bool = False


class SlotFinder:
    """Reads openings and appointments, and proposes slots."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def offer(self, site_id: str, reason: Reason, wish: Wish) -> Offer:
        """Return the best slots for a wish. Raises ``UnknownSite``."""
        with self._store.read() as uow:
            site = uow.territory.site(site_id)
            if site is None:
                raise UnknownSite(site_id)
            slots = self.free(uow, site, reason)
        proposal = propose(slots, wish, site.zone())
        target = wish.first_start()
        if proposal.matched or target is None:
            return Offer(site, proposal)
        if target > self._clock.now() + reason.horizon:
            return Offer(site, proposal, is_too_far=True)
        if not wish.is_one_day(site.zone()):
            return Offer(site, proposal)
        day = target.astimezone(site.zone()).date()
        holiday = closed_days(site, target, target).get(day, "")
        if holiday or not site.is_open_on(day.weekday()):
            return Offer(site, proposal, day, holiday)
        return Offer(site, proposal, is_outside_hours=not _opens_within(site, wish))

    def free(self, uow: UnitOfWork, site: Site, reason: Reason) -> list[Slot]:
        """Return every free start of a site for a reason, inside a transaction."""
        now = self._clock.now()
        until = now + reason.horizon + reason.duration
        return free_slots(
            uow.territory.openings_of(site.id),
            uow.appointments.busy(site.id, now, until, now),
            frozenset(closed_days(site, now, until)),
            site.zone(),
            reason,
            now,
        )


def _opens_within(site: Site, wish: Wish) -> bool:
    """Tell whether the site's ordinary hours meet one of the wished windows of a day."""
    zone = site.zone()
    for window in wish.windows:
        start = window.start.astimezone(zone)
        end = window.end.astimezone(zone).time() if window.end else None
        for span in site.hours:
            is_that_day = span.weekday == start.weekday() and start.time() < span.end
            begins = span.start <= start.time() if window.exact else True
            is_before_end = end is None or end == time(0) or span.start < end
            if is_that_day and begins and is_before_end:
                return True
    return False


def closed_days(site: Site, start: datetime, end: datetime) -> dict[date, str]:
    """Return the public holidays of a site's department for the local years of two instants."""
    department = department_of(site.insee)
    first, last = start.astimezone(site.zone()), end.astimezone(site.zone())
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in public_holidays(department, year).items()}
