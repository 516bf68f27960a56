"""The widget on bad networks, before a flooded door, and when a conversation moves elsewhere."""

import hashlib
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from chat_stage import Chat, Stage, moved, redeem, staged, take_code
from factories import NOW
from limits import parse
from playwright.sync_api import Browser, Request, Route, expect

from accueil.channels.limits import Rates
from accueil.services.ports import BotMessage


@pytest.mark.browser
def test_without_a_network_messages_wait_in_order(chat: Chat, chat_stage: Stage) -> None:
    chat.context.set_offline(True)
    for text in ("un", "deux", "trois"):
        chat.send(text)
    expect(chat.page.get_by_text("Pas encore envoyé")).to_have_count(3)
    chat.button("Supprimer").nth(1).click()
    chat.button("Modifier").first.click()
    expect(chat.box).to_have_value("un")
    chat.box.fill("")
    chat.send("quatre")
    chat.button("Renvoyer").first.click()
    expect(chat.page.get_by_text("Pas encore envoyé")).to_have_count(2)
    assert chat_stage.engine.heard == []
    chat_stage.will_say(BotMessage("Réponse à trois."), BotMessage("Réponse à quatre."))
    chat.context.set_offline(False)
    expect(chat.log).to_contain_text("Réponse à quatre.")
    expect(chat.page.get_by_text("Pas encore envoyé")).to_have_count(0)
    assert chat_stage.engine.heard == ["trois", "quatre"]
    said = chat.log.locator(".bubble").all_inner_texts()[-4:]
    assert [text.rpartition("\n")[2].split("\u00a0: ")[-1] for text in said] == [
        "trois", "Réponse à trois.", "quatre", "Réponse à quatre.",
    ]  # fmt: skip


@pytest.mark.browser
def test_a_network_lost_on_the_way_sends_nothing_twice(chat: Chat, chat_stage: Stage) -> None:
    keys: list[str] = []
    way = "**/api/chat/messages"

    def lose(route: Route) -> None:
        """The server hears it, but its answer never comes."""
        keys.append(route.request.headers["idempotency-key"])
        route.fetch()
        chat.context.set_offline(True)
        route.abort()

    chat.page.route(way, lose)
    chat_stage.will_say(BotMessage("Une seule fois."))
    chat.send("une fois")
    expect(chat.page.get_by_text("Pas encore envoyé")).to_be_visible()
    chat.page.unroute(way)
    with chat.page.expect_request(way) as again:
        chat.context.set_offline(False)
    expect(chat.log).to_contain_text("Une seule fois.")
    assert [again.value.headers["idempotency-key"]] == keys
    assert chat_stage.engine.heard == ["une fois"]


@pytest.mark.browser
def test_a_slow_message_is_sent_again_under_the_same_key(chat: Chat, chat_stage: Stage) -> None:
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            route.continue_()

    chat.page.clock.pause_at(NOW + timedelta(hours=1))
    chat.page.route("**/api/chat/messages", lose_the_first)
    chat.send("Bonjour")
    expect(chat.log).to_contain_text("Bonjour")
    chat.page.clock.run_for(3900)
    expect(chat.page.get_by_text("Ça prend du temps")).to_have_count(0)
    chat.page.clock.run_for(200)
    expect(chat.page.get_by_text("Ça prend du temps")).to_be_visible()
    chat.page.clock.run_for(8000)
    chat.button("Attendre encore").click()
    expect(chat.page.get_by_text("Ça prend du temps")).to_be_visible()
    chat.page.clock.run_for(12_000)
    chat_stage.will_say(BotMessage("Me voilà."))
    chat.button("Renvoyer").click()
    expect(chat.log).to_contain_text("Me voilà.")
    expect(chat.button("Renvoyer")).to_have_count(0)
    assert keys == [keys[0]] * 2
    assert chat_stage.engine.heard == ["Bonjour"]


@pytest.mark.browser
def test_a_code_moves_the_conversation_to_another_device_and_back(
    chat: Chat, browser: Browser, chat_stage: Stage
) -> None:
    chat.say("un secret", BotMessage("Je le garde." + "\nUne ligne." * 40))
    # The clocks of phones are often wrong.
    chat.page.clock.set_system_time(NOW + timedelta(hours=3))
    chat.menu("Continuer sur mon téléphone")
    other = Chat(browser, chat_stage)
    other.open()
    code = take_code(chat)
    other.menu("Continuer sur mon téléphone")
    other.page.get_by_label("J’ai un code").fill("AAAA-9999")
    other.button("Reprendre ma conversation").click()
    expect(other.page.get_by_text("Ce code ne marche pas")).to_be_visible()
    expect(other.page.get_by_label("J’ai un code")).to_be_focused()
    redeem(other, code)
    expect(other.log).to_contain_text("Je le garde.")
    end = "(node) => node.scrollHeight - node.clientHeight - node.scrollTop"
    assert other.log.evaluate(end) < 2, "the last words are seen first"
    # The first device says so, and opens nothing by itself.
    chat.button("Menu").click()
    chat.send("encore moi")
    expect(chat.log).to_contain_text("Ta conversation continue ailleurs")
    chat.menu("Continuer sur mon téléphone")
    other.menu("Continuer sur mon téléphone")
    redeem(chat, take_code(other))
    expect(chat.log).to_contain_text("Je le garde.")
    chat.say("me revoilà", BotMessage("Content de te revoir."))
    other.context.close()


@pytest.mark.browser
def test_whoever_moved_can_start_again_here(chat: Chat, chat_stage: Stage) -> None:
    chat.page.route("**/api/chat/messages", moved)
    chat.page.reload()
    chat.reopen("Ta conversation continue ailleurs")
    chat.page.unroute("**/api/chat/messages")
    chat.button("Nouvelle conversation ici").click()
    expect(chat.log).to_contain_text("D’accord.")
    chat.say("bonjour", BotMessage("Bonjour."))


@pytest.mark.browser
def test_a_flooding_address_proves_its_work(
    browser: Browser, empty_database: Path, tmp_path: Path
) -> None:
    rates = Rates(openings_of_visitor=parse("8 per 10 minutes"))
    with staged(empty_database, tmp_path, rates) as flooded:
        for _ in range(4):
            httpx.post(f"{flooded.url}/api/chat/sessions", json={})
        chat = Chat(browser, flooded)
        asked: list[Request] = []
        chat.page.on("request", lambda one: asked.append(one) if "/sessions" in one.url else None)
        chat.page.goto(flooded.url)
        chat.page.evaluate(NOTE_WORK)
        chat.reopen()
        assert chat.page.evaluate("window.told")
        assert [one.response().status for one in asked] == [429, 201]
        salt, _, count = asked[1].headers["x-proof"].rpartition(":")
        bits = int(salt.split(".")[2])
        solved = [n for n in range(int(count) + 1) if solves(f"{salt}:{n}", bits)]
        assert solved == [int(count)]
        chat.context.close()


# Notes that the person is told why it takes time.
NOTE_WORK = """() => { const { shadowRoot } = document.querySelector("premier-accueil");
const look = () => { window.told ||= shadowRoot.textContent.includes("Une petite vérification"); };
new MutationObserver(look).observe(shadowRoot, { childList: true, subtree: true }); }"""


def solves(text: str, bits: int) -> bool:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()) >> (256 - bits) == 0
