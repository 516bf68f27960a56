"""School holidays of a zone: which run now or come next.

The dates come from ``data/reference/school_holidays.tsv``; past its last year nothing is known.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from accueil.core.dates.school_zones import MAINLAND

_FILE: Final = Path(__file__).resolve().parents[3] / "data" / "reference" / "school_holidays.tsv"
_LONGEST: Final = timedelta(days=62)  # how long summer holidays without a known end may run


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """Holidays of one zone, or of the whole mainland: the days without class in any zone.

    ``back`` is the day classes start again; None when it is not published.
    """

    name: str
    first: date
    back: date | None

    def runs_or_comes(self, today: date) -> bool:
        """Say whether these holidays are not over on ``today``."""
        return today < (self.back or self.first + _LONGEST)


def next_holiday(today: date, zone: str | None, name: str = "") -> SchoolHoliday | None:
    """Return the holidays that run or come next, of that ``name`` if given, or None if unknown.

    Without a ``zone`` they are those of the mainland, from the earliest start to the latest return.
    """
    for holiday in _calendar(zone):
        if holiday.name == (name or holiday.name) and holiday.runs_or_comes(today):
            return holiday
    return None


def next_return(today: date, zone: str | None, month: int) -> date | None:
    """Return the next day classes start again in that month, or None if unknown."""
    backs = (holiday.back for holiday in _calendar(zone) if holiday.back is not None)
    return next((back for back in backs if back >= today and back.month == month), None)


@lru_cache(maxsize=32)
def _calendar(zone: str | None) -> tuple[SchoolHoliday, ...]:
    by_period: dict[tuple[str, str], list[SchoolHoliday]] = {}
    for row_zone, year, holiday in _rows():
        if row_zone == zone or (zone is None and row_zone in MAINLAND):
            by_period.setdefault((year, holiday.name), []).append(holiday)
    return tuple(sorted(map(_together, by_period.values()), key=lambda holiday: holiday.first))


def _together(holidays: list[SchoolHoliday]) -> SchoolHoliday:
    backs = [holiday.back for holiday in holidays if holiday.back is not None]
    latest = max(backs) if len(backs) == len(holidays) else None
    return SchoolHoliday(holidays[0].name, min(one.first for one in holidays), latest)


@lru_cache(maxsize=1)
def _rows(path: Path = _FILE) -> tuple[tuple[str, str, SchoolHoliday], ...]:
    """Return zone, school year and holidays; raises ``OSError``, ``KeyError``, ``ValueError``."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return tuple(
            (row["zone"], row["school_year"], _holiday(row))
            for row in csv.DictReader(lines, delimiter="\t")
        )


def _holiday(row: dict[str, str]) -> SchoolHoliday:
    back = date.fromisoformat(row["back"]) if row["back"] else None
    return SchoolHoliday(row["holiday"], date.fromisoformat(row["first"]), back)
