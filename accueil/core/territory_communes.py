"""Which commune an address is in: by INSEE code, else by postal code and name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accueil.core.places import Commune, Gazetteer
from accueil.core.places.names import full_key, loose_key, words_of
from accueil.core.text import fold

_CEDEX = re.compile(r"\bcedex\b.*$")
_DISTRICT = re.compile(r"\b(\d{1,2}) ?(?:er|e|eme|ème)?\b")
_CITIES = {"75": "75056", "69": "69123", "13": "13055"}


@dataclass(frozen=True, slots=True)
class CommuneFinder:
    """Finds communes in the gazetteer for the lines of a file."""

    gazetteer: Gazetteer

    def find(self, insee: str, postal_code: str, name: str) -> Commune | None:
        """Return the commune, or ``None`` when unknown or doubtful. A given code decides alone."""
        if insee:
            return self.gazetteer.by_insee(insee)
        if not name:
            return None
        here = self.gazetteer.by_postal_code(postal_code)
        named = self._named(name)
        longer = self._longer(name)
        found = [commune for commune in here if commune in named] or self._districts(here, named)
        found = found or [commune for commune in here if commune in longer]
        if not found:
            found = [c for c in named if postal_code.startswith(_postal_start(c.department))]
        return found[0] if len(set(found)) == 1 else None

    def agrees(self, commune: Commune, postal_code: str, name: str) -> bool:
        """Tell whether an address may be in a commune: its name, a former one, its postal code."""
        named = self._named(name)
        if commune in (*named, *self._longer(name)) or postal_code in commune.postal_codes:
            return True
        return bool(self._districts((commune,), named)) or not named

    def _named(self, name: str) -> tuple[Commune, ...]:
        words = words_of(_CEDEX.sub("", fold(name)))
        if not words:
            return ()
        exact = self.gazetteer.named_anywhere(full_key(words))
        return exact or self.gazetteer.named_anywhere(loose_key(words)) or self._city(words)

    def _longer(self, name: str) -> tuple[Commune, ...]:
        """Return the towns whose name goes on after this one: ``Évry`` of Évry-Courcouronnes."""
        return self.gazetteer.towns_called(full_key(words_of(_CEDEX.sub("", fold(name)))))

    def _city(self, words: Iterable[str]) -> tuple[Commune, ...]:
        """Return the city of ``Paris 18`` or ``Lyon 3e arrondissement``."""
        name = _DISTRICT.sub("", full_key(list(words))).replace("arrondissement", "").split()
        return self.gazetteer.named_anywhere(full_key(name)) if name else ()

    def _districts(self, here: Iterable[Commune], named: Iterable[Commune]) -> list[Commune]:
        """Return the districts among ``here`` whose city is among ``named``."""
        codes = {commune.insee for commune in named}
        return [
            commune
            for commune in here
            if commune.insee != (city := _CITIES.get(commune.department))
            and city in codes
            and "rrondissement" in commune.name
        ]


def _postal_start(department: str) -> str:
    """Return how postal codes of a departement begin: Corsica keeps ``20``."""
    return "20" if department in ("2A", "2B") else department
