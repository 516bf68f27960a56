"""What is pressed on the page of a link, many times at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from factories import book, make_appointment, seed_territory

from accueil.core.booking import AppointmentStatus, Discretion, NotAllowed
from accueil.core.contact import Contact
from accueil.services.past_offers import Place, past_offer

TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def booked(store, booking):
    seed_territory(store)
    return book(booking, TUESDAY_NINE, contact=Contact("+33639980011")).appointment


def call_backs(store):
    with store.read() as uow:
        return list(uow.chats.callbacks_of_site("centre"))


def test_ten_troubles_at_once_are_one_request(store, changes, booked):
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(changes.ask_call_back, [booked.id] * 10))
    (request,) = call_backs(store)
    assert (request.phone, request.first_name) == ("+33639980011", "Lina")


def test_a_settled_request_can_be_followed_by_another(store, changes, booked):
    changes.ask_call_back(booked.id)
    with store.write() as uow:
        for one in uow.chats.callbacks_of_site("centre"):
            one.done = True
        uow.commit()
    changes.ask_call_back(booked.id)
    with store.read() as uow:
        asked = uow.chats.callbacks_of_conversation(booked.conversation_id)
    assert sorted(one.done for one in asked) == [False, True]


@pytest.mark.parametrize("discretion", [Discretion.NEUTRAL, Discretion.SILENT])
def test_the_number_of_who_is_watched_is_not_passed_on(store, changes, booked, discretion):
    with store.write() as uow:
        uow.appointments.get(booked.id).discretion = discretion
        uow.commit()
    changes.ask_call_back(booked.id)
    assert [one.phone for one in call_backs(store)] == [""]


def test_no_request_once_it_is_over_or_cancelled(store, changes, booked, clock):
    with pytest.raises(NotAllowed):
        changes.ask_call_back("unknown")
    clock.at = booked.ends_at
    with pytest.raises(NotAllowed):
        changes.ask_call_back(booked.id)
    clock.at = TUESDAY_NINE.replace(day=23)
    changes.cancel(booked.id)
    with pytest.raises(NotAllowed):
        changes.ask_call_back(booked.id)
    assert not call_backs(store)


def test_only_what_is_held_no_more_is_a_past_offer(store, booked, clock):
    with store.read() as uow:
        assert past_offer(uow, booked, clock.now()) is None
        nadia = uow.territory.counsellor("nadia")
        held = make_appointment(TUESDAY_NINE, nadia, status=AppointmentStatus.HELD)
        held.hold_expires_at = TUESDAY_NINE
        assert past_offer(uow, held, clock.now()) is None
        assert past_offer(uow, held, TUESDAY_NINE).place is Place.LEFT
        held.conversation_id = ""
        assert past_offer(uow, held, TUESDAY_NINE).place is Place.UNKNOWN
