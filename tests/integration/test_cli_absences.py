"""What the operator types and reads about absences, departures, closures and group sessions."""

import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from factories import (
    keep,
    make_appointment,
    make_counsellor,
    make_openings,
    make_organisation,
    make_site,
)
from typer.testing import CliRunner, Result

from accueil.bootstrap import Application, build
from accueil.cli import app
from accueil.core.booking import DEFAULT_REASON

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Tuesday, 10 h in Paris."""
NADIA = "nadia@mission.example"
WRITTEN = "mardi 24\u00a0novembre à 10\u00a0h, Nadia Exemple"


@pytest.fixture(autouse=True)
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_database: Path) -> Application:
    """A site where Nadia is expected once; Karim receives there too, in the morning."""
    shutil.copy(empty_database, tmp_path / "accueil.db")
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path))
    monkeypatch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)
    monkeypatch.setenv("ACCUEIL_NOW", "2026-11-23T08:00:00+01:00")
    application = build()
    team = [make_counsellor("nadia"), make_counsellor("karim")]
    openings = [
        *make_openings(team[0], time(9), time(17)),
        *make_openings(team[1], time(9), time(12)),
    ]
    keep(application.store, [make_organisation(), make_site(), *team, *openings])
    expect(application, START)
    return application


def expect(application: Application, start: datetime) -> None:
    nadia = make_counsellor("nadia")
    personal = {"first_name": "Lina", "phone": "+33639980001", "email": "lina@example.org"}
    keep(application.store, appointments=[make_appointment(start, nadia, **personal)])


def run(*arguments: str) -> Result:
    """Run a command; what it prints never says who the young person is."""
    result = CliRunner().invoke(app, list(arguments))
    for personal in ("Lina", "lina@", "639980001", "token-"):
        assert personal not in result.output
    return result


def counsellors(*arguments: str) -> Result:
    return run("counsellors", *arguments)


def test_openings_are_shown_in_the_words_that_were_typed() -> None:
    words = "1er et 3e jeudi 14h-17h par téléphone; le 2026-12-05 9h-12h"
    identity = ["--site", "centre", "--name", "Inès", "--email", "ines@mission.example"]
    added = counsellors("add", *identity, "--openings", words)
    assert added.exit_code == 0
    lines = counsellors("list").output.splitlines()
    shown = [
        "    1er et 3e jeudi\u00a0: 14\u00a0h – 17\u00a0h, par téléphone",
        "    le samedi 2026-12-05\u00a0: 9\u00a0h – 12\u00a0h",
    ]
    assert [line for line in lines if line in shown] == shown
    again = counsellors("add", *identity, "--openings", "; ".join(line.strip() for line in shown))
    assert "rien n’a changé" in again.output


def test_an_absence_from_the_beginning_to_the_end() -> None:
    noted = counsellors("absence", NADIA, "--du", "2026-11-24", "--de", "9h", "--a", "12h")
    assert noted.exit_code == 0
    assert noted.output.splitlines()[:1] == [
        "Nadia Exemple\u00a0: absence notée, aucun créneau n’y est proposé."
    ]
    assert WRITTEN in noted.output
    assert (
        "déjà noté"
        in counsellors("absence", NADIA, "--du", "2026-11-24", "--de", "9h", "--a", "12h").output
    )
    listed = counsellors("absences", NADIA).output
    assert "mardi 24\u00a0novembre à 9\u00a0h au mardi 24\u00a0novembre à 12\u00a0h" in listed
    identifier = listed.split("\u00a0")[0]
    assert counsellors("absence-delete", identifier).exit_code == 0
    assert counsellors("absences", NADIA).output == "Aucune absence.\n"
    assert counsellors("absence-delete", identifier).exit_code == 2


def test_an_absence_takes_away_the_slots_and_gives_the_appointment(centre: Application) -> None:
    given = counsellors("absence", NADIA, "--du", "2026-11-24", "--au", "2026-11-25", "--reassign")
    assert f"{WRITTEN} → Karim Exemple\u00a0: Logement" in given.output
    with centre.store.read() as uow:
        away = uow.absences.away("centre", START, START + timedelta(days=1))
        (absence,) = away["nadia"]
    assert absence.end - absence.start == timedelta(days=2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--du", "2026-11-25", "--au", "2026-11-24"], "à reculons"),
        (["--du", "2026-11-20"], "passées"),
        (["--du", "2026-11-24", "--de", "9h"], "ensemble"),
        (["--du", "2026-11-24", "--de", "12h", "--a", "9h"], "avant l’heure de début"),
        (["--du", "demain"], "Date illisible"),
        (["--du", "2026-11-24", "--au", "2029-11-24"], "plus d’un an"),
    ],
)
def test_a_wrong_absence_is_one_sentence(arguments: list[str], said: str) -> None:
    refused = counsellors("absence", NADIA, *arguments)
    assert (refused.exit_code, refused.stderr.count("\n"), refused.stdout) == (2, 1, "")
    assert said in refused.stderr


def test_leaving_says_what_it_does(centre: Application) -> None:
    assert counsellors("deactivate", NADIA).exit_code == 1
    expect(centre, START + timedelta(hours=5))
    stopped = counsellors("leave", NADIA)
    assert stopped.exit_code == 1
    assert stopped.output.startswith("Rien n’a été changé\u00a0: ")
    assert "mardi 24\u00a0novembre à 15\u00a0h" in stopped.output
    assert "--cancel-rest" in stopped.output
    done = counsellors("leave", NADIA, "--cancel-rest")
    assert done.exit_code == 0
    assert done.output.splitlines()[0::2] == [
        "Confiés\u00a0:",
        "Annulés\u00a0:",
        "Nadia Exemple\u00a0: compte désactivé\u202f; plus de connexion, plus de créneau.",
    ]
    assert "déjà désactivé" in counsellors("leave", NADIA).output
    assert counsellors("leave", "personne@example.org").exit_code == 2


def test_whole_days_are_listed_as_days() -> None:
    assert counsellors("absence", NADIA, "--du", "2026-12-21", "--au", "2026-12-24").exit_code == 0
    assert counsellors("absence", NADIA, "--du", "2026-12-01").exit_code == 0
    listed = counsellors("absences", NADIA).output
    assert ": du lundi 21\u00a0décembre au jeudi 24\u00a0décembre\n" in listed
    assert ": le mardi 1er\u00a0décembre\n" in listed


def test_a_closure_from_the_beginning_to_the_end(centre: Application) -> None:
    arguments = ["--du", "2026-11-24", "--au", "2026-11-25", "--label", "Fermeture d’été"]
    closed = run("sites", "close", "centre", *arguments)
    assert closed.exit_code == 0
    assert WRITTEN in closed.output
    assert "déjà noté" in run("sites", "close", "centre", *arguments).output
    with centre.store.read() as uow:
        site = uow.territory.site("centre")
        assert site is not None
        days = {
            one.start.date().isoformat() for one in centre.slots.free(uow, site, DEFAULT_REASON)
        }
    assert not days & {"2026-11-24", "2026-11-25"}
    assert "2026-11-26" in days
    listed = run("sites", "closures").output
    assert "du mardi 24\u00a0novembre au mercredi 25\u00a0novembre 2026" in listed
    identifier = listed.split("\u00a0")[0]
    assert "effacée" in run("sites", "reopen", identifier).output
    assert run("sites", "closures").output == "Aucune fermeture.\n"
    assert run("sites", "reopen", identifier).exit_code == 2
    assert run("sites", "close", "zzz", *arguments).exit_code == 2


def test_a_session_from_the_beginning_to_the_end(centre: Application) -> None:
    day = ["--le", "2026-11-24", "--title", "Découvrir", "--seats", "8", "--animateur", NADIA]
    taken = run("sessions", "add", "centre", *day, "--de", "10h", "--a", "12h")
    assert (taken.exit_code, "déjà un rendez-vous" in taken.stderr) == (1, True)
    added = run("sessions", "add", "centre", *day, "--de", "14h", "--a", "16h")
    assert added.exit_code == 0
    identifier = added.output.split("\u00a0")[0]
    assert run("sessions", "list", "--site", "centre").output == added.output
    assert "places prises\u00a0: 0 sur 8, Nadia Exemple" in added.output
    centre.booking.hold_seat("c", identifier)
    assert run("sessions", "seats", identifier, "0").exit_code == 2
    assert "places prises\u00a0: 1 sur 1" in run("sessions", "seats", identifier, "1").output
    assert run("sessions", "cancel", identifier).exit_code == 0
    assert "annulée" in run("sessions", "list").output
    assert run("sessions", "cancel", identifier).exit_code == 1


def test_a_zone_that_is_corrected(centre: Application) -> None:
    done = run("sites", "edit", "centre", "--time-zone", "Indian/Reunion")
    assert "c’est changé" in done.output
    with centre.store.read() as uow:
        (appointment,) = uow.appointments.to_come_with("nadia", centre.clock.now())
    assert appointment.local_start().isoformat() == "2026-11-24T10:00:00+04:00"
    assert run("sites", "edit", "centre", "--time-zone", "Paris").exit_code == 2
