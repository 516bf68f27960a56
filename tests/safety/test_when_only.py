"""A day or a delay alone is no danger, and no message of danger is only a day or a delay."""

import pytest
from conftest import DATA
from figures import read_cases
from test_corpus import DEVELOPMENT, HARD, HERE, UNSEEN

from accueil.core.safety import SafetyDetector
from accueil.core.safety.lexicon import load_lexicon
from accueil.core.safety.when_only import says_only_when

NORMALISER = load_lexicon(DATA / "lexicon.toml").normaliser


@pytest.mark.parametrize(
    "text",
    [
        "hier soir",
        "avant-hier",
        "dans 4 jours",
        "il y a 3 jours",
        "tous les soirs après 18h",
        "le plus vite possible",
        "au plus vite svp",
        "c'est urgent",
        "ok jeudi 14h alors",
        "trois ou quatre jours",
        "15h30",
    ],
)
def test_days_and_delays_raise_no_alarm(detector: SafetyDetector, text: str) -> None:
    assert not detector.read(text).distress


def test_no_message_of_danger_says_only_when() -> None:
    danger = [
        case.text
        for name in (UNSEEN, HARD, DEVELOPMENT)
        for case in read_cases(HERE / name)
        if case.distress
    ]
    for path in (DATA / "examples" / "danger").glob("*.txt"):
        danger += path.read_text(encoding="utf-8").splitlines()
    assert len(danger) > 10_000
    assert [text for text in danger if says_only_when(text, NORMALISER.line(text))] == []


@pytest.mark.parametrize("text", ["🚑 vite", "ce soir c'est le dernier", "عمري 15 سنة"])
def test_pictures_and_last_evenings_are_read_whole(text: str) -> None:
    assert not says_only_when(text, NORMALISER.line(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("j'ai 16 ans dans 2 mois rdv lille mardi", False),
        ("m'envoyez rien svp mon pere regarde mon tel", False),
        ("faut pas que mes parents sachent que je viens", False),
        ("je peux pas venir au rdv, mon père m'a cassé le bras", True),
        ("rdv annulé, je serai plus de ce monde", True),
    ],
)
def test_an_appointment_asks_for_more_certainty(
    detector: SafetyDetector, text: str, expected: bool
) -> None:
    assert detector.read(text).distress is expected
