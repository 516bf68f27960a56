"""Do messages leave? What is seen, printed, answered to monitoring and shown to counsellors."""

from datetime import timedelta

import pytest
from factories import NOW, keep, make_appointment, seed_territory
from typer.testing import CliRunner

from accueil.bootstrap import Application
from accueil.cli import app as commands
from accueil.core.booking import Appointment
from accueil.core.clock import FixedClock
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage, Recipient
from accueil.services.watchdog import WORKER, Problem, Watch, Watchdog

MINUTE = timedelta(minutes=1)


@pytest.fixture
def appointment(application: Application) -> Appointment:
    nadia = seed_territory(application.store)["nadia"]
    kept = make_appointment(NOW + timedelta(days=3), nadia, phone="+33639980011")
    keep(application.store, appointments=[kept])
    return kept


@pytest.fixture
def beating(application: Application, appointment: Appointment) -> Application:
    beat(application)
    return application


def beat(application: Application) -> None:
    with application.store.write() as uow:
        uow.heartbeats.beat(WORKER, application.clock.now())
        uow.commit()


def write(application: Application, appointment: Appointment, number: int, **changes) -> None:
    given = {
        "id": f"row-{number}",
        "appointment_id": appointment.id,
        "kind": MessageKind.REMINDER_HOURS,
        "recipient": Recipient.YOUNG_PERSON,
        "sequence": 0,
        "due_at": NOW,
        "channel": Channel.SMS,
        "attempts": 1,
        "status": DeliveryStatus.SENT,
        "sent_at": NOW if changes.get("status", DeliveryStatus.SENT) in SENT else None,
    }
    with application.store.write() as uow:
        uow.outbox.add([OutboxMessage(**(given | changes))])
        uow.commit()


SENT = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.UNDELIVERED)


def look(application: Application) -> Watch:
    return Watchdog(application.store, application.clock).look()


def test_all_is_well(beating: Application) -> None:
    assert look(beating) == Watch((), NOW, None, 0, 0)


def test_a_worker_that_never_ran(application: Application) -> None:
    watch = look(application)
    assert watch.problems == (Problem.WORKER_SILENT,)
    assert watch.is_stopped()
    assert watch.stopped_at() is None


def test_a_worker_that_fell_silent(beating: Application, clock: FixedClock) -> None:
    clock.advance(5 * MINUTE)
    assert look(beating).problems == ()
    clock.advance(timedelta(seconds=1))
    watch = look(beating)
    assert watch.problems == (Problem.WORKER_SILENT,)
    assert watch.stopped_at() == NOW
    beat(beating)
    assert look(beating).problems == ()


def test_messages_that_wait(beating: Application, appointment: Appointment, clock) -> None:
    write(beating, appointment, 1, status=DeliveryStatus.PENDING, attempts=0)
    write(beating, appointment, 2, status=DeliveryStatus.PENDING, due_at=NOW + timedelta(hours=1))
    clock.advance(15 * MINUTE)
    beat(beating)
    assert look(beating).problems == ()
    clock.advance(MINUTE)
    beat(beating)
    watch = look(beating)
    assert watch.problems == (Problem.LATE,)
    assert watch.stopped_at() == NOW


def test_a_few_lost_messages_are_no_alarm(beating: Application, appointment: Appointment) -> None:
    for number, status in enumerate([DeliveryStatus.UNDELIVERED] * 3 + [DeliveryStatus.SENT] * 12):
        write(beating, appointment, number, status=status)
    watch = look(beating)
    assert (watch.tried, watch.lost, watch.problems) == (15, 3, ())


def test_many_lost_messages(beating: Application, appointment: Appointment, clock) -> None:
    states = [DeliveryStatus.UNDELIVERED] * 3 + [DeliveryStatus.SENT] * 11
    for number, status in enumerate([*states, DeliveryStatus.DROPPED]):
        write(beating, appointment, number, status=status)
    watch = look(beating)
    assert (watch.tried, watch.lost, watch.problems) == (14, 3, (Problem.LOST,))
    clock.advance(timedelta(hours=25))
    beat(beating)
    assert look(beating).problems == ()


def test_a_provider_that_refuses(beating: Application, appointment: Appointment, clock) -> None:
    later = NOW + 8 * MINUTE
    again = {"status": DeliveryStatus.PENDING, "attempts": 4, "due_at": later, "sent_at": None}
    write(beating, appointment, 1, **again)
    write(beating, appointment, 2, **again)
    assert look(beating).problems == ()
    write(beating, appointment, 3, **again)
    assert look(beating).problems == (Problem.SMS_REFUSED,)
    write(beating, appointment, 4)
    assert look(beating).problems == ()


