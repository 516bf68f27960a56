"""A long text reaches an app in pieces that end well, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.platforms.split import length_of, split_text


def test_a_short_text_is_one_piece() -> None:
    assert split_text(" Bonjour. ", 20) == ["Bonjour."]
    assert split_text("  ", 20) == []


def test_it_is_cut_between_sentences() -> None:
    text = "Va à la mairie. Demande le livret. Signe en bas."
    assert split_text(text, 36) == ["Va à la mairie. Demande le livret.", "Signe en bas."]


def test_a_paragraph_is_kept_whole_where_it_can_be() -> None:
    text = "Un. Deux. Trois.\n\nQuatre. Cinq."
    assert split_text(text, 26) == ["Un. Deux. Trois.", "Quatre. Cinq."]


def test_a_sentence_too_long_is_cut_between_words() -> None:
    assert split_text("pas de point dans cette phrase", 14) == [
        "pas de point",
        "dans cette",
        "phrase",
    ]


def test_a_word_too_long_is_cut_anyway() -> None:
    assert split_text("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_emoji_count_twice_and_families_stay_together() -> None:
    assert length_of("🙏") == 2
    family = "👨\u200d👩\u200d👧"
    assert all(not piece.startswith("\u200d") for piece in split_text(family * 4, 20))


def test_a_limit_under_one_emoji_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="two units"):
        split_text("a", 1)


@given(st.text(max_size=400), st.integers(min_value=2, max_value=60))
def test_every_piece_fits_and_only_spaces_are_lost(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(piece and length_of(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
