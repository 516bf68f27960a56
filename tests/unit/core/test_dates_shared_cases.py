"""The reference cases kept beside the repository, when they are there."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from accueil.core.dates import DateStatus, Window, read_dates

_CASES = Path(__file__).resolve().parents[3].parent / "shared" / "cases" / "dates.csv"


def _rows() -> list[tuple[str, str, str]]:
    if not _CASES.exists():
        return []
    with _CASES.open(encoding="utf-8", newline="") as file:
        return [(row["input"], row["now"], row["expected"]) for row in csv.DictReader(file)]


def _window(written: str, now: datetime) -> Window:
    first, _, last = written.partition("/")
    if "T" in first:
        start = datetime.fromisoformat(first).replace(tzinfo=now.tzinfo)
        end = datetime.fromisoformat(last).replace(tzinfo=now.tzinfo) if last else None
        return Window(start, end, end is None)
    day = datetime.combine(date.fromisoformat(first), datetime.min.time(), tzinfo=now.tzinfo)
    until = date.fromisoformat(last or first) + timedelta(days=1)
    return Window(day, datetime.combine(until, datetime.min.time(), tzinfo=now.tzinfo), False)


@pytest.mark.skipif(not _CASES.exists(), reason="shared/ absent")
@pytest.mark.parametrize(("text", "now_written", "expected"), _rows())
def test_shared_case(text: str, now_written: str, expected: str) -> None:
    now = datetime.fromisoformat(now_written)
    reading = read_dates(text, now)
    if expected == "invalide":
        assert reading.status is DateStatus.INVALID
        return
    choices = [
        tuple(_window(part, now) for part in choice.split(" et "))
        for choice in expected.split(" ou ")
    ]
    assert reading.windows in choices