def test_e_mails_that_fail_are_not_the_sms_provider(beating: Application, appointment) -> None:
    for number in range(3):
        write(
            beating, appointment, number, channel=Channel.EMAIL, status=DeliveryStatus.PENDING,
            attempts=3, due_at=NOW + MINUTE,
        )  # fmt: skip
    assert look(beating).problems == ()


@pytest.fixture
def _environment(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_FOLDER", str(settings.folder))
    monkeypatch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("ACCUEIL_NOW", "2026-11-23T08:20:00+01:00")
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)


@pytest.mark.usefixtures("_environment")
def test_the_command_says_it_in_french(beating: Application, appointment: Appointment) -> None:
    for number in range(3):
        write(beating, appointment, number, status=DeliveryStatus.FAILED)
    write(beating, appointment, 9, status=DeliveryStatus.PENDING, attempts=0)
    result = CliRunner().invoke(commands, ["watch"])
    assert result.exit_code == 1
    said = result.output.replace("\u00a0", " ").splitlines()
    assert said[0] == (
        "L’envoi est arrêté depuis le 23/11/2026 à 08:00 (heure de Paris) : "
        "relancez « accueil worker »."
    )
    assert said[1] == "Des messages attendent depuis le 23/11/2026 à 08:00 (heure de Paris)."
    assert said[2] == "Aucun SMS ne part : vérifiez le compte du fournisseur et son crédit."
    assert said[3].startswith("3 messages perdus sur 3 en 24 heures")
    assert "63998" not in result.output


@pytest.mark.usefixtures("_environment")
def test_the_command_is_content_when_all_is_well(application: Application, clock) -> None:
    clock.advance(20 * MINUTE)
    beat(application)
    result = CliRunner().invoke(commands, ["watch"])
    assert (result.exit_code, result.output) == (0, "Les messages partent.\n")


@pytest.mark.usefixtures("_environment")
def test_the_command_says_that_there_are_no_sms(
    beating: Application, appointment: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCUEIL_SMTP_URL", "smtp://127.0.0.1:25")
    monkeypatch.setenv("ACCUEIL_NOW", NOW.isoformat())
    for number in range(3):
        write(beating, appointment, number, status=DeliveryStatus.FAILED)
    said = CliRunner().invoke(commands, ["watch"]).output
    assert said.startswith("Aucun SMS n’est configuré")
    assert "fournisseur et son crédit" not in said


@pytest.mark.usefixtures("_environment")
def test_a_database_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("ACCUEIL_DATABASE_URL", f"sqlite:///{tmp_path / 'no' / 'where.db'}")
    result = CliRunner().invoke(commands, ["watch"])
    assert result.exit_code == 1
    assert "accueil migrate" in result.output


MAIL_PUT_OFF = {
    "channel": Channel.EMAIL,
    "status": DeliveryStatus.PENDING,
    "attempts": 5,
    "due_at": NOW + 31 * MINUTE,  # first due now: 1 + 2 + 4 + 8 + 16 minutes
    "sent_at": None,
}


def test_a_mail_server_that_refuses_everything(
    beating: Application, appointment: Appointment, clock
) -> None:
    write(beating, appointment, 1, **(MAIL_PUT_OFF | {"attempts": 4, "due_at": NOW + 15 * MINUTE}))
    clock.advance(16 * MINUTE)
    beat(beating)
    write(beating, appointment, 2, **MAIL_PUT_OFF)
    watch = look(beating)
    assert (watch.problems, watch.oldest_due_at) == ((Problem.LATE,), NOW)
    assert (watch.is_stopped(), watch.stopped_at()) == (True, NOW)
    write(beating, appointment, 3, channel=Channel.EMAIL, sent_at=clock.now())
    assert look(beating).problems == ()


def test_one_wrong_address_is_no_alarm(beating: Application, appointment: Appointment) -> None:
    write(beating, appointment, 1, channel=Channel.EMAIL, sent_at=NOW)
    write(beating, appointment, 2, **MAIL_PUT_OFF)
    assert look(beating).problems == ()


def test_what_was_tried_until_it_was_no_longer_true_is_lost(
    beating: Application, appointment: Appointment
) -> None:
    for number in range(3):
        dropped = {"channel": Channel.EMAIL, "status": DeliveryStatus.DROPPED, "sent_at": None}
        write(beating, appointment, number, attempts=2, **dropped)
    watch = look(beating)
    assert (watch.tried, watch.lost, watch.problems) == (3, 3, (Problem.LOST,))
