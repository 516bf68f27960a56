"""Read what a calendar program answers by e-mail (iMIP, RFC 6047; iTIP, RFC 5546, 3.2.3).

The message comes from outside: whatever is wrong with it is one ``UnreadableReply``.
"""

import email
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parseaddr
from typing import Any

from icalendar import Calendar

LARGEST_MESSAGE = 1_000_000
"""In bytes. A reply is a few kilobytes; no calendar program sends more than this."""
_MAILTO = "mailto:"


class UnreadableReply(ValueError):
    """Not the answer of a calendar program; the message says why, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """One answer. ``method`` and ``answer`` (PARTSTAT) are in capitals, addresses in small letters.

    ``sender`` is the address in ``From``. Who answers for somebody else (``SENT-BY``) is not read:
    the message itself says so, and anybody can write it.
    """

    method: str
    uid: str
    sequence: int
    attendee: str = field(repr=False)
    answer: str
    sender: str = field(repr=False)

    def is_sent_by_attendee(self) -> bool:
        """Tell whether the message comes from the attendee."""
        return self.sender == self.attendee


def read_reply(content: bytes) -> CalendarReply:
    """Read one message (RFC 5322). Raises ``UnreadableReply``."""
    if len(content) > LARGEST_MESSAGE:
        raise UnreadableReply("the message is too large")
    try:
        return _read(content)
    except UnreadableReply:
        raise
    except Exception as error:
        # Parsers of other people's messages fail in many ways, and what they say may quote them.
        raise UnreadableReply(f"the message cannot be read ({type(error).__name__})") from None


def _read(content: bytes) -> CalendarReply:
    message = email.message_from_bytes(content)
    calendar = _calendar_in(message)
    events = calendar.walk("VEVENT")
    if len(events) != 1:
        raise UnreadableReply("a reply is about one event")
    event = events[0]
    attendee = _attendee(event)
    return CalendarReply(
        method=str(calendar["method"]).upper(),
        uid=str(event["uid"]),
        sequence=int(event.get("sequence", 0)),
        attendee=_address(str(attendee)),
        answer=str(attendee.params.get("partstat", "NEEDS-ACTION")).upper(),
        sender=parseaddr(str(message["from"]))[1].lower(),
    )


def _calendar_in(message: Message) -> Calendar:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                raise UnreadableReply("the calendar object is empty")
            calendar = Calendar.from_ical(payload)
            if "method" not in calendar:
                raise UnreadableReply("the calendar object has no METHOD")
            return calendar
    raise UnreadableReply("there is no calendar object")


def _attendee(event: Any) -> Any:
    """Return the one attendee: in a reply, who answers (RFC 5546, 3.2.3)."""
    attendees = event.get("attendee")
    if attendees is None or isinstance(attendees, list):
        raise UnreadableReply("a reply has one attendee")
    return attendees


def _address(text: str) -> str:
    lowered = text.strip().strip('"').lower()
    return lowered.removeprefix(_MAILTO)
