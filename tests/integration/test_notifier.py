"""From the outbox to letter boxes: files in a folder, and a real SMTP server on loopback."""

import email
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from factories import NOW, book, make_site, seed_territory
from icalendar import Calendar

from accueil.bootstrap import Application
from accueil.core.clock import FixedClock
from accueil.core.contact import Contact
from accueil.core.outbox import MAXIMUM_ATTEMPTS, DeliveryStatus
from accueil.core.territory import Counsellor
from accueil.gateways.post import FolderPost, NullPost, SmtpPost, compose
from accueil.gateways.sms import NullSms
from accueil.services.appointments import Booked
from accueil.services.notify import Addresses, FactsReader, MessageWriter, Notifier
from accueil.services.ports import Mail, MailNotSent

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SENDER = "premier-accueil@exemple.fr"
LINA = Contact("+33612345678", "lina@exemple.fr")
PUBLIC_URL = "https://rdv.exemple.fr"
WHEN = "mardi 24\u00a0novembre à 10\u00a0h"


@pytest.fixture(autouse=True)
def people(application: Application) -> dict[str, Counsellor]:
    return seed_territory(application.store)


def notifier_with(application: Application, post: object) -> Notifier:
    facts = FactsReader(application.slots, application.tokens, Addresses(PUBLIC_URL))
    writer = MessageWriter(application.clock, SENDER)
    return Notifier(application.store, application.clock, post, NullSms(), facts, writer)


def statuses(application: Application, booked: Booked) -> dict[str, DeliveryStatus]:
    found = {}
    for sequence in (0, 1, 2):
        for kind in ("confirmed", "moved", "cancelled"):
            for recipient in ("counsellor", "young_person"):
                key = f"{booked.appointment.id}:{sequence}:{kind}:{recipient}"
                with application.store.read() as uow:
                    message = uow.outbox.get(key)
                if message is not None:
                    found[f"{sequence}:{kind}:{recipient}"] = message.status
    return found


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def calendar_of(message: EmailMessage) -> tuple[str, Calendar]:
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    return part.get_param("method"), Calendar.from_ical(part.get_payload(decode=True))


def parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


class LetterBox:
    """Keeps what an SMTP client hands over; refuses while ``closed``."""

    def __init__(self) -> None:
        self.received: list[tuple[str, list[str], EmailMessage]] = []
        self.closed = False

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802, aiosmtpd's name
        if self.closed:
            return "451 try again later"
        self.received.append((envelope.mail_from, envelope.rcpt_tos, parse(envelope.content)))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for _, recipients, message in self.received if recipients == [address]]


@pytest.fixture
def letter_box() -> LetterBox:
    return LetterBox()


@pytest.fixture
def smtp(letter_box: LetterBox) -> Iterator[SmtpPost]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(letter_box, hostname="127.0.0.1", port=port)
    controller.start()
    yield SmtpPost(f"smtp://127.0.0.1:{port}", SENDER)
    controller.stop()


def test_smtp_carries_each_message_to_the_right_person(
    application: Application, letter_box: LetterBox, smtp: SmtpPost
) -> None:
    booked = book(application.booking, START, contact=LINA)

    assert notifier_with(application, smtp).send_due() == 2

    assert sorted(to for _, (to,), _ in letter_box.received) == [
        "lina@exemple.fr",
        "nadia@mission.example",
    ]
    assert {sender for sender, *_ in letter_box.received} == {SENDER}
    assert set(statuses(application, booked).values()) == {DeliveryStatus.SENT}
    assert notifier_with(application, smtp).send_due() == 0


def test_the_young_person_s_mail_has_what_is_needed_to_come_and_to_come_back(
    application: Application, letter_box: LetterBox, smtp: SmtpPost
) -> None:
    booked = book(application.booking, START, contact=LINA)
    notifier_with(application, smtp).send_due()

    (message,) = letter_box.to("lina@exemple.fr")
    text = text_of(message)
    assert message["To"] == "lina@exemple.fr"
    assert message["Subject"] == f"Rendez-vous {WHEN}"
    assert message["Auto-Submitted"] == "auto-generated"
    assert f"{PUBLIC_URL}/rdv/{booked.link_token}" in text
    for piece in (booked.code, WHEN, "Bonjour Lina,", "1 place de l’Exemple", "01 99 00 12 34"):
        assert piece in text
    assert "studio" not in text
    assert "Nadia" not in message.as_string()
    method, calendar = calendar_of(message)
    (event,) = calendar.walk("VEVENT")
    assert method == str(calendar["METHOD"]) == "PUBLISH"
    assert str(event["SUMMARY"]) == "Rendez-vous"
    assert event.decoded("DTSTART") == START
    assert "ATTENDEE" not in event


