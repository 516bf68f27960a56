"""Departements, time zones and distances."""

from math import asin, cos, radians, sin, sqrt

CITIES = {"75056": ("75", 100, 20), "69123": ("69", 380, 9), "13055": ("13", 200, 16)}
_EARTH_RADIUS_KM = 6371.0088
_MAINLAND = "Europe/Paris"
_OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
    "989": "Etc/GMT+8",
}
_MARQUESAS = frozenset({"98718", "98723", "98731", "98746", "98756", "98757"})
_GAMBIER = "98719"


def department_of(insee: str) -> str:
    """Return the departement (or overseas collectivity) of an INSEE commune code.

    ``97411`` -> ``974``, ``2A004`` -> ``2A``, ``93066`` -> ``93``. A departement code is returned
    as it is.
    """
    code = insee.strip().upper()
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def arrondissement_code(city: str, number: int) -> str | None:
    """Return the INSEE code of an arrondissement of Paris, Lyon or Marseille."""
    if city not in CITIES:
        return None
    department, base, last = CITIES[city]
    return f"{department}{base + number}" if 1 <= number <= last else None


def city_of(insee: str) -> str:
    """Return the code of the city of an arrondissement (``75118`` -> ``75056``), or nothing."""
    for city, (department, base, last) in CITIES.items():
        number = insee.removeprefix(department)
        if number != insee and number.isdigit() and 1 <= int(number) - base <= last:
            return city
    return ""


def time_zone_of(insee_or_department: str) -> str:
    """Return the IANA time zone of a commune or of a departement.

    French Polynesia has three zones: the commune decides, Tahiti when only ``987`` is known.
    """
    code = insee_or_department.strip().upper()
    if code in _MARQUESAS:
        return "Pacific/Marquesas"
    if code == _GAMBIER:
        return "Pacific/Gambier"
    return _OVERSEAS.get(department_of(code), _MAINLAND)


def distance_km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Return the great-circle distance in kilometres between two points in degrees (haversine)."""
    half_lat = radians(b_lat - a_lat) / 2
    half_lon = radians(b_lon - a_lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(a_lat)) * cos(radians(b_lat)) * sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
