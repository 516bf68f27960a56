"""A position becomes the commune around it."""

from pathlib import Path

import pytest

from accueil.core.places import Gazetteer, commune_around

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(ROOT / "data" / "reference")


@pytest.mark.parametrize(
    ("latitude", "longitude", "insee"),
    [
        (50.69, 3.174, "59512"),
        (49.4944, 0.1079, "76351"),
        (48.8925, 2.3444, "75118"),
        (43.3640, 5.3550, "13215"),
        (-20.8789, 55.4481, "97411"),
        (42.7, 9.45, "2B033"),
    ],
)
def test_the_commune_around_a_point(
    gazetteer: Gazetteer, latitude: float, longitude: float, insee: str
) -> None:
    found = commune_around(latitude, longitude, gazetteer)
    assert found is not None
    assert found.insee == insee


@pytest.mark.parametrize(
    ("latitude", "longitude", "department"), [(48.857, 2.35, "75"), (43.296, 5.38, "13")]
)
def test_an_arrondissement_stands_for_its_city(
    gazetteer: Gazetteer, latitude: float, longitude: float, department: str
) -> None:
    found = commune_around(latitude, longitude, gazetteer)
    assert found is not None
    assert found.department == department
    assert "rrondissement" in found.name


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(50.85, 4.35), (46.0, -8.0), (36.75, 3.06), (0.0, 0.0), (2.34, 48.89)],
    ids=["Bruxelles", "Atlantique", "Alger", "nowhere", "exchanged"],
)
def test_no_commune_of_france_around(
    gazetteer: Gazetteer, latitude: float, longitude: float
) -> None:
    assert commune_around(latitude, longitude, gazetteer) is None


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_not_a_point(gazetteer: Gazetteer, latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="Earth"):
        commune_around(latitude, longitude, gazetteer)
