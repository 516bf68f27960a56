"""Reading dates: a table of messages, each seen from Monday 23 November 2026, 9 in the morning.

The table is ``test_dates_cases.csv``: what is accepted and what is refused, as ``notation`` below.
"""

import csv
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accueil.core.dates import DateReading, DateStatus, TimeRange, Window, read_dates

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
_TABLE = Path(__file__).with_name("test_dates_cases.csv")


def notation(windows: tuple[Window, ...]) -> str:
    """Write windows as ``date``, ``first/last`` (whole days) or ``start/end``; ``a/`` is open."""
    return " et ".join(_one(window) for window in windows)


def _one(window: Window) -> str:
    whole = window.end is not None and window.start.time() == window.end.time() == time.min
    if window.end is not None and whole:
        first, last = window.start.date(), window.end.date() - timedelta(days=1)
        return f"{first}" if first == last else f"{first}/{last}"
    start = f"{window.start:%Y-%m-%dT%H:%M}"
    if window.exact:
        return start
    return f"{start}/{window.end:%Y-%m-%dT%H:%M}" if window.end else f"{start}/"


def _cases() -> list[tuple[str, str, str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["input"], row["status"], row["accepted"], row["refused"]) for row in rows]


@pytest.mark.parametrize(("text", "status", "accepted", "refused"), _cases())
def test_table(text: str, status: str, accepted: str, refused: str) -> None:
    reading = read_dates(text, NOW)
    assert (reading.status, notation(reading.windows)) == (status, accepted)
    assert notation(reading.excluded) == refused


def test_table_is_wide_enough() -> None:
    assert len({text for text, *_ in _cases()}) >= 150


def test_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        read_dates("demain", datetime(2026, 11, 23, 9, 0))


def test_text_is_given_back_untouched() -> None:
    assert read_dates("  Demain À 10H ", NOW).text == "  Demain À 10H "


@pytest.mark.parametrize("text", ["14h", "plutôt le matin", "alors 16h", "pas avant 14h", "25h"])
def test_hours_alone_are_time_only(text: str) -> None:
    assert read_dates(text, NOW).time_only


@pytest.mark.parametrize("text", ["mardi 14h", "mardi", "n'importe quand le matin", "bonjour", ""])
def test_named_days_are_not_time_only(text: str) -> None:
    assert not read_dates(text, NOW).time_only


def test_times_let_a_dialogue_move_the_hour() -> None:
    assert read_dates("alors 16h", NOW).times == (TimeRange(time(16), None, True),)
    assert read_dates("après 14h", NOW).times == (TimeRange(time(14), None, False),)
    assert read_dates("mardi matin", NOW).times == (TimeRange(time(8), time(12), False),)
    assert read_dates("pas le matin", NOW).refused_times == (TimeRange(time(8), time(12), False),)


@pytest.mark.parametrize(
    "text",
    ["n'importe quand", "quand vous voulez", "le plus tôt possible", "asap", "tout sauf lundi"],
)
def test_anytime(text: str) -> None:
    reading = read_dates(text, NOW)
    assert reading.anytime
    assert reading.status is DateStatus.OK
    assert reading.windows[0].start == NOW


def test_hours_gone_today_are_for_tomorrow() -> None:
    evening = NOW.replace(hour=19)
    assert notation(read_dates("14h", evening).windows) == "2026-11-24T14:00"
    assert notation(read_dates("le matin", evening).windows) == "2026-11-24T08:00/2026-11-24T12:00"
    assert notation(read_dates("après 14h", evening).windows).startswith("2026-11-24T14:00/")


@pytest.mark.parametrize("text", ["ce matin", "aujourd'hui à 10h", "cet aprem", "auj 8h"])
def test_today_already_over_is_past(text: str) -> None:
    reading = read_dates(text, NOW.replace(hour=18, minute=30))
    assert (reading.status, reading.windows) == (DateStatus.PAST, ())


def test_current_week_is_cut_at_today() -> None:
    thursday = NOW + timedelta(days=3)
    assert notation(read_dates("cette semaine", thursday).windows) == "2026-11-26/2026-11-29"
    assert read_dates("mardi de cette semaine", thursday).status is DateStatus.PAST
    assert notation(read_dates("ce week-end", thursday).windows) == "2026-11-28/2026-11-29"


def test_year_end() -> None:
    eve = datetime(2026, 12, 31, 15, 0, tzinfo=PARIS)
    assert notation(read_dates("demain 10h", eve).windows) == "2027-01-01T10:00"
    assert notation(read_dates("la semaine pro", eve).windows) == "2027-01-04/2027-01-10"
    assert notation(read_dates("le 2", eve).windows) == "2027-01-02"
    assert notation(read_dates("le 31", eve).windows) == "2026-12-31"
    assert notation(read_dates("le mois prochain", eve).windows) == "2027-01-01/2027-01-31"
    assert notation(read_dates("fin du mois", eve).windows) == "2026-12-31"


def test_leap_day() -> None:
    before = datetime(2028, 2, 1, 9, 0, tzinfo=PARIS)
    assert notation(read_dates("le 29 février", before).windows) == "2028-02-29"
    assert notation(read_dates("fin février", before).windows) == "2028-02-24/2028-02-29"
    leap = datetime(2028, 2, 29, 9, 0, tzinfo=PARIS)
    assert notation(read_dates("dans un an", leap).windows) == "2029-02-28"
    assert read_dates("le 29/02/2027", NOW).status is DateStatus.INVALID


def test_change_of_hour_keeps_the_wall_clock() -> None:
    saturday = datetime(2027, 3, 27, 9, 0, tzinfo=PARIS)
    day = read_dates("demain", saturday).windows[0]
    assert day.end is not None
    assert day.end.timestamp() - day.start.timestamp() == 23 * 3600
    assert notation(read_dates("demain 14h", saturday).windows) == "2027-03-28T14:00"
    late = datetime(2027, 3, 28, 1, 30, tzinfo=PARIS)
    assert notation(read_dates("dans 2 heures", late).windows) == "2027-03-28T04:30"


@pytest.mark.parametrize(
    "zone", ["Indian/Reunion", "America/Cayenne", "Pacific/Noumea", "America/Martinique"]
)
def test_overseas_zones_keep_their_own_today(zone: str) -> None:
    local = datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo(zone))
    window = read_dates("2m1 10h", local).windows[0]
    assert window.start.tzinfo is local.tzinfo
    assert notation((window,)) == "2026-11-24T10:00"


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("ce lundi", "2026-11-23"),
        ("lundi", "2026-11-30"),
        ("aujourd'hui lundi", "2026-11-23"),
        ("lundi 23", "2026-11-23"),
    ],
)
def test_own_weekday_is_next_week_unless_said(text: str, windows: str) -> None:
    assert notation(read_dates(text, NOW).windows) == windows


def test_a_reading_without_day_is_empty() -> None:
    assert read_dates("bonjour", NOW) == DateReading("bonjour", DateStatus.NONE, ())
