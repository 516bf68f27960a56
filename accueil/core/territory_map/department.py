"""The map of one departement: its communes, its sites numbered, their names below."""

from collections.abc import Iterator, Sequence
from math import hypot
from string import ascii_uppercase

from accueil.core.french import NBSP
from accueil.core.places import Commune
from accueil.core.territory import Site
from accueil.core.territory_check import View
from accueil.core.territory_check.wording import department_name
from accueil.core.territory_map.colours import coloured
from accueil.core.territory_map.mesh import Mesh, make_mesh
from accueil.core.territory_map.outlines import Point
from accueil.core.territory_map.regions import Regions, said
from accueil.core.territory_map.svg import HOLE, INK, Box, document, swatch, words

WIDTH = 1000
_CELLS = 260
_MAP_TOP, _MAP_BOTTOM = 90, 830
_AROUND_DEGREES = 0.25
"""Neighbours further than this do not change where the departement ends."""
_COLUMNS = 2
_LINE = 21
_LONGEST = 68
_RADIUS = 8.5
_CLEAR = 20.0
_ROOM = (50.0, 110.0, 900.0, 700.0)


def draw_department(view: View, department: str) -> str:
    """Return the map as an SVG document."""
    sites = [one for one in view.sites if view.department_of(one) == department]
    sites.sort(key=lambda one: (one.city, one.name, one.id))
    around = _around(view, department)
    title = f"{department_name(view.gazetteer, department)}{NBSP}: Missions Locales et sites"
    content = [words(40, 42, title, "title"), words(40, 68, said(view, department))]
    y = _MAP_TOP + 20.0
    owners = sorted(
        {o for c in view.communes if c.department == department for o in view.owners_at(c.insee)}
    )
    colours, letters = coloured(owners, {}), _letters(owners)
    if around:
        mesh = make_mesh(around, _CELLS)
        regions = _regions(view, mesh, around, department)
        colours = coloured(owners, regions.touching())
        content += _drawn(regions, colours, letters, sites)
        y = _MAP_BOTTOM + 20.0
    else:
        content.append(words(40, y, "Le centre de ses communes n’est pas connu\u00a0: sans carte."))
        y += 36
    lines, y = _legend(view, letters, colours, y)
    content += lines
    keys, y = _keys(sites, y + 14)
    content += keys
    return document(WIDTH, int(y) + 24, title, _described(view, department), content)


def _around(view: View, department: str) -> list[Commune]:
    """Return the communes with a centre, the departement's and those near its frame."""
    placed = [one for one in view.communes if one.latitude is not None]
    mine = [one for one in placed if one.department == department]
    if not mine:
        return []
    latitudes = [one.latitude or 0.0 for one in mine]
    longitudes = [one.longitude or 0.0 for one in mine]
    south, north = min(latitudes) - _AROUND_DEGREES, max(latitudes) + _AROUND_DEGREES
    west, east = min(longitudes) - _AROUND_DEGREES, max(longitudes) + _AROUND_DEGREES
    return [
        one
        for one in placed
        if south <= (one.latitude or 0.0) <= north and west <= (one.longitude or 0.0) <= east
    ]


def _regions(view: View, mesh: Mesh, around: Sequence[Commune], department: str) -> Regions:
    mesh.only(lambda at: around[at].department == department)
    return Regions(view, mesh, around, frozenset({department}))


def _drawn(
    regions: Regions, colours: dict[str, str], letters: dict[str, str], sites: Sequence[Site]
) -> Iterator[str]:
    position = regions.mesh.position
    marks = [position(site.latitude, site.longitude) for site in sites]
    box = Box.fit(regions.mesh, _ROOM, filter(regions.mesh.holds, marks))
    yield from regions.draw(box, colours)
    yield from regions.borders(box, communes=True)
    yield from regions.borders(box)
    for owner, place in regions.middles(marks, _CLEAR / box.scale).items():
        x, y = box.at(place)
        yield words(x, y + 5, letters[owner], "letter")
    places = [box.at(mark) for mark in marks]
    yield from _marks(places)


def _marks(places: Sequence[Point]) -> Iterator[str]:
    """Yield numbered marks, moved apart, each tied to its place; those outside are left out."""
    for at, ((x, y), (a, b)) in enumerate(zip(_apart(places), places, strict=True), start=1):
        if not (0 <= a <= WIDTH and _MAP_TOP <= b <= _MAP_BOTTOM):
            continue
        yield f'<path d="M{a:.1f} {b:.1f}L{x:.1f} {y:.1f}" stroke="{INK}" stroke-width="1"/>'
        yield (
            f'<circle class="site" cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" fill="#fff" '
            f'stroke="{INK}" stroke-width="1.2"/>'
        )
        yield words(x, y + 3.6, str(at), "number")


def _apart(places: Sequence[Point], rounds: int = 40) -> list[Point]:
    """Push marks away from each other until they are readable, or the rounds are over."""
    found = [list(place) for place in places]
    for _ in range(rounds):
        has_moved = False
        for at, one in enumerate(found):
            for turn, other in enumerate(found[at + 1 :], start=1):
                dx, dy = other[0] - one[0], other[1] - one[1]
                if abs(dx) >= 2 * _RADIUS or abs(dy) >= 2 * _RADIUS:
                    continue
                gap = hypot(dx, dy)
                if gap >= 2 * _RADIUS:
                    continue
                if gap < 0.01:  # the same place: leave in different directions
                    dx, dy, gap = 1.0, float(turn % 5 - 2), hypot(1.0, turn % 5 - 2)
                push = (2 * _RADIUS - min(gap, 2 * _RADIUS)) / 2 / gap + 0.01
                one[0], one[1] = one[0] - dx * push, one[1] - dy * push
                other[0], other[1] = other[0] + dx * push, other[1] + dy * push
                has_moved = True
        if not has_moved:
            break
    return [(x, y) for x, y in found]


def _legend(
    view: View, letters: dict[str, str], colours: dict[str, str], y: float
) -> tuple[list[str], float]:
    lines = [swatch(40, y, HOLE, "Communes sans Mission Locale")]
    for owner, letter in letters.items():
        y += _LINE
        name = _short(view.organisation_name(owner))
        lines.append(swatch(40, y, colours[owner], name, letter))
    y += _LINE
    lines.append(words(40, y, "Contours approchés, d’après le centre des communes.", "small"))
    return lines, y + _LINE


def _keys(sites: Sequence[Site], y: float) -> tuple[list[str], float]:
    """Return the names of the sites beside their numbers, column after column."""
    rows = -(-len(sites) // _COLUMNS)
    lines: list[str] = []
    for at, site in enumerate(sites):
        column, row = divmod(at, rows)
        text = _short(f"{at + 1}. {site.name}, {site.city}", _LONGEST)
        x = 40 + column * (WIDTH - 60) / _COLUMNS
        lines.append(words(x, y + row * _LINE, text, "small"))
    return lines, y + rows * _LINE


def _letters(owners: Sequence[str]) -> dict[str, str]:
    """Return ``A`` to ``Z``, then ``AA``: colours come back, letters do not."""
    names = [*ascii_uppercase, *(a + b for a in ascii_uppercase for b in ascii_uppercase)]
    return dict(zip(owners, names, strict=False))


def _short(text: str, longest: int = 100) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _described(view: View, department: str) -> str:
    return (
        f"Carte de {department_name(view.gazetteer, department)}{NBSP}: {said(view, department)}. "
        "Chaque commune couverte a la couleur de sa Mission Locale, celles qui n’en ont pas sont "
        "hachurées. Les sites sont numérotés et nommés sous la carte."
    )
