"""A short code moves a conversation: once, soon, and the device it left reads nothing any more."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from door import MESSAGES, SESSIONS, Device, conforms, is_problem

from accueil.channels.problems import MOVED
from accueil.core.conversation import Transfer
from accueil.services.chat import SessionMoved, UnknownTransfer

TRANSFERS = "/api/chat/transfers"
REDEEM = f"{TRANSFERS}/redeem"
POSITION, FEEDBACK = "/api/chat/position", "/api/chat/feedback"


def offer(device: Device) -> dict[str, object]:
    response = device.client.post(TRANSFERS, headers=device.headers)
    assert response.status_code == 201, response.text
    conforms(response.json(), "Transfer")
    return response.json()


def redeem(client, code):
    return client.post(REDEEM, json={"code": code})


def moved(device: Device) -> Device:
    """Return the device where the conversation goes on."""
    response = redeem(device.client, offer(device)["code"])
    assert response.status_code == 200, response.text
    there = Device.__new__(Device)
    there.client, there.opened = device.client, response.json()
    there.token = there.opened["token"]
    return there


def test_a_conversation_goes_on_elsewhere_with_all_that_was_said(device, engine):
    device.say("je cherche un logement")
    there = moved(device)
    conforms(there.opened, "Opened")
    assert there.opened["session_id"] == device.opened["session_id"]
    assert "je cherche un logement" in str(there.opened["messages"])
    assert there.token != device.token
    there.say("à Roubaix")
    assert engine.heard[-1] == "à Roubaix"
    assert "à Roubaix" in str(there.history())


def test_the_former_token_opens_nothing_any_more(device, engine):
    there = moved(device)
    engine.heard.clear()
    calls = [
        ("GET", MESSAGES, None),
        ("POST", MESSAGES, {"text": "c’est encore moi"}),
        ("DELETE", SESSIONS, None),
        ("POST", TRANSFERS, None),
        ("POST", POSITION, {"latitude": 50.69, "longitude": 3.17}),
        ("POST", FEEDBACK, {"message": there.history()[0]["id"], "useful": True}),
    ]
    for method, path, body in calls:
        response = device.client.request(method, path, json=body, headers=device.headers)
        problem = is_problem(response, 401)
        assert problem["type"] == MOVED
        assert "autre appareil" in problem["detail"]
    assert engine.heard == []
    assert len(there.history()) == 1


def test_danger_is_answered_by_a_device_that_was_left(device):
    moved(device)
    assert device.say("je veux mourir")[0]["cards"]


def test_an_ended_conversation_is_not_said_to_have_moved(device, clock):
    there = moved(device)
    clock.advance(timedelta(hours=25))
    assert is_problem(device.post({"text": "là"}), 401)["type"] == "about:blank"
    assert is_problem(there.post({"text": "là"}), 401)["type"] == "about:blank"


def test_a_turn_that_waited_while_the_conversation_moved_is_refused(device, application):
    found = application.chat_records.session(device.token)
    moved(device)
    with pytest.raises(SessionMoved):
        application.chat_records.begin_turn(found, "encore", "/encore", None)


def test_it_comes_back_too(device):
    there = moved(device)
    back = moved(there)
    assert is_problem(there.post({"text": "là"}), 401)["type"] == MOVED
    assert back.say("ici")


def test_a_code_reads_well_and_is_kept_hashed(device, application, database_file):
    offered = offer(device)
    code = offered["code"]
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    assert any(sign.isdigit() for sign in code)
    ends = datetime.fromisoformat(offered["expires_at"])
    assert ends == application.clock.now() + timedelta(minutes=10)
    assert offered["apps"] == []
    stored = b"".join(path.read_bytes() for path in database_file.parent.glob("accueil.db*"))
    assert code.encode() not in stored
    assert device.token.encode() not in stored


@pytest.mark.parametrize("typed", ["{low}", " {code} ", "{glued}", "mon code : {code}"])
def test_a_code_is_found_however_it_is_typed(device, typed):
    code = offer(device)["code"]
    said = typed.format(code=code, low=code.lower(), glued=code.replace("-", " "))
    assert redeem(device.client, said).status_code == 200


def test_a_code_serves_once(device):
    code = offer(device)["code"]
    assert redeem(device.client, code).status_code == 200
    assert is_problem(redeem(device.client, code), 404)["title"] == "Code inconnu"


def test_of_two_devices_with_the_same_code_one_gets_the_conversation(device, application):
    code = offer(device)["code"]
    application.chat_records.messages("none")  # built before the threads

    def take(_number: int) -> bool:
        try:
            application.transfers.redeem(code, "web")
        except UnknownTransfer:
            return False
        return True

    with ThreadPoolExecutor(6) as devices:
        assert sorted(devices.map(take, range(6))) == [False] * 5 + [True]


def test_a_code_lasts_ten_minutes(device, clock):
    code = offer(device)["code"]
    clock.advance(timedelta(minutes=10))
    is_problem(redeem(device.client, code), 404)
    assert device.say("je suis resté ici")


def test_a_newer_code_replaces_the_former(device):
    former, newer = offer(device)["code"], offer(device)["code"]
    is_problem(redeem(device.client, former), 404)
    assert redeem(device.client, newer).status_code == 200


def test_a_code_of_an_erased_conversation_opens_nothing(device, application):
    code = offer(device)["code"]
    device.client.delete(SESSIONS, headers=device.headers)
    is_problem(redeem(device.client, code), 404)
    with application.store.read() as uow:
        assert not uow.chats._session.query(Transfer).all()


def test_the_channel_becomes_the_new_one(device, application):
    code = offer(device)["code"]
    application.transfers.redeem(code, "telegram")
    with application.store.read() as uow:
        assert uow.chats.get(device.opened["session_id"]).channel == "telegram"


@pytest.mark.parametrize("code", ["", "K7QF-3M2P", "bonjour", "é", "\x00", "A" * 5_000])
def test_a_wrong_code_is_unknown(device, code):
    is_problem(redeem(device.client, code), 404)


@pytest.mark.parametrize("body", [{}, {"code": 12345678}, {"code": None}, []])
def test_no_code_is_unreadable(device, body):
    is_problem(device.client.post(REDEEM, json=body), 400)


def test_guessing_is_limited_even_for_the_right_code(device):
    code = offer(device)["code"]
    codes = [redeem(device.client, f"K7QF-3M{n:02}").status_code for n in range(11)]
    assert codes == [404] * 10 + [429]
    problem = is_problem(redeem(device.client, code), 429)
    assert "trop d’essais" in problem["detail"]


def test_only_who_is_in_the_conversation_gets_a_code(client):
    is_problem(client.post(TRANSFERS), 401)
    is_problem(client.post(TRANSFERS, headers={"Authorization": "Bearer x"}), 401)
