"""What is kept of counsellors: absences and closed accounts a year, sign-ins twelve hours."""

from datetime import timedelta

import pytest
from factories import NOW, keep, make_appointment, make_counsellor, make_group_session
from privacy_cases import World, make_world
from sqlalchemy import Engine

from accueil.core.clock import FixedClock
from accueil.core.console import ConsoleSession
from accueil.core.territory import Absence
from accueil.persistence import tables

MONTHS_12 = timedelta(days=365)


@pytest.fixture
def world(engine: Engine, clock: FixedClock) -> World:
    return make_world(engine, clock)


def test_an_absence_is_deleted_a_year_after_it_ended(world: World) -> None:
    with world.store.write() as uow:
        uow.absences.add(Absence("away", "nadia", NOW - timedelta(days=2), NOW))
        uow.commit()
    before, at, after = world.around(NOW + MONTHS_12, tables.absences, "away")
    assert before is not None
    assert at is not None
    assert after is None


def close_account(world: World, key: str) -> None:
    with world.store.write() as uow:
        counsellor = uow.territory.counsellor(key)
        assert counsellor is not None
        counsellor.leave(NOW)
        uow.commit()


@pytest.mark.parametrize("trace", ["appointment", "absence", "session"])
def test_who_left_is_anonymous_a_year_after_the_last_trace(world: World, trace: str) -> None:
    if trace == "appointment":
        appointment = make_appointment(NOW - timedelta(minutes=45), make_counsellor())
        keep(world.store, appointments=[appointment])
    elif trace == "session":
        keep(world.store, sessions=[make_group_session(NOW - timedelta(hours=2))])
    else:
        with world.store.write() as uow:
            uow.absences.add(Absence("away", "nadia", NOW - timedelta(days=2), NOW))
            uow.commit()
    close_account(world, "nadia")
    before, at, after = world.around(NOW + MONTHS_12, tables.counsellors, "nadia")
    assert before.display_name == at.display_name == "Nadia Exemple"
    assert before.email == at.email == "nadia@mission.example"
    assert (after.display_name, after.password_hash) == ("Compte fermé", "")
    assert after.email.endswith("@ferme.invalid")
    assert world.row(tables.counsellors, "karim").display_name == "Karim Exemple"


def test_console_sessions_go_when_they_are_over(world: World) -> None:
    with world.store.write() as uow:
        for token, hours in (("old", 0), ("new", 1)):
            ends = NOW + timedelta(hours=hours)
            uow.console.add(ConsoleSession(token, "nadia", "csrf", NOW, ends))
        uow.commit()
    world.erasure.erase_old()
    assert [row.token_hash for row in world.rows(tables.console_sessions)] == ["new"]


def test_a_closed_account_that_left_no_trace_is_anonymous_a_year_later_and_once(
    world: World,
) -> None:
    close_account(world, "karim")
    assert world.erasure.erase_old() == 0
    world.clock.advance(MONTHS_12 + timedelta(minutes=1))
    assert world.erasure.erase_old() == 1
    assert world.row(tables.counsellors, "karim").display_name == "Compte fermé"
    assert world.erasure.erase_old() == 0


def test_an_open_account_is_kept_without_any_trace(world: World) -> None:
    world.clock.advance(MONTHS_12 * 3)
    assert world.erasure.erase_old() == 0
    assert world.row(tables.counsellors, "karim").display_name == "Karim Exemple"
