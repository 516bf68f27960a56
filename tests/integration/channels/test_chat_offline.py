"""While the dialogue engine is down, the written answers stay within reach, by buttons only."""

import pytest
from door import Device

from accueil.core.booking import REASONS
from accueil.services.chat.offline import OfflineGuide
from accueil.services.ports import BotMessage


@pytest.fixture
def offline(client, engine):
    engine.available = False
    return Device(client)


def press_titled(device, messages, title):
    (button,) = [one for one in messages[-1]["buttons"] if one["title"] == title]
    return device.press(button)


def test_a_conversation_opens_with_the_themes(offline, application):
    greeting, themes = offline.opened["messages"]
    assert "robot" in greeting["text"]
    assert "112" in themes["text"]
    assert "114" in themes["text"]
    written = {answer.theme for answer in application.answers}
    expected = [reason.title for code, reason in REASONS.items() if code in written]
    assert [one["title"] for one in themes["buttons"]] == expected
    assert len(expected) == 9


def test_from_theme_to_question_to_answer_and_back(offline):
    questions = press_titled(offline, offline.opened["messages"], "Logement")
    answer = press_titled(offline, questions, "C'est quoi Visale ?")
    assert "Action Logement" in answer[0]["text"]
    assert answer[0]["cards"][0]["type"] == "source"
    assert answer[0]["cards"][0]["url"].startswith("https://")
    themes = press_titled(offline, answer, "Un autre thème")
    assert len(themes[0]["buttons"]) == 9


def test_every_written_answer_is_reached_by_buttons(application):
    guide = OfflineGuide(application.answers, application.clock, lambda _text: None)
    themes = guide.reply()[-1].buttons
    questions = [one for theme in themes for one in guide.reply(theme["payload"])[0].buttons]
    reached = {guide.reply(question["payload"])[0].text for question in questions}
    assert reached == {answer.for_place({}).text for answer in application.answers}


def test_a_typed_message_gets_the_themes(offline):
    assert len(offline.say("je cherche un logement")[0]["buttons"]) == 9


def test_a_typed_key_is_no_button(offline):
    assert "Visale" not in offline.say("hors-ligne:logement/visale")[0]["text"]


def test_an_engine_that_stops_in_the_middle(device, engine):
    engine.answers = [[BotMessage("On y va ?", ({"title": "Oui", "payload": "/confirmer"},))]]
    asked = device.say("rdv")
    engine.available = False
    themes = device.press(asked[0]["buttons"][0])
    assert "panne" in themes[0]["text"]
    assert press_titled(device, themes, "Santé")[0]["buttons"]
    engine.available = True
    assert device.say("me revoilà")[0]["text"] == "D’accord."


def test_buttons_of_the_outage_work_after_it(offline, engine):
    engine.available = True
    questions = press_titled(offline, offline.opened["messages"], "Emploi")
    assert questions[0]["buttons"]
    assert engine.heard == []
