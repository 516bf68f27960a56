"""The commands an operator types: import, seed, explain. Run in-process, on a fresh database."""

import json
from datetime import datetime
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from accueil.cli_explain import explain_app, explained, read_now
from accueil.cli_territory import seed, sites_app

NOW = "2026-11-23T09:00:00+01:00"
HEADER = "id,organisation_id,organisation,nom,adresse,code_postal,commune,latitude,longitude"
LINE = "a,m,Mission,Accueil,1 rue,59100,Roubaix,50.69,3.18"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)
    monkeypatch.setenv("ACCUEIL_NOW", NOW)


def run(*arguments: str, given: bytes = b"") -> Result:
    app = typer.Typer()
    app.add_typer(sites_app, name="sites")
    app.add_typer(explain_app, name="explain")
    app.command("seed")(seed)
    return CliRunner().invoke(app, list(arguments), input=given)


def objects(*arguments: str, given: bytes) -> list[dict[str, object]]:
    result = run("explain", *arguments, given=given)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout_bytes.decode().split("\n") if line]


def test_import_then_import_again(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    dry = run("sites", "import", str(path), "--dry-run")
    assert "rien n’a été écrit" in dry.output
    first = run("sites", "import", str(path))
    assert (first.exit_code, "1 créés" in first.output) == (0, True)
    second = run("sites", "import", str(path))
    assert (second.exit_code, "1 inchangés" in second.output) == (0, True)


def test_import_lists_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER}\n{LINE}\n{LINE.replace('50.69', 'x')}\n", encoding="utf-8")
    result = run("sites", "import", str(path))
    assert result.exit_code == 1
    assert "Ligne 3" in result.output
    assert "Rien n’a été importé" in result.output


def test_import_of_a_file_or_mapping_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    missing = run("sites", "import", str(path))
    assert (missing.exit_code, "introuvable" in missing.output) == (2, True)
    assert run("sites", "import", str(tmp_path)).exit_code == 2
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text("inconnu = 1", encoding="utf-8")
    refused = run("sites", "import", str(path), "--mapping", str(mapping))
    assert (refused.exit_code, "inconnu" in refused.output) == (2, True)


def test_seed_shows_the_password_once() -> None:
    first = run("seed", "--demo")
    assert first.exit_code == 0
    assert "Mot de passe de démonstration" in first.output
    second = run("seed", "--demo")
    assert "rien n’a changé" in second.output
    assert "Mot de passe" not in second.output
    assert run("seed").exit_code == 2


def test_explain_place() -> None:
    found, area, nothing = objects("place", given="j’habite à Roubaix\n2A\n\n".encode())
    assert found == {
        "text": "j’habite à Roubaix",
        "status": "found",
        "communes": [{"insee": "59512", "name": "Roubaix", "department": "59"}],
        "area": None,
    }
    assert (area["status"], area["area"]) == ("area", {"kind": "departement", "code": "2A"})
    assert nothing == {"text": "", "status": "none", "communes": [], "area": None}


@pytest.mark.parametrize("option", [("--now", NOW), ()])
def test_explain_date(option: tuple[str, ...]) -> None:
    given = "demain\nà partir de jeudi\nle 30 février\nhier\nbonjour".encode()
    day, opened, *others = objects("date", *option, given=given)
    assert day == {
        "text": "demain",
        "status": "ok",
        "windows": [
            {
                "start": "2026-11-24T00:00:00+01:00",
                "end": "2026-11-25T00:00:00+01:00",
                "exact": False,
            }
        ],
    }
    assert opened["windows"] == [
        {"start": "2026-11-26T00:00:00+01:00", "end": None, "exact": False}
    ]
    assert [one["status"] for one in others] == ["invalid", "past", "none"]


def test_explain_safety() -> None:
    calm, danger = objects("safety", "--now", NOW, given=b"salut\nje veux mourir\n")
    assert calm == {"text": "salut", "distress": False, "types": [], "numbers": []}
    assert danger["distress"] is True
    assert danger["types"] == ["suicide"]
    assert "3114" in str(danger["numbers"])


@pytest.mark.parametrize("kind", ["place", "date", "safety"])
def test_explain_answers_every_line_whatever_it_holds(kind: str) -> None:
    odd = [
        b"\xff\xfe\xfa",
        b"\x00\x01\x1b[31m",
        "👩‍👩‍👧‍👦 ‮ \u2028 \u0085".encode(),
        b'"{}[]\\',
        b"  \t ",
        b"9" * 5_000,
        "é̀̀̀".encode() * 500,
        b"avec un retour\r",
    ]
    found = objects(kind, given=b"\n".join(odd))
    assert len(found) == len(odd)
    assert found[-1]["text"] == "avec un retour"
    assert not any("error" in one for one in found)


@pytest.mark.parametrize("now", ["demain", "2026-13-01", "0001-01-01T00:00:00+23:00"])
def test_explain_refuses_a_wrong_instant(now: str) -> None:
    result = run("explain", "date", "--now", now, given=b"demain")
    assert result.exit_code == 2
    assert "ISO 8601" in result.output


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2026-11-23T09:00:00+01:00", "2026-11-23T09:00:00+01:00"),
        ("2026-11-23T08:00:00Z", "2026-11-23T09:00:00+01:00"),
        ("2026-11-23T09:00:00", "2026-11-23T09:00:00+01:00"),
        ("2026-11-23", "2026-11-23T00:00:00+01:00"),
        ("2026-07-01T09:00:00+02:00", "2026-07-01T09:00:00+02:00"),
        ("2026-11-23T12:00:00+04:00", "2026-11-23T12:00:00+04:00"),
    ],
)
def test_the_zone_of_the_answers(given: str, shown: str) -> None:
    assert read_now(given).isoformat() == shown


def test_summer_time_is_followed() -> None:
    (day,) = objects("date", "--now", "2027-03-26T09:00:00+01:00", given=b"lundi")
    assert "2027-03-29T00:00:00+02:00" in str(day["windows"])
    assert read_now("2027-03-26T09:00:00+01:00") == datetime.fromisoformat(
        "2027-03-26T09:00:00+01:00"
    )


def test_a_failure_is_one_line_too() -> None:
    def fail(text: str) -> dict[str, object]:
        raise RecursionError(text)

    (line,) = explained([b"secret\n"], fail, {"status": "none"})
    assert json.loads(line) == {"text": "secret", "status": "none", "error": "RecursionError"}


def test_first_response_is_switched_by_mission_locale(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    run("sites", "import", str(path))
    assert "arrêtée" in run("sites", "first-response").output
    assert "en service" in run("sites", "first-response", "m").output
    run("sites", "import", str(path))
    assert "en service" in run("sites", "first-response").output
    assert "arrêtée" in run("sites", "first-response", "m", "--off").output
    unknown = run("sites", "first-response", "n")
    assert (unknown.exit_code, "inconnue" in unknown.output) == (2, True)
