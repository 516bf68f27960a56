"""Where, when and how to come: asked once, remembered, corrected."""

import pytest
from stack import Conversation

pytestmark = pytest.mark.dialogue


def site_name(conversation: Conversation) -> str:
    return str(conversation.cards("site")[0]["name"])


def test_the_site_says_whether_it_is_open_and_how_to_reach_it(young_person: Conversation) -> None:
    said = young_person.say("où est la mission locale de Roubaix ?")
    card = young_person.cards("site")[0]
    assert "en ce moment" in said
    assert card["state"] in said
    assert card["geo"].startswith("geo:50.")
    assert card["url"].startswith("https://www.openstreetmap.org/directions?to=50.")
    assert card["phone"] in said


def test_the_commune_is_asked_once(young_person: Conversation) -> None:
    assert "commune" in young_person.say("c'est où la mission locale ?")
    young_person.say("Roubaix")
    assert "itinéraire" in young_person.say("comment j'y vais ?")
    assert "samedi" in young_person.say("c'est ouvert samedi ?").lower()
    assert "Roubaix" in site_name(young_person)


def test_a_commune_is_corrected(young_person: Conversation) -> None:
    young_person.say("la mission locale de Lille c'est où")
    assert "Lille" in site_name(young_person)
    young_person.say("non, Saint-Denis 93")
    assert "Saint-Denis" in site_name(young_person)


def test_near_school_is_asked_of_the_mission_locale_of_the_home(
    young_person: Conversation,
) -> None:
    young_person.say("j'habite à Roubaix, c'est où la mission locale ?")
    said = young_person.say("c'est laquelle la plus proche de mon lycée à Lille ?")
    assert "Roubaix" in site_name(young_person)
    assert "depuis Lille" in said


def test_near_school_without_a_home_says_what_counts(young_person: Conversation) -> None:
    said = young_person.say("la mission locale la plus proche de mon lycée à Lille c'est où ?")
    assert "l’endroit où tu vis" in said
    assert "Lille" in site_name(young_person)
