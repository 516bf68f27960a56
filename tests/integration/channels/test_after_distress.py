"""What comes after a safety reply: ways on, what is kept of it, and the alert to a team."""

import pytest
from door import conforms
from sqlalchemy import select

from accueil.core.conversation import CallbackRequest
from accueil.core.territory import Organisation, Site
from accueil.persistence import tables
from accueil.services import first_response
from accueil.services.chat import wording
from accueil.services.ports import BotMessage

DESPAIR = "j'ai plus envie de vivre"
QUESTION = BotMessage(
    "C’est quel jour ?",
    ({"title": "Mardi", "payload": "/confirmer"}, {"title": "Autre", "payload": "/refuser"}),
)


def titles(messages):
    return [button["title"] for one in messages for button in one["buttons"]]


def press(device, messages, title):
    chosen = next(b for one in messages for b in one["buttons"] if b["title"] == title)
    return device.press(chosen)


def stored(application):
    with application.engine.connect() as connection:
        return connection.execute(select(tables.chat_messages.c.text)).scalars().all()


def test_the_first_reply_offers_a_call_back_and_another_question(device):
    said = device.say(DESPAIR)
    conforms({"messages": said}, "Messages")
    assert titles(said) == [wording.CALL_BACK, wording.OTHER_QUESTION]


def test_a_request_for_an_appointment_in_the_same_message_is_not_lost(device, engine):
    said = device.say("je veux un rdv pour un stage et j'ai envie de mourir")
    assert titles(said) == [wording.CALL_BACK, "Prendre rendez-vous"]
    press(device, said, "Prendre rendez-vous")
    assert engine.heard == ["/prendre_rdv"]


def test_the_call_back_goes_to_the_engine(device, engine):
    press(device, device.say(DESPAIR), wording.CALL_BACK)
    assert engine.heard == ["/parler_humain"]


def test_the_call_back_without_the_engine_leads_to_the_phone(device, engine):
    said = device.say(DESPAIR)
    engine.available = False
    assert press(device, said, wording.CALL_BACK)[0]["text"] == wording.CALL_BACK_OFFLINE


def test_what_was_under_way_is_taken_up_again(device, engine):
    engine.answers = [[QUESTION]]
    device.say("je veux un rdv")
    said = device.say(DESPAIR)
    assert titles(said) == [wording.CALL_BACK, wording.RESUME]
    device.say("je sais pas")
    resumed = press(device, said, wording.RESUME)
    assert [one["text"] for one in resumed] == [wording.RESUMED, QUESTION.text]
    press(device, resumed, "Mardi")
    assert engine.heard == ["je veux un rdv", "/confirmer"]


def test_who_has_another_question_is_listened_to(device):
    said = press(device, device.say(DESPAIR), wording.OTHER_QUESTION)
    assert said[0]["text"] == wording.LISTENING


@pytest.mark.parametrize("text", ["non je suis pas en danger", "ça va mieux", "fausse alerte"])
def test_who_is_out_of_danger_is_believed_once(device, engine, text):
    device.say(DESPAIR)
    said = device.say(text)
    assert "3114" in said[0]["text"]
    assert titles(said)[0] == wording.CALL_BACK
    assert engine.heard == []
    device.say("et pour un logement")
    assert engine.heard == ["et pour un logement"]


def test_words_of_danger_are_not_kept(device, application):
    device.say(DESPAIR)
    device.say("personne ne comprend")
    texts = stored(application)
    assert texts.count(wording.NOT_KEPT) == 2
    assert not any("vivre" in text or "comprend" in text for text in texts if text)
    history = [one["text"] for one in device.history() if one["author"] == "user"]
    assert history == [wording.NOT_KEPT, wording.NOT_KEPT]


