"""Whatever is written, reading never fails, never hands back nonsense, and stays quick."""

import statistics
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accueil.core.dates import DateReading, DateStatus, read_dates

_ZONES = ["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea", "UTC"]
_WORDS = (
    "lundi mardie jeudi sam. le la du au de à entre et ou ni , . ? mais pas sauf non plutôt enfin "
    "je peux pas dispo demain 2m1 hier aprem matin soir midi 14h 9h30 25h 10 3 31 3/12 31/11 "
    "03/12/2026 décembre février mars en fin début semaine prochaine pro dans 2 jours semaines "
    "mois avant après jusqu'à partir cette ce week-end huit prochain dernier premier n'importe "
    "quand rdv mon depuis 06 12 34 56 78 € ans h : / - il y a heures une vingt et demie moins "
    "quart vacances rentrée noël fêtes pâques été pendant d'ici tous en quinzaine sous euh soit "
    "aussi toussaint jour an nouvel celle d'après suivante journée janvier 2027 2024 dans les"
).split()
_texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=14).map("".join),
)
_moments = st.builds(
    lambda naive, zone: naive.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)),
    st.datetimes(datetime(2024, 1, 1), datetime(2040, 12, 31)),
    st.sampled_from(_ZONES),
)


def _check(reading: DateReading, now: datetime) -> None:
    assert (reading.status is DateStatus.OK) == bool(reading.windows)
    starts = [window.start for window in reading.windows]
    assert starts == sorted(starts)
    assert len(set(reading.windows)) == len(reading.windows)
    for window in (*reading.windows, *reading.excluded):
        assert window.start.tzinfo is now.tzinfo
        assert window.start >= now - timedelta(days=1, hours=1)
        if window.end is not None:
            assert not window.exact
            assert window.start < window.end
            assert window.end > now


@settings(max_examples=400, deadline=None)
@given(_texts, _moments)
def test_any_text_reads_to_sound_windows(text: str, now: datetime) -> None:
    reading = read_dates(text, now)
    assert reading.text == text
    _check(reading, now)


@settings(max_examples=50, deadline=None)
@given(_texts, _moments)
def test_case_and_spaces_change_nothing(text: str, now: datetime) -> None:
    spaced = f"  {text} "
    assert read_dates(spaced, now).windows == read_dates(text, now).windows


@pytest.mark.parametrize(
    "piece",
    ["lundi ou ", "le 3 , ", "0", "1 ", "06 ", "a", "je peux pas ", "pas lundi ", "1/", "-", "\n",
     "entre ", "n'importe quand sauf mardi ", "la semaine pro le matin ", "12 rue ", "é", "h", ":"],
)  # fmt: skip
def test_ten_thousand_characters_take_reasonable_time(piece: str) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    text = (piece * 10_000)[:10_000]
    before = perf_counter()
    _check(read_dates(text, now), now)
    assert perf_counter() - before < 5


def test_a_message_takes_a_millisecond() -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    message = "bonjour je peux pas demain mais mercredi ou jeudi après 14h ce serait possible svp"
    spent = []
    for _ in range(50):
        before = perf_counter()
        read_dates(message, now)
        spent.append(perf_counter() - before)
    assert statistics.median(spent) < 0.005  # 1 ms wanted; the rest is for a busy machine
