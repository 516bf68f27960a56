"""What each cell of a mesh shows: a Mission Locale, a hole, or a departement without any."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import dist

from accueil.core.places import Commune
from accueil.core.territory_check import View, count
from accueil.core.territory_check.wording import counted, number, share
from accueil.core.territory_map.mesh import NOWHERE, Mesh
from accueil.core.territory_map.outlines import Point, outlines, touching
from accueil.core.territory_map.svg import HOLE, INK, UNSERVED, Box, area, filled

_HOLE = "\0hole"
_UNSERVED = "\0unserved"


@dataclass(slots=True)
class Regions:
    """The communes of a mesh, and what covers them."""

    view: View
    mesh: Mesh
    communes: Sequence[Commune]
    served: frozenset[str]
    keys: list[str | None] = field(init=False)

    def __post_init__(self) -> None:
        of_commune = [self._key(one) for one in self.communes]
        self.keys = [None if at == NOWHERE else of_commune[at] for at in self.mesh.cells]

    def touching(self) -> dict[str, set[str]]:
        """Return which Missions Locales touch, by identifier."""
        return {
            key: {one for one in others if not one.startswith("\0")}
            for key, others in touching(self.mesh, self.keys).items()
            if not key.startswith("\0")
        }

    def draw(self, box: Box, colours: dict[str, str]) -> Iterator[str]:
        """Yield the shapes: what is not covered below, then each Mission Locale."""
        shapes = outlines(self.mesh, self.keys)
        if _UNSERVED in shapes:
            style = filled(UNSERVED, UNSERVED, 0.5)
            yield area(box, shapes.pop(_UNSERVED), style, "Aucune commune couverte")
        if _HOLE in shapes:
            style = 'class="hole" ' + filled(HOLE, INK, 0.8)
            yield area(box, shapes.pop(_HOLE), style, "Communes sans Mission Locale")
        for key in sorted(shapes):
            style = filled(colours[key], "#fff", 0.8)
            yield area(box, shapes[key], style, self.view.organisation_name(key))

    def borders(self, box: Box, *, communes: bool = False) -> Iterator[str]:
        """Yield the borders of departements, or of communes."""
        names = [one.insee if communes else one.department for one in self.communes]
        keys = [None if at == NOWHERE else names[at] for at in self.mesh.cells]
        lines = [line for found in outlines(self.mesh, keys).values() for line in found]
        width = 0.3 if communes else 1.0
        yield area(box, lines, filled("none", INK, width) + ' stroke-opacity="0.7"')

    def middles(self, marks: Sequence[Point], room: float) -> dict[str, Point]:
        """Return a point, in cells, in the widest commune of each Mission Locale.

        One further than ``room`` from every mark when there is one, in cells too.
        """
        cells: dict[int, list[int]] = defaultdict(list)
        for cell, at in enumerate(self.mesh.cells):
            if at != NOWHERE:
                cells[at].append(cell)
        found: dict[str, tuple[bool, int, Point]] = {}
        for inside in cells.values():
            key = self.keys[inside[0]]
            if key is None or key.startswith("\0"):
                continue
            place = self._middle(inside)
            is_free = all(dist(place, mark) > room for mark in marks)
            found[key] = max(found.get(key, (False, 0, place)), (is_free, len(inside), place))
        return {key: place for key, (_, _, place) in found.items()}

    def _middle(self, cells: Sequence[int]) -> Point:
        rows, columns = zip(*(divmod(one, self.mesh.width) for one in cells), strict=True)
        return sum(columns) / len(cells) + 0.5, sum(rows) / len(cells) + 0.5

    def _key(self, commune: Commune) -> str:
        owners = sorted(self.view.owners_at(commune.insee))
        if owners and self.view.is_covered(commune):
            return owners[0]
        return _HOLE if commune.department in self.served else _UNSERVED


def served_departments(view: View) -> frozenset[str]:
    """Return the departements where something is covered, or a Mission Locale with communes is."""
    found = {view.department_of(site) for site in view.sites if view.covers(site)}
    return frozenset(found | {one.department for one in view.communes if view.people_covered(one)})


def said(view: View, department: str = "") -> str:
    """Return the counts of a territory, or of a departement, in one line."""
    c = count(view, department)
    return (
        f"{counted(c.organisations, 'Mission Locale', 'Missions Locales')}, "
        f"{counted(c.sites, 'site', 'sites')}, "
        f"{counted(c.communes, 'commune couverte', 'communes couvertes')} sur "
        f"{number(c.all_communes)}, {share(c.people, c.all_people)} des habitants"
    )
