"""The mini-language, and the messages an editor gets when a pattern is wrong."""

from pathlib import Path

import pytest

from accueil.core.safety import SafetyDataError, SafetyDetector
from accueil.core.safety.pattern import PatternCompiler, PatternIndex
from accueil.core.safety.spelling import expand_elisions, sound_key


def matches(pattern: str, words: str) -> bool:
    compiled = PatternCompiler({"qui": ["il", "elle", "mon pere"]}).compile(pattern)
    return bool(compiled.regex.search(f" | {words} | "))


@pytest.mark.parametrize(
    ("pattern", "words", "expected"),
    [
        ("frapp*", "il me frappait", True),
        ("frappe", "il me frappait", False),
        ("@qui me tape", "mon pere me tape", True),
        ("@qui me tape", "le voisin me tape", False),
        ("je [veux] mourir", "je mourir", True),
        ("il .. frapp*", "il me a encore frappe", True),
        ("il .. frapp*", "il me a jamais frappe", False),
        ("il .. frapp*", "il dort | frappe", False),
        ("tape !(la|le)", "tape la discute", False),
        ("tape !(la|le)", "tape fort", True),
        ("^ suicide $", "suicide", True),
        ("^ suicide $", "le suicide", False),
        ("j'ai peur", "je ai peur", True),
    ],
)
def test_mini_language(pattern: str, words: str, expected: bool) -> None:
    assert matches(pattern, words) is expected


@pytest.mark.parametrize("pattern", ["(a|b", "a)", "..", "a & b", "@inconnu", "[a]", "(a|)", "a !"])
def test_wrong_patterns_are_named(pattern: str) -> None:
    with pytest.raises(SafetyDataError):
        PatternCompiler({}).compile(pattern)


def test_index_only_proposes_patterns_with_an_anchor() -> None:
    compiler = PatternCompiler({})
    index = PatternIndex([(compiler.compile("je .. mourir"), 1), (compiler.compile("frapp*"), 2)])
    assert [entry for _, entry in index.candidates({"je", "mourir"})] == [1]
    assert [entry for _, entry in index.candidates({"je", "frappait"})] == [2]


def test_elisions_and_sounds() -> None:
    assert expand_elisions("je n'ai plus qu'a dormir") == "je ai plus que a dormir"
    assert sound_key("kan") == sound_key("quand")
    assert sound_key("voi") == sound_key("vois")


def test_a_broken_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").write_text("[types\n", encoding="utf-8")
    with pytest.raises(SafetyDataError, match=r"lexicon\.toml"):
        SafetyDetector.load(tmp_path)
