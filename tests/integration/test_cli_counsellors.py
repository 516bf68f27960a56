"""``accueil counsellors``: what the operator reads, and the exit codes. On a fresh database."""

import re
import shutil
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from accueil.bootstrap import build
from accueil.cli import app as whole
from accueil.cli_counsellors import counsellors_app
from accueil.cli_territory import sites_app
from accueil.core.booking import DEFAULT_REASON

CSV = (
    "id,organisation_id,organisation,nom,adresse,code_postal,commune,latitude,longitude,horaires\n"
    "a,m,Mission,Accueil A,1 rue,59100,Roubaix,50.69,3.18,lun-ven 09:00-12:00 13:30-17:00\n"
    "b,m,Mission,Accueil B,2 rue,59200,Tourcoing,50.72,3.16,\n"
)
EMAIL = "ines@mission.example"
PASSWORD = re.compile(r"Mot de passe\u00a0: (\S+)")


@pytest.fixture(scope="module")
def imported_sites(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """A folder whose database holds two sites that the command imported, once for all tests."""
    folder = tmp_path_factory.mktemp("imported")
    shutil.copy(empty_database, folder / "accueil.db")
    (folder / "sites.csv").write_text(CSV, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCUEIL_FOLDER", str(folder))
        patch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
        patch.delenv("ACCUEIL_DATABASE_URL", raising=False)
        assert run("sites", "import", str(folder / "sites.csv")).exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def _own_copy(imported_sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(imported_sites, tmp_path, dirs_exist_ok=True)  # with SQLite's journal
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path))
    monkeypatch.setenv("ACCUEIL_SECRET_KEY", "k" * 40)
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)
    monkeypatch.setenv("ACCUEIL_NOW", "2026-11-23T09:00:00+01:00")


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.add_typer(sites_app, name="sites")
    app.add_typer(counsellors_app, name="counsellors")
    return CliRunner().invoke(app, list(arguments))


def add(*, site: str = "a", openings: str = "lun-ven 09:00-12:00", name: str = "Inès") -> Result:
    arguments = ["--site", site, "--name", name, "--email", EMAIL, "--openings", openings]
    return run("counsellors", "add", *arguments)


def test_the_commands_are_part_of_accueil() -> None:
    assert CliRunner().invoke(whole, ["counsellors", "list"]).output == "Aucun compte.\n"


def test_from_imported_sites_to_slots_and_a_sign_in() -> None:
    done = add()
    assert (done.exit_code, done.stderr) == (0, "")
    (password,) = PASSWORD.findall(done.output)
    application = build()
    assert application.accounts.sign_in(EMAIL, password)
    with application.store.read() as uow:
        site = uow.territory.site("a")
        assert site is not None
        assert application.slots.free(uow, site, DEFAULT_REASON)


def test_adding_again_says_so_and_shows_no_password() -> None:
    add()
    again = add()
    assert (again.exit_code, "rien n’a changé" in again.output) == (0, True)
    changed = add(openings="mar 09:00-12:00")
    assert (changed.exit_code, "Plages changées" in changed.output) == (0, True)
    assert not PASSWORD.search(again.output + changed.output)


def test_a_warning_is_clear_and_does_not_refuse() -> None:
    outside = add(openings="lun 08:00-12:00; mar 09:00-09:30")
    assert outside.exit_code == 0
    assert "hors des horaires du site" in outside.stderr
    assert "trop court pour un rendez-vous" in outside.stderr
    assert PASSWORD.search(outside.stdout)


def test_a_site_without_hours_is_told() -> None:
    assert "horaires de ce site sont inconnus" in add(site="b").stderr


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"site": "zzz"}, 2, "Aucun site"),
        ({"openings": "le matin"}, 2, "Plages illisibles"),
        ({"name": ""}, 2, "nom affiché"),
        ({"name": "Une autre"}, 1, "déjà prise"),
    ],
)
def test_a_refusal_is_one_sentence_and_a_code(given: dict[str, str], code: int, said: str) -> None:
    add()
    refused = add(**given)
    assert refused.exit_code == code
    assert said in refused.stderr
    assert (refused.stdout, refused.stderr.count("\n")) == ("", 1)


def test_password_then_deactivate_then_back() -> None:
    first = PASSWORD.findall(add().output)
    second = PASSWORD.findall(run("counsellors", "password", EMAIL).output)
    assert len(second) == 1
    assert first != second
    assert "Compte désactivé" in run("counsellors", "deactivate", EMAIL).output
    assert "déjà désactivé" in run("counsellors", "deactivate", EMAIL).output
    assert run("counsellors", "password", EMAIL).exit_code == 1
    assert "désactivé" in run("counsellors", "list").output
    assert PASSWORD.search(add().output)


def test_an_unknown_address() -> None:
    for command in ("password", "deactivate"):
        refused = run("counsellors", command, "x@mission.example")
        assert (refused.exit_code, "Personne n’a l’adresse" in refused.stderr) == (2, True)


def test_the_list() -> None:
    add()
    shown = run("counsellors", "list", "--site", "a").output.splitlines()
    assert shown == [
        "Accueil A (a)",
        f"  Inès <{EMAIL}>",
        "    lundi au vendredi\u00a0: 9\u00a0h – 12\u00a0h",
    ]
    assert run("counsellors", "list", "--site", "b").output == "Aucun compte.\n"
    assert run("counsellors", "list", "--site", "c").exit_code == 2
