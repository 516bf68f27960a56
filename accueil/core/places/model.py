"""What the place resolver takes and gives: communes, areas, readings."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune or a municipal arrondissement; longitude and latitude in degrees (WGS 84)."""

    insee: str
    name: str
    department: str
    postal_codes: tuple[str, ...]
    population: int
    longitude: float | None
    latitude: float | None


class PlaceStatus(StrEnum):
    """How sure a reading is: one commune, several, an area to narrow down, or no place."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    AREA = "area"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Area:
    """A place too wide to choose a site from.

    ``kind`` is ``departement``, ``region``, ``agglo`` (a new town or an agglomeration: ``code``
    lists its departements, ``77|93|94``) or ``pays`` (a foreign town or country: ISO 3166 code).
    A former region (Picardie) carries the code of the region that holds it today.
    """

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """The answer for one message; communes are sorted likeliest first."""

    text: str
    status: PlaceStatus
    communes: tuple[Commune, ...]
    area: Area | None
