"""Square cells that each belong to the nearest commune: a coarse outline without any file."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from accueil.core.places import Commune

NOWHERE = -1
_DEGREE_KM = 111.2
_DIAGONAL = 1.41
_REACH = 2.0  # in usual distances between neighbours: how far a commune goes, to join the next
_SHORE = 0.55  # the same: how much of it is left where there is no next one
_FURTHEST = 3.5  # the most that a commune goes, in usual distances of the whole map


@dataclass(frozen=True, slots=True)
class Plane:
    """Kilometres east and south of a corner; true at its latitude, near enough around it."""

    latitude: float
    longitude: float
    cosine: float

    @classmethod
    def around(cls, communes: Sequence[Commune]) -> "Plane":
        """Return the plane of these communes (with centres); their north-west is its origin."""
        south, north = _bounds([one.latitude or 0.0 for one in communes])
        west, _ = _bounds([one.longitude or 0.0 for one in communes])
        return cls(north, west, cos(radians((south + north) / 2)))

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point in degrees is, in kilometres."""
        east = (longitude - self.longitude) * _DEGREE_KM * self.cosine
        return east, (self.latitude - latitude) * _DEGREE_KM


@dataclass(slots=True)
class Mesh:
    """Cells row by row, each with the index of its commune or ``NOWHERE``."""

    plane: Plane
    step: float
    margin: float
    width: int
    height: int
    cells: list[int]

    def position(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point in degrees is, in cells."""
        x, y = self.plane.at(latitude, longitude)
        return (x + self.margin) / self.step, (y + self.margin) / self.step

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point, in cells, is on the mesh."""
        return 0 <= point[0] < self.width and 0 <= point[1] < self.height

    def only(self, kept: Callable[[int], bool]) -> None:
        """Empty the cells of the communes that are not kept."""
        self.cells = [at if at != NOWHERE and kept(at) else NOWHERE for at in self.cells]

    def neighbours(self, cell: int) -> Iterator[int]:
        """Yield the four cells around one that is not on the edge."""
        yield from (cell - 1, cell + 1, cell - self.width, cell + self.width)

    def used(self) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of the cells with a commune."""
        full = [divmod(cell, self.width) for cell, at in enumerate(self.cells) if at != NOWHERE]
        top, bottom = min(row for row, _ in full), max(row for row, _ in full)
        left, right = min(column for _, column in full), max(column for _, column in full)
        return left, top, right + 1, bottom + 1


def make_mesh(communes: Sequence[Commune], cells_across: int) -> Mesh:
    """Return the mesh of communes that all have a centre; ``cells_across`` its longer side."""
    plane = Plane.around(communes)
    points = [plane.at(one.latitude or 0.0, one.longitude or 0.0) for one in communes]
    wide = max(max(x for x, _ in points), 4.0)
    high = max(max(y for _, y in points), 4.0)
    usual = sqrt(wide * high / len(points))
    step = max(wide, high) / cells_across
    margin = _FURTHEST * usual + 2 * step
    width, height = int((wide + 2 * margin) / step) + 1, int((high + 2 * margin) / step) + 1
    mesh = Mesh(plane, step, margin, width, height, [NOWHERE] * (width * height))
    reaches = _reaches(points, usual, margin - 2 * step, 2 * step)
    _spread(mesh, points, reaches)
    _fill_enclosed(mesh)
    _draw_back(mesh, reaches)
    return mesh


def _reaches(
    points: Sequence[tuple[float, float]], usual: float, most: float, least: float
) -> list[float]:
    """Return how far each commune goes, in kilometres: further where communes are few."""
    size = 2 * usual
    crowd: dict[tuple[int, int], int] = defaultdict(int)
    for x, y in points:
        crowd[int(x // size), int(y // size)] += 1
    found: list[float] = []
    for x, y in points:
        column, row = int(x // size), int(y // size)
        around = [crowd.get((column + i, row + j), 0) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        used = sum(1 for one in around if one)
        spacing = size * sqrt(used / sum(around))
        found.append(max(least, min(most, _REACH * spacing)))
    return found


def _spread(mesh: Mesh, points: Sequence[tuple[float, float]], reaches: Sequence[float]) -> None:
    """Give each cell to the nearest of the communes that reach it."""
    best = [float("inf")] * len(mesh.cells)
    step, margin, cells = mesh.step, mesh.margin, mesh.cells
    for index, ((x, y), reach) in enumerate(zip(points, reaches, strict=True)):
        limit = reach * reach
        left, right = _span(x, reach, mesh, mesh.width)
        top, bottom = _span(y, reach, mesh, mesh.height)
        for row in range(top, bottom):
            dy = (row + 0.5) * step - margin - y
            for cell in range(row * mesh.width + left, row * mesh.width + right):
                dx = (cell - row * mesh.width + 0.5) * step - margin - x
                gap = dx * dx + dy * dy
                if gap < limit and gap < best[cell]:
                    best[cell] = gap
                    cells[cell] = index


def _span(middle: float, reach: float, mesh: Mesh, size: int) -> tuple[int, int]:
    first = int((middle - reach + mesh.margin) / mesh.step)
    last = int((middle + reach + mesh.margin) / mesh.step) + 1
    return max(1, first), min(size - 1, last)


def _fill_enclosed(mesh: Mesh) -> None:
    """Give the blanks that do not touch the outside to their neighbours, nearest first."""
    outside = {0}
    waiting = deque(outside)
    while waiting:
        cell = waiting.popleft()
        for near in mesh.neighbours(cell):
            inside = 0 <= near < len(mesh.cells)
            if inside and near not in outside and mesh.cells[near] == NOWHERE:
                outside.add(near)
                waiting.append(near)
    waiting = deque(cell for cell, at in enumerate(mesh.cells) if at != NOWHERE)
    while waiting:
        cell = waiting.popleft()
        for near in mesh.neighbours(cell):
            if mesh.cells[near] == NOWHERE and near not in outside:
                mesh.cells[near] = mesh.cells[cell]
                waiting.append(near)


def _draw_back(mesh: Mesh, reaches: Sequence[float]) -> None:
    """Bring the shore back near the centres: bays and straits that were filled stay filled."""
    gaps = [0.0 if at == NOWHERE else float("inf") for at in mesh.cells]
    inner = range(mesh.width + 1, len(gaps) - mesh.width - 1)
    for cells, sign in ((inner, -1), (reversed(inner), 1)):
        for cell in cells:
            if gaps[cell]:
                gaps[cell] = min(
                    gaps[cell],
                    gaps[cell + sign] + 1,
                    gaps[cell + sign * mesh.width] + 1,
                    gaps[cell + sign * (mesh.width + 1)] + _DIAGONAL,
                    gaps[cell + sign * (mesh.width - 1)] + _DIAGONAL,
                )
    back = 1 - _SHORE / _REACH
    for cell, at in enumerate(mesh.cells):
        if at != NOWHERE and gaps[cell] * mesh.step < back * reaches[at]:
            mesh.cells[cell] = NOWHERE


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)
