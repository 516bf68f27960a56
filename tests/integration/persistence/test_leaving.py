"""Somebody leaves or is away: colleagues take over, on both databases, while others book."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from datetime import time as hour

import pytest
from factories import (
    NOW,
    keep,
    make_appointment,
    make_counsellor,
    make_group_session,
    make_openings,
    make_organisation,
    make_site,
)
from sqlalchemy import Engine
from test_no_double_booking import at_once, confirmed, kinds, live_pairs_that_overlap

from accueil.core.booking import (
    Appointment,
    AppointmentStatus,
    SlotTaken,
    WaitingEntry,
    WaitingStatus,
)
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import MessageKind, OutboxMessage, Recipient
from accueil.core.territory import Absence, Modality
from accueil.core.tokens import TokenMaker
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.absences import AbsenceService, Away
from accueil.services.announcements import announce
from accueil.services.booking import BookingService, Sharing
from accueil.services.holds import HoldMaker
from accueil.services.staff_leaving import LeavingService

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris."""
EMAIL = "nadia@mission.example"


@pytest.fixture
def holds(clock: FixedClock) -> HoldMaker:
    return HoldMaker(clock, TokenMaker(b"k" * 40), "example.invalid")


@pytest.fixture
def leaving(store: SqlStore, clock: FixedClock, holds: HoldMaker) -> LeavingService:
    """One site: Nadia and Karim receive from 9 h to 17 h, Léa from 9 h to 12 h."""
    ends = {"nadia": 17, "karim": 17, "lea": 12}
    team = [(make_counsellor(name), end) for name, end in ends.items()]
    openings = [one for who, end in team for one in make_openings(who, hour(9), hour(end))]
    keep(store, [make_organisation(), make_site(), *(who for who, _ in team), *openings])
    return LeavingService(store, clock, holds)


def booked(store: SqlStore, start: datetime = START, whom: str = "nadia", **changes) -> str:
    appointment = make_appointment(
        start, make_counsellor(whom), email="lina@example.org", **changes
    )
    keep(store, appointments=[appointment])
    return appointment.id


def found(store: SqlStore, appointment_id: str) -> Appointment:
    with store.read() as uow:
        appointment = uow.appointments.get(appointment_id)
    assert appointment is not None
    return appointment


def rows(store: SqlStore) -> list[OutboxMessage]:
    """What would leave within a year, whenever it is due."""
    with store.write() as uow:
        return list(uow.outbox.claim_due(NOW + timedelta(days=365), 100))


def is_open(store: SqlStore) -> bool:
    with store.read() as uow:
        counsellor = uow.territory.counsellor("nadia")
    return counsellor is not None and counsellor.is_active


def test_each_appointment_goes_to_a_colleague_fewest_first(store, leaving, engine) -> None:
    mine = [booked(store, START + timedelta(hours=n)) for n in (0, 1, 4)]
    booked(store, START + timedelta(days=1), "karim")

    done = leaving.leave(EMAIL.upper())

    assert (done.is_done, done.left, is_open(store)) == (True, (), False)
    # Léa has none, Karim one: she takes the first; each then has one, and Karim comes first.
    assert [found(store, one).counsellor_id for one in mine] == ["lea", "karim", "karim"]
    assert [one.given_to for one in done.given] == ["Lea Exemple", *["Karim Exemple"] * 2]
    assert [one.sequence for one in (found(store, one) for one in mine)] == [1, 1, 1]
    assert live_pairs_that_overlap(engine) == 0


def announced(store: SqlStore, appointment_id: str, at: datetime, now: datetime = NOW) -> None:
    """Have it announced as at an instant, and let leave what was due by now."""
    appointment = found(store, appointment_id)
    with store.write() as uow:
        uow.outbox.add(announce(appointment, MessageKind.CONFIRMED, at))
        for row in uow.outbox.claim_due(now, 100):
            row.settle(sent=True, now=now)
        uow.commit()


def test_both_counsellors_are_told_and_the_young_person_only_reminded(store, leaving) -> None:
    appointment = booked(store, START + timedelta(days=3))
    announced(store, appointment, NOW)
    leaving.leave(EMAIL)
    told = [
        (one.kind, one.recipient, one.counsellor_id)
        for one in rows(store)
        if one.sequence == found(store, appointment).sequence
    ]
    assert sorted(told) == [
        (MessageKind.CANCELLED, Recipient.COUNSELLOR, "nadia"),
        (MessageKind.CONFIRMED, Recipient.COUNSELLOR, found(store, appointment).counsellor_id),
        (MessageKind.REMINDER_DAYS, Recipient.YOUNG_PERSON, ""),
    ]


