"""« Utile ? » is kept with the answer's name; never with the person, the text or the hour."""

import pytest
from door import Device, is_problem
from sqlalchemy import select

from accueil.persistence import tables
from accueil.services.ports import BotMessage

FEEDBACK = "/api/chat/feedback"
KEY = "logement/apl"
CARD = {"card": "source", "title": "L’APL", "url": "https://www.caf.fr", "key": KEY}


@pytest.fixture
def answered(device, engine):
    """A device that was given a written answer, and that message."""
    engine.answers = [[BotMessage("L’APL aide à payer le loyer.", (), (CARD,)), BotMessage("Ok ?")]]
    return device, device.say("c’est quoi l’apl")


def judge(device: Device, message: object, useful: object = True):
    body = {"message": message, "useful": useful}
    return device.client.post(FEEDBACK, json=body, headers=device.headers)


def rows(application):
    with application.engine.connect() as connection:
        return connection.execute(select(tables.answer_feedback)).mappings().all()


def test_an_opinion_is_kept_with_the_answer(answered, application):
    device, (message, _) = answered
    response = judge(device, message["id"])
    assert response.status_code == 204
    assert response.content == b""
    (row,) = rows(application)
    assert (row["answer"], row["useful"], row["channel"]) == (KEY, True, "web")


def test_nothing_of_it_leads_back_to_anybody(answered, application):
    device, (message, _) = answered
    judge(device, message["id"])
    (row,) = rows(application)
    for secret in (message["id"], device.opened["session_id"], device.token, "loyer"):
        assert secret not in str(dict(row))
    assert (row["at"].hour, row["at"].minute) == (0, 0)


def test_a_change_of_mind_replaces_the_first_opinion(answered, application):
    device, (message, _) = answered
    for useful in (True, False, False):
        judge(device, message["id"], useful)
    assert [row["useful"] for row in rows(application)] == [False]
    assert application.feedback.counts() == {KEY: (0, 1)}


def test_the_name_of_the_answer_is_not_shown(answered):
    device, (message, _) = answered
    assert message["cards"] == [{"type": "source", "title": "L’APL", "url": CARD["url"]}]
    assert KEY not in str(device.history())
    assert device.history()[2]["id"] == message["id"]


def test_only_written_answers_are_judged(answered, application):
    device, (_, other) = answered
    mine = device.history()[1]
    for message in (other["id"], mine["id"], "0" * 32, "", "é", "\x00"):
        is_problem(judge(device, message), 404)
    assert rows(application) == []


def test_only_messages_of_ones_own_conversation(answered, other, application):
    _, (message, _) = answered
    is_problem(judge(other, message["id"]), 404)
    is_problem(other.client.post(FEEDBACK, json={"message": message["id"], "useful": True}), 401)
    assert rows(application) == []


@pytest.mark.parametrize(("message", "useful"), [(1, True), ("x", "oui"), ("x", 1), (None, True)])
def test_what_is_no_opinion_is_unreadable(device, message, useful):
    is_problem(judge(device, message, useful), 400)


def test_an_opinion_stays_when_the_conversation_is_erased(answered, application):
    device, (message, _) = answered
    judge(device, message["id"])
    device.client.delete("/api/chat/sessions", headers=device.headers)
    assert application.feedback.counts() == {KEY: (1, 0)}


def test_every_written_answer_names_itself(application):
    answers = application.answers
    for answer in answers:
        assert {one.shown_card().get("key") for one in answer.variants} == {answer.key}
