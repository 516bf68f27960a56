"""Turns as an app can show them: real buttons where they fit, numbers where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.platforms import Abilities
from accueil.core.platforms.render import chosen_by_number, render
from accueil.core.platforms.split import length_of
from accueil.services.chat import Shown

WHATSAPP = Abilities(4096, 1024, 10, 24)
WIDE = Abilities(4000, 4000, 20, 64)


def shown(text: str, *titles: str, cards: tuple[dict[str, object], ...] = ()) -> Shown:
    buttons = tuple({"title": title, "button": f"jeton-{title}"} for title in titles)
    return Shown("bot", text, buttons, cards)


def test_buttons_that_fit_stay_buttons() -> None:
    (piece,) = render([shown("Quel jour ?", "Lundi", "Mardi")], WHATSAPP)
    assert piece.text == "Quel jour ?"
    assert [choice.title for choice in piece.choices] == ["Lundi", "Mardi"]
    assert piece.choices[0].token == "jeton-Lundi"


def test_a_title_too_long_is_numbered_and_the_number_is_the_button() -> None:
    long = "Demander qu’on me rappelle demain"
    (piece,) = render([shown("Et maintenant ?", long, "Autre")], WHATSAPP)
    assert f"1. {long}\n2. Autre" in piece.text
    assert [choice.title for choice in piece.choices] == ["1", "2"]
    assert piece.choices[0].token == f"jeton-{long}"
    assert len(render([shown("Et maintenant ?", long, "Autre")], WIDE)[0].choices) == 2


def test_too_many_choices_are_numbered_without_buttons() -> None:
    titles = [f"Thème {number}" for number in range(1, 13)]
    (piece,) = render([shown("Choisis", *titles)], WHATSAPP)
    assert piece.choices == ()
    assert "12. Thème 12" in piece.text


def test_numbers_go_on_from_one_message_to_the_next() -> None:
    long = "x" * 30
    said = [shown("A", long, "b"), shown("C", long + "2")]
    assert "3. " + long + "2" in render(said, WHATSAPP)[1].text
    assert chosen_by_number("3", said, WHATSAPP).token == f"jeton-{long}2"


@pytest.mark.parametrize("typed", ["2", " 2. ", "le 2", "n° 2", "2)", "numéro 2", "02"])
def test_a_typed_number_is_a_choice(typed: str) -> None:
    said = [shown("Et ?", "x" * 30, "Autre chose")]
    choice = chosen_by_number(typed, said, WHATSAPP)
    assert choice is not None
    assert choice.title == "Autre chose"


@pytest.mark.parametrize("typed", ["0", "3", "2 h", "22", "le 2 mars", "vingt", "²"])
def test_other_numbers_are_ordinary_words(typed: str) -> None:
    assert chosen_by_number(typed, [shown("Et ?", "x" * 30, "Autre")], WHATSAPP) is None


def test_no_number_is_a_choice_when_none_was_shown() -> None:
    assert chosen_by_number("9", [shown("À quelle heure ?", *"abcdefghi")], WHATSAPP) is None


def test_a_long_text_with_choices_ends_with_a_short_one() -> None:
    said = [shown("Une phrase de quelques mots. " * 60, "Oui", "Non")]
    *before, last = render(said, WHATSAPP)
    assert all(not piece.choices for piece in before)
    assert length_of(last.text) <= 1024
    assert [choice.title for choice in last.choices] == ["Oui", "Non"]


def test_cards_become_words() -> None:
    cards = (
        {"type": "number", "number": "3114", "title": "Idées suicidaires", "hours": "24 h/24"},
        {
            "type": "source",
            "title": "Visale",
            "url": "https://visale.fr",
            "checked_on": "2026-08-01",
        },
        {"type": "appointment", "manage_url": "https://accueil.example/rdv/jeton"},
        {"type": "site", "url": "https://plan.example"},
        {"type": "inconnu", "x": 1},
    )
    (piece,) = render([shown("Voilà.", cards=cards)], WHATSAPP)
    for words in (
        "3114\u00a0: Idées suicidaires\n24 h/24",
        "Source\u00a0: Visale, https://visale.fr (vérifié le 1er\u00a0août 2026)",
        "rendez-vous\u00a0: https://accueil.example/rdv/jeton",
        "Itinéraire\u00a0: https://plan.example",
    ):
        assert words in piece.text
    assert "inconnu" not in piece.text


def test_choices_without_words_are_introduced() -> None:
    assert render([shown("", "Oui")], WHATSAPP)[0].text == "Choisis\u00a0:"
    assert render([shown("")], WHATSAPP) == []


@given(
    st.text(max_size=3000),
    st.lists(st.text(min_size=1, max_size=40), max_size=14, unique=True),
)
def test_nothing_is_beyond_what_the_app_takes(text: str, titles: list[str]) -> None:
    for piece in render([shown(text, *titles)], WHATSAPP):
        limit = 1024 if piece.choices else 4096
        assert 0 < length_of(piece.text) <= limit
        assert len(piece.choices) <= 10
        assert all(length_of(choice.title) <= 24 for choice in piece.choices)


def test_what_the_message_numbers_itself_is_not_said_twice() -> None:
    text = "Je propose :\n1. mardi 24 novembre à 9 h\n2. mercredi 25 novembre à 9 h\nLequel ?"
    said = [shown(text, "mardi 24 novembre, 9 h 00 min", "mercredi 25 novembre, 9 h")]
    (piece,) = render(said, WHATSAPP)
    assert piece.text.startswith(text)
    assert piece.text.count("mardi 24") == 1
    assert [choice.title for choice in piece.choices] == ["1", "2"]
    choice = chosen_by_number("2", said, WHATSAPP)
    assert choice is not None
    assert choice.token == "jeton-mercredi 25 novembre, 9 h"


def test_numbers_of_a_message_that_are_not_its_choices_are_left_alone() -> None:
    (piece,) = render([shown("1. Lis.\n2. Signe.\n3. Envoie.", "x" * 30, "Autre")], WHATSAPP)
    assert "2. Autre" in piece.text


def test_one_choice_asks_for_no_number_among_others() -> None:
    (piece,) = render([shown("C’est annulé.", "x" * 30)], WHATSAPP)
    assert piece.text.endswith("Réponds 1, ou avec tes mots.")


def test_where_the_next_message_takes_buttons_away_the_last_has_them_all() -> None:
    last_only = Abilities(2000, 2000, 3, 20, only_last_choices=True)
    said = [shown("Quel sujet ?", "Emploi", "Santé"), shown("En groupe ?", "Venir", "Non")]
    first, last = render(said, last_only)
    assert first.choices == ()
    assert [choice.title for choice in last.choices] == ["Emploi", "Santé", "Venir"]
    assert last.choices[0].token == "jeton-Emploi"
    assert render([shown("Sans rien.")], last_only)[0].choices == ()


def test_a_number_is_not_repeated_as_the_number_for_its_sms() -> None:
    card = {"type": "number", "number": "114", "title": "Urgence par SMS", "sms": "sms:114"}
    (piece,) = render([shown("Écris.", cards=(card,))], WHATSAPP)
    assert piece.text.count("114") == 1
