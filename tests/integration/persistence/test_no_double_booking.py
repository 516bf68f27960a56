"""Many people want the same time at once: one gets it, the others are told so, nothing breaks."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from pathlib import Path

import pytest
from factories import (
    keep,
    make_appointment,
    make_counsellor,
    make_openings,
    make_organisation,
    make_site,
)
from sqlalchemy import Engine, func, select

from accueil.core.booking import AppointmentStatus, SlotTaken
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.persistence import tables
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.booking import AlreadyBooked, BookingService, Sharing
from accueil.services.changes import ChangeService
from tests.load.databases import application_on
from tests.load.races import RACES, Race, run_race

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris."""
LINA = Contact(email="lina@exemple.fr")


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """Let ``count`` threads act together; return what each returned or raised."""
    barrier = threading.Barrier(count)
    outcomes: list[object] = [None] * count

    def run(number: int) -> None:
        barrier.wait()
        try:
            outcomes[number] = act(number)
        except Exception as error:
            outcomes[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes: list[object]) -> Counter[str]:
    """Count the outcomes by type."""
    return Counter(type(one).__name__ for one in outcomes)


def confirmed(engine: Engine) -> int:
    """Count the confirmed appointments, on a connection of its own."""
    a = tables.appointments.c
    query = select(func.count()).where(a.status == AppointmentStatus.CONFIRMED)
    with engine.connect() as connection:
        return connection.scalar(query) or 0


def live_pairs_that_overlap(engine: Engine) -> int:
    """Count the pairs of live appointments of one counsellor that share an instant."""
    a, b = tables.appointments.alias(), tables.appointments.alias()
    live = ("held", "confirmed", "seen", "no_show")
    query = select(func.count()).where(
        a.c.id < b.c.id,
        a.c.counsellor_id == b.c.counsellor_id,
        a.c.starts_at < b.c.ends_at,
        b.c.starts_at < a.c.ends_at,
        a.c.status.in_(live),
        b.c.status.in_(live),
    )
    with engine.connect() as connection:
        return connection.scalar(query) or 0


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.name)
def test_many_people_want_the_same_at_once(
    race: Race, engine: Engine, tmp_path: Path, clock: FixedClock
) -> None:
    application = application_on(str(engine.url), tmp_path, clock)
    application.engine = engine
    run_race(race, application)


@pytest.fixture
def one_counsellor(store: SqlStore) -> None:
    """One site, one counsellor, 9 h to 17 h."""
    nadia = make_counsellor()
    keep(store, [make_organisation(), make_site(), nadia, *make_openings(nadia, hour(9), hour(17))])


@pytest.mark.usefixtures("one_counsellor")
def test_two_hundred_holds_that_ran_out_are_confirmed_at_once(
    engine: Engine, booking: BookingService, clock: FixedClock
) -> None:
    holds = []
    for number in range(200):
        holds.append(booking.hold(f"c{number}", "centre", "logement", START))
        clock.advance(timedelta(minutes=5))
    assert clock.now() < START

    outcomes = at_once(
        200,
        lambda n: booking.confirm(holds[n].id, f"c{n}", "logement", Sharing(Contact())),
    )

    assert kinds(outcomes) == {"Booked": 1, "SlotTaken": 199}
    assert confirmed(engine) == 1


@pytest.mark.usefixtures("one_counsellor")
def test_overlapping_starts_do_not_slip_between_each_other(
    engine: Engine, booking: BookingService
) -> None:
    def book(number: int) -> object:
        start = START + timedelta(minutes=15 * (number % 3))
        held = booking.hold(f"c{number}", "centre", "logement", start)
        return booking.confirm(held.id, f"c{number}", "logement", Sharing(Contact()))

    outcomes = at_once(30, book)

    assert kinds(outcomes) == {"Booked": 1, "SlotTaken": 29}
    assert live_pairs_that_overlap(engine) == 0


