"""Group sessions that an operator plans, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as hour

import pytest
from factories import (
    NOW,
    keep,
    make_appointment,
    make_counsellor,
    make_openings,
    make_organisation,
    make_site,
)
from test_no_double_booking import at_once, kinds

from accueil.core.booking import DEFAULT_REASON, AppointmentStatus, SlotTaken
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import MessageKind, Recipient
from accueil.core.territory import Absence, SiteClosure
from accueil.core.tokens import TokenMaker
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.booking import BookingService, Sharing
from accueil.services.holds import HoldMaker
from accueil.services.sessions import Planned, SessionService
from accueil.services.slots import SlotFinder
from accueil.services.staff_directory import Refused
from accueil.services.staff_entry import WrongEntry
from accueil.services.staff_leaving import LeavingService

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris."""
NADIA, KARIM = "nadia@mission.example", "karim@mission.example"


@pytest.fixture
def sessions(store: SqlStore, clock: FixedClock) -> SessionService:
    nadia, karim = make_counsellor("nadia"), make_counsellor("karim", "gare")
    sites = [make_organisation(), make_site(), make_site("gare")]
    keep(store, [*sites, nadia, karim, *make_openings(nadia, hour(9), hour(17))])
    return SessionService(store, clock, HoldMaker(clock, TokenMaker(b"k" * 40), "example.invalid"))


def plan(**changes) -> Planned:
    given = {"day": "2026-11-24", "start": "10h", "end": "12h", "title": "Découvrir", "seats": 2}
    return Planned(**(given | {"animator": NADIA} | changes))


def seat(booking: BookingService, session_id: str, number: int) -> str:
    held = booking.hold_seat(f"c{number}", session_id)
    sharing = Sharing(Contact(email=f"jeune{number}@example.org"))
    return booking.confirm(held.id, f"c{number}", "", sharing).appointment.id


def test_a_session_is_planned_at_the_hours_of_the_site(sessions, booking) -> None:
    added = sessions.add("centre", plan())
    assert (added.session.starts_at, added.session.ends_at) == (START, START + timedelta(hours=2))
    seat(booking, added.session.id, 1)
    (listed,) = sessions.listed("centre")
    assert (listed.session.taken, listed.animator) == (1, "Nadia Exemple")
    assert sessions.listed("gare") == []
    assert [one.session.id for one in sessions.listed()] == [added.session.id]


def test_nobody_is_received_alone_during_a_session(store, clock, sessions, booking) -> None:
    with store.read() as uow:
        site = uow.territory.site("centre")
        before = {one.start for one in SlotFinder(store, clock).free(uow, site, DEFAULT_REASON)}
    assert START in before
    sessions.add("centre", plan())
    for minutes in (0, 15, 105, -30):
        with pytest.raises(SlotTaken):
            booking.hold("c", "centre", "logement", START + timedelta(minutes=minutes))
    assert booking.hold("c", "centre", "logement", START + timedelta(hours=2))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("appointment", "déjà un rendez-vous"),
        ("hold", "déjà un rendez-vous"),
        ("session", "déjà une autre séance"),
        ("absence", "déjà une absence"),
        ("closure", "fermé mardi 24"),
        ("other site", "ne reçoit pas à ce site"),
    ],
)
def test_an_animator_who_is_not_free_is_refused(store, sessions, booking, what, said) -> None:
    start = START + timedelta(hours=1, minutes=45)
    if what == "appointment":
        keep(store, appointments=[make_appointment(start, make_counsellor())])
    elif what == "hold":
        booking.hold("c", "centre", "logement", start)
    elif what == "session":
        sessions.add("centre", plan(start="11h30", end="13h"))
    else:
        with store.write() as uow:
            if what == "absence":
                uow.absences.add(Absence("a", "nadia", start, start + timedelta(days=1)))
            if what == "closure":
                uow.absences.add(SiteClosure("c", "centre", START.date(), START.date(), "Pont"))
            uow.commit()
    animator = KARIM if what == "other site" else NADIA
    with pytest.raises(Refused, match=said):
        sessions.add("centre", plan(animator=animator))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "demain"}, "Date illisible"),
        ({"day": "2026-11-22"}, "passée"),
        ({"start": "12h", "end": "12h"}, "finit avant"),
        ({"end": "25h"}, "Heure illisible"),
        ({"title": " "}, "Le titre est vide"),
        ({"seats": 0}, "nombre de places"),
        ({"animator": "personne@example.org"}, "Personne n’a l’adresse"),
    ],
)
def test_a_wrong_entry_plans_nothing(sessions, changes, said) -> None:
    with pytest.raises(WrongEntry, match=said):
        sessions.add("centre", plan(**changes))
    assert sessions.listed() == []


