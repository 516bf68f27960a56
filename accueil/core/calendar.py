"""Calendar objects (RFC 5545) for an appointment, with the right METHOD (RFC 5546).

Times are in UTC (RFC 5545, 3.3.5, form 2): one event that does not recur needs no VTIMEZONE, and no
calendar can read it at another instant.
"""

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
    url: str = "",
    start: datetime | None = None,
) -> bytes:
    """Return one event as an iCalendar stream, without an alarm: reminders are ours.

    UID stays for life and SEQUENCE follows the appointment, so calendars update the same entry.
    ``organiser`` and ``attendee`` are e-mail addresses; ``stamp`` is the aware time of writing;
    ``url`` is the young person's page, for them only; ``start`` the former one when a move took it
    back from somebody's calendar.
    """
    event = _event(appointment, start or appointment.starts_at)
    event.add("dtstamp", stamp)
    event.add("location", vText(place))
    event.add("status", "CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    if attendee:
        event.add("attendee", _invited(attendee), encode=False)
    if url:
        event.add("url", url)
    return _stream(event, method)


def _event(appointment: Appointment, begins: datetime) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstart", begins)
    event.add("dtend", begins + (appointment.ends_at - appointment.starts_at))
    event.add("summary", SUMMARY)
    return event


def _stream(event: Event, method: CalendarMethod) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Premier Accueil//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    stream: bytes = calendar.to_ical()
    return stream


def _invited(address: str) -> vCalAddress:
    """Return who attends; they agreed by opening their hours, so nobody asks them to reply."""
    invited = vCalAddress(f"mailto:{address}")
    invited.params["partstat"] = vText("ACCEPTED")
    invited.params["rsvp"] = vText("FALSE")
    return invited
