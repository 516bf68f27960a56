"""Open now, closing, opening next: hours, lunch, nights, holidays, clock changes, other zones."""

from datetime import datetime

import pytest

from accueil.core.opening_state import opening_state
from accueil.core.territory import Site
from accueil.core.weekly_hours import read_weekly_hours

HOURS = "lun-ven 09:00-12:00 13:30-17:30; sam 09:00-12:00"


def site(hours: str = HOURS, zone: str = "Europe/Paris") -> Site:
    return Site(
        "s", "o", "Site", "1 rue", "59100", "Roubaix", "59512", "", "", 50.0, 3.0, zone,
        read_weekly_hours(hours),
    )  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T09:00+01:00", "2026-11-23T12:00+01:00"),
        ("2026-11-23T11:59:59+01:00", "2026-11-23T12:00+01:00"),
        ("2026-11-23T16:00+01:00", "2026-11-23T17:30+01:00"),
        ("2026-11-23T15:00+00:00", "2026-11-23T17:30+01:00"),
    ],
)
def test_open_until(now: str, until: str) -> None:
    state = opening_state(site(), at(now), {})
    assert state.is_open
    assert state.until == at(until)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T08:59+01:00", "2026-11-23T09:00+01:00"),
        ("2026-11-23T12:00+01:00", "2026-11-23T13:30+01:00"),
        ("2026-11-23T17:30+01:00", "2026-11-24T09:00+01:00"),
        ("2026-11-28T12:00+01:00", "2026-11-30T09:00+01:00"),
        ("2027-03-27T20:00+01:00", "2027-03-29T09:00+02:00"),
    ],
)
def test_closed_and_opens_next(now: str, opens: str) -> None:
    state = opening_state(site(), at(now), {})
    assert not state.is_open
    assert state.opens_at == at(opens)
    assert state.closed_for == ""


def test_a_holiday_is_named_and_the_next_day_announced() -> None:
    christmas = {at("2026-12-25T00:00").date(): "Noël"}
    state = opening_state(site(), at("2026-12-25T10:00+01:00"), christmas)
    assert state.closed_for == "Noël"
    assert state.opens_at == at("2026-12-26T09:00+01:00")


def test_a_holiday_on_a_day_without_hours_is_not_the_reason() -> None:
    christmas = {at("2026-12-25T00:00").date(): "Noël"}
    state = opening_state(site("lun 09:00-12:00"), at("2026-12-25T10:00+01:00"), christmas)
    assert state.closed_for == ""
    assert state.opens_at == at("2026-12-28T09:00+01:00")


def test_hours_are_the_sites_own() -> None:
    state = opening_state(site(zone="Indian/Reunion"), at("2026-11-23T08:00+01:00"), {})
    assert state.until == at("2026-11-23T12:00+04:00")


def test_spans_that_touch_are_one() -> None:
    state = opening_state(site("lun 09:00-12:00 12:00-17:00"), at("2026-11-23T10:00+01:00"), {})
    assert state.until == at("2026-11-23T17:00+01:00")


def test_without_hours_nothing_is_said() -> None:
    state = opening_state(site(""), at("2026-11-23T10:00+01:00"), {})
    assert not state.is_open
    assert state.opens_at is None
