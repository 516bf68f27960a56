"""Counsellors added, given passwords, closed and listed by the operator."""

from datetime import time, timedelta

import pytest
from factories import (
    NOW,
    book,
    keep,
    make_appointment,
    make_group_session,
    make_organisation,
    make_site,
)

from accueil.bootstrap import Application
from accueil.core.booking import REASONS, AppointmentStatus, BookingError
from accueil.core.opening_rules import OpeningRule
from accueil.core.territory import Counsellor, WeeklyHours
from accueil.core.tokens import spoken_password
from accueil.services.staff import Refused, StaffService
from accueil.services.staff_entry import WrongEntry, read_name, read_openings, too_short

EMAIL = "ines@mission.example"
OPENINGS = "lun-ven 09:00-12:00 13:30-17:00"
TOMORROW_NINE = NOW.replace(hour=8) + timedelta(days=1)  # 9 h in Paris


@pytest.fixture
def staff(application: Application) -> StaffService:
    keep(application.store, [make_organisation(), make_site(), make_site("gare", hours=[])])
    return application.staff


def add(staff: StaffService, **changes: str):
    given = {"site_id": "centre", "name": "Inès Exemple", "email": EMAIL, "openings": OPENINGS}
    return staff.add(**(given | changes))


def kept(application: Application) -> Counsellor:
    with application.store.read() as uow:
        counsellor = uow.territory.counsellor_by_email(EMAIL)
    assert counsellor is not None
    return counsellor


def starts(application: Application, site_id: str = "centre") -> int:
    with application.store.read() as uow:
        site = uow.territory.site(site_id)
        assert site is not None
        return len(application.slots.free(uow, site, REASONS["logement"]))


def test_an_added_counsellor_signs_in_and_has_slots(application, staff):
    assert starts(application) == 0
    added = add(staff, email=" Ines@Mission.Example ")
    assert application.accounts.sign_in(EMAIL, added.password)
    assert starts(application) > 100
    assert (added.changed, added.outside, added.short) == (True, (), ())
    assert kept(application).password_hash.startswith("$argon2id$")


def test_adding_again_changes_nothing_not_even_the_password(application, staff):
    password = add(staff).password
    before = kept(application)
    again = add(staff, openings="lun-ven 13h30-17h 9h-12h")
    assert (again.changed, again.password) == (False, "")
    assert kept(application) == before
    assert application.accounts.sign_in(EMAIL, password)


def test_adding_again_with_other_openings_replaces_them(application, staff):
    password = add(staff).password
    before = starts(application)
    again = add(staff, openings="mar 09:00-12:00")
    assert (again.changed, again.password) == (True, "")
    assert 0 < starts(application) < before / 5
    assert application.accounts.sign_in(EMAIL, password)
    (listed,) = staff.listed()
    assert listed.openings == (OpeningRule(1, time(9), time(12)),)


def test_appointments_stay_when_openings_change(application, staff):
    add(staff)
    booked = book(application.booking, TOMORROW_NINE)
    add(staff, openings="ven 09:00-12:00")
    with application.store.read() as uow:
        assert uow.appointments.get(booked.appointment.id).status is AppointmentStatus.CONFIRMED


@pytest.mark.parametrize("changes", [{"site_id": "gare"}, {"name": "Une Autre"}])
def test_an_address_belongs_to_one_person_at_one_site(application, staff, changes):
    add(staff)
    before = kept(application)
    with pytest.raises(Refused, match="déjà prise"):
        add(staff, **changes)
    assert kept(application) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"site_id": "nulle-part"}, "Aucun site"),
        ({"site_id": ""}, "Aucun site"),
        ({"email": "ines"}, "e-mail illisible"),
        ({"email": ""}, "e-mail illisible"),
        ({"email": "a" * 60 + "@" + "b." * 75 + "example"}, "e-mail illisible"),
        ({"name": "  "}, "nom affiché"),
        ({"name": "x" * 121}, "nom affiché"),
        ({"name": "In\x1b[2Jès"}, "nom affiché"),
        ({"openings": ""}, "Plages illisibles"),
        ({"openings": "quand je peux"}, "Plages illisibles"),
        ({"openings": "lun 25:00-26:00"}, "Plages illisibles"),
        ({"openings": "lun 12:00-09:00"}, "Plages illisibles"),
        ({"openings": "lun 09:00-12:00 11:00-13:00"}, "Plages illisibles"),
        ({"openings": "ven-lun 09:00-12:00"}, "Plages illisibles"),
    ],
)
def test_a_wrong_entry_is_one_sentence_and_writes_nothing(staff, changes, said):
    with pytest.raises(WrongEntry, match=said) as refusal:
        add(staff, **changes)
    assert "\n" not in str(refusal.value)
    assert staff.listed() == []


def test_openings_beyond_the_hours_of_the_site_are_told(staff):
    added = add(staff, openings="lun 09:00-12:00 16:00-18:00; sam 09:00-12:00")
    assert added.outside == (
        WeeklyHours(0, time(16), time(18)),
        WeeklyHours(5, time(9), time(12)),
    )


def test_hours_that_touch_are_one(application, staff):
    hours = [WeeklyHours(0, time(12), time(17)), WeeklyHours(0, time(9), time(12))]
    keep(application.store, [make_site(hours=hours)])
    assert add(staff, openings="lun 10:00-16:00").outside == ()


