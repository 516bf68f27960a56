"""Who may wait, when they are asked, and what becomes of what was held for them."""

from datetime import UTC, datetime, time, timedelta

import pytest
from factories import book, keep, make_counsellor, make_openings, seed_territory
from sending import notifier_of

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, AppointmentStatus, Discretion, WaitingStatus, Wish
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.gateways.sms import NullSms
from accueil.services.absences import AbsenceService, Away
from accueil.services.booking import AlreadyBooked, Sharing
from accueil.services.waiting_list import SilenceWanted

PHONE = Contact("+33639980041")
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
"""Nine o'clock in Paris: Nadia receives."""


@pytest.fixture(autouse=True)
def territory(application: Application) -> None:
    seed_territory(application.store)


def join(application: Application, conversation: str = "lina", **given: object) -> int:
    contact = Contact(email=f"{conversation}@example.org")
    sharing = Sharing(**({"contact": contact, "first_name": "Lina"} | given))
    return application.waiting_list.join(conversation, "centre", "logement", Wish(), sharing)


def held_by(application: Application, conversation: str = "lina") -> list[Appointment]:
    with application.store.read() as uow:
        return list(uow.appointments.of_conversation(conversation))


def status_of(application: Application, conversation: str = "lina") -> WaitingStatus:
    with application.store.read() as uow:
        (entry,) = uow.waiting.of_conversation(conversation)
    return entry.status


def test_who_wants_silence_cannot_wait(application: Application) -> None:
    with pytest.raises(SilenceWanted):
        join(application, discretion=Discretion.SILENT)
    assert application.waiting_list.place_of("lina") is None
    assert held_by(application) == []


@pytest.mark.parametrize("conversation", ["lina", "another"])
def test_who_is_booked_cannot_wait(application: Application, conversation: str) -> None:
    held = application.booking.hold("lina", "gare", "logement", TUESDAY)
    application.booking.confirm(held.id, "lina", "logement", Sharing(PHONE))
    with pytest.raises(AlreadyBooked):
        join(application, conversation, contact=PHONE)
    assert application.waiting_list.place_of(conversation) is None
    application.changes.cancel(held.id)
    assert join(application, conversation, contact=PHONE) == 1


def test_nobody_is_woken_up(application: Application, clock: FixedClock) -> None:
    clock.at = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # 2 h 30 in Paris
    join(application, contact=PHONE)
    sms = NullSms()
    notifier = notifier_of(application, sms=sms)
    notifier.send_due()
    assert sms.sent == []
    clock.at = datetime(2026, 11, 24, 7, tzinfo=UTC)
    notifier.send_due()
    assert [one.to for one in sms.sent] == [PHONE.phone]


def test_at_night_nothing_is_offered_that_is_over_in_the_morning(
    application: Application, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 11, 24, 3, tzinfo=UTC)  # 4 h in Paris
    assert application.booking.hold("awake", "centre", "logement", TUESDAY)
    application.booking.release("awake")
    join(application, contact=PHONE)
    (held,) = held_by(application)
    assert held.starts_at > TUESDAY
    assert held.hold_expires_at >= datetime(2026, 11, 24, 7, 15, tzinfo=UTC)


def test_the_worker_counts_everybody_it_asks(application: Application, clock: FixedClock) -> None:
    nobody = [("nadia", []), ("karim", [])]
    only = make_openings(make_counsellor(), time(9), time(9, 45))[1:2]
    with application.store.write() as uow:
        for counsellor, openings in nobody:
            uow.territory.replace_openings(counsellor, openings)
        uow.commit()
    keep(application.store, only)
    for conversation in ("lina", "sacha"):
        join(application, conversation)
        clock.advance(timedelta(seconds=1))
    clock.advance(timedelta(hours=2))
    assert application.waiting_list.work() == 2  # Lina another week, Sacha what she let pass
    assert status_of(application, "sacha") is WaitingStatus.OFFERED
    assert application.waiting_list.work() == 0


def test_booking_elsewhere_takes_back_what_was_offered(application: Application) -> None:
    join(application, contact=PHONE)
    (offered,) = held_by(application)
    book(application.booking, TUESDAY, "gare", PHONE)
    (offered,) = held_by(application)
    assert (offered.status, offered.phone) == (AppointmentStatus.EXPIRED, "")
    assert status_of(application) is WaitingStatus.SERVED


def test_what_is_offered_of_an_absent_counsellor_is_taken_back(application: Application) -> None:
    join(application, contact=PHONE)
    (offered,) = held_by(application)
    email = f"{offered.counsellor_id}@mission.example"
    day = offered.local_start().date().isoformat()
    service = AbsenceService(application.store, application.clock, application.holds)
    service.add(email, Away(day))
    (offered,) = held_by(application)
    assert (offered.status, offered.phone) == (AppointmentStatus.EXPIRED, "")
    assert status_of(application) is WaitingStatus.WAITING
