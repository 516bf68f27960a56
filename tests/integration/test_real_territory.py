"""Real files, when they are there: the sites of 2016 and an extract of the coverage of 2026."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from accueil.core.places import Gazetteer
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.coverage_import import CoverageImport
from accueil.services.sites import SiteFinder
from accueil.services.territory_import import TerritoryImport

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
SITES = SHARED / "dila_2016_missions_locales.csv"
COVERAGE = SHARED / "zones_de_couverture_2026_extrait.csv"
MAPPING = ROOT / "data" / "reference" / "mappings" / "dila_2016.toml"
WITHOUT_SITE = {"93008", "97213", "97311", "97600", "97801"}
"""Missions Locales of the extract of which the export of 2016 has no usable site."""

pytestmark = pytest.mark.skipif(not COVERAGE.exists(), reason="shared/ absent")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(ROOT / "data" / "reference")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    engine = open_engine(f"sqlite:///{tmp_path / 'accueil.db'}", b"k" * 32)
    migrate(engine)
    yield SqlStore(engine)
    engine.dispose()


def expected() -> dict[str, str]:
    with COVERAGE.open(encoding="utf-8", newline="") as stream:
        return {row["Code INSEE"]: row["Code ML"] for row in csv.DictReader(stream, delimiter=";")}


@pytest.mark.parametrize("coverage_first", [False, True])
def test_the_finder_names_the_right_mission_locale_for_every_commune(
    store: SqlStore, gazetteer: Gazetteer, coverage_first: bool
) -> None:
    sites, coverage = TerritoryImport(store, gazetteer), CoverageImport(store, gazetteer)
    if coverage_first:
        coverage.run_file(COVERAGE)
    sites.run_file(SITES, MAPPING)
    report = coverage.run_file(COVERAGE)
    assert (report.errors, report.warnings, report.usable) == ([], [], 249)

    owners = expected()
    assert len(owners) == 249
    finder = SiteFinder(store)
    for insee, owner in owners.items():
        commune = gazetteer.by_insee(insee)
        assert commune is not None
        competent = finder.competent(commune)
        assert competent is not None
        assert competent.id == owner
        found = finder.for_commune(commune)
        if owner not in WITHOUT_SITE:
            assert found is not None
            assert (found.organisation.id, found.is_competent) == (owner, True)
        else:
            assert found is None  # nobody else's site in its place


def test_importing_both_again_changes_nothing(store: SqlStore, gazetteer: Gazetteer) -> None:
    sites, coverage = TerritoryImport(store, gazetteer), CoverageImport(store, gazetteer)
    sites.run_file(SITES, MAPPING)
    first = coverage.run_file(COVERAGE)
    assert (first.created, len(first.organisations), first.attached) == (249, 41, 49)
    again = sites.run_file(SITES, MAPPING)
    assert (again.created, again.updated, again.unchanged, again.left_out) == (0, 0, 709, 17)
    assert (again.kept, again.vanished, again.moved, again.misplaced) == ([], [], [], 16)
    assert coverage.run_file(COVERAGE).unchanged == 249


def test_the_names_of_the_extract_are_readable(store: SqlStore, gazetteer: Gazetteer) -> None:
    report = CoverageImport(store, gazetteer).run_file(COVERAGE)
    assert {name for name in report.organisations if not name.startswith("Mission Locale ")} == {
        "93-ML MAB",
        "972-ML ESPACE SUD",
    }
