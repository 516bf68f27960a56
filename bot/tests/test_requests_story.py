"""What counts in a long story; the reader is that of the tests of two requests."""

import time

import pytest

from bot.nlu.requests import LONG, find_requests
from bot.tests.test_requests import SURE, TALK, Reader, find, labels

FILLER = "il y avait du monde chez ma tante ce jour là"


def story(*parts: str, between: str = ". ") -> str:
    """The parts, each between sentences that ask for nothing."""
    text = between.join(f"{FILLER}{between}{FILLER}{between}{part}" for part in parts)
    while len(text) <= LONG:
        text = f"{FILLER}{between}{text}"
    return text


@pytest.mark.parametrize("between", [". ", "\n", " ; ", " et "])
def test_the_clearest_of_a_story_then_the_last(between: str) -> None:
    text = story("mon père a le permis lui", "donne moi un rdv vite", "parle moi du fjt là",
                 between=between)  # fmt: skip
    assert labels(text) == ["prendre_rdv", "logement/foyer"]


def test_a_dictated_story_without_any_break() -> None:
    calm = "alors voilà ma tante dit que chez elle on dort mal depuis longtemps "
    text = calm * 6 + "je voudrais un rdv vite " + calm * 6 + "trouve moi un fjt"
    assert len(text) > LONG
    assert labels(text) == ["prendre_rdv", "logement/foyer"]


def test_one_request_when_the_clearest_is_the_last() -> None:
    assert labels(story("parle moi du fjt là", "donne moi un rdv vite")) == ["prendre_rdv"]


def test_a_story_may_ask_two_things_of_one_theme() -> None:
    assert labels(
        story("parle moi des apl là", "le permis de ma tante", "parle moi du fjt là")
    ) == [
        "logement/apl",
        "logement/foyer",
    ]


def test_a_story_of_three_words_at_the_end() -> None:
    assert labels(story("parle moi du fjt là", "un rdv vite")) == ["prendre_rdv"]
    assert labels(story("parle moi du fjt là", "un rdv")) == ["logement/foyer"]


def test_a_story_about_nothing_that_is_known_or_polite_only() -> None:
    assert find(story(FILLER)) == ()
    assert find(story("bonjour à tous les gens", "merci à tous les gens")) == ()
    assert find(story("je cherche un truc")) == ()


def test_a_story_begins_after_six_hundred_characters() -> None:
    short = "x" * (LONG - len("je veux un rdv. ")) + "je veux un rdv. "
    assert len(short) == LONG
    assert find(short) == ()
    assert [one.label for one in find("y" + short)] == ["prendre_rdv"]


@pytest.mark.parametrize(
    "text",
    [
        ("je voudrais un rdv vite. " * 250)[:5000],
        ("je voudrais un rdv vite " * 250)[:5000],
        ("et je voudrais un rdv et alors " * 200)[:5000],
        "a" * 5000,
        "?!. " * 1250,
        " " * 5000,
        ", et" * 1250,
        "a " * 2500,
        "je veux un rdv " * 4000,
    ],
)
def test_a_very_long_message_is_read_in_few_bounded_parts(text: str) -> None:
    reader, started = Reader(), time.perf_counter()
    find_requests(reader, text, TALK, SURE)
    assert time.perf_counter() - started < 1
    assert len(reader.asked) <= 120
    assert all(len(part.split()) <= 25 for part in reader.asked)


def test_the_end_of_an_endless_story_counts() -> None:
    text = "je parle encore du fjt. " * 2000 + "donne moi un rdv."
    assert labels(text) == ["prendre_rdv"]
