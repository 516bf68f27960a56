"""Reading dates, kind by kind: days, weeks, months, holidays, refusals, misspellings, no dates.

``dates_cases.tsv`` says what a young person means, seen from ``now`` (Monday 23 November 2026, 9 in
the morning, when empty) in the school ``zone``. Windows are written as in ``test_dates``, and
``first/last@10:00-12:00`` stands for those hours on each day from ``first`` to ``last``.
"""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accueil.core.dates import DateStatus, Window, read_dates

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
_TABLE = Path(__file__).with_name("dates_cases.tsv")


def _cases() -> list[tuple[str, str, str, str, str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
        return [
            (row["text"], row["status"], row["windows"], row["refused"], row["now"], row["zone"])
            for row in rows
        ]


def _now(written: str) -> datetime:
    moment, _, zone = written.partition(" ")
    if not moment:
        return NOW
    given = datetime.fromisoformat(moment)
    return given.replace(tzinfo=ZoneInfo(zone)) if zone else given


def _windows(written: str, now: datetime) -> list[Window]:
    parts = written.split(" et ") if written else []
    return [window for part in parts for window in _expanded(part, now)]


def _expanded(part: str, now: datetime) -> list[Window]:
    days, _, hours = part.partition("@")
    first, slash, last = days.partition("/")
    if "T" in first:
        start = datetime.fromisoformat(first).replace(tzinfo=now.tzinfo)
        end = datetime.fromisoformat(last).replace(tzinfo=now.tzinfo) if last else None
        return [Window(start, end, not slash)]
    start_day, last_day = date.fromisoformat(first), date.fromisoformat(last or first)
    if not hours:
        return [Window(_midnight(start_day, now), _midnight(last_day, now, 1), False)]
    opening, _, closing = hours.partition("-")
    spans: list[Window] = []
    for step in range((last_day - start_day).days + 1):
        day = start_day + timedelta(days=step)
        start = datetime.fromisoformat(f"{day}T{opening}").replace(tzinfo=now.tzinfo)
        end = datetime.fromisoformat(f"{day}T{closing}") if closing else _midnight(day, now, 1)
        spans.append(Window(start, end.replace(tzinfo=now.tzinfo), False))
    return spans


def _midnight(day: date, now: datetime, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), datetime.min.time(), tzinfo=now.tzinfo)


@pytest.mark.parametrize(("text", "status", "windows", "refused", "now", "zone"), _cases())
def test_kind(text: str, status: str, windows: str, refused: str, now: str, zone: str) -> None:
    moment = _now(now)
    reading = read_dates(text, moment, zone or None)
    assert list(reading.windows) == _windows(windows, moment)
    assert reading.status == status
    assert list(reading.excluded) == _windows(refused, moment)


def test_all_but_the_morning_leaves_the_rest_of_each_day() -> None:
    reading = read_dates("tout sauf le matin", NOW)
    assert reading.status is DateStatus.OK
    assert reading.anytime
    mornings = {(window.start.hour, window.end and window.end.hour) for window in reading.excluded}
    assert mornings == {(8, 12)}
    assert all(window.start.hour >= 12 for window in reading.windows[:14])
