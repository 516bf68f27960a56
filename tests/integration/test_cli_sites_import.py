"""The commands that fill the territory, as an operator types them, on a fresh database."""

import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from accueil.cli_territory import sites_app

HEADER = "id,organisation_id,organisation,nom,adresse,code_postal,commune,latitude,longitude"
LINE = "a,a,Mission,Accueil,1 rue,59100,Roubaix,50.69,3.18"
UNML = "Code INSEE;Nom Commune;Code ML;Nom Officiel ML\n59512;Roubaix;59001;59-ML ROUBAIX\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    path = tmp_path / "sites.csv"
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    return path


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    path = tmp_path / "coverage.csv"
    path.write_text(UNML, encoding="cp1252")
    return path


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.add_typer(sites_app, name="sites")
    return CliRunner().invoke(app, ["sites", *map(str, arguments)])


def test_sites_coverage_and_edit(sites: Path, coverage: Path) -> None:
    first = run("import", sites)
    assert first.exit_code == 0
    assert "1 sans téléphone" in first.output
    assert "1 site sans Mission Locale connue" in first.output
    dry = run("import-coverage", coverage, "--dry-run")
    assert "rien n’a été écrit" in dry.output
    done = run("import-coverage", coverage)
    assert (done.exit_code, "1 site rattaché à" in done.output) == (0, True)
    assert "Mission Locale Roubaix" in done.output
    assert "1 inchangées" in run("import-coverage", coverage).output
    edited = run("edit", "a", "--phone", "01 99 00 00 01", "--address", "9 rue")
    assert (edited.exit_code, "c’est changé" in edited.output) == (0, True)
    assert "rien n’a changé" in run("edit", "a", "--address", "9 rue").output
    again = run("import", sites)
    assert "Gardé tel que modifié à la main (1)" in again.output
    assert "(Roubaix), adresse" in again.output


def test_what_vanished_is_listed_and_long_lists_are_cut(sites: Path) -> None:
    many = "\n".join([HEADER, *(LINE.replace("a,a", f"s{n},a", 1) for n in range(30))])
    sites.write_text(many, encoding="utf-8")
    run("import", sites)
    sites.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    short, whole = run("import", sites), run("import", sites, "--all")
    assert "Absents du fichier (gardés)" in short.output
    assert "le fichier est-il complet" in short.output
    assert "et 10 autres (--all les montre)" in short.output
    assert ("s29" in short.output, "s29" in whole.output) == (False, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("edit", "a"), 2, "Que faut-il changer"),
        (("edit", "zzz", "--phone", ""), 2, "pas de site"),
        (("edit", "a", "--hours", "1er mardi"), 2, "chaque semaine"),
        (("edit", "a", "--phone", "12"), 2, "donnez un texte vide"),
        (("import-coverage", "nowhere.csv"), 2, "introuvable"),
        (("import", "nowhere.json"), 2, "introuvable"),
    ],
)
def test_refusals(sites: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    run("import", sites)
    result = run(*arguments)
    assert (result.exit_code, says in result.output) == (code, True)


def test_a_broken_dump_is_refused_with_its_byte(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps({"service": [{"id": "a"}]})[:-1], encoding="utf-8")
    for command in ("import", "import-coverage"):
        result = run(command, path)
        assert result.exit_code == 1
        assert "Rien n’a été importé" in result.output
    assert "l’octet 25" in run("import", path).output


def test_a_mapping_is_for_csv_and_a_source_has_a_plain_name(sites: Path, tmp_path: Path) -> None:
    mapping = Path(__file__).parents[2] / "data" / "reference" / "mappings" / "dila_2016.toml"
    path = tmp_path / "dump.json"
    path.write_text("[]", encoding="utf-8")
    refused = run("import", path, "--mapping", mapping)
    assert (refused.exit_code, "CSV" in refused.output) == (2, True)
    odd = run("import", sites, "--source", "Été !")
    assert (odd.exit_code, "minuscules" in odd.output) == (2, True)
