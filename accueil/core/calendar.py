"""Calendar objects (RFC 5545) for an appointment, with the right METHOD (RFC 5546)."""

from datetime import datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from accueil.core.booking import Appointment

SUMMARY = "Rendez-vous"
"""Neutral on purpose: a calendar may be read by others (booking.md)."""


class CalendarMethod(StrEnum):
    """What the receiving calendar should do."""

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def calendar_part(
    appointment: Appointment,
    *,
    place: str,
    organiser: str,
    method: CalendarMethod,
    stamp: datetime,
    attendee: str = "",
) -> bytes:
    """Return one event as an iCalendar stream.

    UID stays for life and SEQUENCE follows the appointment, so calendars update the same entry.
    ``organiser`` and ``attendee`` are e-mail addresses; ``stamp`` is the aware time of writing.
    """
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", SUMMARY)
    event.add("location", vText(place))
    event.add("status", "CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    if attendee:
        invited = vCalAddress(f"mailto:{attendee}")
        invited.params["partstat"] = vText("ACCEPTED")
        event.add("attendee", invited, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Premier Accueil//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    stream: bytes = calendar.to_ical()
    return stream
