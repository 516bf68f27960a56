"""Tell whether a point is where its commune is."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from math import cos, radians

from accueil.core.french import show_distance
from accueil.core.places import Commune, Gazetteer, distance_km

_CELL = 0.25
_NEAR_LAND_KM = 20.0
"""No place of France is further from every commune's centre, but in Guyane."""
_GUYANE = "973"


@dataclass(slots=True)
class Land:
    """Where there are communes: told from their centres, sorted into cells at first use."""

    gazetteer: Gazetteer
    _cells: dict[tuple[int, int], list[Commune]] = field(default_factory=dict)

    def is_near(self, latitude: float, longitude: float) -> bool:
        """Tell whether a commune's centre is within 20 km of a point in degrees."""
        if not self._cells:
            self._fill()
        row, column = _cell(latitude, longitude)
        degree_km = 111 * max(0.05, cos(radians(latitude)))
        wide = 1 + int(_NEAR_LAND_KM / degree_km / _CELL)
        return any(
            distance_km(latitude, longitude, one.latitude or 0, one.longitude or 0) <= _NEAR_LAND_KM
            for y in (row - 1, row, row + 1)
            for x in range(column - wide, column + wide + 1)
            for one in self._cells.get((y, x), ())
        )

    def _fill(self) -> None:
        cells: dict[tuple[int, int], list[Commune]] = defaultdict(list)
        for commune in self.gazetteer:
            if commune.latitude is not None and commune.longitude is not None:
                cells[_cell(commune.latitude, commune.longitude)].append(commune)
        self._cells = dict(cells)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude // _CELL), int(longitude // _CELL)


def read_degrees(text: str) -> float | None:
    """Read a decimal number written with a point or a comma; not ``nan``, ``inf`` or ``1e3``."""
    if not re.fullmatch(r"[+\-−]?[0-9]{1,6}([.,][0-9]*)?", text):
        return None
    return float(text.replace(",", ".").replace("−", "-"))


def doubt_about(
    latitude: float, longitude: float, commune: Commune | None, limit_km: float, land: Land
) -> tuple[str, str] | None:
    """Return what is wrong with a point in degrees and how to correct it, in French, or ``None``.

    A point further than ``limit_km`` from its commune's centre is misplaced. When the commune or
    its centre is unknown, points that are near no commune at all are refused.
    """
    as_given = _gap(latitude, longitude, commune)
    exchanged = _gap(longitude, latitude, commune)
    is_near = as_given is not None and as_given <= limit_km
    if not is_near and exchanged is not None and exchanged <= limit_km:
        return "La latitude et la longitude sont échangées.", "Remettez-les dans l’ordre."
    if not _is_on_earth(latitude, longitude):
        point = f"({latitude:g}, {longitude:g})"
        return f"Le point {point} n’est pas sur la Terre.", "Corrigez les coordonnées."
    if is_near:
        return None
    vast = commune is not None and commune.department == _GUYANE
    on_land = vast or land.is_near(latitude, longitude)
    place = f" ({commune.name})" if commune else ""
    if as_given is None:
        message = f"Le point est en mer ou à l’étranger, loin de toute commune{place}."
        return None if on_land else (message, "Corrigez les coordonnées.")
    far = f"à {show_distance(as_given)} du centre de la commune{place}"
    if on_land:
        return f"Le point est {far}.", "Corrigez les coordonnées ou la commune."
    return f"Le point est en mer ou à l’étranger, {far}.", "Corrigez les coordonnées."


def _gap(latitude: float, longitude: float, commune: Commune | None) -> float | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    if not _is_on_earth(latitude, longitude):
        return None
    return distance_km(latitude, longitude, commune.latitude, commune.longitude)


def _is_on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180
