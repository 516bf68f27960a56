"""The noise of the evaluation: repeatable, always there, never too much."""

from typing import Any

import pytest

from bot.evaluation.noise import NOISES, no_accents, sms, spoil, typos

TEXTS = [
    "Je cherche un appartement à Lille, c’est possible ?",
    "Qu'est-ce que c'est, la Mission Locale ?",
    "Je suis né à l'étranger et j'ai besoin d'aide pour mes papiers",
    "appelle elle pour 12345 passé",
    "œuvre à côté : 450 € par mois",
]


@pytest.mark.parametrize("noise", NOISES)
def test_noise_is_the_same_for_the_same_seed(noise: str) -> None:
    assert spoil(TEXTS, noise, 1) == spoil(TEXTS, noise, 1)
    # Of a message alone: what comes before it does not matter.
    assert spoil(TEXTS, noise, 1)[2:] == spoil(TEXTS[2:], noise, 1)


def test_typos_change_with_the_seed() -> None:
    assert len({tuple(spoil(TEXTS, "typos", seed)) for seed in range(10)}) == 10


@pytest.mark.parametrize("noise", [name for name in NOISES if name != "clean"])
def test_noise_changes_every_message(noise: str) -> None:
    assert all(a != b for a, b in zip(TEXTS, spoil(TEXTS, noise, 1), strict=True))


def test_clean_changes_none() -> None:
    assert spoil(TEXTS, "clean", 1) == TEXTS


@pytest.mark.parametrize("word", ["appelle", "elle", "éééé", "1111", "aaaa", "----"])
def test_a_slip_is_always_a_slip(word: str) -> None:
    for seed in range(50):
        assert typos(word, seed) != word
        assert abs(len(typos(word, seed)) - len(word)) <= 1


def test_one_word_in_five_of_four_letters_or_more() -> None:
    text = " ".join(["un", "logement", "bon", "appartement", "marché"] * 4)
    for seed in range(20):
        pairs = list(zip(text.split(" "), typos(text, seed).split(" "), strict=True))
        assert sum(a != b for a, b in pairs) == 4
        assert all(a == b for a, b in pairs if len(a) < 4)
        assert all(a[0] == b[0] for a, b in pairs)


@pytest.mark.parametrize("text", ["", "ok", "oui non", "👍"])
def test_short_words_are_not_misspelt(text: str) -> None:
    assert typos(text, 1) == text


@pytest.mark.parametrize(
    ("text", "hurried"),
    [
        ("J’habite à Orléans !", "j habite a orleans"),
        ("Œuvre : 450 € + 20 %", "oeuvre 450 € + 20 %"),
        ("rendez-vous", "rendez vous"),
        ("?!", "?!"),
    ],
)
def test_no_accents(text: str, hurried: str) -> None:
    assert no_accents(text, 1) == hurried


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Pourquoi je cherche quelqu’un avec beaucoup de problèmes ?", None),
        ("Je suis avec vous", "chui av v"),
        ("J’ai un rendez-vous\u202f?", "g 1 rdv"),
        ("C’est quoi ?", "c koi"),
        ("S", "S"),
        (" ?", " ?"),
    ],
)
def test_sms(text: str, short: Any) -> None:
    assert sms(text, 1) == (short or "pkoi jcherche kelk1 av bcp de problème")


@pytest.mark.parametrize("noise", NOISES)
def test_noise_never_empties_a_message(noise: str) -> None:
    assert all(spoil(["?", "s", "’", " ?", "à", "...", "x"], noise, 1))
