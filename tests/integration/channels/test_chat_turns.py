"""Buttons, repeated requests, and two messages at once."""

import asyncio

import pytest
from door import Engine, is_problem

from accueil.services.chat import SessionExpired
from accueil.services.ports import BotMessage

YES = {"title": "Oui", "payload": '/confirmer{"site": "centre"}'}


def test_a_button_sends_its_payload_and_shows_its_title(device, engine):
    engine.answers = [[BotMessage("On y va ?", (YES,))]]
    button = device.say("rdv")[0]["buttons"][0]
    device.press(button)
    assert engine.heard[-1] == YES["payload"]
    assert "confirmer" not in str(device.history())


@pytest.mark.parametrize("name", ["inventé", "", "/confirmer", "\x00", "x" * 5_000])
def test_an_unknown_button(device, engine, name):
    assert "plus valable" in is_problem(device.post({"button": name}), 404)["detail"]
    assert engine.heard == []


def test_a_button_that_no_text_can_hold(device):
    is_problem(device.send(rb'{"button": "\ud83d"}'), 404)


def test_a_button_of_another_conversation(device, other, engine):
    engine.answers = [[BotMessage("On y va ?", (YES,))]]
    button = device.say("rdv")[0]["buttons"][0]
    is_problem(other.post({"button": button["button"]}), 404)
    assert YES["payload"] not in engine.heard


def test_a_button_of_before_an_erasure(device, engine, application):
    engine.answers = [[BotMessage("On y va ?", (YES,))]]
    button = device.say("rdv")[0]["buttons"][0]
    application.erasure.erase_person(device.opened["session_id"])
    is_problem(device.post({"button": button["button"]}), 404)


def test_a_button_of_an_earlier_answer_still_works(device, engine):
    engine.answers = [[BotMessage("On y va ?", (YES,))], [BotMessage("Autre chose.")]]
    button = device.say("rdv")[0]["buttons"][0]
    device.say("attends")
    device.press(button)
    assert engine.heard == ["rdv", "attends", YES["payload"]]


def test_a_repeated_request_is_answered_once(device, engine):
    engine.answers = [[BotMessage("Réservé.", (YES,))], [BotMessage("Encore réservé.")]]
    first = device.say("oui", **{"Idempotency-Key": "a1"})
    second = device.say("oui", **{"Idempotency-Key": "a1"})
    assert first == second
    assert engine.heard == ["oui"]
    assert [one["text"] for one in device.history()[1:]] == ["oui", "Réservé."]


def test_a_repeated_press_is_answered_once(device, engine):
    engine.answers = [[BotMessage("On y va ?", (YES,))], [BotMessage("Réservé.")]]
    button = device.say("rdv")[0]["buttons"][0]["button"]
    pressed = [device.post({"button": button}, **{"Idempotency-Key": "b"}) for _ in range(2)]
    assert pressed[0].json() == pressed[1].json()
    assert engine.heard == ["rdv", YES["payload"]]


def test_a_repeated_request_gets_its_own_answer_later_on(device, engine):
    engine.answers = [[BotMessage("Un.")], [BotMessage("Deux.")]]
    first = device.say("premier", **{"Idempotency-Key": "a"})
    device.say("second", **{"Idempotency-Key": "b"})
    assert device.say("premier", **{"Idempotency-Key": "a"}) == first
    assert engine.heard == ["premier", "second"]


def test_other_keys_and_other_conversations_are_other_requests(device, other, engine):
    for one, key in ((device, "k1"), (device, "k2"), (other, "k1"), (device, ""), (device, "")):
        one.say("oui", **{"Idempotency-Key": key})
    assert engine.heard == ["oui"] * 5


def test_a_request_that_failed_can_be_repeated(device, engine, application):
    engine.crash = RuntimeError("boum")
    key = {"Idempotency-Key": "a"}
    is_problem(device.post({"text": "mon 06 : 0612"}, **key), 503)
    engine.crash = None
    assert device.say("mon 06 : 0612", **key)[0]["text"] == "D’accord."
    users = [one for one in device.history() if one["author"] == "user"]
    assert len(users) == 1


def test_an_incomplete_number_counts_once_however_often_it_is_sent(device, engine, application):
    engine.crash = RuntimeError("boum")
    for _ in range(3):
        device.post({"text": "06 12 34 56"}, **{"Idempotency-Key": "a"})
    with application.store.read() as uow:
        assert uow.chats.get(device.opened["session_id"]).bad_contacts == 1


class SlowEngine(Engine):
    """Notes when it begins and when it ends an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[str] = []
        self.pause: asyncio.Event | None = None

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        self.steps.append(f"begin {text}")
        await (self.pause.wait() if self.pause else asyncio.sleep(0.02))
        self.steps.append(f"end {text}")
        return [BotMessage(f"Réponse à {text}")]

    async def forget(self, conversation_id: str) -> None:
        self.steps.append("forgotten")


@pytest.fixture
def slow(application):
    application._assistant = SlowEngine()
    return application


def test_two_messages_of_one_conversation_do_not_interleave(slow):
    async def talk() -> list[str]:
        opened = await slow.chat.open("web")
        slow.assistant.steps.clear()
        await asyncio.gather(*(slow.chat.say(opened.token, f"m{n}", None) for n in range(4)))
        return [message.text for message in await slow.chat.history(opened.token)]

    texts = asyncio.run(talk())[1:]
    steps = slow.assistant.steps
    assert [one.split()[0] for one in steps] == ["begin", "end"] * 4
    assert all(steps[n].split()[1] == steps[n + 1].split()[1] for n in range(0, 8, 2))
    assert all(texts[n + 1] == f"Réponse à {texts[n]}" for n in range(0, 8, 2))


class MeetingEngine(Engine):
    """Answers nobody before two are asking."""

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        if text == "m":
            self.heard.append(text)
            async with asyncio.timeout(20):
                while len(self.heard) < 2:
                    await asyncio.sleep(0.001)
        return [BotMessage("Voilà.")]


def test_two_conversations_do_not_wait_for_each_other(application):
    application._assistant = MeetingEngine()

    async def talk() -> list[object]:
        one, two = [await application.chat.open("web") for _ in range(2)]
        return await asyncio.gather(
            *(application.chat.say(each.token, "m", None) for each in (one, two))
        )

    assert [said[0].text for said in asyncio.run(talk())] == ["Voilà.", "Voilà."]


def test_the_same_request_twice_at_once_is_heard_once(slow):
    async def talk() -> list[object]:
        opened = await slow.chat.open("web")
        slow.assistant.steps.clear()
        return await asyncio.gather(*(slow.chat.say(opened.token, "oui", "k") for _ in range(3)))

    first, second, third = asyncio.run(talk())
    assert first == second == third
    assert slow.assistant.steps == ["begin oui", "end oui"]


def test_erasing_waits_for_the_turn_under_way(slow):
    async def talk() -> None:
        opened = await slow.chat.open("web")
        slow.assistant.pause = asyncio.Event()
        turn = asyncio.create_task(slow.chat.say(opened.token, "m", None))
        while slow.assistant.steps[-1] != "begin m":
            await asyncio.sleep(0.001)
        erasing = asyncio.create_task(slow.chat.close(opened.token))
        await asyncio.sleep(0.1)
        assert not erasing.done()
        slow.assistant.pause.set()
        assert (await turn)[0].text == "Réponse à m"
        await erasing
        with pytest.raises(SessionExpired):
            await slow.chat.history(opened.token)

    asyncio.run(talk())
    assert slow.assistant.steps[-1] == "forgotten"
