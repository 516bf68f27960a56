"""Reading what is said of an hour: too early, no good, the only one; lists of hours."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from accueil.core.dates import DateReading, DateStatus, TimeRange, Window, read_dates

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=PARIS)


def read(text: str) -> DateReading:
    return read_dates(text, NOW)


def hours(spans: tuple[TimeRange, ...]) -> str:
    return " ".join(_span(span.start, span.end, exact=span.exact) for span in spans)


def days(windows: tuple[Window, ...]) -> str:
    return " ".join(
        f"{window.start.day}@"
        + _span(window.start.time(), window.end.time() if window.end else None, exact=window.exact)
        for window in windows
    )


def _span(start: time, end: time | None, *, exact: bool) -> str:
    closing = f"{end:%H:%M}" if end else ""
    return f"{start:%H:%M}" if exact else f"{start:%H:%M}-{closing}"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("pas 8h30", "08:30"), ("nan pas 8h30", "08:30"), ("13h30 c nul", "13:30"),
        ("14h ça m'arrange pas", "14:00"), ("10h bof", "10:00"), ("bof 10h", "10:00"),
        ("9h15 ça le fait pas", "09:15"), ("16h ça va pas le faire", "16:00"),
        ("15h c relou", "15:00"), ("11h c pas ouf", "11:00"), ("11h c pas top", "11:00"),
        ("10h hors de question", "10:00"), ("14h30 meme pas en reve", "14:30"),
        ("9h ça passe pas", "09:00"), ("8h30 la flemme", "08:30"), ("le matin c'est mort",
        "08:00-12:00"), ("l'aprem c galere", "12:00-18:00"), ("je déteste le matin", "08:00-12:00"),
        ("je bosse le matin", "08:00-12:00"), ("le matin je dors", "08:00-12:00"),
        ("le matin j'arrive pas a me lever", "08:00-12:00"),
        ("l'aprem jai foot", "12:00-18:00"), ("chui en formation le matin", "08:00-12:00"),
    ],
)  # fmt: skip
def test_a_refused_hour_is_not_wished(text: str, refused: str) -> None:
    reading = read(text)
    assert (reading.status, reading.windows, reading.times) == (DateStatus.NONE, (), ())
    assert hours(reading.refused_times) == refused
    assert reading.time_only


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("8h30 c trop tot pour moi", "00:00-08:30 08:30"), ("trop tôt 9h", "00:00-09:00 09:00"),
        ("9h c'est trop tôt", "00:00-09:00 09:00"), ("8h c super tot", "00:00-08:00 08:00"),
        ("9h franchement c trop tot", "00:00-09:00 09:00"),
        ("8h30 ? trop tôt", "00:00-08:30 08:30"), ("8h ça fait tot", "00:00-08:00 08:00"),
        ("le matin c trop tot", "00:00-12:00"), ("9h c trop tard", "09:00-"),
        ("17h un peu tard", "17:00-"), ("9h c un peu tot", "00:00-09:00 09:00"),
        ("trop tard 18h", "18:00-"), ("le soir c trop tard", "18:00-"),
        ("8h30 et 9h c trop tot", "00:00-08:30 08:30 00:00-09:00 09:00"),
    ],
)  # fmt: skip
def test_too_early_refuses_what_is_earlier_and_too_late_what_is_later(
    text: str, refused: str
) -> None:
    reading = read(text)
    assert (reading.windows, reading.times) == ((), ())
    assert hours(reading.refused_times) == refused


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("mardi 8h30 c trop tot", "24@00:00-08:30 24@08:30"),
        ("jeudi 16h c trop tard", "26@16:00-00:00"),
        ("demain c trop tot", "23@00:00-00:00"), ("mardi c nul", "24@00:00-00:00"),
        ("lundi je peux pas", "30@00:00-00:00"), ("lundi c trop tard", "30@00:00-"),
        ("la semaine pro c trop tard", "30@00:00-"), ("mercredi 10h bof", "25@10:00"),
        ("seulement mardi je peux pas", "24@00:00-00:00"),
    ],
)  # fmt: skip
def test_a_verdict_on_a_day_excludes_it(text: str, excluded: str) -> None:
    reading = read(text)
    assert (reading.windows, days(reading.excluded)) == ((), excluded)
    assert not reading.time_only


def test_too_early_a_day_excludes_the_days_before() -> None:
    excluded = read("jeudi c trop tôt").excluded
    assert [(one.start, one.end) for one in excluded] == [
        (datetime(2026, 11, 23, tzinfo=PARIS), datetime(2026, 11, 27, tzinfo=PARIS))
    ]


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("8h30 trop tot mais 13h30 ok", "13:30"), ("8h30 trop tot 13h30 ok", "13:30"),
        ("c trop tot, 10h", "10:00"), ("c trop tot 10h plutot", "10:00"),
        ("c trop tot 10h c mieux", "10:00"), ("c trop tot je veux 10h", "10:00"),
        ("trop tot plutot 10h", "10:00"), ("9h bof, 10h c parfait", "10:00"),
        ("9h c un peu tot mais ok", "09:00"), ("le matin c nul l'aprem c mieux", "12:00-18:00"),
        ("10h c mieux que 9h", "10:00"), ("je finis à 17 ou 18h", "18:00-"),
    ],
)  # fmt: skip
def test_what_is_liked_better_is_wished(text: str, wished: str) -> None:
    assert hours(read(text).times) == wished


@pytest.mark.parametrize(
    "text",
    ["votre site c nul mardi 10h", "jsuis nul en maths mardi 10h", "si c pas trop tot mardi 10h",
     "la mission locale c trop loin, mardi 10h", "mardi 10h c pas trop tot"],
)  # fmt: skip
def test_a_verdict_on_something_else_refuses_nothing(text: str) -> None:
    reading = read(text)
    assert (days(reading.windows), reading.excluded) == ("24@10:00", ())


@pytest.mark.parametrize(
    "text",
    ["c trop tot", "c nul", "trop tard", "plus tot", "plus tard", "pas trop tot", "bof",
     "la flemme", "je bosse tous les jours"],
)  # fmt: skip
def test_a_verdict_on_nothing_says_nothing(text: str) -> None:
    reading = read(text)
    assert (reading.windows, reading.excluded, reading.refused_times) == ((), (), ())
    assert not reading.anytime


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("jeudi 14 ou 15h", "26@14:00 26@15:00"), ("jeudi 10 ou 11h", "26@10:00 26@11:00"),
        ("mardi 9 ou 10h", "24@09:00 24@10:00"), ("demain 9 ou 10h", "24@09:00 24@10:00"),
        ("vendredi 14, 15 ou 16h", "27@14:00 27@15:00 27@16:00"),
        ("jeudi, 14 ou 15h", "26@14:00 26@15:00"), ("10 ou 11h jeudi", "26@10:00 26@11:00"),
        ("jeudi vers 14 ou 15h", "26@14:00 26@15:00"), ("14 ou 15h30", "23@14:00 23@15:30"),
        ("mardi 2 ou 3h", "24@14:00 24@15:00"), ("mar 9 ou 10h", "24@09:00 24@10:00"),
        ("mardi ou jeudi 14 ou 15h", "24@14:00 24@15:00 26@14:00 26@15:00"),
        ("entre 14 et 15h jeudi", "26@14:00-15:00"), ("jeudi entre 14 ou 15h", "26@14:00-15:00"),
        ("mardi 24 ou 15h", "24@15:00"), ("jeudi 10 decembre 14 ou 15h", "10@14:00 10@15:00"),
    ],
)  # fmt: skip
def test_numbers_before_an_hour_are_hours(text: str, windows: str) -> None:
    assert days(read(text).windows) == windows


@pytest.mark.parametrize(
    ("text", "starts"),
    [("jeudi 10 ou 17 décembre", [10, 17]), ("le 3 ou 4 décembre", [3, 4]), ("jeudi 26", [26]),
     ("rdv lille le 1er", [1]), ("rdv le 1er lille", [1]), ("rdv lille le 1er svp", [1])],
)  # fmt: skip
def test_numbers_that_are_days_stay_days(text: str, starts: list[int]) -> None:
    assert [window.start.day for window in read(text).windows] == starts


def test_a_day_number_that_is_also_the_coming_weekday_is_an_hour_of_that_day() -> None:
    monday = datetime(2026, 12, 7, 8, tzinfo=PARIS)
    assert days(read_dates("jeudi 10 ou 11h", monday).windows) == "10@10:00 10@11:00"


def test_the_first_meeting_is_no_date() -> None:
    assert read("c'est mon rdv le 1er rdv").windows == ()


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("jpeux que le mercredi aprem jai cours sinon", "25@12:00-18:00"),
        ("que le mercredi aprem sinon je bosse", "25@12:00-18:00"),
        ("mercredi sinon je peux pas", "25@00:00-00:00"),
        ("mercredi aprem, le reste du temps jai cours", "25@12:00-18:00"),
        ("mardi uniquement jai cours", "24@00:00-00:00"),
        ("dispo seulement jeudi je bosse les autres jours", "26@00:00-00:00"),
        ("jpeux que mardi ou jeudi", "24@00:00-00:00 26@00:00-00:00"),
        ("je bosse tous les jours sauf mercredi", "25@00:00-00:00"),
        ("je peux pas sauf mercredi aprem", "25@12:00-18:00"),
        ("je travaille sauf le vendredi", "27@00:00-00:00"),
        ("que mardi", "24@00:00-00:00"), ("nan que mardi matin", "24@08:00-12:00"),
        ("lundi je bosse sinon mardi", "24@00:00-00:00"),
        ("mardi je peux pas sinon jeudi", "26@00:00-00:00"),
    ],
)  # fmt: skip
def test_only_that(text: str, windows: str) -> None:
    reading = read(text)
    assert days(reading.windows) == windows
    assert not reading.anytime


def test_only_the_morning_busy_in_the_afternoon() -> None:
    reading = read("uniquement le matin jai cours l'aprem")
    assert (hours(reading.times), hours(reading.refused_times)) == ("08:00-12:00", "12:00-18:00")


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("mardi pas trop tot", "24@10:00-00:00"), ("mardi mais pas trop tot", "24@10:00-00:00"),
        ("pas trop tot mardi", "24@10:00-00:00"), ("mardi matin pas trop tôt", "24@10:00-12:00"),
        ("le matin mais pas trop tot", "23@10:00-12:00"),
        ("mercredi pas trop tard", "25@00:00-16:00"),
        ("demain aprem pas trop tard", "24@12:00-16:00"),
        ("mardi ou jeudi pas trop tot", "24@10:00-00:00 26@10:00-00:00"),
        ("jeudi soir pas trop tard", "26@18:00-21:00"),
        ("le matin mais pas avant 10h", "23@10:00-12:00"),
    ],
)  # fmt: skip
def test_not_too_early_limits_the_day(text: str, windows: str) -> None:
    assert days(read(text).windows) == windows


@pytest.mark.parametrize("text", ["le plus tot possible", "le plus tot possible c quand ?"])
def test_as_soon_as_possible_is_any_time(text: str) -> None:
    assert read(text).anytime
