"""What a reading must resist: spelling, length, tricks; and what it must say."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.safety import SafetyDetector, SafetyType

PLAIN = SafetyDetector.load(Path(__file__).parents[2] / "data" / "safety")


@pytest.mark.parametrize(
    "text",
    [
        "JE VEUX MOURIR",
        "je veux mour\u200bir",
        "je\u00a0veux m\u200co\u200bu\u200dr\ufeffir",
        "je veux mouriiiiiir",
        "jeveuxmourir",
        "j e  v e u x  m o u r i r",
        "je veux m0urir",
        "je v3ux mourir",
        "su1cide",
        "s.u.i.c.i.d.e",
        "s-u-i-c-i-d-e",
        "su*cide",
        "ｊｅ ｖｅｕｘ ｍｏｕｒｉｒ",
        "𝗷𝗲 𝘃𝗲𝘂𝘅 𝗺𝗼𝘂𝗿𝗶𝗿",
        "je veux m\u043eurir",  # Cyrillic о
        "#jeveuxmourir",
        "bonjour\nje veux mourir\nmerci",
    ],
)
def test_disguises_are_seen_through(detector: SafetyDetector, text: str) -> None:
    reading = detector.read(text)
    assert SafetyType.suicide in reading.types
    assert reading.numbers[0] == "3114"
    assert reading.text == text


def test_one_sentence_in_ten_thousand_characters(detector: SafetyDetector) -> None:
    filler = "Bonjour, je cherche une formation en alternance près de chez moi. "
    text = filler * 76 + "Mon père me frappe tous les soirs. " + filler * 76
    assert len(text) > 10_000
    start = time.perf_counter()
    reading = detector.read(text)
    assert time.perf_counter() - start < 0.5
    assert SafetyType.violence_familiale in reading.types


def test_one_phrase_without_punctuation(detector: SafetyDetector) -> None:
    filler = "je cherche un stage et un logement et une aide pour le permis "
    assert detector.read(filler * 40 + "et je veux mourir " + filler * 40).distress
    assert not detector.read(filler * 80).distress


@pytest.mark.parametrize(
    ("text", "third"),
    [
        ("ma pote veut se suicider", True),
        ("mon voisin frappe sa femme et ses enfants", True),
        ("je veux me suicider", False),
        ("ma copine me frappe", False),
        ("j'ai peur de mon copain", False),
        ("mon oncle m'a violée", False),
        ("ma cousine s'est fait violer", True),
    ],
)
def test_third_person(detector: SafetyDetector, text: str, third: bool) -> None:
    reading = detector.read(text)
    assert reading.distress
    assert reading.third_person is third


def test_a_minor_gets_the_119(detector: SafetyDetector) -> None:
    reading = detector.read("j'ai 16 ans et mon beau-père me frappe")
    assert SafetyType.mineur_en_danger in reading.types
    assert "119" in reading.numbers


def test_most_urgent_type_first(detector: SafetyDetector) -> None:
    reading = detector.read("je suis à la rue et mon pote a fait une overdose, il respire plus")
    assert reading.types[0] == SafetyType.urgence_medicale
    assert reading.types.index(SafetyType.surdose) < reading.types.index(
        SafetyType.sans_abri_ce_soir
    )
    assert len(set(reading.numbers)) == len(reading.numbers)


@pytest.mark.parametrize("text", ["", " ", "?!", "😂", "\u200b", "15", "…" * 50])
def test_nothing_to_read(detector: SafetyDetector, text: str) -> None:
    reading = detector.read(text)
    assert not reading.distress
    assert reading.types == reading.numbers == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("je tiens plus", SafetyType.suicide), ("il m'entend", SafetyType.danger_immediat)],
)
def test_some_words_count_only_when_alone(
    detector: SafetyDetector, text: str, kind: SafetyType
) -> None:
    assert detector.read(text).types == (kind,)
    assert detector.read(f"Bonsoir, {text}...").types == (kind,)


def test_the_same_words_about_something_else_do_not(detector: SafetyDetector) -> None:
    assert not detector.read("Votre formulaire a encore planté. je tiens plus").distress
    assert not detector.read("il m'entend mal au téléphone, mon conseiller").distress


def test_an_accident_sets_aside_wounds_only(detector: SafetyDetector) -> None:
    assert not detector.read("je me suis coupé le doigt en cuisine, c'est déclaré").distress
    reading = detector.read("mon oncle m'a touchée au travail")
    assert reading.types == (SafetyType.agression_sexuelle,)


@pytest.mark.parametrize("tail", ["il y a 10 ans", "au judo", "au théâtre"])
def test_time_and_place_never_erase_a_sexual_assault(detector: SafetyDetector, tail: str) -> None:
    assert SafetyType.agression_sexuelle in detector.read(f"mon cousin m'a violée {tail}").types


def test_fear_of_being_found_out(detector: SafetyDetector) -> None:
    assert detector.fears_discovery("j'ai peur que mon père voie les messages")
    assert detector.fears_discovery("il fouille mon tel")
    assert not detector.fears_discovery("elle dort chez elle")


@given(st.text(max_size=300))
def test_any_text_is_read_the_same_twice(text: str) -> None:
    first = PLAIN.read(text)
    assert first == PLAIN.read(text)
    assert first.distress is bool(first.types) is bool(first.numbers)
