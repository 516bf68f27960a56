"""Each state of a conversation in the widget: axe in both themes at 320 px."""

from collections.abc import Callable

import pytest
from audit import axe, width
from chat_stage import ANSWER, SLOTS, Chat, Stage, moved, take_code
from playwright.sync_api import Browser, expect


def offline(chat: Chat, _stage: Stage) -> None:
    chat.context.set_offline(True)
    chat.send("bonjour")
    expect(chat.page.get_by_text("Pas encore envoyé")).to_be_visible()


def waiting(chat: Chat, milliseconds: int) -> None:
    chat.page.route("**/api/chat/messages", lambda _route: None)
    chat.send("bonjour")
    chat.page.clock.run_for(milliseconds)


def moved_away(chat: Chat, _stage: Stage) -> None:
    chat.page.route("**/api/chat/messages", moved)
    chat.send("bonjour")
    expect(chat.button("Nouvelle conversation ici")).to_be_visible()


def calendar(chat: Chat, _stage: Stage) -> None:
    chat.say("un rdv", SLOTS)
    chat.button("Choisir une autre date").click()
    chat.page.get_by_role("grid").wait_for()
    chat.page.keyboard.press("PageDown")
    chat.page.keyboard.press("Enter")
    expect(chat.button("Matin")).to_be_visible()


def code(chat: Chat, _stage: Stage) -> None:
    chat.menu("Continuer sur mon téléphone")
    take_code(chat)


def trace(chat: Chat, _stage: Stage) -> None:
    chat.menu("Garder une trace")
    expect(chat.button("Télécharger")).to_be_visible()


def opinion(chat: Chat, _stage: Stage) -> None:
    chat.say("apl", ANSWER)
    chat.button("Oui").click()
    expect(chat.log).to_contain_text("Merci")


STATES: dict[str, Callable[[Chat, Stage], None]] = {
    "slots": lambda chat, _stage: chat.say("un rdv", SLOTS),
    "calendar": calendar,
    "offline": offline,
    "slow": lambda chat, _stage: waiting(chat, 4100),
    "stuck": lambda chat, _stage: waiting(chat, 12_100),
    "moved": moved_away,
    "opinion": opinion,
    "code": code,
    "trace": trace,
}


@pytest.mark.browser
@pytest.mark.parametrize("name", STATES)
def test_no_state_has_a_fault(browser: Browser, chat_stage: Stage, name: str) -> None:
    chat = Chat(browser, chat_stage, viewport={"width": 320, "height": 640})
    chat_stage.will_say()
    chat.open()
    STATES[name](chat, chat_stage)
    for scheme in ("light", "dark"):
        chat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe(chat.page) == [], scheme
    assert width(chat.page) == []
    chat.context.close()