def test_the_counsellor_s_mail_has_what_was_agreed(
    application: Application, letter_box: LetterBox, smtp: SmtpPost
) -> None:
    booked = book(application.booking, START, contact=LINA)
    notifier_with(application, smtp).send_due()

    (message,) = letter_box.to("nadia@mission.example")
    text = text_of(message)
    for piece in (
        "Nouveau rendez-vous",
        WHEN,
        "Logement",
        "Lina",
        "06 12 34 56 78",
        "lina@exemple.fr",
        "Cherche un studio.",
        f"{PUBLIC_URL}/conseiller",
    ):
        assert piece in text
    assert booked.link_token not in message.as_string()
    assert booked.code not in message.as_string()
    assert message["Subject"] == f"Nouveau rendez-vous, {WHEN}"
    method, calendar = calendar_of(message)
    (event,) = calendar.walk("VEVENT")
    assert method == str(calendar["METHOD"]) == "REQUEST"
    assert str(event["ATTENDEE"]) == "mailto:nadia@mission.example"
    assert str(event["ORGANIZER"]) == f"mailto:{SENDER}"
    assert "Lina" not in calendar.to_ical().decode()


def test_what_was_not_given_is_said_so(application: Application) -> None:
    book(application.booking, START, name="")
    application.notifier.send_due()
    (mail,) = application.post.sent
    assert "Prénom\u00a0: non donné\n" in mail.text
    assert "Contact\u00a0: non donné\n" in mail.text


def test_a_site_without_a_telephone_gives_its_organisation_s(application: Application) -> None:
    book(application.booking, START, "gare", contact=LINA)
    application.notifier.send_due()
    (mail,) = [one for one in application.post.sent if one.to == "lina@exemple.fr"]
    assert "Téléphone\u00a0: 01 99 00 12 34" in mail.text


def test_uid_stays_and_sequence_grows_over_a_life(application: Application) -> None:
    booked = book(application.booking, START, contact=LINA)
    application.notifier.send_due()
    application.changes.move(booked.appointment.id, START + timedelta(minutes=60))
    application.notifier.send_due()
    application.changes.cancel(booked.appointment.id)
    application.notifier.send_due()

    to_lina = [one for one in application.post.sent if one.to == "lina@exemple.fr"]
    calendars = [Calendar.from_ical(one.calendar) for one in to_lina]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert {str(event["UID"]) for event in events} == {booked.appointment.uid}
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2]
    assert [str(one["METHOD"]) for one in calendars] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    to_nadia = [one.method for one in application.post.sent if one.to.startswith("nadia")]
    assert to_nadia == ["REQUEST", "REQUEST", "CANCEL"]
    assert "/rdv/" not in to_lina[2].text
    assert "annulé" in to_lina[2].text


def test_the_counsellor_left_is_told_of_the_former_time(application: Application) -> None:
    booked = book(application.booking, START, contact=LINA)
    application.notifier.send_due()
    application.post.sent.clear()
    application.changes.move(booked.appointment.id, START + timedelta(hours=4))
    application.notifier.send_due()

    mails = {mail.to: mail for mail in application.post.sent}
    assert set(mails) == {"nadia@mission.example", "karim@mission.example", "lina@exemple.fr"}
    left = mails["nadia@mission.example"]
    assert left.method == "CANCEL"
    assert left.subject == f"Rendez-vous retiré de votre agenda, {WHEN}"
    assert "Il n’est pas annulé pour la personne attendue" in left.text
    assert "Lina" not in left.text
    assert mails["karim@mission.example"].method == "REQUEST"
    assert "14\u00a0h" in mails["karim@mission.example"].text
    assert "déplacé" in mails["lina@exemple.fr"].text


