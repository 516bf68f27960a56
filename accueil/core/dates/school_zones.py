"""Tell in which school zone a department is.

Mainland academies and their zones: arrêté of the school calendar (A, B, C since 2016); Corse and
the overseas academies set their own dates.
"""

from typing import Final

MAINLAND: Final = frozenset({"A", "B", "C"})
# Departments by zone, an academy a line.
_ZONES: Final = {
    "A": (
        "25 39 70 90 "  # Besançon
        "24 33 40 47 64 "  # Bordeaux
        "03 15 43 63 "  # Clermont-Ferrand
        "21 58 71 89 "  # Dijon
        "07 26 38 73 74 "  # Grenoble
        "19 23 87 "  # Limoges
        "01 42 69 "  # Lyon
        "16 17 79 86"  # Poitiers
    ),
    "B": (
        "04 05 13 84 "  # Aix-Marseille
        "02 60 80 "  # Amiens
        "59 62 "  # Lille
        "54 55 57 88 "  # Nancy-Metz
        "44 49 53 72 85 "  # Nantes
        "06 83 "  # Nice
        "14 27 50 61 76 "  # Normandie (Caen and Rouen)
        "18 28 36 37 41 45 "  # Orléans-Tours
        "08 10 51 52 "  # Reims
        "22 29 35 56 "  # Rennes
        "67 68"  # Strasbourg
    ),
    "C": (
        "77 93 94 "  # Créteil
        "11 30 34 48 66 "  # Montpellier
        "75 "  # Paris
        "09 12 31 32 46 65 81 82 "  # Toulouse
        "78 91 92 95"  # Versailles
    ),
    "corse": "2A 2B",
    "guadeloupe": "971 977 978",
    "martinique": "972",
    "guyane": "973",
    "reunion": "974",
    "saint-pierre-et-miquelon": "975",
    "mayotte": "976",
    "wallis-et-futuna": "986",
    "polynesie-francaise": "987",
    "nouvelle-caledonie": "988",
}
_BY_DEPARTMENT: Final = {
    department: zone for zone, departments in _ZONES.items() for department in departments.split()
}


def school_zone(department: str) -> str | None:
    """Return the school zone of a department code ("59", "2A", "974"), or None if unknown."""
    return _BY_DEPARTMENT.get(department.strip().upper())
