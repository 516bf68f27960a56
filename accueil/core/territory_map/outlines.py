"""The outlines of sets of cells, and who touches whom."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise

from accueil.core.territory_map.mesh import Mesh

type Point = tuple[float, float]
type Corner = tuple[int, int]


def outlines[K: Hashable](mesh: Mesh, keys: Sequence[K | None]) -> dict[K, list[list[Point]]]:
    """Return closed lines around the cells of each key, in cells; ``None`` is nobody's.

    Lines go through the middles of cell sides, so that stairs become slopes; two neighbours share
    theirs but for a speck where three meet.
    """
    sides: dict[K, dict[Corner, list[Corner]]] = {}
    for cell, key in enumerate(keys):
        if key is None:
            continue
        row, column = divmod(cell, mesh.width)
        corners = (column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)
        around = (cell - mesh.width, cell + 1, cell + mesh.width, cell - 1)
        for at, near in enumerate(around):
            if keys[near] != key:
                own = sides.setdefault(key, defaultdict(list))
                own[corners[at]].append(corners[(at + 1) % 4])
    return {key: _lines(own) for key, own in sides.items()}


def touching[K: Hashable](mesh: Mesh, keys: Sequence[K | None]) -> dict[K, set[K]]:
    """Return the keys whose cells touch those of each key."""
    found: dict[K, set[K]] = defaultdict(set)
    for cell, key in enumerate(keys):
        if key is None:
            continue
        for near in (cell + 1, cell + mesh.width):
            other = keys[near]
            if other is not None and other != key:
                found[key].add(other)
                found[other].add(key)
    return dict(found)


def _lines(sides: dict[Corner, list[Corner]]) -> list[list[Point]]:
    lines: list[list[Point]] = []
    for start in list(sides):
        while sides[start]:
            corners = [start]
            while not (len(corners) > 1 and corners[-1] == start):
                corners.append(sides[corners[-1]].pop())
            lines.append(_smoothed(corners))
    return lines


def _smoothed(corners: list[Corner]) -> list[Point]:
    """Return the middles of the sides, less those on a straight line."""
    middles = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(corners)]
    kept: list[Point] = []
    for at, (x, y) in enumerate(middles):
        (a, b), (c, d) = middles[at - 1], middles[(at + 1) % len(middles)]
        if (x - a) * (d - y) != (y - b) * (c - x):
            kept.append((x, y))
    return kept or middles
