"""Public holidays, by the department of a site."""

from datetime import date
from functools import lru_cache

import holidays

_SUBDIVISIONS = {
    "57": "57", "67": "6AE", "68": "6AE",
    "971": "971", "972": "972", "973": "973", "974": "974", "976": "976",
    "975": "PM", "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip


@lru_cache(maxsize=512)
def public_holidays(department: str, year: int) -> dict[date, str]:
    """Return the public holidays of one year in one department, with their French names.

    Alsace-Moselle and overseas have their own (Code du travail, L. 3134-13 and L. 3422-2).
    """
    subdivision = _SUBDIVISIONS.get(department)
    found = holidays.country_holidays("FR", subdiv=subdivision, years=year, language="fr")
    return dict(found.items())
