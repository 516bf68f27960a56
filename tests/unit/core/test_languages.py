"""Languages that are not French are told apart, and hurried French is never taken for one."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from accueil.core.languages import languages, read_language

ROOT = Path(__file__).resolve().parents[3]
CASES = Path(__file__).with_name("test_languages_cases.csv")
NOTHING = [
    "",
    "   ",
    "\n",
    "?!",
    "...",
    "👍",
    "😭🦷",
    "06 12 34 56 78",
    "59000",
    "14h30",
    "٣٤",
    "_",
]


def told(text: str) -> str | None:
    language = read_language(text)
    return language.code if language else None


def read_cases() -> list[tuple[str, str]]:
    """Messages with the code of their language; ``none``: French, or a mixture."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["expected"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("text", "expected"), read_cases())
def test_foreign_languages_are_told_and_hurried_french_is_not_one(text: str, expected: str) -> None:
    assert (told(text) or "none") == expected


def test_every_language_is_tried_twice_at_least_and_french_often() -> None:
    tried = Counter(expected for _, expected in read_cases())
    assert {code for code, count in tried.items() if count > 1} == {
        "none",
        *(one.code for one in languages()),
    }
    assert tried["none"] > 60


@pytest.mark.parametrize("text", NOTHING)
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    "text", ["나는 일을 찾고 있어요", "Αναζητώ εργασία", "ich suche eine Wohnung"]
)
def test_a_language_without_a_notice(text: str) -> None:
    assert told(text) is None


def test_no_message_of_the_development_set_is_foreign() -> None:
    with (ROOT / "tests" / "nlu" / "dev.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 500
    assert [(row["text"], told(row["text"])) for row in rows if told(row["text"])] == []


@pytest.mark.parametrize("text", ["necesito ayuda", "no hablo", "quiero trabajo"])
def test_two_words_are_enough_and_one_is_not(text: str) -> None:
    assert told(text) == "es"
    assert told(text.split()[-1]) is None


def test_accents_and_apostrophes_do_not_matter() -> None:
    assert told("je ne sais pas, i’m lost") is None
    assert (
        told("i’m here and i don’t understand") == told("i'm here and i don't understand") == "en"
    )
    assert told("necesito una cita mañana por favor") == told("necesito una cita manana por favor")


def test_a_long_french_message_with_a_foreign_sentence_stays_french() -> None:
    story = "je cherche un logement parce que je dois quitter la maison de mes parents " * 20
    assert told(story + "necesito ayuda por favor") is None


# What the file holds


def test_the_file_is_complete() -> None:
    for one in languages():
        assert len(one.code) == 2
        assert one.name
        assert bool(one.script) != bool(one.words), f"{one.code}: an alphabet or words"
        assert one.notice == one.notice.strip() != ""
    codes = [one.code for one in languages()]
    assert len(codes) == len(set(codes)) == 13


def test_one_language_of_an_alphabet_needs_no_letters_and_comes_first() -> None:
    scripts: dict[str, list[bool]] = {}
    for one in languages():
        if one.script:
            scripts.setdefault(one.script, []).append(bool(one.letters))
    assert {tuple(letters) for letters in scripts.values()} <= {
        (False,),
        (False, True),
        (False, True, True),
    }
    assert len(scripts) == 4


@pytest.mark.parametrize("language", languages(), ids=lambda one: one.code)
def test_a_notice_is_short_and_names_the_emergency_number(language) -> None:
    assert "112" in language.notice
    assert "Mission Locale" in language.notice
    assert len(language.notice) < 260
    assert "\n" not in language.notice


def test_words_are_written_as_they_are_compared() -> None:
    for one in languages():
        for word in one.words:
            assert word == word.lower()
            assert word.replace("'", "").isascii(), f"{one.code}: {word}"


def test_a_file_that_is_absent_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        languages(tmp_path / "absent.toml")
