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


@pytest.mark.parametrize(
    "text",
    [
        "j'ai un code FPJ1-HD7M", "mon code c FPJ1 HD7M", "code:FPJ1HD7M",
        "le code est FPJ1-HD7M", "code FPJ1-HD7M", "CODE FPJ1 HD7M", "code fpj1 hd7m",
        "codeFPJ1HD7M", "codeFPJ1-HD7M", "code-FPJ1-HD7M", "mon code cest FPJ1 HD7M",
        "mon code c bien fpj1 hd7m", "tiens FPJ1 HD7M pour 2024", "voila fpj1 hd7m stp annule",
        "K7QF-3M2P non pardon FPJ1-HD7M", "K7QF 3M2P ou FPJ1 HD7M",
        "FPJ1 HD7M K7QF-3M2P puis FPJ1-HD7M", "g le code FPJ1–HD7M", "donc FPJ1 HD7M",
        "salu FPJ1 HD7M cool", "salu fpj1 hd7m cool", "le 24 a 9h30 FPJ1-HD7M",
        "FPJ1 HD7M vers 9h30", "annee 2024 2025 FPJ1-HD7M",
        "mon code : FPJ1-HD7M jveux decaler a jeudi 10h", "mon code c'est le FPJ1HD7M",
        "fpj1-hd7m", "code fpj1hd7m merci", "salut fpj1 hd7m cool",
    ],
)  # fmt: skip
def test_a_code_in_a_sentence(text: str) -> None:
    assert read_code(text) == "FPJ1-HD7M"


@pytest.mark.parametrize(
    "text",
    [
        "mon code", "j'ai un code", "code 1234", "le code wifi", "code postal 59100",
        "mon code postal 5910", "pour 9h30", "vers 8h30", "8h30-9h30", "8h30-midi", "2025-2026",
        "2025 2026", "avec 1000 euros", "je gagne 1200", "on me paye 1500", "code pin 1234",
        "code 2024", "rdv jeud 9h30", "code annoté 2024", "perdu mon code rdv1",
        "code rome K1801", "le code de la route", "code-postal", "Code 59000", "mon code promo",
    ],
)  # fmt: skip
def test_sentences_without_a_code(text: str) -> None:
    assert read_code(text) is None


def test_of_two_codes_the_last_counts() -> None:
    assert read_code("K7QF3M2P puis FPJ1HDMM") == "FPJ1-HDMM"
    assert read_code("FPJ1-HD7M non K7QF-3M2P") == "K7QF-3M2P"
    assert read_code("FPJ1-HD7M ou K7QF 3M2P") == "FPJ1-HD7M"
