"""Calendar objects, read back by icalendar."""

from datetime import UTC, datetime, timedelta

import pytest
from factories import make_appointment, make_counsellor
from icalendar import Calendar, Event

from accueil.core.booking import Appointment, Interval
from accueil.core.calendar import CalendarMethod, calendar_part

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STAMP = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PLACE = "Antenne de l’Été, 1 place de l’Exemple; 99000 Exempleville, " * 3


def part(appointment: Appointment, method: CalendarMethod, attendee: str = "") -> bytes:
    return calendar_part(
        appointment,
        place=PLACE,
        organiser="accueil@mission.example",
        method=method,
        stamp=STAMP,
        attendee=attendee,
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
        phone="+33612345678",
        email="xenia@exemple.fr",
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
    for secret in ("Xénia", "612345678", "xenia", "studio", "jeton", "logement"):
        assert secret not in unfolded


def test_the_counsellor_attends_and_the_young_person_is_not_listed() -> None:
    _, event = read(part(one(), CalendarMethod.REQUEST, "nadia@mission.example"))
    assert str(event["ATTENDEE"]) == "mailto:nadia@mission.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert "ATTENDEE" not in read(part(one(), CalendarMethod.PUBLISH))[1]


def test_lines_are_short_and_end_as_they_should() -> None:
    stream = part(one(), CalendarMethod.PUBLISH)
    assert stream.endswith(b"\r\n")
    lines = stream.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert b"DTSTART:20261124T090000Z" in lines
