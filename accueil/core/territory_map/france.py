"""The map of France: the mainland with Corsica, overseas in frames at their own scale."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from accueil.core.french import NBSP
from accueil.core.places import Commune
from accueil.core.territory_check import View
from accueil.core.territory_check.wording import counted
from accueil.core.territory_map.colours import COLOURS, coloured
from accueil.core.territory_map.mesh import make_mesh
from accueil.core.territory_map.regions import Regions, said, served_departments
from accueil.core.territory_map.svg import (
    HOLE,
    INK,
    UNSERVED,
    Box,
    document,
    dots,
    swatch,
    words,
)

WIDTH, HEIGHT = 1000, 1230
_MAINLAND = "mainland"
_CELLS = {_MAINLAND: 440}
_CELLS_OVERSEAS = 70
_MAINLAND_ROOM = (40.0, 80.0, 920.0, 840.0)
_FRAMES_TOP = 940
_LEGEND_TOP = 1150
_GAP, _INSIDE = 8.0, 6.0


def draw_france(view: View) -> str:
    """Return the map as an SVG document."""
    frames = [_Frame(view, name, communes) for name, communes in _groups(view).items()]
    colours = coloured(view.communes_of, _touching(frames))
    content = [words(40, 42, "Le territoire des Missions Locales", "title")]
    content += [words(40, 68, said(view))]
    size = (_MAINLAND_ROOM[2] - _GAP * len(frames[1:])) / max(6, len(frames))
    for at, frame in enumerate(frames):
        content += frame.draw(colours, 40 + (at - 1) * (size + _GAP), size)
    content += _tiles(view, colours, 40 + (len(frames) - 1) * (size + _GAP))
    shown = sum(len(frame.sites) for frame in frames)
    content += _legend(len(view.sites) - shown)
    return document(WIDTH, HEIGHT, "Le territoire des Missions Locales", _described(view), content)


class _Frame:
    """One piece of France with its sites."""

    def __init__(self, view: View, name: str, communes: Sequence[Commune]) -> None:
        self.view = view
        self.name = name
        mesh = make_mesh(communes, _CELLS.get(name, _CELLS_OVERSEAS))
        self.regions = Regions(view, mesh, communes, served_departments(view))
        here = {one.department for one in communes}
        mine = [site for site in view.sites if view.department_of(site) in here]
        self.sites = [
            site for site in mine if mesh.holds(mesh.position(site.latitude, site.longitude))
        ]

    def draw(self, colours: dict[str, str], left: float, size: float) -> Iterator[str]:
        """Yield the shapes; ``left`` and ``size`` are those of an overseas frame."""
        box = Box.fit(self.regions.mesh, _MAINLAND_ROOM)
        if self.name != _MAINLAND:
            inside = size - 2 * _INSIDE
            room = (left + _INSIDE, _FRAMES_TOP + _INSIDE, inside, inside)
            box = Box.fit(self.regions.mesh, room)
            yield (
                f'<rect x="{left:.1f}" y="{_FRAMES_TOP}" width="{size:.1f}" height="{size:.1f}" '
                f'fill="none" stroke="{INK}" stroke-width="0.6"/>'
            )
            known = self.view.gazetteer.departments.get(self.name)
            name = known.name if known else self.name
            yield words(left, _FRAMES_TOP + size + 16, name, "small")
        yield from self.regions.draw(box, colours)
        yield from self.regions.borders(box)
        place = self.regions.mesh.position
        yield dots(box.at(place(site.latitude, site.longitude)) for site in self.sites)


def _groups(view: View) -> dict[str, list[Commune]]:
    """Return the communes whose centre is known: the mainland first, then each overseas."""
    found: dict[str, list[Commune]] = defaultdict(list)
    for commune in view.communes:
        if commune.latitude is not None and commune.longitude is not None:
            is_overseas = len(commune.department) == 3
            found[commune.department if is_overseas else _MAINLAND].append(commune)
    inhabited = {
        name: communes
        for name, communes in found.items()
        if any(one.population for one in communes)
    }
    return dict(sorted(inhabited.items(), key=lambda one: (one[0] != _MAINLAND, one[0])))


def _touching(frames: Sequence[_Frame]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for frame in frames:
        for name, others in frame.regions.touching().items():
            found[name] |= others
    return found


def _tiles(view: View, colours: dict[str, str], x: float) -> Iterator[str]:
    """Yield a line for each inhabited collectivity whose communes have no known centre."""
    unplaced: dict[str, list[Commune]] = defaultdict(list)
    for commune in view.communes:
        if commune.latitude is None and commune.population:
            unplaced[commune.department].append(commune)
    served = served_departments(view)
    for at, (code, communes) in enumerate(sorted(unplaced.items())):
        owners = sorted(owner for one in communes for owner in view.owners_at(one.insee))
        fill = HOLE if code in served else UNSERVED
        if owners and all(map(view.is_covered, communes)):
            fill = colours[owners[0]]
        known = view.gazetteer.departments.get(code)
        y = _FRAMES_TOP + 14 + 25 * at
        yield (
            f'<rect x="{x:.0f}" y="{y - 12}" width="14" height="14" fill="{fill}" '
            f'stroke="{INK}" stroke-width="0.6"/>'
        )
        yield words(x + 19, y, known.name if known else code, "small")


def _legend(lost: int) -> Iterator[str]:
    y = _LEGEND_TOP
    for at, colour in enumerate(COLOURS):
        yield (
            f'<rect x="{40 + 12 * at}" y="{y - 13}" width="12" height="15" fill="{colour}" '
            f'stroke="{INK}" stroke-width="0.5"/>'
        )
    text = "Communes couvertes\u202f; une couleur change à chaque Mission Locale voisine"
    yield words(122, y, text)
    yield swatch(40, y + 26, HOLE, "Communes sans Mission Locale")
    yield swatch(330, y + 26, UNSERVED, "Département où aucune commune n’est couverte")
    yield dots([(51.0, y + 47.0)])
    lost_said = f" ({counted(lost, 'site est', 'sites sont')} hors de la carte)" if lost else ""
    yield words(70, y + 52, f"Site d’accueil{lost_said}")
    yield words(
        330, y + 52, "Contours approchés, d’après le centre des communes. Cadres à leur échelle."
    )


def _described(view: View) -> str:
    return (
        f"Carte de France, outre-mer compris{NBSP}: {said(view)}. Les communes couvertes ont la "
        "couleur de leur Mission Locale, celles qui n’en ont pas sont hachurées, les départements "
        "sans commune couverte sont en gris pâle, un rond marque chaque site. La commande accueil "
        "sites check dit la même chose en texte."
    )
