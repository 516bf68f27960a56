"""A site's time zone is corrected, on both databases: people keep the hour they were told."""

from datetime import UTC, datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

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
from shipped import shipped_gazetteer

from accueil.core.booking import AppointmentStatus
from accueil.core.clock import FixedClock
from accueil.core.outbox import MessageKind, Recipient
from accueil.core.places import Gazetteer
from accueil.core.territory import Absence
from accueil.persistence.appointment_repository import AppointmentRepository
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.site_edit import EditRefused, SiteEditor
from accueil.services.territory_import import TerritoryImport

PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
TEN = hour(10)


def paris(day: str, at: hour = TEN) -> datetime:
    return datetime.combine(datetime.fromisoformat(day), at, PARIS).astimezone(UTC)


WINTER, SUMMER = paris("2027-03-26"), paris("2027-03-30")
"""Ten o'clock on both sides of the clock change of 28 March 2027 in Paris."""


@pytest.fixture
def editor(store: SqlStore, clock: FixedClock) -> SiteEditor:
    nadia = make_counsellor()
    openings = make_openings(nadia, hour(9), hour(17))
    keep(store, [make_organisation(), make_site(), make_site("gare"), nadia, *openings])
    return SiteEditor(store, clock)


def to_reunion(editor: SiteEditor) -> None:
    assert editor.edit("centre", {"time_zone": "Indian/Reunion"})[1] is True


def mine(start: datetime, **changes):
    return make_appointment(start, make_counsellor(), email="lina@example.org", **changes)


def test_the_hour_that_was_told_stays_across_a_clock_change(store, editor) -> None:
    given = [mine(WINTER), mine(SUMMER)]
    keep(store, appointments=given)
    assert timedelta(days=4, hours=-1) == SUMMER - WINTER
    to_reunion(editor)
    with store.read() as uow:
        site = uow.territory.site("centre")
        kept = [uow.appointments.get(one.id) for one in given]
    assert site.time_zone == "Indian/Reunion"
    assert [one.local_start().isoformat() for one in kept] == [
        "2027-03-26T10:00:00+04:00",
        "2027-03-30T10:00:00+04:00",
    ]
    assert [one.ends_at - one.starts_at for one in kept] == [timedelta(minutes=45)] * 2
    assert [one.sequence for one in kept] == [1, 1]


def test_both_calendars_are_told_once(store, editor) -> None:
    keep(store, appointments=[mine(SUMMER)])
    to_reunion(editor)
    assert editor.edit("centre", {"time_zone": "Indian/Reunion"})[1] is False
    with store.write() as uow:
        rows = uow.outbox.claim_due(SUMMER, 100)
    told = {(one.recipient, one.kind) for one in rows if one.sequence == 1}
    assert (Recipient.COUNSELLOR, MessageKind.MOVED) in told
    assert (Recipient.YOUNG_PERSON, MessageKind.CONFIRMED) in told
    assert (Recipient.YOUNG_PERSON, MessageKind.MOVED) not in told
    assert {one.sequence for one in rows} == {1}


def test_appointments_pass_over_each_other(store, editor) -> None:
    """Each takes the instant at which an earlier one began, or a later one ends."""
    starts = [WINTER + timedelta(minutes=45 * number) for number in range(-4, 5)]
    given = [mine(start) for start in starts]
    keep(store, appointments=given)
    to_reunion(editor)
    assert editor.edit("centre", {"time_zone": "Pacific/Noumea"})[1] is True
    assert editor.edit("centre", {"time_zone": "Europe/Paris"})[1] is True
    with store.read() as uow:
        assert [uow.appointments.get(one.id).starts_at for one in given] == starts


def test_what_is_past_or_cancelled_or_elsewhere_stays(store, editor) -> None:
    past = mine(NOW - timedelta(days=1), status=AppointmentStatus.SEEN)
    off = mine(SUMMER, status=AppointmentStatus.CANCELLED)
    elsewhere = mine(SUMMER + timedelta(hours=5), site_id="gare")
    keep(store, appointments=[past, off, elsewhere])
    to_reunion(editor)
    with store.read() as uow:
        for one in (past, off, elsewhere):
            assert uow.appointments.get(one.id).time_zone == "Europe/Paris"


def test_sessions_their_seats_and_absences_keep_their_hours(store, editor) -> None:
    session = make_group_session(SUMMER, taken=0)
    seat = mine(SUMMER, group_session_id=session.id, ends_at=session.ends_at)
    keep(store, sessions=[session])
    keep(store, appointments=[seat])
    with store.write() as uow:
        whole_days = paris("2027-03-27", hour(0)), paris("2027-03-30", hour(0))
        uow.absences.add(Absence("away", "nadia", *whole_days))
        uow.commit()
    to_reunion(editor)
    with store.read() as uow:
        after, place = uow.groups.get(session.id), uow.appointments.get(seat.id)
        absence = uow.absences.get("away")
    assert after.local_start(REUNION).hour == 10
    assert (after.starts_at, after.ends_at) == (place.starts_at, place.ends_at)
    local = [one.astimezone(REUNION) for one in (absence.starts_at, absence.ends_at)]
    assert [(one.day, one.hour) for one in local] == [(27, 0), (30, 0)]