def test_a_move_there_and_back_before_anything_left_says_the_last_state_only(
    application: Application,
) -> None:
    booked = book(application.booking, START)
    application.changes.move(booked.appointment.id, START + timedelta(hours=4))
    application.changes.move(booked.appointment.id, START)
    application.notifier.send_due()
    said = {(mail.to.split("@")[0], mail.method) for mail in application.post.sent}
    assert said == {("nadia", "REQUEST"), ("karim", "CANCEL")}
    assert len(application.post.sent) == 2


def test_what_was_cancelled_meanwhile_is_not_announced(application: Application) -> None:
    booked = book(application.booking, START, contact=LINA)
    application.changes.cancel(booked.appointment.id)
    application.notifier.send_due()
    assert statuses(application, booked) == {
        "0:confirmed:counsellor": DeliveryStatus.DROPPED,
        "0:confirmed:young_person": DeliveryStatus.DROPPED,
        "1:cancelled:counsellor": DeliveryStatus.SENT,
        "1:cancelled:young_person": DeliveryStatus.SENT,
    }
    assert {mail.method for mail in application.post.sent} == {"CANCEL"}


def test_an_erased_person_is_not_written_to(application: Application) -> None:
    booked = book(application.booking, START, contact=LINA)
    application.erasure.erase_person(booked.appointment.conversation_id)
    application.notifier.send_due()
    assert [mail.to for mail in application.post.sent] == ["nadia@mission.example"]
    assert "Lina" not in application.post.sent[0].text


class Unreachable:
    """Fails until it is mended."""

    description = ""

    def __init__(self) -> None:
        self.tries = 0
        self.mended = False

    def send(self, _mail: Mail) -> None:
        self.tries += 1
        if not self.mended:
            raise MailNotSent("ConnectionRefusedError")


def test_a_failure_is_tried_again_later_and_later_then_given_up(
    application: Application, clock: FixedClock
) -> None:
    booked = book(application.booking, START - timedelta(0))
    post = Unreachable()
    notifier = notifier_with(application, post)
    waits = []
    for _ in range(MAXIMUM_ATTEMPTS):
        waited = 0
        while not notifier.send_due():
            clock.advance(timedelta(minutes=1))
            waited += 1
        waits.append(waited)
    assert waits == [0, 1, 2, 4, 8, 16, 32, *[60] * 23]
    assert statuses(application, booked) == {"0:confirmed:counsellor": DeliveryStatus.FAILED}
    clock.advance(timedelta(days=1))
    assert notifier.send_due() == 0
    assert post.tries == MAXIMUM_ATTEMPTS


def test_a_server_that_refuses_for_a_while_gets_the_message_later(
    application: Application, clock: FixedClock, letter_box: LetterBox, smtp: SmtpPost
) -> None:
    book(application.booking, START)
    notifier = notifier_with(application, smtp)
    letter_box.closed = True
    assert notifier.send_due() == 1
    assert notifier.send_due() == 0
    letter_box.closed = False
    clock.advance(timedelta(minutes=1))
    assert notifier.send_due() == 1
    assert len(letter_box.to("nadia@mission.example")) == 1


def test_a_server_that_is_not_there_is_a_failure_without_an_address_in_it() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(MailNotSent) as caught:
        SmtpPost(f"smtp://127.0.0.1:{port}", SENDER).send(Mail("lina@exemple.fr", "s", "t"))
    assert str(caught.value) == "ConnectionRefusedError"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("address", ["lina@exemple.fr\nBcc: x@exemple.fr", "a\r\nb"])
def test_an_address_that_is_no_header_is_a_failure(
    tmp_path: Path, smtp: SmtpPost, address: str
) -> None:
    for post in (smtp, FolderPost(tmp_path, SENDER)):
        with pytest.raises(MailNotSent):
            post.send(Mail(address, "s", "t"))


