"""Links, recovery codes, keyed hashes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.tokens import TokenMaker, read_code

MAKER = TokenMaker(b"k" * 40)


def test_a_token_is_128_bits_and_fits_an_address() -> None:
    tokens = {MAKER.new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
    assert re.fullmatch(r"[0-9a-f]{32}", MAKER.new_id())


def test_tokens_come_from_the_given_source() -> None:
    maker = TokenMaker(b"k", source=lambda count: b"\xff" * count)
    assert maker.new_token() == "_" * 21 + "w"
    assert maker.new_id() == "ff" * 16


def test_hashes_depend_on_key_and_value() -> None:
    assert MAKER.hash("a") == MAKER.hash("a")
    assert len({MAKER.hash("a"), MAKER.hash("b"), TokenMaker(b"x").hash("a")}) == 3


@given(st.text(min_size=1, max_size=30))
def test_every_code_is_read_back(token: str) -> None:
    code = MAKER.code_for(token)
    assert code == MAKER.code_for(token)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    assert any(character.isdigit() for character in code)
    for typed in (code, code.lower(), f"mon code c'est {code.lower()}.", f"({code})"):
        assert read_code(typed) == code
    without = code.replace("-", "")
    assert read_code(f"code: {without}") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("K7QF-3M2P", "K7QF-3M2P"), ("k7qf 3m2p", "K7QF-3M2P"), ("k7qf3m2p", "K7QF-3M2P"),
        ("K7QF-3M2P merci", "K7QF-3M2P"), ("c'est K7QF-3M2P stp", "K7QF-3M2P"),
        ("KOQF-3M2P", "K0QF-3M2P"), ("KIQF-LM2P", "K1QF-1M2P"), ("KOQF-AMBP", "K0QF-AMBP"),
        ("kuqf 3m2p", "KVQF-3M2P"), ("1234-5678", "1234-5678"),
        ("mars 2027 K7QF-3M2P", "K7QF-3M2P"),
    ],
)  # fmt: skip
def test_codes_as_typed(text: str, code: str) -> None:
    assert read_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "", "bonjour", "mars 2027", "en juin 2026", "août 2027", "mars 1999", "peut-être",
        "Lily-Rose",
        "Jean-Paul", "Anne-Lise", "sous-sols", "bien sûr", "0612345678", "06 12 34 56 78",
        "75011 Paris",
        "rendez-vous", "le 24 novembre", "vous êtes où", "14h30 15h00 x", "K7QF-3M2", "K7QF--3M2P",
        "xK7QF-3M2P", "K7QF-3M2Pé",
    ],
)  # fmt: skip
def test_what_is_no_code(text: str) -> None:
    assert read_code(text) is None
