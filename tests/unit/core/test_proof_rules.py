"""Proofs: what is solved is accepted once, by whom it was made for, in time; nothing else is."""

from datetime import timedelta

import pytest
from factories import NOW
from hypothesis import given
from hypothesis import strategies as st
from proof_solver import solve

from accueil.core import proof
from accueil.core.clock import FixedClock
from accueil.core.proof import FEWEST_BITS, MOST_BITS, Challenge, Proofs, bits_for, is_solved
from accueil.core.tokens import TokenMaker

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
BITS = 5


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def proofs(clock: FixedClock) -> Proofs:
    return Proofs(TokenMaker(b"k" * 40), clock)


def solved(challenge: Challenge) -> str:
    return solve({"salt": challenge.salt, "bits": challenge.bits})


def test_a_solved_challenge_is_accepted_once(proofs):
    answer = solved(proofs.challenge(HERE, BITS))
    assert proofs.accept(answer, HERE)
    assert not proofs.accept(answer, HERE)


def test_another_number_of_a_used_salt_is_refused_too(proofs):
    challenge = proofs.challenge(HERE, 1)
    numbers = [n for n in range(100) if is_solved(challenge.salt, str(n), 1)]
    assert proofs.accept(f"{challenge.salt}:{numbers[0]}", HERE)
    assert not any(proofs.accept(f"{challenge.salt}:{n}", HERE) for n in numbers)


def test_it_is_for_one_visitor_and_does_not_name_them(proofs):
    challenge = proofs.challenge(HERE, BITS)
    assert HERE not in challenge.salt
    assert not proofs.accept(solved(challenge), ELSEWHERE)
    assert proofs.accept(solved(challenge), HERE)


def test_it_ends(proofs, clock):
    challenge = proofs.challenge(HERE, BITS)
    clock.advance(timedelta(seconds=challenge.expires - clock.now().timestamp() - 1))
    late = proofs.challenge(HERE, BITS)
    assert proofs.accept(solved(challenge), HERE)
    clock.advance(timedelta(seconds=late.expires - clock.now().timestamp()))
    assert not proofs.accept(solved(late), HERE)


def test_another_key_signs_otherwise(proofs, clock):
    other = Proofs(TokenMaker(b"o" * 40), clock)
    assert not proofs.accept(solved(other.challenge(HERE, BITS)), HERE)


@given(number=st.integers(0, 2000))
def test_accepting_and_having_solved_are_the_same(number):
    proofs = Proofs(TokenMaker(b"k" * 40), FixedClock(NOW))
    challenge = proofs.challenge(HERE, BITS)
    done = is_solved(challenge.salt, str(number), BITS)
    assert proofs.accept(f"{challenge.salt}:{number}", HERE) is done


@given(text=st.text(max_size=200))
def test_whatever_else_is_sent_is_refused_without_an_error(text):
    proofs = Proofs(TokenMaker(b"k" * 40), FixedClock(NOW))
    assert not proofs.accept(text, HERE)


@given(place=st.integers(0, 300), sign=st.sampled_from("0123456789abcdefXYZ-_.:"))
def test_a_salt_that_was_touched_is_refused(place, sign):
    proofs = Proofs(TokenMaker(b"k" * 40, lambda size: b"r" * size), FixedClock(NOW))
    challenge = proofs.challenge(HERE, 1)
    salt = challenge.salt
    place %= len(salt)
    touched = salt[:place] + sign + salt[place + 1 :]
    if touched != salt:
        assert not any(proofs.accept(f"{touched}:{n}", HERE) for n in range(20))


@given(share=st.floats(allow_nan=False))
def test_bits_stay_within_what_a_telephone_can_do(share):
    assert FEWEST_BITS <= bits_for(share) <= MOST_BITS


def test_bits_grow_with_the_flood():
    bits = [bits_for(step / 100) for step in range(101)]
    assert bits == sorted(bits)
    assert (bits[0], bits[-1]) == (FEWEST_BITS, MOST_BITS)


def test_memory_is_bounded_and_forgets_what_is_over_first(proofs, clock, monkeypatch):
    monkeypatch.setattr(proof, "MOST_SPENT", 3)
    first = solved(proofs.challenge(HERE, 1))
    assert proofs.accept(first, HERE)
    clock.advance(timedelta(minutes=4))
    kept = [solved(proofs.challenge(HERE, 1)) for _ in range(2)]
    assert all(proofs.accept(one, HERE) for one in kept)
    clock.advance(timedelta(minutes=2))
    for _ in range(4):
        assert proofs.accept(solved(proofs.challenge(HERE, 1)), HERE)
        assert len(proofs._spent) <= 3
