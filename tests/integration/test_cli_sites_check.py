"""``accueil sites check`` on a database of its own: what it prints, writes and returns."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result
from factories import make_organisation, make_site
from typer.testing import CliRunner

from accueil.bootstrap import build
from accueil.cli import app
from accueil.core.territory import Coverage
from accueil.persistence.migrate import migrate


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCUEIL_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("ACCUEIL_DATABASE_URL", raising=False)


@pytest.fixture
def _belfort() -> None:
    application = build()
    migrate(application.engine)
    site = make_site(
        "a", insee="90010", city="Belfort", latitude=47.64, longitude=6.86, is_example=False
    )
    communes = [one.insee for one in application.gazetteer if one.department == "90"]
    rows = [Coverage(insee, "val") for insee in communes]
    with application.store.write() as uow:
        uow.territory.put([make_organisation(), site, *rows])
        uow.commit()
    application.engine.dispose()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sites", "check", *arguments])


@pytest.mark.usefixtures("_belfort")
def test_a_good_territory_returns_zero(tmp_path: Path) -> None:
    path = tmp_path / "carte.svg"
    result = run("--map", str(path))
    assert (result.exit_code, "Rien n’est à corriger." in result.output) == (0, True)
    assert "101\u00a0communes couvertes" in result.output
    assert ElementTree.parse(path).getroot()[0].text == "Le territoire des Missions Locales"
    assert list(tmp_path.glob("*.tmp")) == list(tmp_path.glob(".*.tmp")) == []


@pytest.mark.usefixtures("_belfort")
def test_one_departement_for_a_machine(tmp_path: Path) -> None:
    path = tmp_path / "carte.svg"
    result = run("--department", "90", "--json", "--map", str(path))
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert (data["department"], data["findings"]) == ("90", [])
    assert data["counts"]["sites"] == 1
    assert "(90)" in (ElementTree.parse(path).getroot()[0].text or "")
    assert json.loads(run("--department", "1", "--json").stdout)["department"] == "01"
    assert json.loads(run("--department", "2a", "--json").stdout)["department"] == "2A"


def test_an_empty_base_returns_one() -> None:
    result = run()
    assert (result.exit_code, "Aucun site" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--department", "96"), "Département inconnu"),
        (("--department", "²"), "Département inconnu"),
        (("--map", "carte.png"), ".svg"),
        (("--map", "/dev/null/carte.svg"), "Impossible d’écrire la carte"),
        (("--map", "absent/carte.svg"), "Impossible d’écrire la carte"),
        (("--inconnu",), "inconnu"),
    ],
)
def test_misuse_returns_two(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.output) == (2, True)
