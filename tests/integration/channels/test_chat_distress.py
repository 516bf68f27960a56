"""Danger is answered first, by people's numbers, whatever else is broken."""

import asyncio
import json
import re
from datetime import timedelta

import pytest
from door import conforms, is_problem
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from accueil.persistence import tables
from accueil.persistence.engine import open_engine
from accueil.persistence.unit_of_work import SqlStore
from accueil.services.chat import SessionExpired
from accueil.services.ports import BotMessage

DESPAIR = "j'en peux plus j'ai envie de mourir"
FRIEND = "ma meilleure amie veut se suicider ce soir"
BEATEN = "mon copain me frappe j'ai peur de rentrer"


def numbers(messages):
    return [card["number"] for one in messages for card in one["cards"]]


def events(application):
    with application.engine.connect() as connection:
        return connection.execute(select(tables.safety_events)).mappings().all()


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        (DESPAIR, "3114", "suicide"),
        (FRIEND, "3114", "suicide"),
        (BEATEN, "3919", "violence_conjugale"),
        ("/" + DESPAIR, "3114", "suicide"),
        ("\u200b" + DESPAIR.upper(), "3114", "suicide"),
        (DESPAIR + " appelez moi au 0639981234", "3114", "suicide"),
    ],
)
def test_the_numbers_come_at_once_and_the_engine_is_not_asked(
    device, engine, application, text, first, kind
):
    response = device.post({"text": text})
    conforms(response.json(), "Messages")
    said = response.json()["messages"]
    assert numbers(said)[0] == first
    assert first in said[0]["text"].replace("\u00a0", " ")
    assert engine.heard == []
    assert engine.parsed == []
    (event,) = events(application)
    assert event["type"] == kind


def test_the_event_holds_no_text_and_no_conversation(device, application):
    device.say(DESPAIR)
    (event,) = events(application)
    assert set(event) == {"id", "at", "type", "channel"}
    assert device.opened["session_id"] not in map(str, event.values())


def test_the_reply_is_in_the_history(device):
    said = device.say(DESPAIR)
    assert device.history()[-1] == said[0]


def test_distress_without_the_engine(device, engine):
    engine.available = False
    assert numbers(device.say(DESPAIR))[0] == "3114"


def test_distress_in_a_request_sent_twice_is_answered_twice_the_same(device, application):
    key = {"Idempotency-Key": "a"}
    assert device.say(DESPAIR, **key) == device.say(DESPAIR, **key)
    assert len(events(application)) == 1


@pytest.mark.parametrize("days", [0, 2])
def test_distress_with_a_token_that_opens_nothing(device, clock, days):
    clock.advance(timedelta(days=days))
    if not days:
        device.token = "forged"
    is_problem(device.post({"text": "bonjour"}), 401)
    assert numbers(device.say(DESPAIR))[0] == "3114"


def test_distress_in_a_message_that_is_too_long(device):
    text = "je raconte tout depuis le début. " * 450 + DESPAIR
    assert numbers(device.say(text))[0] == "3114"


def test_distress_while_the_database_is_read_only(device, application, database_file):
    engine = open_engine(f"sqlite:///file:{database_file}?mode=ro&uri=true", b"k" * 40)
    application.chat._records._store = SqlStore(engine)
    is_problem(device.post({"text": "bonjour"}), 503)
    assert numbers(device.say(DESPAIR))[0] == "3114"
    engine.dispose()


class BrokenStore:
    """No database at all."""

    def read(self):
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    write = read


def test_distress_without_a_database(device, application):
    application.chat._records._store = BrokenStore()
    problem = is_problem(device.post({"text": "bonjour"}), 503)
    assert "112" in problem["detail"]
    assert numbers(device.say(DESPAIR))[0] == "3114"


def test_distress_when_only_the_answer_cannot_be_kept(device, application, monkeypatch):
    def fail(*_):
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(application.chat._records, "keep", fail)
    assert numbers(device.say(DESPAIR))[0] == "3114"


def test_distress_in_a_conversation_erased_meanwhile(application, engine):
    """The erasing takes the turn first; the message that waited is answered all the same."""

    async def talk():
        opened = await application.chat.open("web")
        turn = application.chat._turn(opened.session_id)
        async with turn:
            late = asyncio.create_task(application.chat.say(opened.token, DESPAIR, None))
            usual = asyncio.create_task(application.chat.say(opened.token, "bonjour", None))
            await asyncio.sleep(0.05)
            application.erasure.erase_conversation(opened.session_id)
        return await asyncio.gather(late, usual, return_exceptions=True)

    said, usual = asyncio.run(talk())
    assert said[0].cards[0]["number"] == "3114"
    assert isinstance(usual, SessionExpired)


def test_what_follows_stays_with_the_person(device, engine):
    first = device.say(DESPAIR)
    engine.answers = [[BotMessage("Réponse du moteur.")]]
    second = device.say("je sais pas trop")
    third = device.say("personne ne comprend")
    assert numbers(second)[0] == "3114"
    assert numbers(third)[0] == "3114"
    assert len({one[0]["text"] for one in (first, second, third)}) == 3
    assert engine.heard == []
    assert engine.parsed == ["je sais pas trop", "personne ne comprend"]


def test_what_follows_about_a_friend_speaks_of_the_friend(device):
    device.say(FRIEND)
    about_her = device.say("elle ne veut parler à personne")
    device.say(DESPAIR)
    about_me = device.say("oui")
    assert about_her[0]["text"] != about_me[0]["text"]


def test_what_follows_without_the_engine(device, engine):
    device.say(DESPAIR)
    engine.available = False
    assert numbers(device.say("je sais pas trop"))[0] == "3114"


def test_someone_who_asks_for_something_else_gets_it(device, engine):
    device.say(DESPAIR)
    asked = "je veux un rendez-vous"
    engine.intents[asked] = "prendre_rdv"
    engine.answers = [[BotMessage("Où habites-tu ?")]]
    assert device.say(asked)[0]["text"] == "Où habites-tu ?"
    assert device.say("Roubaix")[0]["text"] == "D’accord."
    assert engine.heard == [asked, "Roubaix"]


def test_a_second_distress_is_answered_in_other_words(device, application):
    first, second = device.say(DESPAIR), device.say(DESPAIR)
    assert first[0]["text"] != second[0]["text"]
    assert len(events(application)) == 2


def test_the_fear_of_being_read_is_answered(device):
    device.say(BEATEN)
    said = device.say("il lit mon téléphone, il va voir que j'écris")
    assert "114" in numbers(said)
    assert re.search("efface|supprime", said[0]["text"].lower())


def test_a_new_danger_told_with_that_fear_brings_its_own_numbers(device):
    device.say(DESPAIR)
    said = device.say("il a un couteau, il lit mon téléphone, il va voir que j'écris")
    assert numbers(said)[0] == "17"
    assert re.search("efface|supprime", said[0]["text"].lower())


def test_nothing_of_distress_reaches_the_logs(device, application, capsys, caplog):
    caplog.set_level(0)
    device.say(DESPAIR)
    application.chat._records._store = BrokenStore()
    device.say(DESPAIR)
    shown = "".join(capsys.readouterr()) + caplog.text
    assert "mourir" not in shown
    assert "mourir" not in json.dumps([str(dict(one)) for one in events(application)])
