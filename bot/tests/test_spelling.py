"""One slip is put right when the word is unknown and a common one is one letter away."""

import pytest

from bot.nlu.spelling import Speller

KNOWN = {"logement": 40, "logements": 5, "permis": 30, "permit": 4, "caution": 3, "mission": 9}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("logemnt", "logement"),
        ("loggement", "logement"),
        ("lohement", "logement"),
        ("lgoement", "logement"),
        ("ogement", "logement"),
        ("logementt", "logement"),
        ("permi", "permis"),
        ("misison", "mission"),
    ],
)
def test_one_slip_is_put_right(speller: Speller, typed: str, known: str) -> None:
    assert speller.correct(typed) == known


@pytest.mark.parametrize(
    "typed",
    [
        "permit",  # known as it is
        "lgmnt",  # two slips
        "cautoin",  # seen in too few messages to be trusted
        "appl",  # too short
        "_heure_",
        "rdv10",
        "zblorg",
        "",
    ],
)
def test_everything_else_is_left_alone(speller: Speller, typed: str) -> None:
    assert speller.correct(typed) == typed


def test_the_commonest_word_is_chosen(speller: Speller) -> None:
    assert speller.correct("logemente") == "logement"
