"""The page around a conversation: which commune it speaks of, and who receives there."""

from dataclasses import dataclass

from accueil.core.places import Commune, Gazetteer, PlaceResolver, PlaceStatus
from accueil.services.sites import SiteFinder

LONGEST = 60


@dataclass(frozen=True, slots=True)
class PageTerritory:
    """A commune (INSEE code), and its Mission Locale's name, empty when nobody knows it."""

    insee: str
    organisation: str


class PageTerritories:
    """Reads what a page says of its territory. Where somebody lives is still theirs to say."""

    def __init__(self, gazetteer: Gazetteer, resolver: PlaceResolver, sites: SiteFinder) -> None:
        self._gazetteer = gazetteer
        self._resolver = resolver
        self._sites = sites

    def read(self, said: str) -> PageTerritory | None:
        """Return the commune of an INSEE code or a name; ``None`` for another text.

        Five digits are an INSEE code: 59100, Roubaix's postal code, is Bousignies. A departement is
        no commune, and has several Missions Locales: ``None`` too.
        """
        commune = self._commune(said.strip())
        if commune is None:
            return None
        owner = self._sites.competent(commune)
        return PageTerritory(commune.insee, owner.name if owner else "")

    def _commune(self, said: str) -> Commune | None:
        if not said or len(said) > LONGEST:
            return None
        known = self._gazetteer.by_insee(said)
        if known is not None:
            return known
        place = self._resolver.resolve(said)
        return place.communes[0] if place.status is PlaceStatus.FOUND else None
