"""The lexicon and the classifier: neither can be switched off by the other, nor by a training."""

import shutil
from pathlib import Path

import pytest

from accueil.core.safety import SafetyDataError, SafetyDetector, SafetyType
from accueil.core.safety.classifier import DISTRESS, FILE, ZERO, Layer, Output, SafetyClassifier
from accueil.core.safety.features import BUCKETS, features, windows
from accueil.core.safety.lexicon import load_lexicon

DATA = Path(__file__).parents[2] / "data" / "safety"
PLAIN = ("je veux mourir", "mon père me frappe", "j'ai nulle part où dormir ce soir")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(DATA / "lexicon.toml", tmp_path)
    return tmp_path


def says(bias: float) -> SafetyClassifier:
    """Return a classifier that a training has spoilt: it says the same of everything."""
    layer = Layer(bytes([ZERO]) * BUCKETS, [1.0], [0.0])
    outputs = dict.fromkeys((DISTRESS, *SafetyType), Output([1.0], bias))
    return SafetyClassifier([1] * BUCKETS, layer, outputs)


def test_both_readers_work_together(detector: SafetyDetector) -> None:
    assert detector.is_whole


@pytest.mark.parametrize("bias", [-9.0, 9.0])
def test_a_spoilt_classifier_is_not_listened_to(bias: float) -> None:
    spoilt = SafetyDetector(load_lexicon(DATA / "lexicon.toml"), says(bias))
    assert not spoilt.is_whole
    assert all(spoilt.read(text).distress for text in PLAIN)
    assert not spoilt.read("je cherche un logement").distress


@pytest.mark.parametrize("content", [b"", b"not a file of ours", b"\x78\xda\x00\x00"])
def test_a_damaged_classifier_leaves_the_lexicon(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    with pytest.raises(SafetyDataError):
        SafetyClassifier.load(folder)
    alone = SafetyDetector.load(folder)
    assert not alone.is_whole
    assert all(alone.read(text).distress for text in PLAIN)


def test_without_a_classifier_the_lexicon_stands_alone(folder: Path) -> None:
    assert all(SafetyDetector.load(folder).read(text).distress for text in PLAIN)


def test_an_editor_teaches_a_word_without_training(folder: Path) -> None:
    shutil.copy(DATA / FILE, folder)
    before = SafetyDetector.load(folder)
    text = "jvais me zbeuler la rate"
    assert not before.read(text).distress
    path = folder / "lexicon.toml"
    lexicon = path.read_text(encoding="utf-8")
    at = lexicon.index("toujours = [", lexicon.index("[types.suicide]")) + len("toujours = [")
    added = lexicon[:at] + '"me zbeuler", ' + lexicon[at:]
    path.write_text(added, encoding="utf-8")
    assert SafetyDetector.load(folder).read(text).types == (SafetyType.suicide,)


def test_the_classifier_hears_what_no_phrase_holds(detector: SafetyDetector) -> None:
    alone = SafetyDetector(load_lexicon(DATA / "lexicon.toml"), None)
    text = "quand il rentre je me fais toute petite, la moindre miette et ça part en coups"
    assert not alone.read(text).distress
    assert detector.read(text).distress


def test_a_long_message_is_read_in_parts() -> None:
    words = "un deux trois " * 50
    parts = windows(words)
    assert len(parts[0]) == 150
    assert all(len(part) <= 40 for part in parts[1:])
    assert {word for part in parts[1:] for word in part} == {"un", "deux", "trois"}


def test_features_are_the_same_for_the_same_words() -> None:
    assert features(["je", "veux"]) == features(["je", "veux"])
    assert features(["je", "veux"]) != features(["veux", "je"])


@pytest.mark.parametrize(
    "text",
    [
        "🔫⚰️ adieu",
        "💊💊💊 adieu tout le monde",
        "😭🔪 j'en peux plus de vivre",
        "bghit nmout",
        "i want to die",
        "quiero morir",
        "أريد أن أموت",
        "я хочу померти",
        "ölmek istiyorum",
        "no tengo donde dormir esta noche",
        "he is beating me please help",
        "i have nowhere to sleep tonight",
    ],
)
def test_emoji_and_the_plainest_phrases_of_other_languages(
    detector: SafetyDetector, text: str
) -> None:
    assert detector.read(text).distress


@pytest.mark.parametrize(
    "text", ["💀💀💀", "😂😂 mort", "i need a job", "busco trabajo", "🎉", "merci 😭", "🙏"]
)
def test_emoji_and_other_languages_without_danger(detector: SafetyDetector, text: str) -> None:
    assert not detector.read(text).distress
