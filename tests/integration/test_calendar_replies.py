"""Answers of counsellors' calendars, from the standard input to the outbox."""

from datetime import timedelta

import pytest
from calendar_messages import reply_message
from click.testing import Result
from factories import NOW, keep, make_appointment, seed_territory
from typer.testing import CliRunner

from accueil.bootstrap import Application
from accueil.cli import app as commands
from accueil.core.booking import Appointment, AppointmentStatus
from accueil.core.calendar_reply import read_reply
from accueil.core.outbox import OutboxMessage, Recipient
from accueil.services.calendar_replies import CalendarReplies, Effect, RefusedReply


@pytest.fixture
def appointment(application: Application) -> Appointment:
    identifier = "a" * 32
    kept = make_appointment(
        NOW + timedelta(days=1),
        seed_territory(application.store)["nadia"],
        id=identifier,
        uid=f"{identifier}@premier-accueil.invalid",
        sequence=2,
    )
    keep(application.store, appointments=[kept])
    return kept


def receive(application: Application, appointment: Appointment, **changes: str) -> Effect:
    content = reply_message(**({"uid": appointment.uid} | changes))
    return CalendarReplies(application.store, application.clock).receive(read_reply(content))


def row_of(application: Application, appointment: Appointment) -> OutboxMessage | None:
    with application.store.read() as uow:
        return uow.outbox.get(f"{appointment.id}:2:declined:site")


def test_a_refusal_tells_the_site_once_and_cancels_nothing(application, appointment) -> None:
    assert receive(application, appointment) is Effect.SITE_TOLD
    row = row_of(application, appointment)
    assert row is not None
    assert (row.recipient, row.counsellor_id, row.due_at) == (Recipient.SITE, "nadia", NOW)
    assert receive(application, appointment) is Effect.TOLD_BEFORE
    with application.store.read() as uow:
        found = uow.appointments.get(appointment.id)
    assert (found.status, found.sequence) == (AppointmentStatus.CONFIRMED, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "ACCEPTED"},
        {"answer": "TENTATIVE"},
        {"method": "COUNTER"},
        {"sequence": "SEQUENCE:1\r\n"},
        {"sequence": "", "attendee": "former@mission.example"},
    ],
)
def test_other_answers_change_nothing(application, appointment, changes) -> None:
    assert receive(application, appointment, **changes) is Effect.NOTHING
    assert row_of(application, appointment) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"uid": "b" * 32 + "@premier-accueil.invalid"},
        {"uid": "a" * 32 + "@elsewhere.example"},
        {"uid": ""},
        {"attendee": "karim@mission.example", "sender": "karim@mission.example"},
        {"sender": "lina@example.org"},
        {"sender": "lina@example.org", "sent_by": "lina@example.org"},
        {"sequence": "SEQUENCE:3\r\n"},
        {"method": "CANCEL"},
        {"method": "REQUEST"},
    ],
)
def test_what_is_not_the_counsellors_is_refused(application, appointment, changes) -> None:
    with pytest.raises(RefusedReply):
        receive(application, appointment, **changes)
    assert row_of(application, appointment) is None


def test_the_past_and_the_cancelled_are_left_alone(application, appointment, clock) -> None:
    clock.advance(timedelta(days=2))
    assert receive(application, appointment) is Effect.NOTHING


@pytest.fixture
def _environment(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_FOLDER", str(settings.folder))
    monkeypatch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("ACCUEIL_NOW", NOW.isoformat())
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)


def pipe(content: bytes) -> Result:
    return CliRunner().invoke(commands, ["mail", "receive"], input=content)


@pytest.mark.usefixtures("_environment")
def test_the_command_takes_a_refusal(application, appointment) -> None:
    result = pipe(reply_message(uid=appointment.uid))
    assert (result.exit_code, "le site est prévenu" in result.output) == (0, True)
    assert "déjà noté" in pipe(reply_message(uid=appointment.uid)).output
    assert "rien n’a changé" in pipe(reply_message(uid=appointment.uid, answer="ACCEPTED")).output
    assert row_of(application, appointment) is not None


@pytest.mark.usefixtures("_environment")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"From: nadia@mission.example\r\n\r\nJe suis absente.",
        reply_message(uid="b" * 32 + "@premier-accueil.invalid"),
        reply_message(uid="a" * 32 + "@premier-accueil.invalid", sender="x@example.org"),
        b"x" * 3_000_000,
    ],
)
def test_the_command_refuses_for_good_without_quoting(application, appointment, content) -> None:
    result = pipe(content)
    assert result.exit_code == 65
    assert len(result.output.splitlines()) == 1
    assert "example" not in result.output
    assert row_of(application, appointment) is None


@pytest.mark.usefixtures("_environment")
def test_a_database_that_does_not_answer_is_for_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("ACCUEIL_DATABASE_URL", f"sqlite:///{tmp_path / 'no' / 'where.db'}")
    assert pipe(reply_message()).exit_code == 75
    monkeypatch.setenv("ACCUEIL_PORT", "no")
    assert pipe(reply_message()).exit_code == 75
