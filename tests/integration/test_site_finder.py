"""Competence before proximity: whose commune it is, then the nearest of their sites."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shipped import shipped_gazetteer

from accueil.core.places import Commune, Gazetteer
from accueil.core.territory import Coverage, Organisation, Site
from accueil.persistence.engine import open_engine
from accueil.persistence.migrate import migrate
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.sites import SiteFinder

ROOT = Path(__file__).resolve().parents[2]
ROUBAIX, TOURCOING, LILLE, HEM = "59512", "59599", "59350", "59299"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return shipped_gazetteer()


@pytest.fixture
def store(tmp_path: Path, gazetteer: Gazetteer) -> Iterator[SqlStore]:
    engine = open_engine(f"sqlite:///{tmp_path / 'accueil.db'}", b"k" * 32)
    migrate(engine)
    store = SqlStore(engine)
    with store.write() as uow:
        uow.territory.put(
            [
                Organisation("ml-a", "Mission Locale A", "03 53 01 00 00", "a@example.org"),
                Organisation("ml-b", "Mission Locale B"),
                Organisation("ml-c", "Mission Locale C", "03 53 01 00 01"),
                *(Coverage(insee, "ml-a") for insee in (ROUBAIX, LILLE)),
                Coverage(HEM, "ml-c"),
                Coverage(TOURCOING, "ml-b"),
                Coverage("75056", "ml-c"),
                site(gazetteer, "a-lille", "ml-a", LILLE),
                site(gazetteer, "a-far", "ml-a", "59606"),
                site(gazetteer, "b-tourcoing", "ml-b", TOURCOING),
            ]
        )
        uow.commit()
    yield store
    engine.dispose()


def site(gazetteer: Gazetteer, name: str, owner: str, insee: str) -> Site:
    commune = commune_of(gazetteer, insee)
    return Site(
        name, owner, name, "1 rue de l’Exemple", commune.postal_codes[0], commune.name, insee,
        "", "", commune.latitude or 0, commune.longitude or 0, "Europe/Paris",
    )  # fmt: skip


def commune_of(gazetteer: Gazetteer, insee: str) -> Commune:
    commune = gazetteer.by_insee(insee)
    assert commune is not None
    return commune


def test_the_competent_mission_locale_even_when_another_is_nearer(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    found = SiteFinder(store).for_commune(commune_of(gazetteer, ROUBAIX))
    assert found is not None
    assert (found.site.id, found.is_competent) == ("a-lille", True)
    assert [one.site.id for one in found.others] == ["a-far"]
    assert found.nearer is not None
    assert (found.nearer.site.id, found.nearer.organisation.id) == ("b-tourcoing", "ml-b")
    assert (found.nearer.distance_km or 0) < (found.distance_km or 0)


def test_nothing_nearer_is_not_mentioned(store: SqlStore, gazetteer: Gazetteer) -> None:
    found = SiteFinder(store).for_commune(commune_of(gazetteer, LILLE))
    assert found is not None
    assert found.nearer is None


def test_the_organisation_answers_when_the_site_has_no_phone(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    found = SiteFinder(store).for_commune(commune_of(gazetteer, LILLE))
    assert found is not None
    assert (found.phone(), found.email()) == ("03 53 01 00 00", "a@example.org")


def test_near_a_school_keeps_the_mission_locale_of_the_home(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    valenciennes = commune_of(gazetteer, "59606")
    found = SiteFinder(store).for_commune(commune_of(gazetteer, ROUBAIX), valenciennes)
    assert found is not None
    assert (found.site.id, found.organisation.id) == ("a-far", "ml-a")
    assert found.measured_from == "Valenciennes"
    assert found.distance_km == 0


def test_a_mission_locale_without_known_site_is_named(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    finder, hem = SiteFinder(store), commune_of(gazetteer, HEM)
    assert finder.for_commune(hem) is None
    owner = finder.competent(hem)
    assert owner is not None
    assert owner.name == "Mission Locale C"


def test_out_of_coverage_no_site_is_given_at_random(store: SqlStore, gazetteer: Gazetteer) -> None:
    finder, brest = SiteFinder(store), commune_of(gazetteer, "29019")
    assert finder.for_commune(brest) is None
    assert finder.competent(brest) is None


def test_coverage_of_a_city_holds_for_its_arrondissements(
    store: SqlStore, gazetteer: Gazetteer
) -> None:
    owner = SiteFinder(store).competent(commune_of(gazetteer, "75118"))
    assert owner is not None
    assert owner.id == "ml-c"
