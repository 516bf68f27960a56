"""Find the free slots of a site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from accueil.core.booking import (
    Appointment,
    Proposal,
    Reason,
    Slot,
    SlotTaken,
    Wish,
    free_slots,
    is_open,
    propose,
)
from accueil.core.clock import Clock
from accueil.core.closures import public_holidays
from accueil.core.places import department_of
from accueil.core.territory import Modality, Site, SiteClosure
from accueil.services.ports import Store, UnitOfWork

_CLOSED = "fermeture exceptionnelle"


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

    def offer(
        self, site_id: str, reason: Reason, wish: Wish, modality: Modality = Modality.ON_SITE
    ) -> Offer:
        """Return the best slots for a wish. Raises ``UnknownSite``."""
        with self._store.read() as uow:
            site = uow.territory.site(site_id)
            if site is None:
                raise UnknownSite(site_id)
            slots = self.free(uow, site, reason, modality)
            closures = uow.absences.closures_of(site.id)
            closed = closed_days(site, self._clock.now(), self._until(reason), closures)
        proposal = propose(slots, wish, site.zone())
        target = wish.first_start()
        if proposal.matched or target is None:
            return Offer(site, proposal)
        if target > self._clock.now() + reason.horizon:
            return Offer(site, proposal, is_too_far=True)
        if not wish.is_one_day(site.zone()):
            return Offer(site, proposal)
        day = target.astimezone(site.zone()).date()
        holiday = closed.get(day, "")
        if day in closed or not site.is_open_on(day.weekday()):
            return Offer(site, proposal, day, holiday)
        return Offer(site, proposal, is_outside_hours=not _opens_within(site, wish))

    def free(
        self,
        uow: UnitOfWork,
        site: Site,
        reason: Reason,
        modality: Modality = Modality.ON_SITE,
    ) -> list[Slot]:
        """Return every free start of a site for a reason, inside a transaction."""
        if modality not in reason.modalities:
            return []
        now, until = self._clock.now(), self._until(reason)
        return free_slots(
            uow.territory.openings_of(site.id),
            uow.appointments.busy(site.id, now, until, now),
            frozenset(closed_days(site, now, until, uow.absences.closures_of(site.id))),
            site.zone(),
            reason,
            now,
            away=uow.absences.away(site.id, now, until),
            modality=modality,
        )

    def slot_at(
        self, uow: UnitOfWork, site: Site, reason: Reason, start: datetime, modality: Modality
    ) -> Slot:
        """Return the free slot that begins at an instant. Raises ``SlotTaken``."""
        for slot in self.free(uow, site, reason, modality):
            if slot.start == start:
                return slot
        raise SlotTaken("no counsellor is free at that start")

    def is_still_offered(self, uow: UnitOfWork, site: Site, held: Appointment) -> bool:
        """Tell whether a held time is still one at which its counsellor receives in that way.

        An opening deleted, an absence or a closure written meanwhile say no.
        """
        mine = [
            one
            for one in uow.territory.openings_of(site.id)
            if one.counsellor_id == held.counsellor_id and held.modality in one.modalities
        ]
        away = uow.absences.away(site.id, held.starts_at, held.ends_at)
        closures = uow.absences.closures_of(site.id)
        closed = frozenset(closed_days(site, held.starts_at, held.ends_at, closures))
        return is_open(mine, held.interval(), away.get(held.counsellor_id, ()), closed, site.zone())

    def _until(self, reason: Reason) -> datetime:
        return self._clock.now() + reason.horizon + reason.duration


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


def closed_days(
    site: Site, start: datetime, end: datetime, closures: Iterable[SiteClosure] = ()
) -> dict[date, str]:
    """Return the closed local days of a site, with what is said of them.

    They are the public holidays of its department in the years of two instants, and its own
    closures.
    """
    department = department_of(site.insee)
    first, last = start.astimezone(site.zone()).date(), end.astimezone(site.zone()).date()
    years = range(first.year, last.year + 1)
    found = {day: name for year in years for day, name in public_holidays(department, year).items()}
    for closure in closures:
        if closure.last_day >= first and closure.first_day <= last:
            found |= dict.fromkeys(closure.days(), closure.label or _CLOSED)
    return found
