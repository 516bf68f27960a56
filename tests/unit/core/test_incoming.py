"""A typed message made fit to go further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.incoming import MAXIMUM_UNDERSTOOD, prepare


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("bonjour", "bonjour"), ("  salut  ", "salut"), ("/restart", "restart"),
        ("/refuser{\"a\": 1}", "refuser{\"a\": 1}"), ("///x", "x"), (" / / x", "x"), ("\n/x", "x"),
        ("/\n/x", "x"), ("/ \n / \n /x", "x"), ("\t/x", "x"), ("\u200b/x", "x"), ("\ufeff/x", "x"),
        ("\u202e/x", "x"), ("\u00a0/x", "x"), ("\u2028/x", "x"), ("\x00/x", "x"), ("／x", "x"),
        ("et/ou", "et/ou"), ("", ""), ("   ", ""), ("/", ""), ("///", ""), ("\u200b", ""),
        ("a\x07b", "ab"), ("a\tb", "a b"), ("a\u200bb", "ab"), ("e\u0301te\u0301", "été"),
        ("ça va 👩‍🎓 ?", "ça va 👩‍🎓 ?"), ("😅🙏", "😅🙏"), ("oui\nnon", "oui\nnon"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)  # fmt: skip
def test_no_command_no_control_character(typed: str, text: str) -> None:
    assert prepare(typed).text == text
    assert prepare(typed).is_empty is (text == "")


@pytest.mark.parametrize(
    "typed",
    ["appelle moi au 06 12 34 56 78", "06\u200b12345678", "06\u00a012\u202f34 56 78",
     "０６１２３４５６７８",
     "0\u200d612345678", "/0612345678"],
)  # fmt: skip
def test_a_number_is_masked_and_kept_aside(typed: str) -> None:
    incoming = prepare(typed)
    assert incoming.reading.contact.phone == "+33612345678"
    assert "[téléphone]" in incoming.text
    assert "345" not in incoming.text


def test_what_was_said_of_the_writer() -> None:
    incoming = prepare("slt g 19 ans, rqth, lina@exemple.fr")
    assert (incoming.age, incoming.disability) == (19, True)
    assert incoming.reading.contact.email == "lina@exemple.fr"
    assert incoming.text == "slt g 19 ans, rqth, [email]"


def test_of_a_long_story_the_end_is_read() -> None:
    story = "Je raconte ma vie. " * 200 + "Du coup je veux un rendez-vous mardi."
    incoming = prepare(story)
    assert incoming.shortened
    assert len(incoming.text) <= MAXIMUM_UNDERSTOOD
    assert incoming.text.startswith("Je raconte")
    assert incoming.text.endswith("rendez-vous mardi.")


def test_without_sentences_the_last_characters_are_read() -> None:
    incoming = prepare("a" * 3000 + " rdv")
    assert incoming.text.endswith(" rdv")
    assert len(incoming.text) <= MAXIMUM_UNDERSTOOD


@pytest.mark.parametrize("position", range(14))
def test_a_number_on_the_cut_is_masked_whole(position: int) -> None:
    tail = "x" * (MAXIMUM_UNDERSTOOD - position)
    incoming = prepare("y" * 500 + "0612345678" + tail)
    assert not any(character.isdigit() for character in incoming.text)
    assert incoming.reading.contact.phone == "+33612345678"


def test_a_contact_far_from_the_end_is_found_all_the_same() -> None:
    incoming = prepare("Lina 0612345678. J'ai 19 ans. " + "Voilà mon histoire. " * 200)
    assert incoming.reading.contact.phone == "+33612345678"
    assert incoming.age == 19


@given(st.text(max_size=200))
def test_nothing_typed_is_ever_a_command_or_breaks(typed: str) -> None:
    incoming = prepare(typed)
    assert not incoming.text.strip().startswith("/")
    assert "\x00" not in incoming.text
    assert prepare(incoming.text).text == incoming.text


@given(st.text(alphabet="/ \n\t\u200b\u00a0", max_size=30))
def test_marks_alone_leave_nothing(marks: str) -> None:
    assert prepare(marks + "restart").text == "restart"
