"""The card with which an application shows a calendar, and times by day."""

from datetime import date, timedelta
from typing import Any

import pytest
from factories import NOW, seed_territory

from accueil.bootstrap import Application
from accueil.core.dates import DateStatus, read_dates
from accueil.core.french import show_day
from actions.booking import BOOKING_SKILLS
from actions.skill import PARIS, Turn

TODAY = date(2026, 11, 23)


def ask(application: Application, **slots: Any) -> Turn:
    seed_territory(application.store)
    turn = Turn(application, "a", "", "", 1.0, slots, "formulaire_rdv", False, [], None)
    skill = next(one for one in BOOKING_SKILLS if one.skill_name.endswith("_creneau"))
    skill(application).handle(turn)
    return turn


def test_the_question_when_carries_the_days_that_can_be_asked_for(application: Application) -> None:
    (asked,) = ask(application, site="centre").messages
    card = asked["json_message"]
    assert card == {"card": "date", "first": "2026-11-23", "last": "2027-01-18", "slots": []}


def test_times_proposed_are_those_of_the_buttons_in_order(application: Application) -> None:
    turn = ask(application, site="centre", motif="logement")
    (proposed,) = turn.messages
    slots = proposed["json_message"]["slots"]
    assert 1 < len(slots) == len(proposed["buttons"])
    for at, button in zip(slots, proposed["buttons"], strict=True):
        day, hour = at.split("T")
        assert button["title"].startswith(show_day(date.fromisoformat(day)))
        assert button["payload"].startswith("le " + "/".join(reversed(day.split("-"))))
        assert f"{int(hour[:2]):02d}h" in button["payload"]


@pytest.mark.parametrize("part", ["", " le matin", " l’après-midi"])
def test_every_day_of_the_calendar_is_read_as_that_day(part: str) -> None:
    now = NOW.astimezone(PARIS)
    for days in range(1, 57):
        day = TODAY + timedelta(days=days)
        reading = read_dates(f"{show_day(day)}{part}", now)
        assert reading.status is DateStatus.OK, day
        assert {window.start.date() for window in reading.windows} == {day}
