"""The alphabet of SMS: French stays in 7-bit coding, and its length is counted as it is billed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.sms_text import ALPHABET, EXTENSION, is_gsm, segments, to_gsm

FRENCH = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ .,;:!?'’«»“”()[]/@+-–—…%&€°\"\n\u00a0\u202f"
)
french = st.text(alphabet=FRENCH)


def test_the_alphabet_is_that_of_the_standard() -> None:
    assert len(ALPHABET) == 127  # 128 places, one of them the escape
    assert len(EXTENSION) == 10
    assert not ALPHABET & EXTENSION
    assert set("éèàùÉÇ") <= ALPHABET
    assert not set("çâêîôûëïœÀÈÙ’«»\u00a0\u202f") & (ALPHABET | EXTENSION)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Ça va\u202f?", "Ça va ?"),
        ("C’est à 9\u00a0h\u00a030, près de la forêt", "C'est à 9 h 30, près de la foret"),
        ("«\u00a0Le garçon naïf\u00a0»", '"Le garcon naif"'),
        ("«\u202fŒuf\u202f»…", '"OEuf"...'),
        ("Noe\u0308l", "Noel"),
        ("œ\u0301", "oe"),
        ("Émilie, À bientôt", "Émilie, A bientot"),
        ("Łukasz et Šárka", "Lukasz et Sarka"),
        ("9 h – 12 h", "9 h - 12 h"),
        ("10 €", "10 €"),
        ("Bonjour مريم", "Bonjour مريم"),
        ("", ""),
    ],
)
def test_typography_is_made_plain(written: str, sent: str) -> None:
    assert to_gsm(written) == sent


@given(french)
def test_french_always_stays_in_seven_bits(text: str) -> None:
    assert is_gsm(to_gsm(text))


@given(st.text())
def test_what_is_made_plain_stays_so(text: str) -> None:
    assert to_gsm(to_gsm(text)) == to_gsm(text)


@given(st.text(alphabet=sorted(ALPHABET | EXTENSION)))
def test_what_the_alphabet_has_is_left_alone(text: str) -> None:
    assert to_gsm(text) == text


@given(st.text(alphabet=FRENCH.replace("…", "")))
def test_french_made_plain_never_costs_more(text: str) -> None:
    assert segments(to_gsm(text)) <= segments(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the escape does not leave its sign alone
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),  # 33 to a segment: a pair is not cut in two
    ],
)
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


@given(st.text(), st.text())
def test_more_text_never_takes_fewer_segments(start: str, end: str) -> None:
    assert segments(start + end) >= segments(start)
