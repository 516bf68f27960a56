"""Find French communes in what a young person writes. Pure: standard library only."""

from accueil.core.places.gazetteer import Gazetteer
from accueil.core.places.geography import city_of, department_of, distance_km, time_zone_of
from accueil.core.places.model import Area, Commune, PlaceReading, PlaceStatus
from accueil.core.places.nearby import commune_around, words_around
from accueil.core.places.resolver import PlaceResolver

__all__ = [
    "Area",
    "Commune",
    "Gazetteer",
    "PlaceReading",
    "PlaceResolver",
    "PlaceStatus",
    "city_of",
    "commune_around",
    "department_of",
    "distance_km",
    "time_zone_of",
    "words_around",
]
