"""Every commune of France, held in memory with the indexes the resolver needs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from accueil.core.places.areas import name_areas
from accueil.core.places.fuzzy import SpellingIndex
from accueil.core.places.geography import CITIES, arrondissement_code
from accueil.core.places.model import Area, Commune
from accueil.core.places.names import ARTICLES, full_key, words_of
from accueil.core.places.reference import PlaceFiles, commune_of, read_place_files
from accueil.core.text import fold

_TOWN = 5_000  # inhabitants from which a town is called by the first half of its name
_RARE_PREFIX = 7  # letters from which a first word used by one commune only stands for it
_TOO_VAGUE = frozenset({"saint", "sainte", "saints", "saintes", "notre", "dame"})

type Names = defaultdict[str, list[int]]


class Gazetteer:
    """Communes and the names that lead to them. Read-only once built, safe between threads."""

    def __init__(self, files: PlaceFiles) -> None:
        """Index the content of the reference files."""
        self._communes: list[Commune] = []
        self._codes: dict[str, int] = {}
        self._postal: defaultdict[str, list[int]] = defaultdict(list)
        self._current: Names = defaultdict(list)
        self._older: Names = defaultdict(list)
        self._loose: Names = defaultdict(list)
        self._loose_older: Names = defaultdict(list)
        self._towns: Names = defaultdict(list)
        self._rare: Names = defaultdict(list)
        self._spelling: SpellingIndex | None = None
        self.common_words = files.common_words
        self.regions: dict[str, str] = {}
        self._region_departments: defaultdict[str, set[str]] = defaultdict(set)
        self.departments: dict[str, Area] = {}
        self.nicknames: dict[str, tuple[Commune, ...]] = {}
        self._fill(files.communes)
        self.areas = name_areas(files, self.departments, self.regions)
        for place in files.nicknames:
            if place.kind == "commune":
                heads = tuple(filter(None, map(self.by_insee, place.code.split("|"))))
                self.nicknames[full_key(words_of(fold(place.text)))] = heads

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
        return self._at(self._current.get(key) or self._older.get(key) or ())

    def named_loosely(self, key: str) -> tuple[Commune, ...]:
        """Return the communes of this loose key: articles and small words forgotten."""
        return self._at(self._loose.get(key) or self._loose_older.get(key) or ())

    def is_current(self, key: str) -> bool:
        """Tell whether a commune bears exactly this name today."""
        return key in self._current

    def is_loose(self, key: str) -> bool:
        """Tell whether a commune bears this name today, but for its article."""
        return key in self._loose

    def named_anywhere(self, key: str) -> tuple[Commune, ...]:
        """Return communes of this full or loose key, current or older alike."""
        tables = (self._current, self._older, self._loose, self._loose_older)
        return self._at(index for table in tables for index in table.get(key, ()))

    def towns_called(self, key: str) -> tuple[Commune, ...]:
        """Return towns whose name goes on after this first part (``aix`` of Aix-les-Bains)."""
        return self._at(self._towns.get(key, ()))

    def only_called(self, key: str) -> tuple[Commune, ...]:
        """Return the one commune whose name starts with this long word, if there is only one."""
        found = self._at(self._rare.get(key, ()))
        return found if len(found) == 1 else ()

    def starting_in(self, departments: frozenset[str], key: str) -> tuple[Commune, ...]:
        """Return the communes of these departements whose loose name starts with ``key``."""
        start = key + " "
        tables = (self._current, self._loose)
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

    @property
    def spelling(self) -> SpellingIndex:
        """The index of misspelt names, built at first use (call it once to warm up)."""
        if self._spelling is None:
            self._spelling = SpellingIndex(
                {*self._current, *self._older, *self._loose, *self._towns}
            )
        return self._spelling

    def _at(self, indexes: Iterable[int]) -> tuple[Commune, ...]:
        return tuple(self._communes[index] for index in dict.fromkeys(indexes))

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
                    self._name(full, loose, index)
                else:
                    cities.add(self._codes[row[3]])
            else:
                self._name_older(full, loose, code, self._codes[row[3]])
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

    def _name(self, full: str, loose: str, index: int) -> None:
        self._current[full].append(index)
        if loose:
            self._loose[loose].append(index)
        town = self._communes[index].population >= _TOWN
        self._shorten(loose or full, index, self._towns if town else None)
        article, _, rest = full.partition(" ")
        if town and article in ARTICLES and " " in rest:
            self._towns[f"{article} {rest.split(' ', 1)[0]}"].append(index)

    def _name_older(self, full: str, loose: str, code: str, head: int) -> None:
        if head in self._current.get(full, ()):
            return
        self._codes.setdefault(code, head)
        self._older[full].append(head)
        if loose:
            self._loose_older[loose].append(head)
        self._shorten(loose or full, head, None)

    def _shorten(self, name: str, index: int, towns: Names | None) -> None:
        first, _, rest = name.partition(" ")
        if not rest:
            return
        if towns is not None:
            parts = name.split()
            for key in (" ".join(parts[:size]) for size in range(1, len(parts))):
                if key not in _TOO_VAGUE:
                    towns[key].append(index)
        if len(first) >= _RARE_PREFIX:
            self._rare[first].append(index)
