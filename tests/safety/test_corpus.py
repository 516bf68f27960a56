"""The release gate: recall and false alarms on corpora that tuning never saw."""

import re
from collections import Counter
from pathlib import Path

import pytest
from figures import (
    BEGIN,
    DEVELOPMENT,
    END,
    HARD,
    PAGE,
    ROOT,
    SHARED,
    UNSEEN,
    measure,
    read_cases,
    report,
)

from accueil.core.safety import SafetyDetector, SafetyType
from accueil.core.safety.classifier import fingerprint, made_from
from accueil.core.text import fold

HERE = Path(__file__).parent
DATA = ROOT / "data" / "safety"
STYLES = {"direct", "veiled", "sms", "slang", "third", "mixed"}
CATEGORIES = frozenset(path.stem for path in (DATA / "examples" / "calm").glob("*.txt"))
LEGITIMATE = re.compile(
    r"detresse|harcelement|mal_etre|alimentaire|depart_parents|aide_urgence|porter_plainte"
)
"""Intents of the questions that may well come from somebody in danger."""


def test_the_red_team_corpus_is_large_and_covers_every_type_and_style() -> None:
    cases = read_cases(HERE / UNSEEN)
    positives = [case for case in cases if case.distress]
    assert len(positives) >= 300
    assert len(cases) - len(positives) >= 500
    assert {case.kind for case in positives} == set(SafetyType)
    assert {case.style for case in positives} == STYLES
    assert {case.kind for case in cases if not case.distress} == CATEGORIES
    assert len({case.text for case in cases}) == len(cases)


def test_release_gate(detector: SafetyDetector) -> None:
    found = measure(detector, read_cases(HERE / UNSEEN))
    assert found.alarms(True).share >= 0.98
    assert found.alarms(False).share <= 0.03


def test_the_harder_corpus_does_not_get_worse(detector: SafetyDetector) -> None:
    found = measure(detector, read_cases(HERE / HARD))
    assert found.alarms(True).share >= 0.94
    assert found.alarms(False).share <= 0.04


@pytest.mark.skipif(not SHARED.exists(), reason="shared/ absent")
def test_shared_cases(detector: SafetyDetector) -> None:
    found = measure(detector, read_cases(SHARED))
    assert found.alarms(True).share >= 0.98
    assert found.alarms(False).share <= 0.03


def test_the_right_type_is_among_those_found(detector: SafetyDetector) -> None:
    found = measure(detector, read_cases(HERE / UNSEEN))
    right = [found.right_type(kind) for kind in found.kinds(True)]
    assert sum(one.found for one in right) / sum(one.of for one in right) >= 0.85


def test_ordinary_questions_raise_few_alarms(detector: SafetyDetector) -> None:
    """The questions that the understanding of French is examined on."""
    lines = (ROOT / "tests" / "nlu" / "dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    alarms = [detector.read(row[0]).distress for row in rows if not LEGITIMATE.search(row[1])]
    assert len(alarms) > 600
    assert sum(alarms) / len(alarms) <= 0.035


def test_names_of_places_raise_no_alarm(detector: SafetyDetector) -> None:
    places = (
        "Roubaix/Le Blanc-Mesnil/Évry/Saint-Denis 93/Bras-Panon/Mort-Homme/Le Martinet/Mulhouse"
    )
    assert [name for name in places.split("/") if detector.read(name).distress] == []


def test_the_page_tells_what_is_measure(detector: SafetyDetector) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.split(BEGIN)[1].split(END)[0] == report(detector), "run make safety"


def test_the_classifier_was_trained_on_these_examples() -> None:
    assert made_from(DATA) == fingerprint(DATA / "examples"), "run make safety"


def test_no_example_is_a_test_case() -> None:
    tests = [case.text for name in (UNSEEN, HARD, DEVELOPMENT) for case in read_cases(HERE / name)]
    if SHARED.exists():
        tests += [case.text for case in read_cases(SHARED)]
    known = {_words(text) for text in tests}
    examples = Counter(
        _words(line)
        for path in (DATA / "examples").glob("*/*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    assert [text for text in examples if text in known] == []
    assert [text for text, times in examples.items() if times > 1] == []
    danger = (DATA / "examples" / "danger").glob("*.txt")
    assert {path.stem for path in danger} == set(SafetyType)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+|[^\x00-\x7f]", fold(text)))
