"""Until when a freed time is held for somebody on the waiting list."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.booking.waiting import ANSWER_TIME, answer_by, asked_at

PARIS = ZoneInfo("Europe/Paris")
FAR = datetime(2027, 6, 1, 9, tzinfo=PARIS)
NOTICE = timedelta(hours=4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "asked", "until"),
    [
        ("24T08:00", "24T08:00", "24T10:00"),
        ("24T17:59", "24T17:59", "24T19:59"),
        ("24T18:00", "24T18:00", "24T20:00"),
        ("24T18:59", "24T18:59", "25T08:59"),
        ("24T19:59", "24T19:59", "25T09:59"),
        ("24T20:00", "25T08:00", "25T10:00"),
        ("24T23:59", "25T08:00", "25T10:00"),
        ("25T02:30", "25T08:00", "25T10:00"),
        ("25T07:59", "25T08:00", "25T10:00"),
    ],
)
def test_two_hours_of_daytime(now: str, asked: str, until: str) -> None:
    assert asked_at(at(now), PARIS) == at(asked)
    assert answer_by(at(now), FAR, NOTICE, PARIS) == at(until)


def test_the_day_that_counts_is_that_of_the_site() -> None:
    reunion = ZoneInfo("Indian/Reunion")
    now = at("24T17:30")  # 20 h 30 there
    assert asked_at(now, reunion) == datetime(2026, 11, 25, 8, tzinfo=reunion)


def test_half_the_notice_is_left_to_the_next() -> None:
    start = at("24T13:00")
    assert answer_by(at("24T10:30"), start, NOTICE, PARIS) == at("24T11:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(PARIS)))
def test_nobody_is_asked_or_must_answer_at_night(now: datetime) -> None:
    now = now.astimezone(ZoneInfo("UTC"))
    asked = asked_at(now, PARIS)
    until = answer_by(now, FAR + timedelta(days=365), NOTICE, PARIS)
    assert now <= asked < until
    assert 8 <= asked.astimezone(PARIS).hour < 20
    assert "08:00" <= f"{until.astimezone(PARIS):%H:%M}" <= "20:00"
    assert until - asked == ANSWER_TIME or until - asked > timedelta(hours=12)
