"""Hold, confirm, move, cancel and find again, through the service and a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as hour

import pytest
from factories import book, keep, make_counsellor, make_openings, make_site, seed_territory
from sqlalchemy import select

from accueil.bootstrap import Application
from accueil.core.booking import (
    AppointmentStatus,
    NotAllowed,
    SlotTaken,
    TooLate,
    Wish,
    reason_of,
)
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.dates import read_dates
from accueil.core.territory import Counsellor
from accueil.persistence import tables
from accueil.persistence.unit_of_work import SqlUnitOfWork
from accueil.services.appointments import AppointmentFinder
from accueil.services.booking import AlreadyBooked, BookingService, Sharing
from accueil.services.changes import ChangeService
from accueil.services.slots import UnknownSite

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris: Nadia receives, Karim does not."""
MINUTE = timedelta(minutes=1)
PHONE, EMAIL = Contact(phone="+33612345678"), Contact(email="lina@exemple.fr")


@pytest.fixture
def finder(application: Application) -> AppointmentFinder:
    return application.appointments


@pytest.fixture
def booking(application: Application) -> BookingService:
    return application.booking


@pytest.fixture
def changes(application: Application) -> ChangeService:
    return application.changes


@pytest.fixture(autouse=True)
def people(application: Application) -> dict[str, Counsellor]:
    return seed_territory(application.store)


def stored(application: Application, identifier: str):
    with application.store.read() as uow:
        return uow.appointments.get(identifier)


def outbox(application: Application) -> list[tuple[str, str, int, str]]:
    o = tables.outbox.c
    query = select(o.kind, o.recipient, o.sequence, o.counsellor_id)
    with application.engine.connect() as connection:
        rows = connection.execute(query.order_by(o.sequence, o.kind, o.recipient)).all()
    return [tuple(str(value) if isinstance(value, str) else value for value in r) for r in rows]