def test_two_that_would_overlap_are_refused_and_nothing_changes(store, editor) -> None:
    here = [mine(SUMMER), mine(SUMMER + timedelta(hours=1))]
    # The same counsellor at the other site, two and one hours earlier: where these would come.
    there = [mine(one.starts_at - timedelta(hours=2), site_id="gare") for one in here]
    keep(store, appointments=[*here, *there])
    with pytest.raises(EditRefused, match="2 rendez-vous ou séances se chevaucheraient"):
        editor.edit("centre", {"time_zone": "Indian/Reunion"})
    with store.read() as uow:
        assert uow.territory.site("centre").time_zone == "Europe/Paris"
        assert uow.appointments.get(here[0].id).starts_at == SUMMER
    with store.write() as uow:
        assert uow.outbox.claim_due(SUMMER, 10) == []


def test_a_session_that_would_meet_an_appointment_is_refused(store, editor) -> None:
    session = make_group_session(SUMMER, taken=0)
    there = mine(SUMMER - timedelta(hours=1), site_id="gare")
    keep(store, sessions=[session], appointments=[there])
    with pytest.raises(EditRefused, match="1 rendez-vous ou séance"):
        editor.edit("centre", {"time_zone": "Indian/Reunion"})


def test_an_unknown_zone_is_refused(editor) -> None:
    with pytest.raises(EditRefused, match="Fuseau horaire inconnu"):
        editor.edit("centre", {"time_zone": "Paris"})


HEADER = "id,organisation_id,organisation,nom,adresse,code_postal,commune,latitude,longitude\n"
ROUBAIX = "centre,val,Val,Centre,1 rue,59100,Roubaix,50.69,3.18\n"
SAINT_DENIS = "centre,val,Val,Centre,1 rue,97400,Saint-Denis,-20.88,55.45\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return shipped_gazetteer()


@pytest.fixture
def imported(store: SqlStore, clock: FixedClock, gazetteer: Gazetteer) -> TerritoryImport:
    work = TerritoryImport(store, gazetteer, clock)
    assert work.run((HEADER + ROUBAIX).encode()).is_saved
    nadia = make_counsellor()
    keep(store, [nadia, *make_openings(nadia, hour(9), hour(17)), make_site("gare")])
    return work


def test_an_import_that_corrects_the_commune_keeps_the_hours(store, imported) -> None:
    given = mine(SUMMER)
    keep(store, appointments=[given])
    content = (HEADER + SAINT_DENIS).encode()
    assert not imported.run(content, dry_run=True).errors
    assert imported.run(content).is_saved
    assert imported.run(content).unchanged == 1
    with store.read() as uow:
        kept = uow.appointments.get(given.id)
    assert (kept.local_start().hour, kept.time_zone, kept.sequence) == (10, "Indian/Reunion", 1)


def test_an_import_that_would_make_two_overlap_is_refused_whole(store, imported) -> None:
    here = mine(SUMMER)
    there = mine(SUMMER - timedelta(hours=2), site_id="gare")
    keep(store, appointments=[here, there])
    report = imported.run((HEADER + SAINT_DENIS).encode())
    (problem,) = report.errors
    assert "1 rendez-vous" in problem.message
    assert not report.is_saved
    with store.read() as uow:
        assert uow.territory.site("centre").city == "Roubaix"


def test_an_import_locks_every_site_at_once(store, imported, monkeypatch) -> None:
    elsa = make_counsellor("elsa", "gare")  # expected at the centre, though she receives no more
    keep(store, [elsa], [make_appointment(SUMMER, elsa, site_id="centre")])
    other = ROUBAIX.replace("centre,", "autre,").replace("Centre", "Autre")
    assert imported.run((HEADER + ROUBAIX + other).encode()).is_saved
    locked = []
    original = AppointmentRepository.lock_sites

    def lock_sites(self, site_ids) -> None:
        locked.append(set(site_ids))
        original(self, locked[-1])

    monkeypatch.setattr(AppointmentRepository, "lock_sites", lock_sites)
    both = (
        HEADER + SAINT_DENIS + SAINT_DENIS.replace("centre,", "autre,").replace("Centre", "Autre")
    )
    report = imported.run(both.encode())
    assert report.is_saved
    assert locked == [{"centre", "autre", "gare"}]


def test_what_an_import_says_of_other_sites_can_be_read_afterwards(store, imported) -> None:
    other = ROUBAIX.replace("centre,", "autre,").replace("Centre", "Autre")
    assert imported.run((HEADER + ROUBAIX + other).encode()).is_saved
    report = imported.run((HEADER + SAINT_DENIS).encode())
    assert report.is_saved
    assert [one.name for one in report.vanished] == ["Autre"]
