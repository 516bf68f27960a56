"""Days on which a whole site is closed: noted, listed, taken back by an operator."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import uuid4

from accueil.core.clock import Clock
from accueil.core.territory import Site, SiteClosure
from accueil.services.absences import read_days
from accueil.services.expected import Expected, expected_appointment, expected_session
from accueil.services.ports import Store, UnitOfWork
from accueil.services.staff_directory import site_named
from accueil.services.staff_entry import WrongEntry, quoted, read_label

LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Closed:
    """A closure, and who is expected on its days: they stay until somebody moves them."""

    closure: SiteClosure
    site: Site
    changed: bool = False
    expected: tuple[Expected, ...] = ()


class ClosingService:
    """The use case. Days are those of the site, both included."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def close(self, site_id: str, first: str, last: str, label: str) -> Closed:
        """Close a site: no slot is offered then. Doing it again changes nothing.

        Raises ``WrongEntry``.
        """
        name = read_label(label, LONGEST_LABEL, "Le libellé")
        begins, ends = read_days(first, last)
        now = self._clock.now()
        with self._store.write() as uow:
            site = site_named(uow.territory, site_id)
            if ends < now.astimezone(site.zone()).date():
                raise WrongEntry("Ces dates sont passées.")
            uow.appointments.lock_sites([site.id])
            wanted = SiteClosure(uuid4().hex[:12], site.id, begins, ends, name)
            known = _same(uow, wanted)
            if known is None:
                uow.absences.add(wanted)
            expected = _expected(uow, site, wanted, now)
            uow.commit()
        return Closed(known or wanted, site, known is None, expected)

    def listed(self) -> list[Closed]:
        """Return the closures of every site that are not over, soonest first."""
        now = self._clock.now()
        with self._store.read() as uow:
            found = [(one, uow.territory.site(one.site_id)) for one in uow.absences.closures()]
        return [
            Closed(one, site)
            for one, site in found
            if site is not None and one.last_day >= now.astimezone(site.zone()).date()
        ]

    def reopen(self, closure_id: str) -> Closed:
        """Take a closure back: slots are offered again. Raises ``WrongEntry``."""
        with self._store.write() as uow:
            closure = uow.absences.closure(closure_id)
            if closure is None:
                raise WrongEntry(f"Aucune fermeture n’a l’identifiant {quoted(closure_id)}.")
            site = site_named(uow.territory, closure.site_id)
            uow.absences.delete(closure)
            uow.commit()
        return Closed(closure, site, changed=True)


def _same(uow: UnitOfWork, wanted: SiteClosure) -> SiteClosure | None:
    days = wanted.first_day, wanted.last_day
    closures = uow.absences.closures_of(wanted.site_id)
    return next((one for one in closures if (one.first_day, one.last_day) == days), None)


def _expected(
    uow: UnitOfWork, site: Site, closure: SiteClosure, now: datetime
) -> tuple[Expected, ...]:
    start = datetime.combine(closure.first_day, time(), site.zone())
    end = datetime.combine(closure.last_day + timedelta(days=1), time(), site.zone())
    begins = max(start, now)
    alone = [
        expected_appointment(uow, one)
        for one in uow.appointments.of_site(site.id, begins, end)
        if one.is_future(now) and one.group_session_id is None
    ]
    sessions = [
        expected_session(uow, one)
        for one in uow.groups.of_site(site.id, begins)
        if one.starts_at < end and one.capacity
    ]
    return tuple(sorted([*alone, *sessions], key=lambda one: one.start))
