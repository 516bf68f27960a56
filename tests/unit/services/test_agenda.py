"""The counsellors' week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from factories import (
    NOW,
    keep,
    make_appointment,
    make_callback,
    make_counsellor,
    make_group_session,
    make_site,
    seed_territory,
)

from accueil.bootstrap import Application
from accueil.core.booking import AppointmentStatus
from accueil.services.agenda import Agenda, NotInSite, Refused

MONDAY = date(2026, 11, 23)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of November 2026 in Paris (UTC+1)."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


@pytest.fixture
def people(application: Application):
    return seed_territory(application.store)


@pytest.fixture
def agenda(application: Application, people) -> Agenda:
    return application.agenda


def test_a_week_without_appointments_has_its_five_days(agenda, people):
    week = agenda.week(people["nadia"], date(2026, 11, 26))
    assert week.monday == MONDAY
    assert [day.date.day for day in week.days] == [23, 24, 25, 26, 27]
    assert [day.is_today for day in week.days] == [True, False, False, False, False]
    assert week.entry_count() == 0
    assert week.callbacks == week.gatherings == ()


def test_entries_stand_under_their_local_day_and_mine_are_marked(application, agenda, people):
    mine = make_appointment(at(24, 9), people["nadia"], shared_note="Dort chez un ami.")
    other = make_appointment(at(24, 14), people["karim"])
    elsewhere = make_appointment(at(24, 9), people["elsa"])
    later = make_appointment(at(30, 9), people["nadia"])
    keep(application.store, appointments=[mine, other, elsewhere, later])
    entries = agenda.week(people["nadia"], MONDAY).days[1].entries
    assert [(one.counsellor_name, one.is_mine) for one in entries] == [
        ("Nadia Exemple", True),
        ("Karim Exemple", False),
    ]
    assert (entries[0].start.hour, entries[0].end.hour, entries[0].end.minute) == (9, 9, 45)
    assert entries[0].appointment.shared_note == "Dort chez un ami."


def test_the_week_is_the_sites_not_utc(application):
    """Monday 8 h in Nouméa is still Sunday in UTC."""
    far = make_counsellor("far", "loin")
    site = make_site("loin", time_zone="Pacific/Noumea", insee="98818")
    seed_territory(application.store)
    keep(application.store, [site, far])
    start = datetime(2026, 11, 22, 21, tzinfo=UTC)
    keep(application.store, appointments=[make_appointment(start, far)])
    week = application.agenda.week(far, MONDAY)
    assert week.days[0].entries[0].start.hour == 8
    assert application.agenda.week(far, MONDAY - timedelta(days=1)).entry_count() == 0


def test_holds_are_not_shown_and_cancelled_ones_are(application, agenda, people):
    held = make_appointment(at(24, 9), people["nadia"], status=AppointmentStatus.HELD)
    gone = make_appointment(at(24, 10), people["nadia"], status=AppointmentStatus.CANCELLED)
    keep(application.store, appointments=[held, gone])
    entries = agenda.week(people["nadia"], MONDAY).days[1].entries
    assert [one.appointment.id for one in entries] == [gone.id]
    assert not entries[0].can_be_marked()


def test_a_saturday_appears_when_something_happens_then(application, agenda, people):
    keep(application.store, appointments=[make_appointment(at(28, 10), people["nadia"])])
    assert [day.date.day for day in agenda.week(people["nadia"], MONDAY).days][-1] == 28


def test_public_holidays_are_named(agenda, people):
    christmas = agenda.week(people["nadia"], date(2026, 12, 25)).days[4]
    assert "Noël" in christmas.holiday


def test_callbacks_and_group_sessions_of_the_site(application, agenda, people):
    keep(
        application.store,
        callbacks=[make_callback(), make_callback("gare"), make_callback(done=True)],
        sessions=[make_group_session(at(26, 14)), make_group_session(at(20, 14))],
    )
    week = agenda.week(people["nadia"], MONDAY)
    assert [one.asked_at.hour for one in week.callbacks] == [6]
    assert [one.free_seats() for one in week.gatherings] == [7]


@pytest.mark.parametrize(
    "status", [AppointmentStatus.SEEN, AppointmentStatus.NO_SHOW, AppointmentStatus.EXCUSED]
)
def test_what_happened_is_recorded_and_can_be_corrected(application, agenda, people, clock, status):
    one = make_appointment(at(23, 9), people["karim"])
    keep(application.store, appointments=[one])
    clock.advance(timedelta(hours=2))
    assert agenda.mark(one.id, people["nadia"], status).status is status
    assert agenda.mark(one.id, people["nadia"], AppointmentStatus.SEEN).status == "seen"
    entry = agenda.week(people["nadia"], MONDAY).days[0].entries[0]
    assert entry.is_settled()
    assert entry.can_be_marked()


def test_nothing_is_recorded_before_the_start(application, agenda, people):
    one = make_appointment(NOW + timedelta(minutes=1), people["nadia"])
    keep(application.store, appointments=[one])
    with pytest.raises(Refused, match="pas encore commencé"):
        agenda.mark(one.id, people["nadia"], AppointmentStatus.SEEN)


def test_another_sites_appointment_cannot_be_marked(application, agenda, people, clock):
    one = make_appointment(at(23, 9), people["elsa"])
    keep(application.store, appointments=[one])
    clock.advance(timedelta(hours=2))
    for identifier in (one.id, "unknown"):
        with pytest.raises(NotInSite, match="votre antenne"):
            agenda.mark(identifier, people["nadia"], AppointmentStatus.SEEN)
    with application.store.read() as uow:
        assert uow.appointments.get(one.id).status is AppointmentStatus.CONFIRMED


def test_a_cancelled_appointment_cannot_be_marked(application, agenda, people, clock):
    one = make_appointment(at(23, 9), people["nadia"], status=AppointmentStatus.CANCELLED)
    keep(application.store, appointments=[one])
    clock.advance(timedelta(hours=2))
    with pytest.raises(Refused, match="annulé"):
        agenda.mark(one.id, people["nadia"], AppointmentStatus.SEEN)


def test_only_what_can_happen_is_a_mark(application, agenda, people, clock):
    one = make_appointment(at(23, 9), people["nadia"])
    keep(application.store, appointments=[one])
    clock.advance(timedelta(hours=2))
    with pytest.raises(Refused):
        agenda.mark(one.id, people["nadia"], AppointmentStatus.CANCELLED)


def test_a_callback_is_closed_by_its_own_site_only(application, agenda, people):
    one = make_callback()
    keep(application.store, callbacks=[one])
    with pytest.raises(NotInSite):
        agenda.close_callback(one.id, people["elsa"])
    agenda.close_callback(one.id, people["nadia"])
    assert agenda.week(people["nadia"], MONDAY).callbacks == ()
    with pytest.raises(NotInSite):
        agenda.close_callback("unknown", people["nadia"])
