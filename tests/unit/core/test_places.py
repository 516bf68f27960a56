"""Places found in messages, and none invented."""

import csv
import time
from pathlib import Path
from statistics import median

import pytest

from accueil.core.places import Gazetteer, PlaceReading, PlaceResolver, PlaceStatus

ROOT = Path(__file__).resolve().parents[3]
OWN_CASES = Path(__file__).with_name("test_places_cases.csv")
SHARED_CASES = ROOT.parent / "shared" / "cases" / "places.csv"


def read_cases(path: Path) -> list[tuple[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row[0], row[1]) for row in list(csv.reader(stream))[1:]]


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
    for text, _ in read_cases(OWN_CASES):
        start = time.perf_counter()
        resolver.resolve(text)
        durations.append(time.perf_counter() - start)
    assert median(durations) < 0.002
