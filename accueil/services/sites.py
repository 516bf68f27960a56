"""Find the reception site of a young person: competence before proximity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accueil.core.opening_state import OpeningState, opening_state
from accueil.core.places import Commune, city_of, distance_km
from accueil.core.territory import Organisation, Site, SiteClosure
from accueil.services.ports import Store, Territory
from accueil.services.slots import closed_days

NEAR_KM = 40.0
"""Beyond this, and without coverage data, we say that we know no site."""
_MOST_OTHERS = 2
_CLEARLY_NEARER_KM = 1.0
_LOOK_AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class NearSite:
    """A site, and how far it is in kilometres; ``None`` when that is not known."""

    site: Site
    organisation: Organisation
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class FoundSite:
    """A site for a commune. ``is_competent``: its Mission Locale covers that commune for sure.

    ``others`` are the next sites of the same Mission Locale; ``nearer`` is a site that is closer
    and belongs to another one, which does not receive that commune. Distances are from the
    commune's centre, or from ``measured_from`` when another place was asked for.
    """

    site: Site
    organisation: Organisation
    distance_km: float | None
    is_competent: bool
    others: tuple[NearSite, ...] = ()
    nearer: NearSite | None = None
    measured_from: str = ""

    def phone(self) -> str:
        """Return the site's phone, or its organisation's."""
        return self.site.phone or self.organisation.phone

    def email(self) -> str:
        """Return the site's e-mail, or its organisation's."""
        return self.site.email or self.organisation.email


class SiteFinder:
    """Reads coverage and sites."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def for_commune(self, commune: Commune, near: Commune | None = None) -> FoundSite | None:
        """Return the site of the competent Mission Locale that is nearest to where they live.

        ``near``: another place that it should be near, a school for instance; who is competent
        does not change. ``None`` when that Mission Locale has no known site (see ``competent``).

        Without coverage for the commune: the nearest site, within 40 km, of a Mission Locale
        whose coverage is not known at all, marked as not certain, or ``None``. One whose coverage
        is known covers nothing else: no site is ever given at random.
        """
        point = near or commune
        with self._store.read() as uow:
            organisation = _covering(uow.territory, commune)
            if organisation is None:
                return _uncertain(uow.territory, point)
            ranked = _ranked(point, uow.territory.sites_of(organisation.id), organisation)
            if not ranked:
                return None
            first, *others = ranked
            return FoundSite(
                first.site,
                organisation,
                first.distance_km,
                is_competent=True,
                others=tuple(others[:_MOST_OTHERS]),
                nearer=_nearer(uow.territory, point, first),
                measured_from=near.name if near else "",
            )

    def competent(self, commune: Commune) -> Organisation | None:
        """Return the Mission Locale of a commune, even when none of its sites is known."""
        with self._store.read() as uow:
            return _covering(uow.territory, commune)

    def by_id(self, site_id: str) -> FoundSite | None:
        """Return a known site, without a distance."""
        with self._store.read() as uow:
            site = uow.territory.site(site_id)
            organisation = uow.territory.organisation(site.organisation_id) if site else None
            if site is None or organisation is None:
                return None
            return FoundSite(site, organisation, None, is_competent=True)

    def next_closure(self, site: Site, now: datetime) -> SiteClosure | None:
        """Return the closure of a site that is under way, or begins within four weeks."""
        day = now.astimezone(site.zone()).date()
        with self._store.read() as uow:
            closures = [one for one in uow.absences.closures_of(site.id) if one.last_day >= day]
        first = min(closures, key=lambda one: one.first_day, default=None)
        return first if first and first.first_day <= day + _LOOK_AHEAD else None

    def state_of(self, site: Site, now: datetime) -> OpeningState:
        """Return whether a site is open at an aware instant, holidays and closures included."""
        with self._store.read() as uow:
            closures = uow.absences.closures_of(site.id)
        return opening_state(site, now, closed_days(site, now, now + _LOOK_AHEAD, closures))


def _covering(territory: Territory, commune: Commune) -> Organisation | None:
    """Return who covers a commune; coverage may name an arrondissement, or its city as a whole."""
    found = territory.organisation_covering(commune.insee)
    city = city_of(commune.insee)
    return found or (territory.organisation_covering(city) if city else None)


def _uncertain(territory: Territory, point: Commune) -> FoundSite | None:
    """Return the nearest site of a Mission Locale whose coverage nobody gave."""
    settled = territory.organisations_with_coverage()
    sites = [one for one in _around(territory, point) if one.organisation_id not in settled]
    ranked = _ranked(point, sites)
    if not ranked or (ranked[0].distance_km or 0) > NEAR_KM:
        return None
    site = ranked[0].site
    owner = territory.organisation(site.organisation_id)
    return FoundSite(site, owner, ranked[0].distance_km, False) if owner else None


def _nearer(territory: Territory, point: Commune, own: NearSite) -> NearSite | None:
    """Return the nearest site if it is clearly nearer and another Mission Locale's."""
    if own.distance_km is None:
        return None
    foreign = [
        one
        for one in _around(territory, point)
        if one.organisation_id != own.organisation.id and one.is_example == own.site.is_example
    ]
    ranked = _ranked(point, foreign)
    if not ranked or (ranked[0].distance_km or 0) > own.distance_km - _CLEARLY_NEARER_KM:
        return None
    owner = territory.organisation(ranked[0].site.organisation_id)
    return NearSite(ranked[0].site, owner, ranked[0].distance_km) if owner else None


def _around(territory: Territory, point: Commune) -> Sequence[Site]:
    if point.latitude is None or point.longitude is None:
        return [site for site in territory.sites() if site.insee == point.insee]
    return territory.sites_around(point.latitude, point.longitude, NEAR_KM)


def _ranked(
    point: Commune, sites: Iterable[Site], organisation: Organisation | None = None
) -> list[NearSite]:
    """Return sites from the nearest; without a centre, those of the commune itself first."""
    owner = organisation or Organisation("", "")
    if point.latitude is None or point.longitude is None:
        here_first = sorted(sites, key=lambda site: (site.insee != point.insee, site.id))
        return [NearSite(site, owner, None) for site in here_first]
    latitude, longitude = point.latitude, point.longitude
    ranked = sorted(
        (distance_km(latitude, longitude, site.latitude, site.longitude), site.id, site)
        for site in sites
    )
    return [NearSite(site, owner, away) for away, _, site in ranked]