@pytest.mark.parametrize(
    ("now", "start", "booked_at", "due"),
    [
        # Three hours before is in half an hour.
        (
            NOW - timedelta(minutes=30),
            NOW + timedelta(hours=3),
            NOW - timedelta(days=1),
            {MessageKind.REMINDER_HOURS: NOW},
        ),
        # Booked 17 days ahead, nine days are left: a week before still comes.
        (
            NOW,
            datetime(2026, 12, 2, 9, 0, tzinfo=UTC),
            NOW - timedelta(days=8),
            {
                MessageKind.REMINDER_WEEK: datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
                MessageKind.REMINDER_DAYS: datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
                MessageKind.REMINDER_HOURS: datetime(2026, 12, 2, 6, 30, tzinfo=UTC),
            },
        ),
    ],
)
def test_reminders_still_come_each_at_its_own_time(
    store, leaving, clock, now, start, booked_at, due
) -> None:
    clock.at = now
    appointment = booked(store, start, phone="+33639980011")
    announced(store, appointment, booked_at, now)
    for sequence, whom in enumerate(("nadia", "karim", "lea")):
        given = found(store, appointment)
        assert (given.sequence, given.counsellor_id) == (sequence, whom)
        to_come = {
            one.kind: one.due_at
            for one in rows(store)
            if (one.sequence, one.recipient) == (sequence, Recipient.YOUNG_PERSON)
        }
        assert to_come == due
        if whom != "lea":
            leaving.leave(f"{whom}@mission.example")


def test_a_confirmation_that_has_not_left_still_leaves(store, leaving) -> None:
    appointment = found(store, booked(store))
    with store.write() as uow:
        uow.outbox.add(announce(appointment, MessageKind.CONFIRMED, NOW))
        uow.commit()
    leaving.leave(EMAIL)
    young = [
        one.sequence
        for one in rows(store)
        if (one.kind, one.recipient) == (MessageKind.CONFIRMED, Recipient.YOUNG_PERSON)
    ]
    assert sorted(young) == [0, 1]  # the first is dropped when its time comes: it is outdated


def test_nothing_changes_when_nobody_can_take_one(store, leaving) -> None:
    given, alone = booked(store), booked(store, START + timedelta(hours=5))
    booked(store, START + timedelta(hours=5, minutes=15), "karim")

    done = leaving.leave(EMAIL)

    assert not done.is_done
    assert [one.identifier for one in done.left] == [alone[:8]]
    assert [one.identifier for one in done.given] == [given[:8]]
    assert is_open(store)
    assert {found(store, one).counsellor_id for one in (given, alone)} == {"nadia"}
    assert rows(store) == []


def test_the_rest_is_cancelled_when_asked(store, leaving) -> None:
    given, alone = booked(store), booked(store, START + timedelta(hours=5))
    booked(store, START + timedelta(hours=5, minutes=15), "karim")

    done = leaving.leave(EMAIL, cancel_rest=True)

    assert (done.is_done, len(done.given), len(done.left)) == (True, 1, 1)
    assert found(store, given).status is AppointmentStatus.CONFIRMED
    assert found(store, alone).status is AppointmentStatus.CANCELLED
    told = {one.recipient for one in rows(store) if one.appointment_id == alone}
    assert told == {Recipient.COUNSELLOR, Recipient.YOUNG_PERSON}
    assert not is_open(store)
    again = leaving.leave(EMAIL)
    assert again.was_closed


@pytest.mark.parametrize("why", ["absence", "session", "way", "opening"])
def test_a_colleague_who_is_not_free_takes_nothing(store, leaving, why) -> None:
    start = START + timedelta(hours=4)  # 14 h: Léa does not receive
    modality = Modality.VIDEO if why == "way" else Modality.ON_SITE
    booked(store, start, modality=modality)
    with store.write() as uow:
        if why == "absence":
            uow.absences.add(Absence("a", "karim", start, start + timedelta(hours=1)))
        elif why == "session":
            uow.groups.put(make_group_session(start, counsellor_id="karim", taken=0))
        elif why == "opening":
            uow.territory.replace_openings(
                "karim", make_openings(make_counsellor("karim"), hour(9), hour(14, 30))
            )
        uow.commit()
    assert len(leaving.leave(EMAIL).left) == 1


def test_a_session_gets_another_animator_and_its_seats_follow(store, leaving) -> None:
    session = make_group_session(START, taken=0)
    keep(store, sessions=[session])
    booked(store, whom="lea", modality=Modality.PHONE)
    seat = booked(store, group_session_id=session.id, ends_at=session.ends_at)

    done = leaving.leave(EMAIL)

    with store.read() as uow:
        assert uow.groups.get(session.id).counsellor_id == "karim"
    assert found(store, seat).counsellor_id == "karim"
    assert found(store, seat).sequence == 0
    assert [one.given_to for one in done.given] == ["Karim Exemple"]
    assert rows(store) == []


def test_a_session_nobody_can_animate_is_left_then_cancelled(store, leaving) -> None:
    session = make_group_session(START, taken=0)
    keep(store, sessions=[session])
    seat = booked(store, group_session_id=session.id, ends_at=session.ends_at)
    for colleague in ("karim", "lea"):
        booked(store, whom=colleague)
    assert [one.identifier for one in leaving.leave(EMAIL).left] == [session.id]
    assert leaving.leave(EMAIL, cancel_rest=True).is_done
    assert found(store, seat).status is AppointmentStatus.CANCELLED
    with store.read() as uow:
        after = uow.groups.get(session.id)
    assert (after.capacity, after.taken, after.counsellor_id) == (0, 0, None)


