"""A territory arranged by commune, with today's communes and each of the three cities once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accueil.core.french import join
from accueil.core.places import Commune, Gazetteer, department_of
from accueil.core.places.geography import CITIES, arrondissement_code
from accueil.core.territory import Coverage, Organisation, Site

DISTRICTS: dict[str, str] = {
    code: city
    for city, (_, _, last) in CITIES.items()
    for number in range(1, last + 1)
    if (code := arrondissement_code(city, number))
}
"""The arrondissements, which are not communes, and the city of each."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A row of coverage whose commune is gone; ``now`` is the commune it belongs to, if known."""

    insee: str
    organisation_id: str
    now: Commune | None


class View:
    """Records of a territory beside the communes of France."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        organisations: Iterable[Organisation],
        sites: Sequence[Site],
        coverage: Iterable[Coverage],
    ) -> None:
        self.gazetteer = gazetteer
        self.communes = tuple(one for one in gazetteer if one.insee not in DISTRICTS)
        self.organisations = {one.id: one for one in organisations}
        self.sites = sites
        self.owners: dict[str, set[str]] = defaultdict(set)
        """Missions Locales by commune; several for a commune are an overlap."""
        self.district_owners: dict[str, dict[str, str]] = defaultdict(dict)
        """By city, Missions Locales by arrondissement."""
        self.stale: list[Stale] = []
        for row in coverage:
            self._cover(row)
        self.sites_of: dict[str, list[Site]] = defaultdict(list)
        for site in sites:
            self.sites_of[site.organisation_id].append(site)
        self.communes_of = self._communes_of()

    def organisation_name(self, organisation_id: str) -> str:
        """Return the name of a Mission Locale, or its identifier."""
        known = self.organisations.get(organisation_id)
        return known.name.strip() if known else organisation_id

    def commune_of(self, site: Site) -> Commune | None:
        """Return today's commune of a site: the city for an arrondissement."""
        return self.gazetteer.by_insee(DISTRICTS.get(site.insee, site.insee))

    def department_of(self, site: Site) -> str:
        """Return the departement that a site stands in."""
        commune = self.commune_of(site)
        return commune.department if commune else department_of(site.insee)

    def owners_at(self, insee: str) -> set[str]:
        """Return who covers a commune, whole or by arrondissements, or one arrondissement."""
        city = DISTRICTS.get(insee)
        if city and insee in self.district_owners.get(city, {}):
            return {self.district_owners[city][insee]}
        code = city or insee
        return self.owners.get(code, set()) | set(self.district_owners.get(code, {}).values())

    def covers(self, site: Site) -> bool:
        """Tell whether the Mission Locale of a site covers any commune."""
        return site.organisation_id in self.communes_of

    def owners_said(self, insee: str) -> str:
        """Return the names of who covers a commune."""
        return join([self.organisation_name(one) for one in sorted(self.owners_at(insee))])

    def missing_districts(self, city: str) -> int:
        """Return how many arrondissements of a city nobody covers; 0 for any other commune."""
        if city not in CITIES or city in self.owners:
            return 0
        return CITIES[city][2] - len(self.district_owners.get(city, {}))

    def people_covered(self, commune: Commune) -> int:
        """Return how many inhabitants of a commune have a Mission Locale."""
        if commune.insee in self.owners:
            return commune.population
        found = map(self.gazetteer.by_insee, self.district_owners.get(commune.insee, {}))
        return sum(one.population for one in found if one)

    def is_covered(self, commune: Commune) -> bool:
        """Tell whether the whole commune has a Mission Locale."""
        if commune.insee in self.owners:
            return True
        return commune.insee in CITIES and self.missing_districts(commune.insee) == 0

    def _cover(self, row: Coverage) -> None:
        if row.insee in DISTRICTS:
            self.district_owners[DISTRICTS[row.insee]][row.insee] = row.organisation_id
            return
        now = self.gazetteer.by_insee(row.insee)
        if now is None or now.insee != row.insee:
            self.stale.append(Stale(row.insee, row.organisation_id, now))
        if now is not None:
            self.owners[now.insee].add(row.organisation_id)

    def _communes_of(self) -> dict[str, list[Commune]]:
        found: dict[str, list[Commune]] = defaultdict(list)
        for commune in self.communes:
            for organisation_id in sorted(self.owners_at(commune.insee)):
                found[organisation_id].append(commune)
        return found
