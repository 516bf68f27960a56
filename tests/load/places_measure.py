"""Time the place resolver over its own cases and over long messages, and weigh it.

``python -m tests.load.places_measure``, from the root. It measures and asserts nothing. The
gazetteer holds every commune; memory is what Python itself counts (``tracemalloc``), the spelling
index included.
"""

import csv
import statistics
import sys
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from accueil.core.places import Gazetteer, PlaceResolver

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data" / "reference"
CASES = ROOT / "tests" / "unit" / "core" / "places_cases.tsv"
NBSP = "\u00a0"
LONG_CHARACTERS = 1_000
"""A long message: cases one after the other, cut at this length."""


def read_texts() -> list[str]:
    """Return the texts of the project's own cases."""
    with CASES.open(encoding="utf-8", newline="") as stream:
        return [row["text"] for row in csv.DictReader(stream, delimiter="\t")]


def long_texts(texts: Sequence[str], count: int = 20) -> list[str]:
    """Return messages of a thousand characters, each starting at another case."""
    return [", ".join([*texts[at:], *texts[:at]])[:LONG_CHARACTERS] for at in range(count)]


def milliseconds(resolver: PlaceResolver, texts: Sequence[str], repeats: int = 3) -> list[float]:
    """Return the time of each reading in ms, after one that builds the spelling indexes."""
    resolver.resolve("toulouze")
    spent: list[float] = []
    for text in [*texts] * repeats:
        begun = time.perf_counter()
        resolver.resolve(text)
        spent.append((time.perf_counter() - begun) * 1000)
    return spent


def megabytes() -> float:
    """Return the memory of a resolver once every index is built, in millions of bytes."""
    tracemalloc.start()
    try:
        resolver = PlaceResolver(Gazetteer.load(REFERENCE))
        resolver.resolve("je suis de bruxelle")
        return tracemalloc.get_traced_memory()[0] / 1_000_000
    finally:
        tracemalloc.stop()


def main() -> None:
    """Print the figures."""
    texts = read_texts()
    resolver = PlaceResolver(Gazetteer.load(REFERENCE))
    for name, measured in (
        (f"{len(texts)} cas", texts),
        (f"messages de {LONG_CHARACTERS} caractères", long_texts(texts)),
    ):
        spent = milliseconds(resolver, measured)
        p95 = statistics.quantiles(spent, n=100, method="inclusive")[94]
        median = statistics.median(spent)
        _say(f"{name}{NBSP}: médiane {_french(median)} ms, p95 {_french(p95)} ms")
    _say(f"Mémoire du répertoire et du lecteur{NBSP}: {_french(megabytes(), 1)} Mo")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _french(number: float, digits: int = 2) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


if __name__ == "__main__":
    main()
