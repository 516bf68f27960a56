"""Fill a database with a territory of examples, for trying the product and for tests."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from accueil.core.booking import GroupSession
from accueil.core.clock import Clock
from accueil.core.closures import public_holidays
from accueil.core.places import Gazetteer, department_of
from accueil.core.territory import Coverage, Site
from accueil.services.demo_territory import (
    DEMO_FILE,
    DemoCounsellor,
    DemoSession,
    DemoTerritory,
    read_demo_territory,
)
from accueil.services.ports import Store, Territory, UnitOfWork


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was added or changed. ``password`` is empty when no counsellor was given one."""

    organisations: int
    sites: int
    coverage: int
    counsellors: int
    openings: int
    group_sessions: int
    password: str

    def has_changes(self) -> bool:
        """Tell whether anything was written."""
        return bool(self.organisations or self.sites or self.coverage or self.password) or bool(
            self.counsellors or self.openings or self.group_sessions
        )


def seed_demo(
    store: Store,
    gazetteer: Gazetteer,
    clock: Clock,
    hash_password: Callable[[str], str],
    *,
    password: str = "",
    reset_password: bool = False,
    path: Path = DEMO_FILE,
) -> DemoReport:
    """Add the example Missions Locales; what is already there as wanted stays, so do bookings.

    New counsellors sign in with ``password``, or with one made up here; ``reset_password`` gives it
    to those who exist as well. Counsellors who exist keep their openings, and communes that a real
    Mission Locale covers stay hers. Raises ``ValueError`` when the file of examples is wrong.
    """
    demo = read_demo_territory(gazetteer, path)
    with store.write() as uow:
        organisations, sites, coverage = _put_places(uow.territory, demo)
        new = [one for one in demo.counsellors if not uow.territory.counsellor(one.counsellor.id)]
        chosen = demo.counsellors if reset_password else new
        secret = (password or secrets.token_urlsafe(9)) if chosen else ""
        _put_counsellors(uow.territory, chosen, new, secret, hash_password)
        sessions = sum(_plan(uow, session, clock.now()) for session in demo.sessions)
        uow.commit()
    openings = sum(len(one.openings) for one in new)
    return DemoReport(organisations, sites, coverage, len(new), openings, sessions, secret)


def _put_places(territory: Territory, demo: DemoTerritory) -> tuple[int, int, int]:
    """Write what is not so yet; return how many organisations, sites and communes that was."""
    organisations = [o for o in demo.organisations if territory.organisation(o.id) != o]
    sites = [site for site in demo.sites if territory.site(site.id) != site]
    territory.put([*organisations, *sites])
    coverage = _new_coverage(territory, demo.coverage)
    territory.put(coverage)
    return len(organisations), len(sites), len(coverage)


def _new_coverage(territory: Territory, wanted: Iterable[Coverage]) -> list[Coverage]:
    """Return what is not so yet, save where a real Mission Locale is competent."""
    found: list[Coverage] = []
    for one in wanted:
        holder = territory.organisation_covering(one.insee)
        if holder is None or (holder.is_example and holder.id != one.organisation_id):
            found.append(one)
    return found


def _put_counsellors(
    territory: Territory,
    chosen: Iterable[DemoCounsellor],
    new: list[DemoCounsellor],
    secret: str,
    hash_password: Callable[[str], str],
) -> None:
    """Give the password to the chosen ones, openings to the new ones.

    One hash serves all: they share the password, and hashing is slow on purpose.
    """
    hashed = hash_password(secret) if secret else ""
    for one in chosen:
        known = territory.counsellor(one.counsellor.id)
        territory.put([replace(known or one.counsellor, password_hash=hashed)])
    territory.put([opening for one in new for opening in one.openings])


def _plan(uow: UnitOfWork, wanted: DemoSession, now: datetime) -> bool:
    """Plan a group session unless one of its kind is still to come; tell whether it was added.

    Raises ``ValueError`` when it is at a site that nobody knows.
    """
    site = uow.territory.site(wanted.site_id)
    if site is None:
        raise ValueError(f"{wanted.id}: unknown site")
    planned = uow.groups.of_site(site.id, now)
    if any(session.id.startswith(wanted.id) for session in planned):
        return False
    day = _open_day(site, now.astimezone(site.zone()).date() + timedelta(days=wanted.in_days))
    start = datetime.combine(day, wanted.start, site.zone()).astimezone(UTC)
    team = [one.id for one in uow.territory.counsellors_of(site.id)]
    uow.groups.put(
        GroupSession(
            id=f"{wanted.id}-{day:%Y%m%d}",
            site_id=site.id,
            title=wanted.title,
            starts_at=start,
            ends_at=start + timedelta(minutes=wanted.minutes),
            capacity=wanted.capacity,
            counsellor_id=min(team, default=None),
        )
    )
    return True


def _open_day(site: Site, day: date) -> date:
    """Return that local day, or the next on which the site receives."""
    department = department_of(site.insee)
    while not site.is_open_on(day.weekday()) or day in public_holidays(department, day.year):
        day += timedelta(days=1)
    return day
