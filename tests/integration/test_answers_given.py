"""What is said of an answer that expired, of one that differs by place, and of what follows it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from accueil.bootstrap import Application
from accueil.core.answers import Answer, Variant
from accueil.core.clock import FixedClock
from actions.answers import follow_up, give_answer, give_second_answer
from actions.skill import Request, Turn

CARD = {
    "card": "source",
    "title": "Service-public",
    "url": "https://www.service-public.fr",
    "checked_on": "2026-08-31",
    "expires_on": "2027-03-31",
    "easy": "C’est simple.",
    "precisions": {"age": "Cette aide existe de 18 à 25 ans."},
}
EVERYWHERE = Variant("Demande l’aide en ligne. Elle est gratuite.", (), CARD)
NORTH = Variant("Dans la région, appelle le guichet.", (), CARD, {"region": "Hauts-de-France"})
ROUBAIX = Variant("À Roubaix, passe nous voir.", (), CARD, {"mission_locale": "ML de Roubaix"})
PLAIN = Answer("logement/apl", "Comment avoir les APL ?", (EVERYWHERE,))
LOCAL = Answer("logement/fsl", "C'est quoi le FSL ?", (EVERYWHERE, NORTH, ROUBAIX))
BEFORE, AFTER = datetime(2027, 3, 31, 21, tzinfo=UTC), datetime(2027, 3, 31, 23, tzinfo=UTC)


@pytest.fixture
def application(application: Application) -> Application:
    application.answers = (PLAIN, LOCAL)
    application.clock = FixedClock(BEFORE)
    return application


def turn(application: Application, intent: str, chosen: str | None = None, **slots: Any) -> Turn:
    return Turn(application, "c", "", intent, 1.0, slots, None, False, [], chosen)


def test_an_answer_is_uttered_by_rasa_and_remembered(application: Application) -> None:
    asked = turn(application, "logement")
    give_answer(asked, "logement/apl")
    card = PLAIN.variants[0].shown_card()
    assert asked.messages == [{"response": "utter_logement/apl", "json_message": card}]
    assert (asked.slot("fiche"), asked.slot("theme")) == ("logement/apl", "logement")


def test_an_expired_answer_is_not_said_from_the_next_day_in_france(
    application: Application,
) -> None:
    application.clock = FixedClock(AFTER)  # 1 April, 1 o'clock, in Paris
    asked = turn(application, "logement")
    give_answer(asked, "logement/apl")
    said = asked.messages[0]
    assert "en cours de vérification" in said["text"]
    assert "https://www.service-public.fr" in said["text"]
    assert "Demande l’aide" not in said["text"]
    assert {one["payload"] for one in said["buttons"]} == {"/prendre_rdv", "/parler_humain"}


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, EVERYWHERE.text),
        ({"region": "Bretagne"}, EVERYWHERE.text),
        ({"region": "Hauts-de-France", "mission_locale": "ML de Lens"}, NORTH.text),
        ({"region": "Hauts-de-France", "mission_locale": "ML de Roubaix"}, ROUBAIX.text),
    ],
)
def test_the_most_precise_local_answer_is_said(
    application: Application, place: dict[str, str], text: str
) -> None:
    asked = turn(application, "logement", **place)
    give_answer(asked, "logement/fsl")
    assert asked.messages[0]["text"] == text
    assert "precisions" not in asked.messages[0]["json_message"]


def test_a_place_named_in_the_same_message_counts(application: Application) -> None:
    asked = turn(application, "logement")
    asked.set(region="Hauts-de-France")
    give_answer(asked, "logement/fsl")
    assert asked.messages[0]["text"] == NORTH.text


@pytest.mark.parametrize(
    ("facet", "words"),
    [
        ("age", "de 18 à 25 ans"),
        ("montant", "Elle est gratuite."),
        ("etranger", "pas d’information vérifiée"),
    ],
)
def test_a_follow_up_is_answered_by_what_is_written_or_not_at_all(
    application: Application, facet: str, words: str
) -> None:
    asked = turn(application, "precision", f"precision/{facet}", fiche="logement/apl")
    follow_up(asked)
    assert words in asked.messages[0]["text"]
    assert asked.messages[0]["json_message"]["url"] == CARD["url"]
    assert "easy" not in asked.messages[0]["json_message"]


def test_a_follow_up_of_an_expired_answer_is_not_answered(application: Application) -> None:
    application.clock = FixedClock(AFTER)
    asked = turn(application, "precision", "precision/age", fiche="logement/apl")
    follow_up(asked)
    assert "18 à 25" not in asked.messages[0]["text"]


def test_a_follow_up_of_nothing_asks_what_it_is_about(application: Application) -> None:
    asked = turn(application, "precision", "precision/age")
    follow_up(asked)
    assert asked.messages == [{"response": "utter_pas_de_sujet"}]


def test_only_a_question_is_answered_as_second_request(application: Application) -> None:
    requests = (Request("prendre_rdv", "prendre_rdv"), Request("logement", "logement/apl"))
    asked = turn(application, "prendre_rdv")
    asked.requests = requests
    give_second_answer(asked)
    card = PLAIN.variants[0].shown_card()
    assert asked.messages == [{"response": "utter_logement/apl", "json_message": card}]
    task = turn(application, "logement")
    task.requests = requests[::-1]
    give_second_answer(task)
    assert task.messages == []


def test_a_follow_up_leads_to_the_question_on_that_very_point(application: Application) -> None:
    title = "Quelles aides pour se loger en alternance ?"
    other = Answer("logement/alternance", title, (EVERYWHERE,))
    elsewhere = Answer("formation/alternance", "C'est quoi l'alternance ?", (EVERYWHERE,))
    application.answers = (PLAIN, other, elsewhere)
    asked = turn(application, "precision", "precision/apprenti", fiche="logement/apl")
    follow_up(asked)
    assert asked.messages[0]["buttons"][0]["title"] == title
    assert "C'est quoi l'alternance ?" not in str(asked.messages)
