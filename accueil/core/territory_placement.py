"""Tell whether a point is where its commune is."""

import re

from accueil.core.french import show_distance
from accueil.core.places import Commune, distance_km


def read_degrees(text: str) -> float | None:
    """Read a decimal number written with a point or a comma; not ``nan``, ``inf`` or ``1e3``."""
    if not re.fullmatch(r"[+\-−]?[0-9]{1,6}([.,][0-9]*)?", text):
        return None
    return float(text.replace(",", ".").replace("−", "-"))


def doubt_about(
    latitude: float, longitude: float, commune: Commune | None, limit_km: float
) -> tuple[str, str] | None:
    """Return what is wrong with a point in degrees and how to correct it, in French, or ``None``.

    A point further than ``limit_km`` from its commune's centre is misplaced. When the commune or
    its centre is unknown, only points that are not on Earth are refused.
    """
    as_given = _gap(latitude, longitude, commune)
    exchanged = _gap(longitude, latitude, commune)
    is_near = as_given is not None and as_given <= limit_km
    if not is_near and exchanged is not None and exchanged <= limit_km:
        return "La latitude et la longitude sont échangées.", "Remettez-les dans l’ordre."
    if not _is_on_earth(latitude, longitude):
        point = f"({latitude:g}, {longitude:g})"
        return f"Le point {point} n’est pas sur la Terre.", "Corrigez les coordonnées."
    if commune is None or as_given is None or is_near:
        return None
    gap = show_distance(as_given)
    return (
        f"Le point est à {gap} du centre de la commune ({commune.name}).",
        "Corrigez les coordonnées ou la commune.",
    )


def _gap(latitude: float, longitude: float, commune: Commune | None) -> float | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    if not _is_on_earth(latitude, longitude):
        return None
    return distance_km(latitude, longitude, commune.latitude, commune.longitude)


def _is_on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180