@pytest.mark.usefixtures("one_counsellor")
def test_two_free_counsellors_both_receive_when_two_people_come_at_once(
    store: SqlStore, booking: BookingService
) -> None:
    karim = make_counsellor("karim")
    keep(store, [karim, *make_openings(karim, hour(9), hour(17))])

    outcomes = at_once(10, lambda n: booking.hold(f"c{n}", "centre", "logement", START))

    assert kinds(outcomes) == {"Appointment": 2, "SlotTaken": 8}
    taken = {one.counsellor_id for one in outcomes if not isinstance(one, Exception)}
    assert taken == {"nadia", "karim"}


@pytest.mark.usefixtures("one_counsellor")
def test_the_same_confirmation_ten_times_at_once_is_one(
    engine: Engine, booking: BookingService
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    sharing = Sharing(LINA, "Lina")

    outcomes = at_once(10, lambda _: booking.confirm(held.id, "lina", "logement", sharing))

    assert kinds(outcomes) == {"Booked": 10}
    assert {one.appointment.id for one in outcomes} == {held.id}
    assert len({one.code for one in outcomes}) == 1
    assert confirmed(engine) == 1
    with engine.connect() as connection:
        rows = connection.execute(select(tables.outbox.c.recipient)).scalars().all()
    assert sorted(rows) == ["counsellor", "young_person"]


@pytest.mark.usefixtures("one_counsellor")
def test_one_person_in_ten_conversations_gets_one_appointment(
    store: SqlStore, engine: Engine, booking: BookingService
) -> None:
    elsa = make_counsellor("elsa", "gare")
    keep(store, [make_site("gare"), elsa, *make_openings(elsa, hour(9), hour(17))])
    holds = [
        booking.hold(
            f"c{n}", ("centre", "gare")[n % 2], "logement", START + timedelta(minutes=45 * (n // 2))
        )
        for n in range(10)
    ]

    outcomes = at_once(
        10, lambda n: booking.confirm(holds[n].id, f"c{n}", "logement", Sharing(LINA, "Lina"))
    )

    assert kinds(outcomes) == {"Booked": 1, "AlreadyBooked": 9}
    assert confirmed(engine) == 1
    assert any(isinstance(one, AlreadyBooked) for one in outcomes)


@pytest.mark.usefixtures("one_counsellor")
def test_confirming_and_letting_go_at_once_never_loses_a_confirmed_appointment(
    engine: Engine, booking: BookingService
) -> None:
    for round_number in range(5):
        conversation = f"c{round_number}"
        start = START + timedelta(hours=round_number)
        held = booking.hold(conversation, "centre", "logement", start)

        def act(number: int, held=held, conversation=conversation) -> object:
            if number % 2:
                return booking.release(conversation)
            return booking.confirm(held.id, conversation, "logement", Sharing(Contact()))

        outcomes = at_once(6, act)

        assert kinds(outcomes) == {"Booked": 3, "NoneType": 3}
        assert confirmed(engine) == round_number + 1


@pytest.mark.usefixtures("one_counsellor")
def test_a_cancelled_appointment_does_not_come_back(
    engine: Engine, booking: BookingService, changes: ChangeService
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    booking.confirm(held.id, "lina", "logement", Sharing(LINA, "Lina"))

    outcomes = at_once(10, lambda _: changes.cancel(held.id))

    assert kinds(outcomes) == {"Booked": 10}
    assert {one.appointment.sequence for one in outcomes} == {1}
    with engine.connect() as connection:
        kinds_of_rows = connection.execute(select(tables.outbox.c.kind)).scalars().all()
    assert sorted(kinds_of_rows) == ["cancelled", "cancelled", "confirmed", "confirmed"]


@pytest.mark.usefixtures("one_counsellor")
def test_the_database_itself_refuses_an_overlap(store: SqlStore, engine: Engine) -> None:
    """Even rows that go round the check of the repository."""
    nadia = make_counsellor()
    first, same = make_appointment(START, nadia), make_appointment(START, nadia)
    later = make_appointment(START + timedelta(minutes=15), nadia)
    keep(store, appointments=[first])
    for rival in (same, later) if engine.dialect.name == "postgresql" else (same,):
        with store.write() as uow:
            uow.appointments._session.add(rival)
            with pytest.raises(SlotTaken):
                uow.commit()
