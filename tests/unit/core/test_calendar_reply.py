"""What calendar programs answer, and what must not pass for it."""

import random

import pytest
from calendar_messages import UID, reply_message

from accueil.core.calendar_reply import LARGEST_MESSAGE, UnreadableReply, read_reply


def test_a_refusal_is_read() -> None:
    reply = read_reply(reply_message(attendee="Nadia@Mission.example"))
    assert (reply.method, reply.uid, reply.sequence) == ("REPLY", UID, 2)
    assert reply.answer == "DECLINED"
    assert reply.attendee == "nadia@mission.example"
    assert reply.is_sent_by_attendee()
    assert "nadia" not in repr(reply)


def test_without_sequence_it_is_the_first_state() -> None:
    assert read_reply(reply_message(sequence="")).sequence == 0


def test_who_says_to_answer_for_another_is_not_believed() -> None:
    assert not read_reply(reply_message(sender="x@example.org")).is_sent_by_attendee()
    named = reply_message(sender="x@example.org", sent_by="x@example.org")
    assert not read_reply(named).is_sent_by_attendee()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: a@example.org\r\n\r\nJe suis absente.",
        reply_message().replace(b"UID:", b"X-UID:"),
        reply_message().replace(b"METHOD:REPLY\r\n", b""),
        reply_message().replace(b"ATTENDEE", b"X-ATTENDEE"),
        reply_message().replace(b"SEQUENCE:2", b"SEQUENCE:deux"),
        reply_message()
        .replace(b"BEGIN:VEVENT", b"BEGIN:VTODO")
        .replace(b"END:VEVENT", b"END:VTODO"),
        reply_message().replace(b"END:VEVENT\r\n", b"END:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n"),
        b"Content-Type: text/calendar\r\n\r\n",
        reply_message() + b" " * LARGEST_MESSAGE,
    ],
)
def test_anything_else_is_refused_in_one_way(content: bytes) -> None:
    with pytest.raises(UnreadableReply) as refusal:
        read_reply(content)
    assert "example" not in str(refusal.value)


def test_damaged_messages_never_fail_in_another_way() -> None:
    draw = random.Random(6)
    whole = reply_message()
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(draw.randint(1, 12)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        try:
            read_reply(bytes(damaged[: draw.randint(0, len(damaged))]))
        except UnreadableReply:
            continue


def test_boxes_within_boxes_are_refused() -> None:
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
        for depth in range(3000)
    )
    with pytest.raises(UnreadableReply):
        read_reply(nested.encode())
