"""School zones and holidays: the table is sound, and says nothing past its last year."""

from datetime import date, timedelta

import pytest

from accueil.core.dates.feasts import easter
from accueil.core.dates.school_calendar import next_holiday, next_return
from accueil.core.dates.school_zones import school_zone

_OVERSEAS = ("971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988")


@pytest.mark.parametrize(
    ("department", "zone"),
    [
        ("33", "A"), ("69", "A"), ("59", "B"), ("13", "B"), ("75", "C"), ("31", "C"),
        ("2A", "corse"), ("2b", "corse"), ("974", "reunion"), ("972", "martinique"),
        ("00", None), ("", None),
    ],
)  # fmt: skip
def test_zone_of_a_department(department: str, zone: str | None) -> None:
    assert school_zone(department) == zone


def test_every_department_has_a_zone() -> None:
    mainland = [f"{number:02}" for number in range(1, 96) if number != 20]
    for department in (*mainland, "2A", "2B", *_OVERSEAS):
        assert school_zone(department), department


@pytest.mark.parametrize("zone", ["A", "B", "C", "corse", "martinique", "reunion"])
def test_holidays_follow_one_another(zone: str) -> None:
    today, names = date(2025, 9, 8), []
    while (holiday := next_holiday(today, zone)) is not None:
        assert holiday.first > today
        names.append(holiday.name)
        if holiday.back is None:
            break
        assert timedelta(days=9) <= holiday.back - holiday.first <= timedelta(days=62)
        today = holiday.back
    year = ["toussaint", "noel", "hiver", "printemps", "ete"]
    assert names == year * (len(names) // 5)


def test_mainland_spans_every_zone() -> None:
    winter = next_holiday(date(2026, 11, 23), None, "hiver")
    assert winter is not None
    assert (winter.first, winter.back) == (date(2027, 2, 6), date(2027, 3, 8))


def test_running_holidays_are_the_next_ones() -> None:
    for day in (date(2026, 12, 19), date(2027, 1, 3)):
        holiday = next_holiday(day, "A")
        assert holiday is not None
        assert holiday.name == "noel"


@pytest.mark.parametrize("zone", ["A", None, "mayotte"])
def test_nothing_is_known_past_the_table(zone: str | None) -> None:
    assert next_holiday(date(2028, 1, 10), zone) is None
    assert next_return(date(2027, 6, 1), zone, 9) is None


def test_return_in_a_month() -> None:
    assert next_return(date(2026, 5, 1), "B", 9) == date(2026, 9, 1)
    assert next_return(date(2026, 11, 23), "C", 1) == date(2027, 1, 4)


@pytest.mark.parametrize(
    "day",
    [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)  # fmt: skip
def test_easter(day: date) -> None:
    assert easter(day.year) == day
