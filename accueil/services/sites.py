"""Find the reception site of a young person: competence before proximity."""

from collections.abc import Sequence
from dataclasses import dataclass

from accueil.core.places import Commune, distance_km
from accueil.core.territory import Organisation, Site
from accueil.services.ports import Store

NEAR_KM = 40.0
"""Beyond this, and without coverage data, we say that we know no site."""


@dataclass(frozen=True, slots=True)
class FoundSite:
    """A site for a commune. ``is_competent``: its Mission Locale covers that commune for sure."""

    site: Site
    organisation: Organisation
    distance_km: float | None
    is_competent: bool

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

    def for_commune(self, commune: Commune) -> FoundSite | None:
        """Return the nearest site of the competent Mission Locale.

        Otherwise the nearest site, within 40 km, of a Mission Locale whose coverage is not known
        at all, marked as not certain; ``None`` when there is none. One whose coverage is known
        covers nothing else: no site is ever given at random.
        """
        with self._store.read() as uow:
            organisation = uow.territory.organisation_covering(commune.insee)
            if organisation is not None:
                nearest = _nearest(commune, uow.territory.sites_of(organisation.id))
                if nearest is not None:
                    return FoundSite(nearest[0], organisation, nearest[1], is_competent=True)
            settled = uow.territory.organisations_with_coverage()
            others = [one for one in uow.territory.sites() if one.organisation_id not in settled]
            nearest = _nearest(commune, others)
            if nearest is None or (nearest[1] or 0) > NEAR_KM:
                return None
            owner = uow.territory.organisation(nearest[0].organisation_id)
            return FoundSite(*_with(nearest, owner), is_competent=False) if owner else None

    def by_id(self, site_id: str) -> FoundSite | None:
        """Return a known site, without a distance."""
        with self._store.read() as uow:
            site = uow.territory.site(site_id)
            organisation = uow.territory.organisation(site.organisation_id) if site else None
            if site is None or organisation is None:
                return None
            return FoundSite(site, organisation, None, is_competent=True)


def _with(
    nearest: tuple[Site, float | None], owner: Organisation
) -> tuple[Site, Organisation, float | None]:
    return nearest[0], owner, nearest[1]


def _nearest(commune: Commune, sites: Sequence[Site]) -> tuple[Site, float | None] | None:
    if not sites:
        return None
    if commune.latitude is None or commune.longitude is None:
        same = [site for site in sites if site.insee == commune.insee]
        return (same[0], None) if same else None
    latitude, longitude = commune.latitude, commune.longitude
    ranked = sorted(
        (distance_km(latitude, longitude, site.latitude, site.longitude), site.id, site)
        for site in sites
    )
    return ranked[0][2], ranked[0][0]
