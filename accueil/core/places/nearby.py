"""From a point to the commune around it: a position is rounded to its commune, never kept."""

from collections.abc import Iterable

from accueil.core.places.geography import CITIES, distance_km
from accueil.core.places.model import Commune

_FURTHEST_KM = 25.0
"""Hardly a commune is wider (some are, in French Guiana); beyond, it is abroad or at sea."""
_KM_OF_A_DEGREE = 111.2


def words_around(latitude: float, longitude: float, communes: Iterable[Commune]) -> str:
    """Return what somebody at a point in degrees would say of where they live; empty: abroad.

    Only the commune is named, the point is not kept. Raises ``ValueError`` as ``commune_around``.
    """
    commune = commune_around(latitude, longitude, communes)
    return f"J’habite à {commune.name} ({commune.department})" if commune is not None else ""


def commune_around(
    latitude: float, longitude: float, communes: Iterable[Commune]
) -> Commune | None:
    """Return the commune whose centre is nearest to a point in degrees, if one is near.

    An approximation, which the person sees and may correct. In Paris, Lyon and Marseille, the
    arrondissement. Raises ``ValueError`` for a point that is not on Earth.
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("not a point on Earth")
    ranked = [
        (distance_km(latitude, longitude, one.latitude, one.longitude), one.insee, one)
        for one in communes
        if one.latitude is not None
        and one.longitude is not None
        and one.insee not in CITIES
        and abs(one.latitude - latitude) * _KM_OF_A_DEGREE <= _FURTHEST_KM
    ]
    if not ranked:
        return None
    away, _, nearest = min(ranked)
    return nearest if away <= _FURTHEST_KM else None
