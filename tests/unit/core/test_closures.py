"""Public holidays where a site stands."""

from datetime import date

import pytest

from accueil.core.closures import public_holidays

NATIONAL = {
    date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8),
    date(2027, 5, 17), date(2027, 7, 14), date(2027, 8, 15), date(2027, 11, 1), date(2027, 11, 11),
    date(2027, 12, 25),
}  # fmt: skip
GOOD_FRIDAY, SECOND_CHRISTMAS = date(2027, 3, 26), date(2027, 12, 26)


@pytest.mark.parametrize("department", ["75", "2A", "13", "59", ""])
def test_the_eleven_days_of_the_mainland(department: str) -> None:
    assert set(public_holidays(department, 2027)) == NATIONAL


@pytest.mark.parametrize("department", ["57", "67", "68"])
def test_alsace_moselle_has_two_more(department: str) -> None:
    assert set(public_holidays(department, 2027)) == NATIONAL | {GOOD_FRIDAY, SECOND_CHRISTMAS}


@pytest.mark.parametrize("department", ["54", "88", "90"])
def test_the_neighbours_of_alsace_moselle_do_not(department: str) -> None:
    assert GOOD_FRIDAY not in public_holidays(department, 2027)


@pytest.mark.parametrize(
    ("department", "day"),
    [
        ("974", date(2027, 12, 20)),
        ("971", date(2027, 5, 27)),
        ("972", date(2027, 5, 22)),
        ("973", date(2027, 6, 10)),
        ("976", date(2027, 4, 27)),
        ("977", date(2027, 10, 9)),
        ("978", date(2027, 5, 28)),
        ("988", date(2027, 9, 24)),
    ],
)
def test_overseas_has_its_own_days(department: str, day: date) -> None:
    found = public_holidays(department, 2027)
    assert day in found
    assert day not in public_holidays("75", 2027)
    assert set(found) >= NATIONAL


def test_names_are_french() -> None:
    named = public_holidays("974", 2027)
    assert named[date(2027, 12, 20)] == "Abolition de l'esclavage"
    assert named[date(2027, 7, 14)] == "Fête nationale"


def test_years_are_kept_apart() -> None:
    assert {day.year for day in public_holidays("75", 2028)} == {2028}
