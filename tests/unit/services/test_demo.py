"""The territory of examples: plainly examples, and coherent. Seeding is tested in integration."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from accueil.core.places import Gazetteer, city_of, department_of, distance_km
from accueil.services.demo_territory import DEMO_FILE, DemoTerritory, read_demo_territory

FICTION = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Path(__file__).parents[3] / "data" / "reference")


@pytest.fixture(scope="module")
def demo(gazetteer: Gazetteer) -> DemoTerritory:
    return read_demo_territory(gazetteer)


def test_twelve_sites_from_the_north_to_the_indian_ocean(demo: DemoTerritory) -> None:
    assert len(demo.sites) == 12
    assert {department_of(site.insee) for site in demo.sites} >= {"59", "93", "67", "974", "973"}
    assert {site.time_zone for site in demo.sites} == {
        "Europe/Paris",
        "Indian/Reunion",
        "America/Cayenne",
    }


def test_everything_says_that_it_is_an_example(demo: DemoTerritory) -> None:
    for site in demo.sites:
        assert site.is_example
        assert "(exemple)" in site.name
        assert "Exemple" in site.address
        assert FICTION.fullmatch(site.phone)
        assert site.email.endswith("@example.org")
    for organisation in demo.organisations:
        assert organisation.is_example
        assert "exemple" in organisation.name
    for one in demo.counsellors:
        assert "exemple" in one.counsellor.display_name
        assert one.counsellor.email.endswith("@example.org")
        assert not one.counsellor.password_hash
    assert all("(exemple)" in session.title for session in demo.sessions)


def test_identifiers_addresses_and_phones_are_unique(demo: DemoTerritory) -> None:
    openings = [opening.id for one in demo.counsellors for opening in one.openings]
    emails = [one.counsellor.email for one in demo.counsellors]
    for values in (
        [site.id for site in demo.sites],
        [site.phone for site in demo.sites],
        [one.insee for one in demo.coverage],
        openings,
        emails,
    ):
        assert len(set(values)) == len(values)


def test_two_counsellors_a_site_and_ten_at_roubaix(demo: DemoTerritory) -> None:
    count: defaultdict[str, int] = defaultdict(int)
    for one in demo.counsellors:
        count[one.counsellor.site_id] += 1
        assert one.openings
    assert min(count[site.id] for site in demo.sites) >= 2
    assert count["demo-roubaix"] == 10


@pytest.mark.parametrize("weekday", range(5))
@pytest.mark.parametrize("is_morning", [True, False])
def test_roubaix_receives_with_two_counsellors_every_half_day(
    demo: DemoTerritory, weekday: int, is_morning: bool
) -> None:
    present = {
        opening.counsellor_id
        for one in demo.counsellors
        for opening in one.openings
        if opening.site_id == "demo-roubaix"
        and opening.weekday == weekday
        and (opening.start.hour < 12) is is_morning
    }
    assert len(present) >= 2


def test_a_commune_belongs_to_the_nearest_example_of_its_departement(
    demo: DemoTerritory, gazetteer: Gazetteer
) -> None:
    owners = {one.insee: one.organisation_id for one in demo.coverage}
    for site in demo.sites:
        assert owners[site.insee] == site.organisation_id
    for insee, organisation_id in owners.items():
        commune = gazetteer.by_insee(insee)
        assert commune is not None
        assert commune.latitude is not None
        assert commune.longitude is not None
        gaps = {
            site.organisation_id: distance_km(
                site.latitude, site.longitude, commune.latitude, commune.longitude
            )
            for site in demo.sites
            if department_of(site.insee) == commune.department
        }
        assert gaps[organisation_id] == min(gaps.values()) <= 12


@pytest.mark.parametrize("district", ["13201", "13208", "13216"])
def test_the_districts_of_marseille_are_covered(demo: DemoTerritory, district: str) -> None:
    covered = {one.insee for one in demo.coverage}
    assert not covered.isdisjoint({district, city_of(district)})


def test_a_wrong_file_is_refused(gazetteer: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "territory.toml"
    for before, after in (
        ('insee = "59512"', 'insee = "00000"'),
        ('postal_code = "59100"', 'postal_code = "59200"'),
        ("@example.org", "@autre.fr"),
        ('phone = "03 53 01 00 10"', 'phone = "12"'),
        ('openings = "lun-ven 09:00-12:00 13:30-17:30"', 'openings = "lun 06:00-07:00"'),
    ):
        text = DEMO_FILE.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        with pytest.raises(ValueError, match=r"."):
            read_demo_territory(gazetteer, path)
