"""Places found in messages, and none invented."""

import csv
import time
from pathlib import Path
from statistics import median

import pytest

from accueil.core.places import Gazetteer, PlaceReading, PlaceResolver, PlaceStatus

ROOT = Path(__file__).resolve().parents[3]
OWN_CASES = Path(__file__).with_name("test_places_cases.csv")
FURTHER_CASES = Path(__file__).with_name("places_cases.tsv")
SHARED_CASES = ROOT.parent / "shared" / "cases" / "places.csv"


def read_cases(path: Path) -> list[tuple[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row[0], row[1]) for row in list(csv.reader(stream))[1:]]


def read_further_cases() -> list[tuple[str, str, str]]:
    with FURTHER_CASES.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", strict=True)
        return [(row["text"], row["status"], row["codes"]) for row in rows]


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return PlaceResolver(Gazetteer.load(ROOT / "data" / "reference" / "communes.tsv.xz"))


def written(reading: PlaceReading) -> str:
    codes = "|".join(commune.insee for commune in reading.communes)
    if reading.area:
        return f"{reading.area.kind}:{reading.area.code}"
    return f"ambiguous:{codes}" if reading.status is PlaceStatus.AMBIGUOUS else codes or "none"


@pytest.mark.parametrize(("text", "expected"), read_cases(OWN_CASES))
def test_own_cases(resolver: PlaceResolver, text: str, expected: str) -> None:
    assert written(resolver.resolve(text)) == expected


@pytest.mark.parametrize(("text", "status", "codes"), read_further_cases())
def test_further_cases(resolver: PlaceResolver, text: str, status: str, codes: str) -> None:
    reading = resolver.resolve(text)
    found = "|".join(commune.insee for commune in reading.communes)
    area = f"{reading.area.kind}:{reading.area.code}" if reading.area else ""
    assert (str(reading.status), found or area) == (status, codes)


def test_further_cases_repeat_nothing() -> None:
    further = [text.casefold() for text, _, _ in read_further_cases()]
    assert len(further) == len(set(further)) >= 220
    known = [*read_cases(OWN_CASES), *read_cases(SHARED_CASES)]
    assert not set(further) & {text.casefold() for text, _ in known}


def test_a_neighbourhood_is_asked_even_with_one_town(resolver: PlaceResolver) -> None:
    for text in ("Wazemmes", "je suis à Wazemmes", "quartier de Wazemmes"):
        reading = resolver.resolve(text)
        assert reading.status is PlaceStatus.AMBIGUOUS
        assert [commune.name for commune in reading.communes] == ["Lille"]
    assert resolver.resolve("Wazemmes, 59000 Lille").status is PlaceStatus.FOUND
    assert resolver.resolve("rue de Belleville").status is PlaceStatus.NONE


def test_shared_cases(resolver: PlaceResolver) -> None:
    if not SHARED_CASES.exists():
        pytest.skip("shared/ absent")
    for text, expected in read_cases(SHARED_CASES):
        area = any(kind in expected for kind in ("departement:", "region:", "agglo:"))
        wanted = expected.removeprefix("ambiguous:") if area else expected
        assert written(resolver.resolve(text)) == wanted, text


def test_ambiguous_communes_come_by_population(resolver: PlaceResolver) -> None:
    reading = resolver.resolve("ste marie")
    populations = [commune.population for commune in reading.communes]
    assert reading.status is PlaceStatus.AMBIGUOUS
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "😭🦷", "\u200b", "?" * 50, "a" * 10_000, "1" * 9_000])
def test_odd_messages_hold_no_place(resolver: PlaceResolver, text: str) -> None:
    assert resolver.resolve(text) == PlaceReading(text, PlaceStatus.NONE, (), None)


def test_reading_stays_the_same(resolver: PlaceResolver) -> None:
    for text, _ in read_cases(OWN_CASES):
        assert resolver.resolve(text) == resolver.resolve(text)


def test_median_under_two_milliseconds(resolver: PlaceResolver) -> None:
    resolver.resolve("toulouze")  # builds the spelling index
    durations = []
    for text in [*(row[0] for row in read_cases(OWN_CASES)), *(r[0] for r in read_further_cases())]:
        start = time.perf_counter()
        resolver.resolve(text)
        durations.append(time.perf_counter() - start)
    assert median(durations) < 0.002
