"""Who did not come is offered other times, once, unless it was a mistake."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factories import NOW, book, keep, make_appointment, seed_territory
from sending import notifier_of, row_of, status_of

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.booking.appointment import Discretion
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import DeliveryStatus, daytime_after
from accueil.core.territory import Counsellor
from accueil.gateways.post import NullPost

START = NOW + timedelta(hours=1)
LINA = Contact("", "lina@example.org")
MISSED, SEEN = AppointmentStatus.NO_SHOW, AppointmentStatus.SEEN


@pytest.fixture
def people(application: Application) -> dict[str, Counsellor]:
    return seed_territory(application.store)


@pytest.fixture
def missed(
    application: Application, people: dict[str, Counsellor], clock: FixedClock
) -> Appointment:
    keys = {"email": LINA.email, "email_key": application.tokens.hash(f"email:{LINA.email}")}
    one = make_appointment(START, people["nadia"], **keys)
    keep(application.store, appointments=[one])
    clock.advance(timedelta(hours=2))
    return one


def key(one: Appointment) -> str:
    return f"{one.id}:0:no_show:young_person"


def after_an_hour(application: Application, clock: FixedClock) -> NullPost:
    post = NullPost()
    clock.advance(timedelta(hours=1))
    notifier_of(application, post=post).send_due()
    return post


def test_three_free_times_and_the_way_to_book_again(
    application: Application, people, missed: Appointment, clock: FixedClock
) -> None:
    application.agenda.mark(missed.id, people["nadia"], MISSED)
    assert notifier_of(application).send_due() == 0  # an hour to correct a mistake
    (mail,) = after_an_hour(application, clock).sent
    assert mail.to == LINA.email
    free = [line for line in mail.text.splitlines() if line.startswith("- ")]
    assert len(free) == len(set(free)) == 3
    assert "Reprendre rendez-vous\u00a0: https://rdv.example.org/" in mail.text
    assert mail.calendar == b""


def test_a_mistake_that_is_corrected_is_not_sent(
    application: Application, people, missed: Appointment, clock: FixedClock
) -> None:
    application.agenda.mark(missed.id, people["nadia"], MISSED)
    application.agenda.mark(missed.id, people["nadia"], SEEN)
    assert after_an_hour(application, clock).sent == []
    assert status_of(application, key(missed)) is DeliveryStatus.DROPPED


def test_noted_corrected_and_noted_again_is_sent_once(
    application: Application, people, missed: Appointment, clock: FixedClock
) -> None:
    for status in (MISSED, SEEN):
        application.agenda.mark(missed.id, people["nadia"], status)
    after_an_hour(application, clock)
    for _ in range(2):
        application.agenda.mark(missed.id, people["nadia"], MISSED)
    assert len(after_an_hour(application, clock).sent) == 1
    application.agenda.mark(missed.id, people["nadia"], MISSED)
    assert after_an_hour(application, clock).sent == []


def test_who_has_booked_again_meanwhile_is_left_alone(
    application: Application, people, missed: Appointment, clock: FixedClock
) -> None:
    application.agenda.mark(missed.id, people["nadia"], MISSED)
    book(application.booking, START.replace(hour=9) + timedelta(days=2), contact=LINA)
    after_an_hour(application, clock)
    assert status_of(application, key(missed)) is DeliveryStatus.DROPPED


@pytest.mark.parametrize(
    ("email", "discretion", "days"),
    [
        ("", Discretion.ORDINARY, 0),
        (LINA.email, Discretion.SILENT, 0),
        (LINA.email, Discretion.ORDINARY, 8),
    ],
)
def test_nothing_is_written_to_who_cannot_or_must_not_be_told_or_long_after(
    application: Application, people, clock: FixedClock, email: str, discretion, days: int
) -> None:
    one = make_appointment(START, people["nadia"], email=email, discretion=discretion)
    keep(application.store, appointments=[one])
    clock.advance(timedelta(days=days, hours=2))
    application.agenda.mark(one.id, people["nadia"], MISSED)
    with application.store.read() as uow:
        assert uow.outbox.get(key(one)) is None


@pytest.mark.parametrize("status", [SEEN, AppointmentStatus.EXCUSED])
def test_who_came_or_was_excused_gets_nothing(
    application: Application, people, missed: Appointment, status: AppointmentStatus
) -> None:
    application.agenda.mark(missed.id, people["nadia"], status)
    with application.store.read() as uow:
        assert uow.outbox.get(key(missed)) is None


def test_the_row_leaves_in_daytime(
    application: Application, people, missed: Appointment, clock: FixedClock
) -> None:
    clock.advance(timedelta(hours=9))
    application.agenda.mark(missed.id, people["nadia"], MISSED)
    assert row_of(application, key(missed)).due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "due"),
    [
        ("2026-11-23T11:20", "2026-11-23T12:20"),
        ("2026-11-23T17:59", "2026-11-23T18:59"),
        ("2026-11-23T18:00", "2026-11-24T10:00"),
        ("2026-11-23T23:30", "2026-11-24T10:00"),
        ("2026-11-24T06:00", "2026-11-24T10:00"),
        ("2026-10-24T20:00", "2026-10-25T10:00"),
        ("2027-03-27T20:00", "2027-03-28T10:00"),
    ],
)
def test_daytime_is_local_and_survives_clock_changes(local: str, due: str) -> None:
    paris = ZoneInfo("Europe/Paris")
    now = datetime.fromisoformat(local).replace(tzinfo=paris).astimezone(UTC)
    expected = datetime.fromisoformat(due).replace(tzinfo=paris)
    assert daytime_after(now, paris) == expected
