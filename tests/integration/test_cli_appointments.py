"""What the operator types and reads to cancel or move one appointment."""

import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from factories import (
    keep,
    make_appointment,
    make_counsellor,
    make_group_session,
    make_openings,
    make_organisation,
    make_site,
)
from typer.testing import CliRunner, Result

from accueil.bootstrap import Application, build
from accueil.cli import app
from accueil.cli_refusals import UNTOLD
from accueil.core.booking import Appointment, AppointmentStatus, Discretion
from accueil.core.outbox import MessageKind, Recipient, message_id

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris."""
LINA = "ab12cd34" + "0" * 24
PERSONAL: dict[str, Any] = {
    "first_name": "Lina",
    "phone": "+33639980001",
    "email": "lina@example.org",
}


@pytest.fixture(autouse=True)
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_database: Path) -> Application:
    shutil.copy(empty_database, tmp_path / "accueil.db")
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path))
    monkeypatch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)
    monkeypatch.setenv("ACCUEIL_NOW", "2026-11-23T08:00:00+01:00")
    application = build()
    nadia = make_counsellor("nadia")
    openings = make_openings(nadia, time(9), time(17))
    keep(application.store, [make_organisation(), make_site(), nadia, *openings])
    expect(application, LINA, **PERSONAL)
    return application


def expect(application: Application, identifier: str, hours: int = 0, **given: Any) -> None:
    start = START + timedelta(hours=hours)
    expected = make_appointment(start, make_counsellor("nadia"), id=identifier, **given)
    keep(application.store, appointments=[expected])


def run(*arguments: str) -> Result:
    """Run a command; what it prints never says who the young person is."""
    result = CliRunner().invoke(app, ["appointments", *arguments])
    for personal in ("Lina", "lina@", "639980001", "token-"):
        assert personal not in result.output
    return result


def kept(application: Application, identifier: str = LINA) -> Appointment:
    with application.store.read() as uow:
        found = uow.appointments.get(identifier)
    assert found is not None
    return found


def is_announced(application: Application, kind: MessageKind, recipient: Recipient) -> bool:
    key = message_id(LINA, kept(application).sequence, kind, recipient)
    with application.store.read() as uow:
        return uow.outbox.get(key) is not None


@pytest.mark.parametrize("typed", [LINA, "ab12cd34", "AB12"])
def test_cancelling_is_told_as_ever(centre: Application, typed: str) -> None:
    done = run("cancel", typed)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Annulé\u00a0:",
        "  mardi 24\u00a0novembre à 10\u00a0h, Nadia Exemple\u00a0: Logement (ab12cd34)",
        "Un message part au jeune.",
    ]
    assert kept(centre).status is AppointmentStatus.CANCELLED
    for recipient in (Recipient.YOUNG_PERSON, Recipient.COUNSELLOR):
        assert is_announced(centre, MessageKind.CANCELLED, recipient)


def test_moving_is_in_the_hours_of_the_site_and_told_as_ever(centre: Application) -> None:
    done = run("move", "ab12cd34", "--le", "2026-11-26", "--a", "14h30")
    assert done.exit_code == 0
    assert "  mardi 24\u00a0novembre à 10\u00a0h" in done.output.splitlines()[1]
    assert "  jeudi 26\u00a0novembre à 14\u00a0h\u00a030" in done.output.splitlines()[3]
    assert kept(centre).starts_at == datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
    for recipient in (Recipient.YOUNG_PERSON, Recipient.COUNSELLOR):
        assert is_announced(centre, MessageKind.MOVED, recipient)
    again = run("move", "ab12cd34", "--le", "2026-11-26", "--a", "14h30")
    assert (again.exit_code, "rien n’a changé" in again.output) == (0, True)


@pytest.mark.parametrize(
    "given", [{}, PERSONAL | {"discretion": Discretion.SILENT}], ids=["no contact", "silent"]
)
def test_who_cannot_be_told_is_said(centre: Application, given: dict[str, Any]) -> None:
    expect(centre, "ff" * 16, hours=2, **given)
    assert "n’a pas pu être prévenu" in run("cancel", "ffff").output


def test_without_sms_a_number_alone_is_not_enough(
    centre: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect(centre, "ff" * 16, hours=2, phone="+33639980001")
    expect(centre, "ee" * 16, hours=4, phone="+33639980001")
    assert "Un message part" in run("cancel", "ffff").output
    monkeypatch.setenv("ACCUEIL_SMTP_URL", "smtp://127.0.0.1:25")
    assert "n’a pas pu être prévenu" in run("cancel", "eeee").output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["cancel", "zzzz"], 2, "Aucun rendez-vous à venir"),
        (["cancel", "ab"], 2, "au moins 4"),
        (["cancel", "ab12"], 2, "2 rendez-vous à venir commencent"),
        (["move", "ab12cd34", "--le", "demain", "--a", "10h"], 2, "Date illisible"),
        (["move", "ab12cd34", "--le", "2026-11-26", "--a", "tôt"], 2, "llisible"),
        (["move", "ab12cd34", "--le", "2026-11-26", "--a", "20h"], 1, "Aucun créneau libre"),
        (["move", "ab12cd34", "--le", "2026-11-20", "--a", "10h"], 1, "Aucun créneau libre"),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(
    centre: Application, arguments: list[str], code: int, said: str
) -> None:
    expect(centre, "ab12ff" + "0" * 26, hours=2)
    refused = run(*arguments)
    assert (refused.exit_code, refused.stderr.count("\n"), refused.stdout) == (code, 1, "")
    assert said in refused.stderr
    assert kept(centre).starts_at == START
    assert kept(centre).status is AppointmentStatus.CONFIRMED


def test_what_is_cancelled_is_not_found_again_and_what_is_near_does_not_move(
    centre: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCUEIL_NOW", "2026-11-24T08:00:00+01:00")
    late = run("move", "ab12cd34", "--le", "2026-11-26", "--a", "10h")
    assert (late.exit_code, "Trop tard" in late.stderr) == (1, True)
    assert run("cancel", "ab12cd34").exit_code == 0
    assert run("cancel", "ab12cd34").exit_code == 2


def test_a_seat_is_cancelled_but_not_moved(centre: Application) -> None:
    session = make_group_session(START + timedelta(hours=2), taken=1)
    keep(centre.store, sessions=[session])
    expect(centre, "ff" * 16, hours=2, group_session_id=session.id)
    refused = run("move", "ffff", "--le", "2026-11-26", "--a", "10h")
    assert (refused.exit_code, "séance collective" in refused.stderr) == (1, True)
    assert run("cancel", "ffff").exit_code == 0
    with centre.store.read() as uow:
        found = uow.groups.get(session.id)
        assert found is not None
        assert found.taken == 0


def test_cancelling_a_session_lists_whom_nobody_told(centre: Application) -> None:
    session = make_group_session(START + timedelta(hours=2), taken=2)
    keep(centre.store, sessions=[session])
    expect(centre, "ff" * 16, hours=2, group_session_id=session.id)
    expect(centre, "ee" * 16, hours=2, group_session_id=session.id, **PERSONAL)
    done = CliRunner().invoke(app, ["sessions", "cancel", session.id])
    assert "Inscriptions annulées\u00a0: 2." in done.output
    assert "ffffffff" in done.output.split(UNTOLD)[1]
    assert "eeeeeeee" not in done.output


def test_leaving_lists_whom_nobody_told(
    centre: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect(centre, "ff" * 16, hours=1)
    expect(centre, "ee" * 16, hours=2, **PERSONAL | {"discretion": Discretion.SILENT})
    expect(centre, "dd" * 16, hours=3, phone="+33639980001")
    monkeypatch.setenv("ACCUEIL_SMTP_URL", "smtp://127.0.0.1:25")
    left = ["counsellors", "leave", "nadia@mission.example", "--cancel-rest"]
    lines = CliRunner().invoke(app, left).output.splitlines()
    missed = lines[lines.index(f"{UNTOLD}\u00a0:") + 1 : -1]
    assert [line[-9:-1] for line in missed] == ["ffffffff", "eeeeeeee", "dddddddd"]