def test_a_booking_under_way_goes_on_with_a_colleague(store, leaving, booking) -> None:
    for colleague in ("karim", "lea"):
        booked(store, START + timedelta(days=1), colleague)
    held = booking.hold("c", "centre", "logement", START)
    assert held.counsellor_id == "nadia"
    assert leaving.leave(EMAIL).is_done
    done = booking.confirm(held.id, "c", "logement", Sharing(Contact()))
    assert done.appointment.counsellor_id in ("karim", "lea")


def test_an_offer_nobody_can_take_over_goes_back_to_the_list(store, leaving) -> None:
    start = START + timedelta(hours=4)
    booked(store, start, "karim")
    until = NOW + timedelta(hours=2)
    offer = booked(store, start, status=AppointmentStatus.HELD, hold_expires_at=until)
    entry = WaitingEntry(
        "w", "centre", "c", "logement", NOW, WaitingStatus.OFFERED, offered_id=offer
    )
    with store.write() as uow:
        uow.waiting.add(entry)
        uow.commit()
    assert [one.what for one in leaving.leave(EMAIL).left] == ["réservation en cours"]
    leaving.leave(EMAIL, cancel_rest=True)
    with store.read() as uow:
        after = uow.waiting.get("w")
        assert (after.status, after.offered_id, after.unanswered) == (
            WaitingStatus.WAITING,
            None,
            0,
        )
    assert found(store, offer).status is AppointmentStatus.EXPIRED


def test_a_time_only_held_is_let_go_when_its_counsellor_is_away(
    store, leaving, booking, clock, holds
) -> None:
    start = START + timedelta(hours=4)
    booked(store, start, "karim")
    held = booking.hold("c", "centre", "logement", start)
    noted = AbsenceService(store, clock, holds).add(EMAIL, Away("2026-11-24"), reassign=True)
    assert (held.counsellor_id, noted.given, noted.left) == ("nadia", (), ())
    assert found(store, held.id).status is AppointmentStatus.EXPIRED
    with pytest.raises(SlotTaken):
        booking.confirm(held.id, "c", "logement", Sharing(Contact()))


def test_leaving_while_twenty_people_book(
    store: SqlStore, engine: Engine, leaving: LeavingService, booking: BookingService
) -> None:
    for number in range(4):
        booked(store, START + timedelta(hours=number))

    def act(number: int) -> object:
        if number == 0:
            return leaving.leave(EMAIL, cancel_rest=True)
        start = START + timedelta(hours=number % 5)
        held = booking.hold(f"c{number}", "centre", "logement", start)
        return booking.confirm(held.id, f"c{number}", "logement", Sharing(Contact()))

    outcomes = at_once(21, act)

    assert set(kinds(outcomes)) == {"Departure", "Booked", "SlotTaken"}
    assert live_pairs_that_overlap(engine) == 0
    with store.read() as uow:
        assert uow.appointments.to_come_with("nadia", NOW) == []
    cancelled = sum(one.what == "Logement" for one in outcomes[0].left)
    assert confirmed(engine) == 4 + kinds(outcomes)["Booked"] - cancelled


def test_leaving_waits_for_whoever_is_booking(store: SqlStore, leaving: LeavingService) -> None:
    thread = threading.Thread(target=lambda: leaving.leave(EMAIL))
    appointment = make_appointment(START, make_counsellor("nadia"))
    with store.write() as uow:
        uow.appointments.lock_sites(["centre"])
        uow.appointments.add(appointment)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        uow.commit()
    thread.join()
    assert found(store, appointment.id).counsellor_id in ("karim", "lea")


def test_two_people_who_leave_at_once_do_not_give_to_each_other(store, engine, leaving) -> None:
    for number, whom in enumerate(("nadia", "karim") * 2):
        booked(store, START + timedelta(hours=number // 2), whom)
    outcomes = at_once(
        2, lambda n: leaving.leave((EMAIL, "karim@mission.example")[n], cancel_rest=True)
    )
    assert kinds(outcomes) == {"Departure": 2}
    with store.read() as uow:
        assert not uow.appointments.to_come_with("nadia", NOW)
        assert not uow.appointments.to_come_with("karim", NOW)
        assert len(uow.appointments.to_come_with("lea", NOW)) == 2
    assert live_pairs_that_overlap(engine) == 0


def test_an_absence_lists_who_is_expected_or_gives_them_away(store, leaving, clock, holds) -> None:
    inside, later = booked(store), booked(store, START + timedelta(days=1))
    absences = AbsenceService(store, clock, holds)
    noted = absences.add(EMAIL, Away("2026-11-24"))
    assert ([one.identifier for one in noted.left], noted.given) == ([inside[:8]], ())
    assert found(store, inside).counsellor_id == "nadia"

    given = absences.add(EMAIL, Away("2026-11-24"), reassign=True)
    assert (given.changed, given.left) == (False, ())
    assert found(store, inside).counsellor_id in ("karim", "lea")
    assert found(store, later).counsellor_id == "nadia"
    counted = Counter(one.recipient for one in rows(store))
    assert counted[Recipient.COUNSELLOR] == 2