def test_a_hold_lasts_five_minutes_and_is_nobody_s_appointment(
    finder: AppointmentFinder, application: Application, booking: BookingService, clock: FixedClock
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    assert held.status is AppointmentStatus.HELD
    assert held.hold_expires_at == clock.now() + 5 * MINUTE
    assert (held.ends_at - held.starts_at, held.counsellor_id) == (45 * MINUTE, "nadia")
    assert finder.by_id(held.id) is None
    assert finder.by_link(held.link_token) is None
    assert finder.future_of("lina") is None
    assert outbox(application) == []


def test_activity_extends_a_hold_up_to_fifteen_minutes(
    booking: BookingService, clock: FixedClock
) -> None:
    began = clock.now()
    booking.hold("lina", "centre", "logement", START)
    ends = []
    for _ in range(4):
        clock.advance(4 * MINUTE)
        kept = booking.keep_hold("lina")
        ends.append(kept and (kept.hold_expires_at - began) // MINUTE)
    assert ends == [9, 13, 15, None]
    assert booking.keep_hold("nobody") is None


@pytest.mark.parametrize(("waited", "alive"), [(299, True), (300, False), (301, False)])
def test_a_hold_ends_at_the_second(
    booking: BookingService, clock: FixedClock, waited: int, alive: bool
) -> None:
    booking.hold("lina", "centre", "logement", START)
    clock.advance(timedelta(seconds=waited))
    if alive:
        with pytest.raises(SlotTaken):
            booking.hold("sacha", "centre", "logement", START)
    else:
        assert booking.hold("sacha", "centre", "logement", START).counsellor_id == "nadia"
        assert booking.keep_hold("lina") is None


def test_another_hold_of_the_same_conversation_lets_the_first_go(
    application: Application, booking: BookingService
) -> None:
    first = booking.hold("lina", "centre", "logement", START)
    second = booking.hold("lina", "centre", "logement", START + 15 * MINUTE)
    assert stored(application, first.id).status is AppointmentStatus.EXPIRED
    assert stored(application, second.id).status is AppointmentStatus.HELD
    at_the_station = booking.hold("lina", "gare", "logement", START)
    assert stored(application, second.id).status is AppointmentStatus.EXPIRED
    assert at_the_station.counsellor_id == "elsa"


def test_a_hold_that_cannot_be_had_keeps_the_one_there_is(
    application: Application, booking: BookingService
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    booking.hold("sacha", "centre", "logement", START + 60 * MINUTE)
    with pytest.raises(SlotTaken):
        booking.hold("lina", "centre", "logement", START + 60 * MINUTE)
    assert stored(application, held.id).status is AppointmentStatus.HELD


@pytest.mark.parametrize(
    "start",
    [
        START + timedelta(minutes=5),
        START.replace(hour=7),
        START.replace(hour=10, minute=30),
        START.replace(hour=12),
        START.replace(day=23, hour=9),
        START - timedelta(days=1),
        START + timedelta(days=300),
        datetime(2026, 11, 28, 9, 0, tzinfo=UTC),
        datetime(2026, 12, 25, 9, 0, tzinfo=UTC),
        datetime(2027, 1, 1, 9, 0, tzinfo=UTC),
    ],
    ids=(
        "odd-minute before-opening too-long lunch no-notice past far saturday christmas new-year"
    ).split(),
)
def test_only_free_slots_can_be_held(booking: BookingService, start: datetime) -> None:
    with pytest.raises(SlotTaken):
        booking.hold("lina", "centre", "logement", start)


def test_an_unknown_site_is_said(booking: BookingService) -> None:
    with pytest.raises(UnknownSite):
        booking.hold("lina", "nowhere", "logement", START)


def test_confirming_gives_code_link_and_announcements(
    finder: AppointmentFinder, application: Application, booking: BookingService, clock: FixedClock
) -> None:
    booked = book(booking, START, contact=Contact("+33612345678", "lina@exemple.fr"))
    one = stored(application, booked.appointment.id)
    assert one.status is AppointmentStatus.CONFIRMED
    assert (one.hold_expires_at, one.consented_at) == (None, clock.now())
    assert (one.first_name, one.shared_note) == ("Lina", "Cherche un studio.")
    assert booked.local_start().hour == 10
    assert finder.by_link(booked.link_token).code == booked.code
    assert finder.by_code(booked.code).appointment.id == one.id
    assert finder.by_id(one.id).link_token == booked.link_token
    assert finder.future_of(one.conversation_id).appointment.id == one.id
    assert outbox(application) == [
        ("confirmed", "counsellor", 0, "nadia"),
        ("confirmed", "young_person", 0, ""),
        ("reminder_hours", "young_person", 0, ""),
    ]


def test_without_an_address_only_the_counsellor_is_written_to(
    application: Application, booking: BookingService
) -> None:
    book(booking, START)
    assert outbox(application) == [("confirmed", "counsellor", 0, "nadia")]


@pytest.mark.parametrize("wrong", ["", "0", "K7QF-3M2P", "' OR 1=1 --", "é" * 40])
def test_no_wrong_link_code_or_identifier_leads_anywhere(
    finder: AppointmentFinder, booking: BookingService, wrong: str
) -> None:
    book(booking, START)
    assert finder.by_link(wrong) is finder.by_code(wrong) is finder.by_id(wrong) is None


def test_confirming_twice_is_confirming_once(
    application: Application, booking: BookingService
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    first = booking.confirm(held.id, "lina", "logement", Sharing(EMAIL, "Lina"))
    again = booking.confirm(held.id, "lina", "emploi", Sharing(PHONE, "Autre"))
    assert (again.code, again.link_token) == (first.code, first.link_token)
    assert stored(application, held.id).first_name == "Lina"
    assert len(outbox(application)) == 2


def test_a_hold_that_ran_out_is_confirmed_while_the_time_is_free(
    booking: BookingService, clock: FixedClock
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    clock.advance(60 * MINUTE)
    booked = booking.confirm(held.id, "lina", "logement", Sharing(Contact()))
    assert booked.appointment.status is AppointmentStatus.CONFIRMED


@pytest.mark.parametrize("rival_confirms", [True, False])
@pytest.mark.parametrize("shift", [0, 15, -15])
def test_a_hold_that_ran_out_is_lost_to_whoever_came_next(
    finder: AppointmentFinder,
    application: Application,
    booking: BookingService,
    clock: FixedClock,
    rival_confirms: bool,
    shift: int,
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    clock.advance(6 * MINUTE)
    rival = booking.hold("sacha", "centre", "logement", START + shift * MINUTE)
    if rival_confirms:
        booking.confirm(rival.id, "sacha", "logement", Sharing(Contact()))
    with pytest.raises(SlotTaken):
        booking.confirm(held.id, "lina", "logement", Sharing(Contact()))
    assert stored(application, held.id).status is AppointmentStatus.EXPIRED
    assert finder.by_id(held.id) is None


def test_a_time_that_has_passed_is_not_confirmed(
    booking: BookingService, clock: FixedClock
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    clock.at = START
    with pytest.raises(SlotTaken):
        booking.confirm(held.id, "lina", "logement", Sharing(Contact()))


def test_a_hold_belongs_to_its_conversation(booking: BookingService) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    for identifier, conversation in ((held.id, "sacha"), ("unknown", "lina"), (held.id, "")):
        with pytest.raises(NotAllowed):
            booking.confirm(identifier, conversation, "logement", Sharing(Contact()))


def test_a_cancelled_appointment_is_not_confirmed_again(
    booking: BookingService, changes: ChangeService
) -> None:
    booked = book(booking, START)
    changes.cancel(booked.appointment.id)
    with pytest.raises(NotAllowed):
        booking.confirm(
            booked.appointment.id,
            booked.appointment.conversation_id,
            "logement",
            Sharing(Contact()),
        )


@pytest.mark.parametrize(
    ("conversation", "contact", "refused"),
    [
        ("lina", Contact(), True),
        ("other", PHONE, True),
        ("other", EMAIL, True),
        ("other", Contact("+33612345678", "autre@exemple.fr"), True),
        ("other", Contact("+33698765432", "lina@exemple.fr"), True),
        ("other", Contact("+33698765432", "autre@exemple.fr"), False),
        ("other", Contact(), False),
    ],
)
def test_one_appointment_to_come_per_person(
    finder: AppointmentFinder,
    booking: BookingService,
    conversation: str,
    contact: Contact,
    refused: bool,
) -> None:
    first = booking.hold("lina", "centre", "logement", START)
    booking.confirm(
        first.id, "lina", "logement", Sharing(Contact("+33612345678", "lina@exemple.fr"))
    )
    second = booking.hold(conversation, "gare", "logement", START)
    if refused:
        with pytest.raises(AlreadyBooked):
            booking.confirm(second.id, conversation, "logement", Sharing(contact))
        assert finder.by_id(second.id) is None
    else:
        assert booking.confirm(second.id, conversation, "logement", Sharing(contact))


@pytest.mark.parametrize("how", ["cancelled", "over"])
def test_once_it_is_over_or_cancelled_another_can_be_taken(
    booking: BookingService, clock: FixedClock, how: str, changes: ChangeService
) -> None:
    first = book(booking, START, contact=PHONE)
    if how == "cancelled":
        changes.cancel(first.appointment.id)
    else:
        clock.at = START + timedelta(hours=1)
    assert book(booking, START + timedelta(days=2), contact=PHONE)


@pytest.mark.parametrize(
    ("before_start", "error"),
    [
        (timedelta(hours=4), None),
        (timedelta(hours=4) - timedelta(seconds=1), TooLate),
        (timedelta(0), TooLate),
        (timedelta(hours=-2), TooLate),
    ],
)
def test_moving_has_a_limit(
    application: Application,
    booking: BookingService,
    clock: FixedClock,
    before_start: timedelta,
    error: type[Exception] | None,
    changes: ChangeService,
) -> None:
    booked = book(booking, START)
    clock.at = START - before_start
    target = START + timedelta(days=1)
    if error is None:
        assert changes.move(booked.appointment.id, target).appointment.sequence == 1
    else:
        with pytest.raises(error):
            changes.move(booked.appointment.id, target)
        assert stored(application, booked.appointment.id).starts_at == START


def test_a_move_keeps_identifier_link_code_and_frees_the_time(
    finder: AppointmentFinder,
    application: Application,
    booking: BookingService,
    changes: ChangeService,
) -> None:
    booked = book(booking, START, contact=EMAIL)
    moved = changes.move(booked.appointment.id, START + timedelta(hours=4))
    assert (moved.link_token, moved.code) == (booked.link_token, booked.code)
    one = stored(application, booked.appointment.id)
    assert (one.uid, one.sequence) == (booked.appointment.uid, 1)
    assert (one.counsellor_id, one.starts_at) == ("karim", START + timedelta(hours=4))
    assert finder.by_link(booked.link_token).appointment.starts_at == one.starts_at
    assert book(booking, START)
    assert outbox(application)[-3:] == [
        ("cancelled", "counsellor", 1, "nadia"),
        ("moved", "counsellor", 1, "karim"),
        ("moved", "young_person", 1, ""),
    ]


def test_moving_to_where_it_is_changes_nothing(
    application: Application, booking: BookingService, changes: ChangeService
) -> None:
    booked = book(booking, START)
    assert changes.move(booked.appointment.id, START).appointment.sequence == 0
    assert len(outbox(application)) == 1


@pytest.mark.parametrize("target", [START, START + timedelta(days=1)])
def test_what_is_cancelled_does_not_move(
    booking: BookingService, target: datetime, changes: ChangeService
) -> None:
    booked = book(booking, START)
    changes.cancel(booked.appointment.id)
    with pytest.raises(NotAllowed):
        changes.move(booked.appointment.id, target)


def test_a_move_to_a_taken_time_changes_nothing(
    application: Application, booking: BookingService, changes: ChangeService
) -> None:
    booked = book(booking, START)
    book(booking, START + timedelta(days=1))
    with pytest.raises(SlotTaken):
        changes.move(booked.appointment.id, START + timedelta(days=1))
    one = stored(application, booked.appointment.id)
    assert (one.starts_at, one.sequence) == (START, 0)
    with pytest.raises(NotAllowed):
        changes.move("unknown", START)


@pytest.mark.parametrize(
    ("before_start", "error"),
    [(timedelta(seconds=1), None), (timedelta(0), TooLate), (timedelta(hours=-1), TooLate)],
)
def test_cancelling_is_possible_until_the_start(
    finder: AppointmentFinder,
    application: Application,
    booking: BookingService,
    clock: FixedClock,
    before_start: timedelta,
    error: type[Exception] | None,
    changes: ChangeService,
) -> None:
    booked = book(booking, START)
    clock.at = START - before_start
    if error is None:
        changes.cancel(booked.appointment.id)
        again = changes.cancel(booked.appointment.id)
        assert again.appointment.sequence == 1
        assert finder.by_code(booked.code).appointment.status is AppointmentStatus.CANCELLED
        assert [kind for kind, *_ in outbox(application)] == ["confirmed", "cancelled"]
    else:
        with pytest.raises(error):
            changes.cancel(booked.appointment.id)
    with pytest.raises(NotAllowed):
        changes.cancel("unknown")


def test_a_hold_is_neither_moved_nor_cancelled(
    booking: BookingService, changes: ChangeService
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    with pytest.raises(NotAllowed):
        changes.cancel(held.id)
    with pytest.raises(NotAllowed):
        changes.move(held.id, START + timedelta(days=1))


def test_letting_go_frees_the_time(booking: BookingService) -> None:
    booking.release("nobody")
    booking.hold("lina", "centre", "logement", START)
    booking.release("lina")
    assert booking.hold("sacha", "centre", "logement", START)


def test_a_contact_given_later_is_written_to(
    application: Application, booking: BookingService
) -> None:
    booked = book(booking, START)
    conversation = booked.appointment.conversation_id
    assert booking.add_contact(conversation, EMAIL, "")
    assert booking.add_contact(conversation, PHONE, "Line")
    one = stored(application, booked.appointment.id)
    assert (one.phone, one.email, one.first_name) == ("+33612345678", "lina@exemple.fr", "Line")
    assert outbox(application) == [
        ("confirmed", "counsellor", 0, "nadia"),
        ("confirmed", "young_person", 0, ""),
        ("reminder_hours", "young_person", 0, ""),
    ]
    assert not booking.add_contact("nobody", PHONE, "")


def test_a_contact_given_after_a_move_does_not_announce_a_new_appointment_to_the_counsellor(
    application: Application, booking: BookingService, changes: ChangeService
) -> None:
    booked = book(booking, START)
    changes.move(booked.appointment.id, START + timedelta(days=1))
    booking.add_contact(booked.appointment.conversation_id, EMAIL, "")
    assert outbox(application) == [
        ("confirmed", "counsellor", 0, "nadia"),
        ("confirmed", "young_person", 1, ""),
        ("moved", "counsellor", 1, "nadia"),
    ]


def test_a_corrected_address_is_written_to_as_well(
    application: Application, booking: BookingService
) -> None:
    booked = book(booking, START, contact=Contact(email="lina@gmial.exemple"))
    while application.notifier.send_due():
        pass
    booking.add_contact(booked.appointment.conversation_id, EMAIL, "")
    application.notifier.send_due()
    to_her = [mail.to for mail in application.post.sent if "lina" in mail.to]
    assert to_her == ["lina@gmial.exemple", "lina@exemple.fr"]


def test_a_contact_of_somebody_who_is_booked_is_refused(booking: BookingService) -> None:
    book(booking, START, contact=PHONE)
    other = book(booking, START, "gare")
    with pytest.raises(AlreadyBooked):
        booking.add_contact(other.appointment.conversation_id, PHONE, "")


def test_the_counsellor_with_fewer_appointments_is_chosen(
    application: Application, booking: BookingService
) -> None:
    with application.store.write() as uow:
        extra = make_counsellor("amel")
        uow.territory.put([extra, *make_openings(extra, hour(9), hour(12))])
        uow.commit()
    chosen = [
        book(booking, START + timedelta(days=n)).appointment.counsellor_id for n in (0, 1, 2, 3)
    ]
    assert chosen == ["amel", "nadia", "amel", "nadia"]


def test_the_new_year_is_closed_where_it_begins_first(
    application: Application, booking: BookingService, clock: FixedClock
) -> None:
    """Nouméa, UTC+11: the first hours of 1 January are still 31 December in UTC."""
    luc = make_counsellor("luc", "noumea")
    site = make_site("noumea", insee="98818", time_zone="Pacific/Noumea")
    keep(application.store, [site, luc, *make_openings(luc, hour(8), hour(12))])
    reason = reason_of("logement")
    clock.at = datetime(2026, 12, 31, 23, 0, tzinfo=UTC) - reason.horizon - reason.duration
    with application.store.read() as uow:
        slots = application.slots.free(uow, site, reason)
    local_days = {slot.start.astimezone(site.zone()).date().isoformat() for slot in slots}
    assert "2026-12-31" in local_days
    assert "2027-01-01" not in local_days


def test_an_offer_says_why_a_day_is_closed(application: Application) -> None:
    zone = make_site().zone()
    now = application.clock.now().astimezone(zone)
    for text, holiday in (("le 25 décembre", True), ("samedi", False), ("mardi", None)):
        wish = Wish().refine(read_dates(text, now))
        offer = application.slots.offer("centre", reason_of("logement"), wish)
        if holiday is None:
            assert offer.proposal.matched
            assert offer.closed_on is None
        else:
            assert (bool(offer.holiday), offer.closed_on is not None) == (holiday, True)
            assert not offer.proposal.matched


class BrokenOutbox:
    """Refuses every message."""

    def get(self, _message_id: str) -> None:
        return None

    def add(self, _messages: object) -> None:
        raise RuntimeError("outbox")


@pytest.fixture
def broken_store(application: Application) -> object:
    """A store whose announcements cannot be written."""

    class BrokenStore:
        def read(self) -> SqlUnitOfWork:
            return application.store.read()

        def write(self) -> SqlUnitOfWork:
            uow = application.store.write()
            uow.outbox = BrokenOutbox()
            return uow

    return BrokenStore()


@pytest.fixture
def broken(application: Application, broken_store: object, clock: FixedClock) -> BookingService:
    return BookingService(broken_store, clock, application.tokens, application.holds)


@pytest.fixture
def broken_changes(
    application: Application, broken_store: object, clock: FixedClock
) -> ChangeService:
    return ChangeService(broken_store, clock, application.tokens, application.holds)


@contextmanager
def nothing_changes(application: Application, identifier: str) -> Iterator[None]:
    def picture() -> dict[str, object]:
        one = stored(application, identifier)
        return {key: value for key, value in vars(one).items() if not key.startswith("_")}

    before, rows = picture(), outbox(application)
    with pytest.raises(RuntimeError, match="outbox"):
        yield
    assert picture() == before
    assert outbox(application) == rows


def test_nothing_is_half_done_when_an_announcement_cannot_be_written(
    application: Application,
    booking: BookingService,
    broken: BookingService,
    broken_changes: ChangeService,
) -> None:
    held = booking.hold("lina", "centre", "logement", START)
    with nothing_changes(application, held.id):
        broken.confirm(held.id, "lina", "logement", Sharing(EMAIL, "Lina"))
    booking.confirm(held.id, "lina", "logement", Sharing(Contact()))
    with nothing_changes(application, held.id):
        broken_changes.move(held.id, START + timedelta(days=1))
    with nothing_changes(application, held.id):
        broken_changes.cancel(held.id)
    with nothing_changes(application, held.id):
        broken.add_contact("lina", EMAIL, "Lina")