def test_one_message_that_breaks_does_not_hold_up_the_others(
    application: Application, letter_box: LetterBox, smtp: SmtpPost
) -> None:
    broken = book(application.booking, START)
    with application.store.write() as uow:
        uow.territory.counsellor("nadia").email = "nadia@mission.example\nBcc: x@exemple.fr"
        uow.commit()
    book(application.booking, START, "gare")
    assert notifier_with(application, smtp).send_due() == 2
    assert len(letter_box.to("elsa@mission.example")) == 1
    assert statuses(application, broken) == {"0:confirmed:counsellor": DeliveryStatus.PENDING}


def test_an_address_with_an_accent_does_not_break_the_folder(tmp_path: Path) -> None:
    FolderPost(tmp_path, SENDER).send(Mail("josé@exemple.fr", "Été", "Ça va ?"))
    (file,) = tmp_path.glob("*.eml")
    assert parse(file.read_bytes())["Subject"] == "Été"


def test_two_workers_send_each_message_once(application: Application) -> None:
    for number in range(3):
        book(application.booking, START + timedelta(days=number))
        book(application.booking, START + timedelta(days=number), "gare")
    post = NullPost()
    barrier = threading.Barrier(2)

    def work() -> None:
        notifier = notifier_with(application, post)
        barrier.wait()
        while notifier.send_due():
            pass

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(post.sent) == 6
    assert len({(mail.to, mail.subject) for mail in post.sent}) == 6


def test_a_slow_server_does_not_let_a_second_worker_send_the_same(
    application: Application, clock: FixedClock
) -> None:
    """Each message of the batch takes a minute; the second worker looks in after each."""
    for number in range(2):
        book(application.booking, START + timedelta(days=number))
        book(application.booking, START + timedelta(days=number), "gare")
    sent: list[tuple[str, str]] = []

    class Slow(NullPost):
        def send(self, mail: Mail) -> None:
            clock.advance(timedelta(minutes=1))
            sent.append((mail.to, mail.subject))
            if len(sent) == 3:
                notifier_with(application, Quick()).send_due()

    class Quick(NullPost):
        def send(self, mail: Mail) -> None:
            sent.append((mail.to, mail.subject))

    notifier_with(application, Slow()).send_due()
    assert len(sent) == len(set(sent)) == 4


def test_a_worker_that_dies_leaves_its_message_to_another(
    application: Application, clock: FixedClock
) -> None:
    book(application.booking, START)

    class Dying(NullPost):
        def send(self, _mail: Mail) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        notifier_with(application, Dying()).send_due()
    assert application.notifier.send_due() == 0
    clock.advance(timedelta(minutes=2))
    assert application.notifier.send_due() == 1
    assert len(application.post.sent) == 1


def test_the_folder_keeps_whole_messages(application: Application, tmp_path: Path) -> None:
    booked = book(application.booking, START, contact=LINA)
    folder = tmp_path / "mail"
    notifier_with(application, FolderPost(folder, SENDER)).send_due()

    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    messages = {one["To"]: one for one in (parse(file.read_bytes()) for file in files)}
    assert set(messages) == {"lina@exemple.fr", "nadia@mission.example"}
    assert booked.code in text_of(messages["lina@exemple.fr"])
    assert calendar_of(messages["nadia@mission.example"])[0] == "REQUEST"
    for message in messages.values():
        assert message["From"] == SENDER
        assert message["Message-ID"].endswith("@exemple.fr>")
        assert not message.defects


def test_a_folder_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(MailNotSent):
        FolderPost(tmp_path / "file", SENDER).send(Mail("lina@exemple.fr", "s", "t"))


def test_a_long_place_survives_the_way(application: Application) -> None:
    site = make_site(name="Antenne de l’Été, de la Forêt; et des Îles " * 4)
    with application.store.write() as uow:
        uow.territory.put([site])
        uow.commit()
    book(application.booking, START, contact=LINA)
    application.notifier.send_due()
    mail = next(one for one in application.post.sent if one.to == "lina@exemple.fr")
    message = parse(compose(mail, SENDER, "Mon, 23 Nov 2026 07:00:00 -0000").as_bytes())
    _, calendar = calendar_of(message)
    assert str(calendar.walk("VEVENT")[0]["LOCATION"]).startswith(site.name)
    assert calendar.walk("VEVENT")[0].decoded("DTSTAMP") == NOW
