"""How an e-mail is put together, and known again when it is handed over twice."""

import email
import socket
from email import policy
from email.message import EmailMessage, MIMEPart
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from accueil.gateways.post import FolderPost, SmtpPost, compose
from accueil.services.ports import Mail, MailNotSent

SENDER = "Premier Accueil <accueil@example.org>"
DATE = "Mon, 23 Nov 2026 07:00:00 -0000"
TO = "lina@example.org"
TEXT = "Ton rendez-vous est confirmé.\nÀ mardi."
HTML = "<p>Ton rendez-vous est <strong>confirmé</strong>.</p>"


def calendar(method: str) -> bytes:
    lines = ("BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", "SUMMARY:Été", "END:VEVENT")
    return "\r\n".join((*lines, "END:VCALENDAR", "")).encode()


def parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def composed(mail: Mail) -> EmailMessage:
    return parse(compose(mail, SENDER, DATE).as_bytes())


def shape(part: MIMEPart) -> object:
    """Types of a message: a multipart is a pair of its type and its parts."""
    if not part.is_multipart():
        return part.get_content_type()
    return part.get_content_type(), [shape(one) for one in part.iter_parts()]


def content_of(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    text: str = body.get_content()
    return text.strip()


def calendar_of(message: EmailMessage) -> MIMEPart:
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert isinstance(part, MIMEPart)
    return part


def test_text_alone() -> None:
    assert shape(composed(Mail(TO, "Sujet", TEXT))) == "text/plain"


def test_html_comes_after_the_text_that_says_the_same() -> None:
    message = composed(Mail(TO, "Sujet", TEXT, html=HTML))
    assert shape(message) == ("multipart/alternative", ["text/plain", "text/html"])
    assert content_of(message, "plain") == TEXT
    assert content_of(message, "html") == HTML


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_a_form_of_the_text_and_a_file(method: str) -> None:
    message = composed(Mail(TO, "Sujet", TEXT, calendar(method), method, html=HTML))
    forms = ("multipart/alternative", ["text/plain", "text/html", "text/calendar"])
    assert shape(message) == ("multipart/mixed", [forms, "application/ics"])
    form = calendar_of(message)
    assert (form.get_param("method"), form.get_content_charset()) == (method, "utf-8")
    assert form.get_content_disposition() is None
    assert form.get_content().splitlines() == calendar(method).decode().splitlines()
    (file,) = message.iter_attachments()
    assert file.get_filename() == "rendez-vous.ics"
    assert file.get_content() == calendar(method)


def test_an_event_for_information_is_a_file_beside_the_text() -> None:
    message = composed(Mail(TO, "Sujet", TEXT, calendar("PUBLISH"), "PUBLISH", html=HTML))
    forms = ("multipart/alternative", ["text/plain", "text/html"])
    assert shape(message) == ("multipart/mixed", [forms, "text/calendar"])
    (file,) = message.iter_attachments()
    assert file.get_param("method") == "PUBLISH"
    assert file.get_filename() == "rendez-vous.ics"


def test_the_identifier_given_is_the_message_s_for_life() -> None:
    mail = Mail(TO, "Sujet", TEXT, message_id="a1b2c3d4e5f60718293a")
    assert composed(mail)["Message-ID"] == "<a1b2c3d4e5f60718293a@example.org>"
    first, second = composed(Mail(TO, "Sujet", TEXT)), composed(Mail(TO, "Sujet", TEXT))
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"].endswith("@example.org>")


def test_a_message_written_twice_leaves_one_file(tmp_path: Path) -> None:
    for subject in ("Sujet", "Sujet relu"):
        FolderPost(tmp_path, SENDER).send(Mail(TO, subject, TEXT, message_id="a1b2"))
    (file,) = tmp_path.iterdir()
    assert file.name == "a1b2.eml"
    assert parse(file.read_bytes())["Subject"] == "Sujet relu"
    FolderPost(tmp_path, SENDER).send(Mail(TO, "Sujet", TEXT))
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("identifier", ["../../up", "a@b", "a>\r\nBcc: x", "a b", "é", "a" * 65])
def test_an_identifier_that_is_none_is_a_failure(tmp_path: Path, identifier: str) -> None:
    with pytest.raises(MailNotSent):
        FolderPost(tmp_path / "mail", SENDER).send(Mail(TO, "s", "t", message_id=identifier))
    assert list(tmp_path.iterdir()) == []


def test_every_part_survives_the_way_through_a_server() -> None:
    received: list[bytes] = []

    class LetterBox:
        async def handle_DATA(  # noqa: N802, aiosmtpd's name
            self, _server: SMTP, _session: Session, envelope: Envelope
        ) -> str:
            assert isinstance(envelope.content, bytes)
            received.append(envelope.content)
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(LetterBox(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        mail = Mail(TO, "Été", TEXT, calendar("REQUEST"), "REQUEST", html=HTML, message_id="a1")
        SmtpPost(f"smtp://127.0.0.1:{port}", SENDER).send(mail)
    finally:
        controller.stop()
    message = parse(received[0])
    assert message["Message-ID"] == "<a1@example.org>"
    assert message["Subject"] == "Été"
    assert content_of(message, "plain").splitlines() == TEXT.splitlines()
    assert content_of(message, "html") == HTML
    form = calendar_of(message)
    assert "SUMMARY:Été" in form.get_content()
    assert not message.defects
