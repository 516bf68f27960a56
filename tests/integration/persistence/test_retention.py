"""Each kind of data has its own delay: kept at the instant itself, gone the second after."""

from datetime import timedelta

import pytest
from factories import NOW, keep, make_appointment, make_counsellor
from privacy_cases import (
    CONTACT,
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

from accueil.core.booking import AppointmentStatus, Discretion, WaitingStatus
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from accueil.persistence import tables
from accueil.services.chat.records import LIFETIME

START = NOW + timedelta(days=1, hours=1)
MONTHS_24, MONTHS_6 = timedelta(days=730), timedelta(days=180)
MONTHS_3 = timedelta(days=90)


@pytest.fixture
def world(engine: Engine, clock: FixedClock) -> World:
    return make_world(engine, clock)


def test_a_note_and_a_referrer_go_three_months_after_the_appointment(world: World) -> None:
    key = booked_by(world, "a", START).appointment.id
    limit = START + timedelta(minutes=45) + MONTHS_3
    before, at, after = world.around(limit, tables.appointments, key)
    assert (before.shared_note, before.referrer) == (at.shared_note, at.referrer) == VALUES[3:]
    assert (after.shared_note, after.referrer) == ("", "")
    assert (after.first_name, after.phone, after.email) == VALUES[:3]


def test_a_contact_goes_24_months_after_the_appointment_with_every_way_back(world: World) -> None:
    booked = booked_by(world, "a", START)
    limit = START + timedelta(minutes=45) + MONTHS_24
    before, at, after = world.around(limit, tables.appointments, booked.appointment.id)
    for row in (before, at):
        assert (row.first_name, row.phone, row.email) == VALUES[:3]
        assert None not in (row.phone_key, row.email_key)
        assert row.code_hash
        assert row.link_token == booked.link_token
    assert (after.first_name, after.phone, after.email, after.link_token) == ("", "", "", "")
    assert (after.phone_key, after.email_key, after.consented_at) == (None, None, None)
    assert (after.conversation_id, after.code_hash) == ("", "")
    assert after.discretion is Discretion.ORDINARY
    assert after.link_token_hash != before.link_token_hash
    assert (after.reason, after.starts_at, after.status) == (
        before.reason,
        before.starts_at,
        before.status,
    )


@pytest.mark.parametrize("status", [AppointmentStatus.CANCELLED, AppointmentStatus.EXCUSED])
def test_a_contact_of_a_cancelled_appointment_goes_after_three_months(
    world: World, status: AppointmentStatus
) -> None:
    given = make_appointment(START, make_counsellor(), status=status, phone=CONTACT.phone)
    keep(world.store, appointments=[given])
    before, at, after = world.around(given.ends_at + MONTHS_3, tables.appointments, given.id)
    assert before.phone == at.phone == CONTACT.phone
    assert (after.phone, after.first_name) == ("", "")


def test_the_contact_of_a_hold_nobody_confirmed_goes_within_the_day(world: World) -> None:
    only_one_slot(world)
    key = world.row(tables.waiting_list, join(world, "a")).offered_id
    ends = world.row(tables.appointments, key).hold_expires_at
    before, at, after = world.around(ends + timedelta(hours=12), tables.appointments, key)
    for row in (before, at):
        assert (row.first_name, row.phone, row.email) == VALUES[:3]
        assert row.discretion is Discretion.NEUTRAL
    assert (after.first_name, after.phone, after.email) == ("", "", "")
    assert after.discretion is Discretion.ORDINARY
    assert after.link_token_hash == before.link_token_hash


def test_the_link_of_a_hold_nobody_confirmed_goes_after_three_months(world: World) -> None:
    held = world.booking.hold("a", "centre", "logement", START)
    before, at, after = world.around(held.ends_at + MONTHS_3, tables.appointments, held.id)
    assert before.link_token == at.link_token == held.link_token
    assert before.conversation_id == at.conversation_id == "a"
    assert (after.link_token, after.conversation_id) == ("", "")
    assert after.link_token_hash != before.link_token_hash


def test_an_appointment_that_was_a_hold_keeps_its_person(world: World) -> None:
    key = booked_by(world, "a", START).appointment.id
    world.clock.advance(timedelta(days=5))
    world.erasure.erase_old()
    assert world.row(tables.appointments, key).first_name == VALUES[0]


@pytest.mark.parametrize("status", [WaitingStatus.SERVED, WaitingStatus.LEFT])
def test_who_left_the_waiting_list_is_forgotten_at_once(
    world: World, status: WaitingStatus
) -> None:
    only_one_slot(world)
    key = join(world, "a")
    world.erasure.erase_old()
    assert world.row(tables.waiting_list, key).phone == CONTACT.phone
    with world.store.write() as uow:
        entry = uow.waiting.get(key)
        assert entry is not None
        entry.status = status
        uow.commit()
    world.erasure.erase_old()
    row = world.row(tables.waiting_list, key)
    assert (row.first_name, row.phone, row.email, row.shared_note, row.referrer) == ("",) * 5
    assert (row.phone_key, row.email_key) == (None, None)
    assert row.discretion is Discretion.ORDINARY


def test_a_place_on_the_waiting_list_is_deleted_after_six_months(world: World) -> None:
    only_one_slot(world)
    key = join(world, "a")
    before, at, after = world.around(NOW + MONTHS_6, tables.waiting_list, key)
    assert before is not None
    assert at is not None
    assert after is None


def test_a_call_back_is_forgotten_three_months_later_when_done(world: World) -> None:
    key = add_callback(world, "a", done=True)
    before, at, after = world.around(NOW + MONTHS_3, tables.callback_requests, key)
    assert (before.first_name, before.phone) == (at.first_name, at.phone) == VALUES[:2]
    assert (after.first_name, after.phone, after.conversation_id) == ("", "", "")


def test_a_call_back_is_forgotten_six_months_later_in_any_case(world: World) -> None:
    key = add_callback(world, "a")
    before, at, after = world.around(NOW + MONTHS_6, tables.callback_requests, key)
    assert (before.phone, at.phone, at.done) == (CONTACT.phone, CONTACT.phone, False)
    assert (after.first_name, after.phone, after.conversation_id) == ("", "", "")
    assert after.done


@pytest.mark.parametrize("sent", [True, False])
def test_the_row_of_a_message_goes_three_months_after_it_left(world: World, sent: bool) -> None:
    appointment = booked_by(world, "a", START).appointment
    leaves = NOW + timedelta(hours=2)
    row = OutboxMessage(
        "m", appointment.id, MessageKind.CONFIRMED, Recipient.YOUNG_PERSON, 0, leaves
    )
    if sent:
        row.due_at, row.sent_at = NOW, leaves
    with world.store.write() as uow:
        uow.outbox.add([row])
        uow.commit()
    before, at, after = world.around(leaves + MONTHS_3, tables.outbox, "m")
    assert before is not None
    assert at is not None
    assert after is None


def test_a_conversation_that_is_over_is_emptied_even_if_rasa_cannot_forget(world: World) -> None:
    add_chat(world, "a", safety_type="suicide", had_safety_reply=True, disability=True)
    before, at, _ = world.around(NOW + LIFETIME, tables.chat_sessions, "a")
    assert (before.first_name, before.phone, before.safety_type) == (*VALUES[:2], "suicide")
    assert (at.first_name, at.phone, at.email, at.shared_note, at.referrer) == ("",) * 5
    assert (at.age, at.disability, at.safety_type, at.had_safety_reply) == (None, False, "", False)
    assert world.rows(tables.chat_messages) == []


def test_said_again_it_finds_nothing(world: World) -> None:
    booked_by(world, "a", START)
    add_callback(world, "a")
    add_chat(world, "b")
    world.clock.advance(timedelta(days=1_000))
    assert world.erasure.erase_old() > 0
    assert world.erasure.erase_old() == 0


def test_after_the_last_delay_nothing_of_the_person_is_left(world: World) -> None:
    only_one_slot(world)
    booked_by(world, "a", START)
    join(world, "b", Contact("+33639980022", "autre@example.org"))
    add_callback(world, "a")
    add_chat(world, "a")
    world.clock.advance(MONTHS_24 + timedelta(days=3))
    world.erasure.erase_old()
    said = world.dump()
    assert [value for value in VALUES if value in said] == []