def test_words_that_only_the_engine_took_for_danger_are_not_kept(device, engine, application):
    engine.answers = [[BotMessage("Tu n’es pas seul.", (), ({"card": "distress"},))]]
    said = device.say("un message que seul le moteur craint")
    assert wording.NOT_KEPT in stored(application)
    assert "un message que seul le moteur craint" not in stored(application)
    assert [card["number"] for card in said[0]["cards"]] == ["3114", "112", "114", "119"]
    with application.engine.connect() as connection:
        events = connection.execute(select(tables.safety_events)).mappings().all()
    assert [event["channel"] for event in events] == ["web"]


@pytest.fixture
def site(application) -> Site:
    owner = Organisation("ml-exemple", "Mission Locale d’exemple", email="ml@example.org")
    site = Site(
        "antenne", owner.id, "Antenne d’exemple", "1 rue de l’Exemple", "59100", "Roubaix",
        "59512", "", "", 50.69, 3.17, "Europe/Paris",
    )  # fmt: skip
    with application.store.write() as uow:
        uow.territory.put([owner])
        uow.territory.put([site])
        uow.territory.set_first_response(owner.id, wanted=True)
        uow.commit()
    return site


def ask_for_a_call(application, device, site, phone="+33639981234"):
    request = CallbackRequest(
        "rappel", device.opened["session_id"], site.id, application.clock.now(), "", phone
    )
    with application.store.write() as uow:
        uow.chats.add_callback(request)
        uow.commit()


def agree(device, engine):
    """Ask for a call, and press the button that the action of the call-back then shows."""
    offer = BotMessage(
        first_response.OFFER,
        ({"title": first_response.AGREE, "payload": first_response.PAYLOAD},),
    )
    said = device.say(DESPAIR)
    engine.answers = [[offer]]
    return press(device, press(device, said, wording.CALL_BACK), first_response.AGREE)


def waiting(application):
    with application.engine.connect() as connection:
        return connection.execute(select(tables.outbox)).mappings().all()


def test_the_alert_is_offered_after_a_safety_reply_only(device, application, site):
    offered = application.first_response.is_offered
    assert not offered(device.opened["session_id"], site)
    device.say(DESPAIR)
    assert offered(device.opened["session_id"], site)
    with application.store.write() as uow:
        uow.territory.set_first_response(site.organisation_id, wanted=False)
        uow.commit()
    assert not offered(device.opened["session_id"], site)


def test_an_agreement_tells_the_team_once_and_promises_nothing(device, engine, application, site):
    ask_for_a_call(application, device, site)
    said = agree(device, engine)
    assert "promettre" in said[0]["text"]
    assert said[0]["cards"]
    agree(device, engine)
    (message,) = waiting(application)
    assert message["callback_id"] == "rappel"
    assert application.notifier.send_due() == 1
    (mail,) = application.post.sent
    assert mail.to == "ml@example.org"
    assert "639981234" not in mail.text
    assert "suicide" not in mail.text
    assert "/conseiller#rappels" in mail.text
    with application.store.read() as uow:
        assert uow.chats.callbacks_of_site(site.id)[0].is_first_response
    assert not application.first_response.is_offered(device.opened["session_id"], site)


def test_without_a_number_nobody_is_told(device, engine, application, site):
    ask_for_a_call(application, device, site, phone="")
    said = agree(device, engine)
    assert said[0]["text"] == wording.NOT_ALERTED
    assert waiting(application) == []


def test_a_network_that_does_not_want_it_is_not_told(device, engine, application, site):
    ask_for_a_call(application, device, site)
    with application.store.write() as uow:
        uow.territory.set_first_response(site.organisation_id, wanted=False)
        uow.commit()
    agree(device, engine)
    assert waiting(application) == []


def test_a_call_made_meanwhile_drops_the_message(device, engine, application, site):
    ask_for_a_call(application, device, site)
    agree(device, engine)
    with application.store.write() as uow:
        uow.chats.callback("rappel").done = True
        uow.commit()
    application.notifier.send_due()
    assert [one["status"] for one in waiting(application)] == ["dropped"]
