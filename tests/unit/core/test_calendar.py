"""Calendar objects, read back by icalendar and by vobject, which share no code."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from factories import make_appointment, make_counsellor, make_site
from icalendar import Calendar, Event

from accueil.core.booking import Appointment, Interval
from accueil.core.booking.appointment import Discretion
from accueil.core.calendar import CalendarMethod, calendar_part
from accueil.core.messages.place import place_of
from accueil.core.territory import Modality

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STAMP = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PLACE = "Antenne de l’Été, 1 place de l’Exemple; 99000 Exempleville, " * 3


def part(
    appointment: Appointment, method: CalendarMethod, attendee: str = "", **more: object
) -> bytes:
    return calendar_part(
        appointment,
        place=PLACE,
        organiser="accueil@mission.example",
        method=method,
        stamp=STAMP,
        attendee=attendee,
        **more,
    )


def read(stream: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(stream)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def one() -> Appointment:
    return make_appointment(
        START,
        make_counsellor(),
        first_name="Xénia",
        phone="+33639980011",
        email="xenia@example.org",
        shared_note="Cherche un studio",
        link_token="un-jeton-secret",
    )


def test_uid_is_fixed_and_sequence_grows_over_create_move_cancel() -> None:
    appointment = one()
    streams = [part(appointment, CalendarMethod.REQUEST)]
    later = Interval(START + timedelta(days=1), START + timedelta(days=1, minutes=45))
    appointment.move(later, "karim", STAMP)
    streams.append(part(appointment, CalendarMethod.REQUEST))
    appointment.cancel(STAMP)
    streams.append(part(appointment, CalendarMethod.CANCEL))

    events = [read(stream)[1] for stream in streams]
    assert {str(event["UID"]) for event in events} == {appointment.uid}
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event.decoded("DTSTART") for event in events] == [START, later.start, later.start]


@pytest.mark.parametrize("method", list(CalendarMethod))
def test_method_times_and_place(method: CalendarMethod) -> None:
    calendar, event = read(part(one(), method))
    assert str(calendar["METHOD"]) == method.value
    assert str(calendar["VERSION"]) == "2.0"
    assert event.decoded("DTSTART") == START
    assert event.decoded("DTEND") == START + timedelta(minutes=45)
    assert event.decoded("DTSTAMP") == STAMP
    assert str(event["LOCATION"]) == PLACE
    assert str(event["ORGANIZER"]) == "mailto:accueil@mission.example"


@pytest.mark.parametrize("method", list(CalendarMethod))
def test_nothing_says_who_or_why(method: CalendarMethod) -> None:
    stream = part(one(), method, "nadia@mission.example")
    assert str(read(stream)[1]["SUMMARY"]) == "Rendez-vous"
    unfolded = stream.decode().replace("\r\n ", "")
    for secret in ("Xénia", "639980011", "xenia", "studio", "jeton", "logement"):
        assert secret not in unfolded


def test_the_counsellor_attends_and_the_young_person_is_not_listed() -> None:
    _, event = read(part(one(), CalendarMethod.REQUEST, "nadia@mission.example"))
    assert str(event["ATTENDEE"]) == "mailto:nadia@mission.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert "ATTENDEE" not in read(part(one(), CalendarMethod.PUBLISH))[1]


def test_lines_are_short_and_end_as_they_should() -> None:
    stream = part(one(), CalendarMethod.PUBLISH)
    assert stream.endswith(b"\r\n")
    lines = stream.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert b"DTSTART:20261124T090000Z" in lines


def test_another_implementation_reads_the_same_life() -> None:
    """Created, moved, moved, cancelled: one entry, ever newer, never asking for an answer."""
    appointment = one()
    streams = [part(appointment, CalendarMethod.REQUEST, "nadia@mission.example")]
    for day in (1, 2):
        later = START + timedelta(days=day)
        appointment.move(Interval(later, later + timedelta(minutes=45)), "nadia", STAMP)
        streams.append(part(appointment, CalendarMethod.REQUEST, "nadia@mission.example"))
    appointment.cancel(STAMP)
    streams.append(part(appointment, CalendarMethod.CANCEL, "nadia@mission.example"))

    theirs = [vobject.readOne(stream.decode()) for stream in streams]
    events = [calendar.vevent for calendar in theirs]
    ours = [read(stream)[1] for stream in streams]
    assert [one.method.value for one in theirs] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert {event.uid.value for event in events} == {appointment.uid}
    assert [int(event.sequence.value) for event in events] == [0, 1, 2, 3]
    assert [event.dtstart.value for event in events] == [one.decoded("DTSTART") for one in ours]
    assert [event.dtend.value for event in events] == [one.decoded("DTEND") for one in ours]
    assert events[0].dtstart.value == START
    assert events[3].status.value == "CANCELLED"
    for event in events:
        assert event.location.value == PLACE
        assert event.attendee.params["RSVP"] == ["FALSE"]
        assert event.organizer.value == "mailto:accueil@mission.example"
        assert not hasattr(event, "valarm")
    assert all("vtimezone" not in calendar.contents for calendar in theirs)


def test_only_the_young_person_s_entry_leads_to_their_page() -> None:
    page = "https://rdv.example.org/rdv/un-jeton-secret"
    assert str(read(part(one(), CalendarMethod.PUBLISH, url=page))[1]["URL"]) == page
    assert "URL" not in read(part(one(), CalendarMethod.REQUEST, "nadia@mission.example"))[1]


def test_a_time_taken_back_is_the_former_one() -> None:
    former = START - timedelta(days=3)
    _, event = read(part(one(), CalendarMethod.CANCEL, start=former))
    assert event.decoded("DTSTART") == former
    assert event.decoded("DTEND") == former + timedelta(minutes=45)


def test_the_place_follows_the_way_of_being_received_and_discretion() -> None:
    site = make_site(name="Antenne de la Gare")
    appointment = one()
    street = "1 place de l’Exemple, 99000 Exempleville"
    assert place_of(appointment, site) == f"Antenne de la Gare, {street}"
    appointment.discretion = Discretion.NEUTRAL
    assert place_of(appointment, site) == street
    appointment.modality = Modality.PHONE
    assert place_of(appointment, site) == "Par téléphone"
    appointment.modality = Modality.VIDEO
    assert place_of(appointment, site) == "En visio"
