"""Erasure at somebody's request: everything of a conversation, or one appointment."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from factories import NOW, give_to, keep, make_group_session
from privacy_cases import (
    CONTACT,
    KEY,
    SHARING,
    VALUES,
    World,
    add_callback,
    add_chat,
    booked_by,
    join,
    make_world,
    only_one_slot,
)
from sqlalchemy import Engine

from accueil.core.booking import AppointmentStatus, WaitingStatus
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import DeliveryStatus, Recipient
from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.services.booking import Sharing
from accueil.services.erasure import EMPTY_FOR, Erased

START = NOW + timedelta(days=1, hours=1)
OTHER = Contact("+33639980022", "autre@example.org")


@pytest.fixture
def world(engine: Engine, clock: FixedClock) -> World:
    return make_world(engine, clock)


def everywhere(world: World, conversation: str) -> None:
    """Leave something of one person in every table that can hold something of a person."""
    only_one_slot(world)
    booked_by(world, conversation, START)
    join(world, "waits", OTHER)
    give_to(world.store, conversation, "waits")
    add_callback(world, conversation)
    add_chat(world, conversation)


def test_nothing_of_the_person_is_left_in_any_table(world: World) -> None:
    everywhere(world, "a")
    told = world.dump()
    assert [value for value in VALUES if value not in told] == []
    assert world.erasure.erase_person("a") == Erased(1, 2, 1, 1)
    told = world.dump()
    assert [value for value in (*VALUES, OTHER.phone, OTHER.email) if value in told] == []
    for table in (tables.appointments, tables.waiting_list):
        for row in world.rows(table):
            assert (row.phone_key, row.email_key, row.conversation_id) == (None, None, "")


def test_somebody_else_keeps_everything(world: World) -> None:
    mine = booked_by(world, "a", START)
    held = world.booking.hold("b", "centre", "logement", START + timedelta(days=1))
    world.booking.confirm(held.id, "b", "logement", Sharing(OTHER, "Noé", "Bac pro."))
    other = add_callback(world, "b", first_name="Noé")
    world.erasure.erase_person("a")
    row = world.row(tables.appointments, held.id)
    assert (row.first_name, row.phone, row.shared_note) == ("Noé", OTHER.phone, "Bac pro.")
    assert row.status is AppointmentStatus.CONFIRMED
    assert world.row(tables.callback_requests, other).first_name == "Noé"
    assert world.row(tables.appointments, mine.appointment.id).first_name == ""


def test_the_time_is_free_again_and_only_the_counsellor_is_told(world: World) -> None:
    booked = booked_by(world, "a", START)
    world.erasure.erase_person("a")
    world.booking.hold("b", "centre", "logement", START)
    waiting = [one for one in world.rows(tables.outbox) if one.status is DeliveryStatus.PENDING]
    assert {one.recipient for one in waiting} == {Recipient.COUNSELLOR}
    assert f"{booked.appointment.id}:1:cancelled:counsellor" in {one.id for one in waiting}
    dropped = [one for one in world.rows(tables.outbox) if one.recipient is Recipient.YOUNG_PERSON]
    assert dropped
    assert {one.status for one in dropped} == {DeliveryStatus.DROPPED}


def test_a_seat_is_given_back(world: World) -> None:
    session = make_group_session(NOW + timedelta(days=2), taken=0, capacity=1)
    keep(world.store, sessions=[session])
    held = world.booking.hold_seat("a", session.id)
    world.booking.confirm(held.id, "a", "logement", SHARING)
    world.erasure.erase_person("a")
    again = world.booking.hold_seat("b", session.id)
    world.erasure.erase_person("b")
    assert world.booking.hold_seat("c", session.id).id != again.id


def test_a_hold_is_let_go(world: World) -> None:
    held = world.booking.hold("a", "centre", "logement", START)
    assert world.erasure.erase_person("a") == Erased(0, 1, 0, 0)
    assert world.row(tables.appointments, held.id).status is AppointmentStatus.EXPIRED
    world.booking.hold("b", "centre", "logement", START)


def test_a_time_offered_from_the_waiting_list_goes_to_the_next(world: World) -> None:
    start = only_one_slot(world)
    first, second = join(world, "a"), join(world, "b", OTHER)
    assert world.row(tables.waiting_list, first).status is WaitingStatus.OFFERED
    assert world.row(tables.waiting_list, second).status is WaitingStatus.WAITING
    assert world.erasure.erase_person("a") == Erased(0, 1, 1, 0)
    gone, served = (world.row(tables.waiting_list, key) for key in (first, second))
    assert (gone.status, gone.offered_id) == (WaitingStatus.LEFT, None)
    assert served.status is WaitingStatus.OFFERED
    offered = world.row(tables.appointments, served.offered_id)
    assert (offered.starts_at, offered.status) == (start, AppointmentStatus.HELD)


def test_an_erased_conversation_closes_ten_minutes_later_unless_it_goes_on(world: World) -> None:
    add_chat(world, "a")
    world.erasure.erase_person("a")
    world.clock.advance(EMPTY_FOR - timedelta(seconds=1))
    assert world.erasure.expired_conversations() == []
    world.clock.advance(timedelta(seconds=1))
    assert world.erasure.expired_conversations() == ["a"]


def test_one_appointment_is_erased_and_nothing_else(world: World) -> None:
    key = booked_by(world, "a", START).appointment.id
    callback = add_callback(world, "a")
    add_chat(world, "a")
    assert world.erasure.erase_appointment(key) == Erased(1, 1)
    row = world.row(tables.appointments, key)
    assert (row.first_name, row.phone, row.shared_note, row.link_token) == ("",) * 4
    assert row.status is AppointmentStatus.CANCELLED
    young = [one for one in world.rows(tables.outbox) if one.recipient is Recipient.YOUNG_PERSON]
    assert {one.status for one in young} == {DeliveryStatus.DROPPED}
    assert world.row(tables.callback_requests, callback).phone == CONTACT.phone
    assert world.row(tables.chat_sessions, "a").first_name == VALUES[0]
    world.booking.hold("b", "centre", "logement", START)


def test_a_past_appointment_is_erased_and_stays_as_it_ended(world: World) -> None:
    key = booked_by(world, "a", START).appointment.id
    world.clock.advance(timedelta(days=3))
    assert world.erasure.erase_appointment(key) == Erased(0, 1)
    row = world.row(tables.appointments, key)
    assert (row.status, row.sequence, row.first_name) == (AppointmentStatus.CONFIRMED, 0, "")


@pytest.mark.parametrize("key", ["inconnu", "déjà"])
def test_there_is_nothing_left_to_erase(world: World, key: str) -> None:
    if key == "déjà":
        key = booked_by(world, "a", START).appointment.id
        world.erasure.erase_appointment(key)
    assert world.erasure.erase_appointment(key) == Erased()


def test_erasing_twice_is_erasing_once(world: World) -> None:
    everywhere(world, "a")
    world.erasure.erase_person("a")
    rows = len(world.rows(tables.outbox))
    assert world.erasure.erase_person("a") == Erased()
    assert len(world.rows(tables.outbox)) == rows


def test_the_file_of_sqlite_holds_nothing_either(
    empty_database: Path, tmp_path: Path, clock: FixedClock
) -> None:
    """What is legible in SQLite's file: names never were (encrypted); keys and numbers are gone.

    A deleted value may linger in a page that is not used again: VACUUM writes the file anew, and
    the checkpoint empties the write-ahead log. PostgreSQL does so by itself, in its own time.
    """
    shutil.copy(empty_database, tmp_path / "accueil.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'accueil.db'}", KEY)
    world = make_world(engine, clock)
    everywhere(world, "conversation-of-somebody")
    row = next(one for one in world.rows(tables.appointments) if one.phone_key)
    legible = (row.phone_key, row.email_key, row.code_hash, "conversation-of-somebody")
    assert all(value.encode() in written(tmp_path) for value in legible)
    assert not any(value.encode() in written(tmp_path) for value in VALUES)
    world.erasure.erase_person("conversation-of-somebody")
    world.erasure.erase_conversation("conversation-of-somebody")
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "accueil.db", isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = written(tmp_path)
    assert [value for value in (*legible, *VALUES) if value.encode() in left] == []


def written(folder: Path) -> bytes:
    """Return every byte of the database and of its log."""
    return b"".join(path.read_bytes() for path in folder.glob("accueil.db*"))
