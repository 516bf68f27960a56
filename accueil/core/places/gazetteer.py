"""Every commune of France, held in memory with the indexes the resolver needs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Self

from accueil.core.places.areas import name_areas, name_communes, name_neighbourhoods
from accueil.core.places.fuzzy import SpellingIndex
from accueil.core.places.geography import CITIES, arrondissement_code
from accueil.core.places.model import Area, Commune
from accueil.core.places.name_tables import TOWN, NameTables
from accueil.core.places.names import stopped_short
from accueil.core.places.reference import PlaceFiles, commune_of, read_place_files


class Gazetteer:
    """Communes and the names that lead to them. Read-only once built, safe between threads."""

    def __init__(self, files: PlaceFiles) -> None:
        """Index the content of the reference files."""
        self._communes: list[Commune] = []
        self._codes: dict[str, int] = {}
        self._postal: defaultdict[str, list[int]] = defaultdict(list)
        self._names = NameTables()
        self.common_words = files.common_words
        self.regions: dict[str, str] = {}
        self._region_departments: defaultdict[str, set[str]] = defaultdict(set)
        self.departments: dict[str, Area] = {}
        self._fill(files.communes)
        self.areas = name_areas(files, self.departments, self.regions)
        self.nicknames = name_communes(files.nicknames, self.by_insee)
        known = {*self._names.current, *self._names.loose, *self.common_words}
        self.neighbourhoods = name_neighbourhoods(files.neighbourhoods, self.by_insee, known)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Build from ``communes.tsv.xz`` (or its folder) and the tables beside it.

        Raises ``OSError`` or ``ValueError`` when a file is absent or wrong.
        """
        return cls(read_place_files(path))

    def __len__(self) -> int:
        return len(self._communes)

    def __iter__(self) -> Iterator[Commune]:
        yield from self._communes

    def by_insee(self, code: str) -> Commune | None:
        """Return the commune of a current code, or the one that a former code now belongs to."""
        index = self._codes.get(code.strip().upper())
        return None if index is None else self._communes[index]

    def by_postal_code(self, code: str) -> tuple[Commune, ...]:
        """Return the communes of a postal code (an arrondissement rather than its city)."""
        return self._at(self._postal.get(code, ()))

    def named(self, key: str) -> tuple[Commune, ...]:
        """Return the current communes of this full key, else the heads of older names."""
        return self._at(self._names.current.get(key) or self._names.older.get(key) or ())

    def named_loosely(self, key: str) -> tuple[Commune, ...]:
        """Return the communes of this loose key: articles and small words forgotten."""
        return self._at(self._names.loose.get(key) or self._names.loose_older.get(key) or ())

    def is_current(self, key: str) -> bool:
        """Tell whether a commune bears exactly this name today."""
        return key in self._names.current

    def is_loose(self, key: str) -> bool:
        """Tell whether a commune bears this name today, but for its article."""
        return key in self._names.loose

    def named_anywhere(self, key: str) -> tuple[Commune, ...]:
        """Return communes of this full or loose key, current or older alike."""
        tables = (
            self._names.current,
            self._names.older,
            self._names.loose,
            self._names.loose_older,
        )
        return self._at(index for table in tables for index in table.get(key, ()))

    def towns_called(self, key: str) -> tuple[Commune, ...]:
        """Return towns whose name goes on after this first part (``aix`` of Aix-les-Bains)."""
        return self._at(self._names.towns.get(key, ()))

    def only_called(self, key: str) -> tuple[Commune, ...]:
        """Return the one commune whose name starts with this long word, if there is only one."""
        found = self._at(self._names.rare.get(key, ()))
        return found if len(found) == 1 else ()

    def cut_short(self, key: str) -> tuple[Commune, ...]:
        """Return the towns whose full name starts with ``key``, which stops inside a word."""
        found = (
            at for name in stopped_short(self._ordered, key) for at in self._names.current[name]
        )
        return tuple(c for c in self._at(found) if c.population >= TOWN)

    def starting_in(self, departments: frozenset[str], key: str) -> tuple[Commune, ...]:
        """Return the communes of these departements whose loose name starts with ``key``."""
        start = key + " "
        tables = (
            self._names.current,
            self._names.loose,
            self._names.older,
            self._names.loose_older,
        )
        names = (at for table in tables for name, at in table.items() if name.startswith(start))
        found = self._at(index for at in names for index in at)
        return tuple(commune for commune in found if commune.department in departments)

    def departments_of_region(self, region: str) -> frozenset[str]:
        """Return the codes of the departements of a region."""
        return frozenset(self._region_departments.get(region, ()))

    def region_of(self, department: str) -> str:
        """Return the name of the region of a departement (its code); empty when unknown."""
        for region, departments in self._region_departments.items():
            if department in departments:
                return self.regions.get(region, "")
        return ""

    def arrondissement(self, city: str, number: int) -> Commune | None:
        """Return an arrondissement of Paris, Lyon or Marseille (INSEE code of the city)."""
        code = arrondissement_code(city, number)
        return self.by_insee(code) if code else None

    def arrondissements(self, number: int) -> tuple[Commune, ...]:
        """Return the arrondissements that bear this number, in the three cities."""
        found = (self.arrondissement(city, number) for city in CITIES)
        return tuple(commune for commune in found if commune)

    @cached_property
    def spelling(self) -> SpellingIndex:
        """The index of misspelt names, built at first use (call it once to warm up)."""
        return SpellingIndex(
            {*self._names.current, *self._names.older, *self._names.loose, *self._names.towns}
        )

    @cached_property
    def area_spelling(self) -> SpellingIndex:
        """The same for areas and places abroad."""
        return SpellingIndex(self.areas)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words that some name starts with: from any other, no name needs looking up."""
        others = (self.areas, self.nicknames, self.neighbourhoods)
        return self._names.first_words() | {key.split(" ", 1)[0] for t in others for key in t}

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self._names.current)

    def _at(self, indexes: Iterable[int]) -> tuple[Commune, ...]:
        if not indexes:  # nearly always: most words name nothing
            return ()
        return tuple([self._communes[index] for index in dict.fromkeys(indexes)])

    def _fill(self, rows: list[list[str]]) -> None:
        former: dict[str, int] = {}
        cities: set[int] = set()
        for row in rows:
            kind, code, full, loose = row[0], row[1], row[12], row[13]
            if kind == "region":
                self.regions[code] = row[2]
            elif kind == "departement":
                self.departments[code] = Area("departement", code, row[2])
                self._region_departments[row[5]].add(code)
            elif kind in ("commune", "arrondissement"):
                index = self._add(row)
                if row[11]:
                    former.update(dict.fromkeys(row[11].split(), index))
                if kind == "commune":
                    self._names.add(full, loose, index, self._communes[index].population)
                else:
                    cities.add(self._codes[row[3]])
            else:
                head = self._codes[row[3]]
                if self._names.add_older(full, loose, head):
                    self._codes.setdefault(code, head)
        for code, index in former.items():
            self._codes.setdefault(code, index)
        for indexes in self._postal.values():
            if len(indexes) > 1:
                indexes[:] = [index for index in indexes if index not in cities] or indexes

    def _add(self, row: list[str]) -> int:
        index = len(self._communes)
        self._communes.append(commune_of(row))
        self._codes[row[1]] = index
        for postal_code in self._communes[index].postal_codes:
            self._postal[postal_code].append(index)
        return index
