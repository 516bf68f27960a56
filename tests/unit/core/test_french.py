"""Dates, hours, distances and lists as French readers expect them."""

from datetime import date, datetime, time

import pytest

from accueil.core.french import (
    join,
    show_day,
    show_distance,
    show_hours,
    show_moment,
    show_time,
)
from accueil.core.territory import WeeklyHours


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 24), "mardi 24\u00a0novembre"),
        (date(2026, 12, 1), "mardi 1er\u00a0décembre"),
        (date(2027, 8, 15), "dimanche 15\u00a0août"),
        (date(2028, 2, 29), "mardi 29\u00a0février"),
    ],
)
def test_days(day: date, shown: str) -> None:
    assert show_day(day) == shown


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (time(9), "9\u00a0h"),
        (time(9, 5), "9\u00a0h\u00a005"),
        (time(14, 30), "14\u00a0h\u00a030"),
        (time(0), "0\u00a0h"),
        (time(9, 0, 59), "9\u00a0h"),
    ],
)
def test_times(at: time, shown: str) -> None:
    assert show_time(at) == shown


def test_moments() -> None:
    assert show_moment(datetime(2026, 11, 24, 9, 30)) == (
        "mardi 24\u00a0novembre à 9\u00a0h\u00a030"
    )


@pytest.mark.parametrize(
    ("kilometres", "shown"),
    [
        (0, "100 m"), (0.04, "100 m"), (0.8, "800 m"), (0.94, "900 m"), (0.96, "1 km"),
        (0.999, "1 km"),
        (1, "1 km"), (3.4, "3,4 km"), (3.04, "3 km"), (9.94, "9,9 km"), (9.96, "10 km"),
        (10.4, "10 km"),
        (27.3, "27 km"), (9000.6, "9001 km"),
    ],
)  # fmt: skip
def test_distances(kilometres: float, shown: str) -> None:
    assert show_distance(kilometres) == shown.replace(" ", "\u00a0")


def test_hours_of_a_week() -> None:
    morning, afternoon = (time(9), time(12)), (time(13, 30), time(17))
    hours = [WeeklyHours(day, *span) for day in (0, 1, 2, 3) for span in (afternoon, morning)]
    hours += [
        WeeklyHours(4, *morning),
        WeeklyHours(5, time(10), time(12)),
        WeeklyHours(6, time(10), time(12)),
    ]
    assert [line.replace("\u00a0", " ") for line in show_hours(hours)] == [
        "lundi au jeudi : 9 h – 12 h, 13 h 30 – 17 h",
        "vendredi : 9 h – 12 h",
        "samedi et dimanche : 10 h – 12 h",
    ]
    assert show_hours([]) == []


@pytest.mark.parametrize(
    ("words", "link", "shown"),
    [
        ([], "et", ""),
        (["a"], "et", "a"),
        (["a", "b"], "et", "a et b"),
        (["a", "b", "c"], "ou", "a, b ou c"),
    ],
)
def test_lists(words: list[str], link: str, shown: str) -> None:
    assert join(words, link) == shown
