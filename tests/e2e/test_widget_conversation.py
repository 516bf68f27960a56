"""Conversing with the widget: days and times, opinions, a trace, and how it is read aloud."""

import json
import re
from pathlib import Path

import pytest
from chat_stage import ANSWER, SLOTS, Chat, Stage
from playwright.sync_api import Page, Request, expect

from accueil.services.ports import BotMessage


def focused(page: Page) -> str:
    """Return the name of what has the focus, inside the widget."""
    return str(
        page.evaluate(
            """() => { let node = document.activeElement;
            while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
            return node.ariaLabel ?? node.innerText ?? ''; }"""
        )
    )


def walk(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


@pytest.mark.browser
def test_a_day_is_asked_for_by_keyboard(chat: Chat, chat_stage: Stage) -> None:
    chat.say("un rdv", SLOTS)
    chat.button("Choisir une autre date").press("Enter")
    expect(chat.page.get_by_role("dialog", name="Choisir un jour")).to_be_visible()
    assert focused(chat.page) == "lundi 23\u00a0novembre, aujourd’hui"
    assert walk(chat.page, "ArrowLeft") == "lundi 23\u00a0novembre, aujourd’hui"
    assert walk(chat.page, "ArrowRight") == "mardi 24\u00a0novembre"
    assert walk(chat.page, "End") == "dimanche 29\u00a0novembre"
    assert walk(chat.page, "Home") == "lundi 23\u00a0novembre, aujourd’hui"
    assert walk(chat.page, "ArrowDown", "ArrowDown") == "lundi 7\u00a0décembre"
    assert walk(chat.page, "PageDown") == "jeudi 7\u00a0janvier"
    assert walk(chat.page, "PageDown") == "lundi 18\u00a0janvier"
    assert walk(chat.page, "ArrowDown") == "lundi 18\u00a0janvier"
    assert walk(chat.page, "PageUp") == "vendredi 18\u00a0décembre"
    assert walk(chat.page, "ArrowUp", "ArrowUp") == "vendredi 4\u00a0décembre"
    assert walk(chat.page, "Escape") == "Choisir une autre date"
    expect(chat.page.get_by_role("grid")).to_have_count(0)
    expect(chat.log).to_be_visible()
    walk(chat.page, "Enter")
    expect(chat.page.get_by_role("grid")).to_be_visible()
    chat_stage.will_say(BotMessage("Je regarde."))
    assert walk(chat.page, "PageDown", "ArrowLeft", "Enter") == "Toute la journée"
    assert walk(chat.page, "Tab") == "Matin"
    walk(chat.page, "Enter")
    expect(chat.log).to_contain_text("Je regarde.")
    assert [text.replace("\u00a0", " ") for text in chat_stage.engine.heard] == [
        "mardi 22 décembre le matin"
    ]
    expect(chat.box).to_be_focused()


@pytest.mark.browser
def test_times_stand_under_their_day_and_say_it(chat: Chat, chat_stage: Stage) -> None:
    chat.say("un rdv", SLOTS)
    choices = chat.page.get_by_role("group", name="Réponses proposées")
    assert choices.get_by_role("button").count() == 4
    expect(choices.get_by_role("button", name="mardi 24 novembre, 10 h 30")).to_have_text(
        re.compile("10\u00a0h\u00a030$")
    )
    chat_stage.will_say(BotMessage("C’est noté."))
    chat.button("mardi 1er décembre, 14 h").click()
    expect(chat.log).to_contain_text("C’est noté.")
    assert chat_stage.engine.heard == ["le 01/12/2026 à 14h00"]


@pytest.mark.browser
def test_an_opinion_is_given_and_changed(chat: Chat) -> None:
    chat.say("bonjour", BotMessage("Bonjour."))
    expect(chat.button("Oui")).to_have_count(0)
    chat.say("apl", ANSWER)
    group = chat.page.get_by_role("group", name="Cette réponse t’a été utile")
    votes: list[Request] = []
    chat.page.on("request", lambda one: votes.append(one) if "/feedback" in one.url else None)
    for name, other in (("Oui", "Non"), ("Non", "Oui")):
        group.get_by_role("button", name=name).click()
        expect(group.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        expect(group.get_by_role("button", name=other)).to_have_attribute("aria-pressed", "false")
        expect(group).to_contain_text("Merci")
    answers = [one.response() for one in votes]
    assert [one.status for one in answers if one] == [204, 204]
    assert [json.loads(one.post_data or "")["useful"] for one in votes] == [True, False]


@pytest.mark.browser
def test_numbers_can_be_called_where_they_are_read(chat: Chat) -> None:
    chat.send("jveux mourir")
    said = chat.log.locator(".bot .bubble").filter(has_text="3114").first
    for name, address in (("3114", "tel:3114"), ("15", "tel:15"), ("114", "sms:114")):
        link = said.get_by_role("link", name=name, exact=True).first
        expect(link).to_have_attribute("href", address)


@pytest.mark.browser
def test_the_easy_text_comes_first_for_whoever_asks(chat: Chat) -> None:
    chat.menu("Réglages")
    chat.page.get_by_label("Version facile à lire").check()
    chat.button("Menu").click()
    chat.say("apl", BotMessage("Elle paie une partie du loyer.", cards=ANSWER.cards))
    bubble = chat.log.locator(".bot .bubble").last
    expect(bubble).to_contain_text("L’APL est une aide.")
    expect(chat.log.get_by_text("Version facile à lire")).to_have_count(0)
    whole = chat.log.locator("details p")
    expect(whole).to_be_hidden()
    chat.page.get_by_text("Voir la version complète").click()
    expect(whole).to_have_text("Elle paie une partie du loyer.")


@pytest.mark.browser
def test_an_appointment_can_be_changed_and_put_in_an_agenda(chat: Chat) -> None:
    page = "https://accueil.example/rdv/lien"
    links = {"manage_url": page, "calendar_url": f"{page}/rendez-vous.ics"}
    card = {"card": "appointment", "when": "mardi 24 novembre à 9 h", "code": "K7QF-3M2P"} | links
    chat.say("ok", BotMessage("C’est réservé.", cards=(card,)))
    for name, address in (
        ("Voir, déplacer ou annuler", page),
        ("Ajouter à mon agenda", f"{page}/rendez-vous.ics"),
    ):
        expect(chat.page.get_by_role("link", name=name)).to_have_attribute("href", address)


@pytest.mark.browser
def test_each_message_is_in_the_accessibility_tree_once(chat: Chat) -> None:
    chat.page.evaluate(WATCH)
    asked = [f"Question numéro {index}." for index in range(10)]
    answered = [f"Réponse numéro {index}." for index in range(10)]
    for question, answer in zip(asked, answered, strict=True):
        chat.say(question, BotMessage(answer))
    assert read_aloud(chat) == dict.fromkeys(asked + answered, 1)
    pairs = zip(asked, answered, strict=True)
    said = [said for pair in pairs for said in (f"Toi\u00a0: {pair[0]}", f"Robot\u00a0: {pair[1]}")]
    assert chat.page.evaluate("window.announced") == said
    # After a reload the history is there, and nothing of it is announced.
    chat.page.reload()
    chat.page.evaluate(WATCH)
    chat.reopen(answered[-1])
    assert read_aloud(chat) == dict.fromkeys(asked + answered, 1)
    assert chat.page.evaluate("window.announced") == []


# Notes what is added to the log while it is live.
WATCH = """() => { window.announced = [];
const seen = (records) => { for (const record of records) for (const node of record.addedNodes)
  if (node.parentElement?.closest("[aria-live=polite]")?.role === "log"
    && node.className?.startsWith("message"))
    window.announced.push(node.textContent); };
new MutationObserver(seen).observe(document.querySelector("premier-accueil").shadowRoot,
  { childList: true, subtree: true }); }"""


def read_aloud(chat: Chat) -> dict[str, int]:
    """Count each sentence of the log, as Chromium gives it to assistive technology."""
    session = chat.context.new_cdp_session(chat.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    texts = [
        node["name"]["value"].strip()
        for node in nodes
        if node.get("role", {}).get("value") == "StaticText" and not node["ignored"]
    ]
    numbered = [text for text in texts if "numéro" in text]
    return {text: numbered.count(text) for text in numbered}


@pytest.mark.browser
def test_a_trace_is_kept_as_text(chat: Chat, tmp_path: Path) -> None:
    chat.say("apl", ANSWER)
    chat.menu("Garder une trace")
    with chat.page.expect_download() as started:
        chat.button("Télécharger").click()
    assert re.fullmatch(r"conversation-2026-11-23\.txt", started.value.suggested_filename)
    started.value.save_as(tmp_path / "trace.txt")
    text = (tmp_path / "trace.txt").read_text("utf-8")
    assert "lundi 23 novembre 2026" in text
    answer = "Robot\u00a0: L’APL aide à payer le loyer.\nSource\u00a0: Service-Public.fr"
    assert f"Toi\u00a0: apl\n\n{answer}" in text
