"""Look over a whole territory: what it covers, and what somebody must correct. Pure."""

from accueil.core.territory_check.check import check_territory, count
from accueil.core.territory_check.model import Check, Counts, Finding, Kind, Level
from accueil.core.territory_check.report import as_data, shown_check
from accueil.core.territory_check.view import View

__all__ = [
    "Check",
    "Counts",
    "Finding",
    "Kind",
    "Level",
    "View",
    "as_data",
    "check_territory",
    "count",
    "shown_check",
]
