"""Answers of calendar programs, as a mail server pipes them."""

UID = "0123456789abcdef@premier-accueil.invalid"


def reply_message(
    *,
    uid: str = UID,
    method: str = "REPLY",
    answer: str = "DECLINED",
    sequence: str = "SEQUENCE:2\r\n",
    attendee: str = "nadia@mission.example",
    sender: str = "nadia@mission.example",
    sent_by: str = "",
) -> bytes:
    """Return a message with a text, and the calendar object as another form of it."""
    by = f';SENT-BY="mailto:{sent_by}"' if sent_by else ""
    calendar = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nMETHOD:{method}\r\n"
        f"BEGIN:VEVENT\r\nUID:{uid}\r\n{sequence}DTSTAMP:20261123T080000Z\r\n"
        f"DTSTART:20261124T090000Z\r\nATTENDEE;PARTSTAT={answer}{by}:mailto:{attendee}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return (
        f"From: Nadia Exemple <{sender}>\r\nTo: agenda@mission.example\r\n"
        "Subject: =?utf-8?Q?Refus=C3=A9?=\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNadia a refusé.\r\n"
        f"--b\r\nContent-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n"
        f"{calendar}\r\n--b--\r\n"
    ).encode()