def test_seats_never_fall_below_those_taken(sessions, booking, clock) -> None:
    identifier = sessions.add("centre", plan()).session.id
    seat(booking, identifier, 1)
    booking.hold_seat("c2", identifier)
    with pytest.raises(Refused, match="2 places sont déjà prises"):
        sessions.set_seats(identifier, 1)
    clock.advance(timedelta(minutes=6))  # whoever held the second seat did not go on
    assert sessions.set_seats(identifier, 1).taken == 1
    with pytest.raises(SlotTaken):
        booking.hold_seat("c3", identifier)
    assert sessions.set_seats(identifier, 3).capacity == 3
    assert booking.hold_seat("c3", identifier)
    with pytest.raises(WrongEntry, match="Aucune séance"):
        sessions.set_seats("zzz", 3)


def test_a_cancelled_session_tells_everybody_once(store, sessions, booking) -> None:
    identifier = sessions.add("centre", plan(seats=3)).session.id
    seats = [seat(booking, identifier, number) for number in (1, 2)]
    held = booking.hold_seat("c3", identifier)
    assert sessions.cancel(identifier).seats == 2
    with store.read() as uow:
        assert {uow.appointments.get(one).status for one in seats} == {AppointmentStatus.CANCELLED}
        assert uow.appointments.get(held.id).status is AppointmentStatus.EXPIRED
    with store.write() as uow:
        rows = uow.outbox.claim_due(NOW, 100)
    told = [one.recipient for one in rows if one.kind is MessageKind.CANCELLED]
    assert told == [Recipient.YOUNG_PERSON] * 2
    for act in (lambda: sessions.cancel(identifier), lambda: sessions.set_seats(identifier, 9)):
        with pytest.raises(Refused, match="annulée"):
            act()
    with pytest.raises(SlotTaken):
        booking.hold_seat("c4", identifier)
    assert booking.hold("c5", "centre", "logement", START)


def test_a_session_and_appointments_asked_for_at_once(sessions, booking, store) -> None:
    def act(number: int) -> object:
        if number == 0:
            return sessions.add("centre", plan())
        return booking.hold(f"c{number}", "centre", "logement", START + timedelta(minutes=15))

    outcomes = kinds(at_once(8, act))

    won = outcomes["ListedSession"] + outcomes["Appointment"]
    assert (won, set(outcomes) <= {"ListedSession", "Appointment", "Refused", "SlotTaken"}) == (
        1,
        True,
    )


def leave(store, clock, email: str) -> None:
    holds = HoldMaker(clock, TokenMaker(b"k" * 40), "example.invalid")
    assert LeavingService(store, clock, holds).leave(email, cancel_rest=True).is_done


def test_a_hold_that_ran_out_is_not_confirmed_in_a_cancelled_session(
    store, sessions, booking, clock
) -> None:
    identifier = sessions.add("centre", plan()).session.id
    late = booking.hold_seat("late", identifier)
    clock.advance(timedelta(minutes=6))
    leave(store, clock, NADIA)
    with pytest.raises(SlotTaken):
        booking.confirm(late.id, "late", "", Sharing(Contact()))
    with store.read() as uow:
        session = uow.groups.get(identifier)
        assert (session.capacity, session.taken) == (0, 0)
        assert uow.appointments.get(late.id).status is AppointmentStatus.EXPIRED


def test_a_seat_without_a_session_to_come_is_not_confirmed(store, sessions, booking) -> None:
    identifier = sessions.add("centre", plan()).session.id
    held = booking.hold_seat("c1", identifier)
    with store.write() as uow:
        session = uow.groups.get(identifier)
        session.capacity = session.taken = 0
        uow.commit()
    with pytest.raises(SlotTaken, match="cancelled"):
        booking.confirm(held.id, "c1", "", Sharing(Contact()))


def test_a_seat_at_another_time_than_its_session_is_not_confirmed(store, sessions, booking) -> None:
    identifier = sessions.add("centre", plan()).session.id
    held = booking.hold_seat("c1", identifier)
    with store.write() as uow:
        uow.groups.get(identifier).ends_at += timedelta(hours=1)
        uow.commit()
    with pytest.raises(SlotTaken, match="another time"):
        booking.confirm(held.id, "c1", "", Sharing(Contact()))


def test_a_hold_that_ran_out_follows_whoever_animates_now(store, sessions, booking, clock) -> None:
    keep(store, [make_counsellor("zoe")])
    identifier = sessions.add("centre", plan()).session.id
    late = booking.hold_seat("late", identifier)
    clock.advance(timedelta(minutes=6))
    leave(store, clock, NADIA)
    confirmed = booking.confirm(late.id, "late", "", Sharing(Contact())).appointment
    assert confirmed.counsellor_id == "zoe"
    with store.read() as uow:
        assert uow.groups.get(identifier).taken == 1


def test_an_animator_expected_at_another_site_only_is_refused(store, sessions, booking) -> None:
    zoe = make_counsellor("zoe")
    at_gare = [replace(one, site_id="gare") for one in make_openings(zoe, hour(9), hour(17))]
    keep(store, [zoe, *at_gare])
    held = booking.hold("c", "gare", "logement", START)
    with pytest.raises(Refused, match="déjà un rendez-vous"):
        sessions.add("centre", plan(animator="zoe@mission.example"))
    booking.release("c")
    assert held.counsellor_id == "zoe"
    assert sessions.add("centre", plan(animator="zoe@mission.example"))
