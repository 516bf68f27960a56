"""Recall and false alarms on our own corpus, and on the shared cases where they are present."""

import hashlib
import statistics
import time
from pathlib import Path

import pytest

from accueil.core.safety import SafetyDetector, SafetyType

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "cases" / "distress.tsv"
type Row = tuple[str, bool, str]


def rows(path: Path) -> list[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [(cell[0], cell[1] == "1", cell[2]) for cell in cells]


def half(text: str) -> str:
    """Put a text in one half for good: the lexicon is tuned on ``tune`` only."""
    return "tune" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 0 else "unseen"


def rates(detector: SafetyDetector, sample: list[Row]) -> tuple[float, float]:
    found = [detector.read(text).distress for text, distress, _ in sample if distress]
    alarms = [detector.read(text).distress for text, distress, _ in sample if not distress]
    return sum(found) / len(found), sum(alarms) / len(alarms)


def test_corpus_is_large_and_covers_every_type() -> None:
    corpus = rows(HERE / "corpus.tsv")
    positives = [row for row in corpus if row[1]]
    assert len(positives) >= 250
    assert len(corpus) - len(positives) >= 300
    assert {kind for _, _, kind in positives} == set(SafetyType)
    assert len({text for text, _, _ in corpus}) == len(corpus)


@pytest.mark.parametrize("part", ["tune", "unseen"])
def test_recall_and_false_alarms(detector: SafetyDetector, part: str) -> None:
    recall, alarms = rates(
        detector, [row for row in rows(HERE / "corpus.tsv") if half(row[0]) == part]
    )
    assert recall >= 0.95
    assert alarms <= 0.05


def test_the_right_type_is_among_those_found(detector: SafetyDetector) -> None:
    read = [(detector.read(text), kind) for text, yes, kind in rows(HERE / "corpus.tsv") if yes]
    found = [kind in reading.types for reading, kind in read if reading.distress]
    assert sum(found) / len(found) >= 0.9


@pytest.mark.skipif(not SHARED.exists(), reason="shared/ absent")
def test_shared_cases(detector: SafetyDetector) -> None:
    recall, alarms = rates(detector, rows(SHARED))
    assert recall >= 0.95
    assert alarms <= 0.05


def test_no_shared_case_was_copied() -> None:
    if SHARED.exists():
        assert not {r[0] for r in rows(SHARED)} & {r[0] for r in rows(HERE / "corpus.tsv")}


def test_median_under_two_milliseconds(detector: SafetyDetector) -> None:
    spent = []
    for text, _, _ in rows(HERE / "corpus.tsv"):
        start = time.perf_counter()
        detector.read(text)
        spent.append(time.perf_counter() - start)
    assert statistics.median(spent) < 0.002