def test_spans_too_short_for_an_appointment_are_told():
    spans = read_openings("lun 09:00-09:45; mar 09:05-09:50; mer 09:00-09:30")
    assert [span.weekday for span in too_short(rule.hours() for rule in spans)] == [1, 2]


def test_a_name_is_one_line():
    assert read_name("  Inès\n  d’Exemple ") == "Inès d’Exemple"


def test_a_new_password_replaces_the_old_one_and_ends_sessions(application, staff):
    old = add(staff).password
    session = application.accounts.sign_in(EMAIL, old)
    new = staff.new_password(EMAIL.upper())
    assert application.accounts.authenticate(session) is None
    assert application.accounts.sign_in(EMAIL, old) is None
    assert application.accounts.sign_in(EMAIL, new)


def test_the_sessions_of_others_go_on(application, staff):
    other = add(staff, email="noe@mission.example", name="Noé Exemple").password
    session = application.accounts.sign_in("noe@mission.example", other)
    add(staff)
    staff.new_password(EMAIL)
    staff.deactivate(EMAIL)
    assert application.accounts.authenticate(session)


def test_deactivating_hides_from_sign_in_and_slots_and_is_done_once(application, staff):
    password = add(staff).password
    session = application.accounts.sign_in(EMAIL, password)
    assert staff.deactivate(EMAIL) is True
    assert starts(application) == 0
    assert application.accounts.authenticate(session) is None
    assert application.accounts.sign_in(EMAIL, password) is None
    with pytest.raises(BookingError):
        book(application.booking, TOMORROW_NINE)
    assert staff.deactivate(EMAIL) is False
    with pytest.raises(Refused, match="désactivé"):
        staff.new_password(EMAIL)


def test_nobody_is_deactivated_while_people_are_expected(application, staff):
    add(staff)
    booked = [book(application.booking, TOMORROW_NINE + timedelta(days=n)) for n in range(2)]
    with pytest.raises(Refused, match="encore 2 rendez-vous confirmés à venir"):
        staff.deactivate(EMAIL)
    application.changes.cancel(booked[0].appointment.id)
    with pytest.raises(Refused, match="encore 1 rendez-vous confirmé à venir"):
        staff.deactivate(EMAIL)
    assert starts(application) > 0
    application.changes.cancel(booked[1].appointment.id)
    assert staff.deactivate(EMAIL) is True


def test_a_booking_under_way_is_let_finish(application, staff, clock):
    add(staff)
    application.booking.hold("conversation", "centre", "logement", TOMORROW_NINE)
    with pytest.raises(Refused, match="en train de réserver"):
        staff.deactivate(EMAIL)
    clock.advance(timedelta(minutes=16))
    assert staff.deactivate(EMAIL) is True


def test_nobody_is_deactivated_with_a_session_to_come(application, staff):
    add(staff)
    session = make_group_session(TOMORROW_NINE, counsellor_id=kept(application).id)
    keep(application.store, sessions=[session])
    with pytest.raises(Refused, match="anime encore une séance"):
        staff.deactivate(EMAIL)


def test_what_is_past_keeps_nobody(application, staff):
    add(staff)
    past = make_appointment(NOW - timedelta(days=3), kept(application))
    keep(application.store, appointments=[past])
    assert staff.deactivate(EMAIL) is True


def test_adding_a_closed_account_brings_it_back_elsewhere(application, staff):
    old = add(staff)
    session = application.accounts.sign_in(EMAIL, old.password)
    staff.deactivate(EMAIL)
    back = add(staff, site_id="gare", openings="lun 09:00-12:00")
    assert back.counsellor.id == old.counsellor.id
    assert back.password not in ("", old.password)
    assert application.accounts.authenticate(session) is None
    assert application.accounts.sign_in(EMAIL, old.password) is None
    assert application.accounts.sign_in(EMAIL, back.password)
    assert starts(application) == 0
    assert starts(application, "gare") > 0


@pytest.mark.parametrize("email", ["personne@mission.example", "", "ines"])
def test_an_unknown_address_is_a_wrong_entry(staff, email):
    for act in (staff.new_password, staff.deactivate):
        with pytest.raises(WrongEntry, match="Personne n’a l’adresse"):
            act(email)


def test_the_list_goes_by_site_then_name_and_shows_who_is_closed(staff):
    add(staff, site_id="gare", name="Zoé Exemple", email="zoe@mission.example")
    add(staff)
    add(staff, name="Ali Exemple", email="ali@mission.example")
    staff.deactivate("ali@mission.example")
    found = [
        (one.site.id, one.counsellor.email, one.counsellor.is_active) for one in staff.listed()
    ]
    assert found == [
        ("centre", "ali@mission.example", False),
        ("centre", EMAIL, True),
        ("gare", "zoe@mission.example", True),
    ]
    assert [one.site.id for one in staff.listed("gare")] == ["gare"]
    with pytest.raises(WrongEntry, match="Aucun site"):
        staff.listed("nulle-part")


def test_passwords_are_long_and_never_twice_the_same():
    made = {spoken_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 and one.count("-") == 3 for one in made)
    assert not set("".join(made)) & set("01ilo")
