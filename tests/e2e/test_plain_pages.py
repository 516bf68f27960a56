"""The answers and the conversation in a browser without JavaScript."""

from collections.abc import Iterator

import pytest
from factories import seed_territory
from link_pages import serving
from plain_chat import PlainChat
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from accueil.bootstrap import Application
from accueil.gateways.rasa import NullAssistant
from accueil.services.ports import BotMessage

WIKIPEDIA = "https://www.wikipedia.org/"
SITE = {
    "card": "site",
    "name": "Antenne Centre",
    "address": "1 place de l’Exemple",
    "phone": "01 99 00 12 34",
    "hours": ["lundi\u00a0: 9\u00a0h – 17\u00a0h"],
    "url": "https://www.openstreetmap.org/directions",
    "distance_km": 3.4,
}
SOURCE = {"card": "source", "title": "Caf", "url": "https://www.caf.fr", "easy": "C’est simple."}
APPOINTMENT = {"card": "appointment", "when": "mardi à 9\u00a0h", "code": "K7QF-3M2P"}
DATES = {"card": "date", "first": "2026-11-23", "last": "2026-12-04", "slots": []}
TIMES = tuple({"title": f"mardi à {hour} h", "payload": "/x"} for hour in (9, 14))


class Script(NullAssistant):
    """Says each kind of thing when asked for it."""

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        answers = {
            "/salutation": [
                BotMessage("Salut\u202f!", ({"title": "Un rendez-vous", "payload": "/r"},))
            ],
            "/r": [BotMessage("Voici deux horaires.", TIMES, (DATES,))],
            "/x": [BotMessage("C’est noté.", (), (APPOINTMENT,))],
            "cartes": [BotMessage("Voilà.\n• un\n• deux", (), (SITE, SOURCE))],
        }
        return answers.get(text) or [BotMessage(f"Tu as dit\u00a0: {text}")]


@pytest.fixture
def site(application: Application) -> Iterator[str]:
    application._assistant = Script()
    seed_territory(application.store)
    with serving(application) as url:
        yield url


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context
    context.close()


def find(page: Page, words: str) -> None:
    page.get_by_label("Chercher dans les réponses").fill(words)
    page.get_by_role("button", name="Chercher").click()


@pytest.mark.browser
def test_reading_searching_and_asking_without_javascript(site: str, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(f"{site}/reponses")
    find(page, "payer mon permis")
    assert page.url == f"{site}/reponses"
    page.get_by_role("link", name="Comment financer mon permis de conduire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("financer mon permis")
    page.get_by_text("Version facile à lire").click()
    expect(page.locator("details[open]")).to_contain_text("aides")
    page.get_by_role("link", name="En parler").click()
    expect(page.get_by_label("Ta question")).to_have_value(
        "Comment financer mon permis de conduire\u202f?"
    )
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("#dernier")).to_contain_text("Tu as dit")
    assert page.url.endswith("/discuter#dernier")


@pytest.mark.browser
def test_a_conversation_by_keyboard(site: str, plain: BrowserContext) -> None:
    chat = PlainChat(plain.new_page(), site)
    assert "Salut" in chat.open()
    assert chat.titles() == ["Un rendez-vous"]
    assert "Voici deux horaires" in chat.choose("Un rendez-vous")
    assert "Tu as dit : mardi 24 novembre le matin" in chat.choose_day(
        "mardi 24\u00a0novembre", "Le matin"
    )
    chat.say("/r")
    assert "Tu as dit : r" in chat.last()  # a slash commands nothing
    assert "Antenne Centre" in chat.say("cartes")


@pytest.mark.browser
def test_the_last_answer_is_where_reading_goes_on(site: str, plain: BrowserContext) -> None:
    page = plain.new_page()
    chat = PlainChat(page, site)
    chat.open()
    for _ in range(4):
        chat.say("cartes")
    expect(page.locator("#dernier")).to_be_in_viewport()
    expect(page.locator("#dernier")).to_be_focused()
    too_long_text = "b" * 12_100
    page.get_by_label("Ton message").fill(too_long_text)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_label("Ton message")).to_have_value(too_long_text)


@pytest.mark.browser
def test_leaving_quickly_leads_elsewhere_and_forgets(site: str, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.route(WIKIPEDIA, _encyclopedia)
    chat = PlainChat(page, site)
    chat.open("les APL")
    page.get_by_role("button", name="Quitter vite").click()
    expect(page.get_by_role("heading")).to_have_text("Encyclopédie")
    assert page.url == WIKIPEDIA
    assert plain.cookies(f"{site}/discuter") == []
    page.goto(f"{site}/discuter")
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


@pytest.mark.browser
def test_a_trace_can_be_kept(site: str, plain: BrowserContext) -> None:
    page = plain.new_page()
    PlainChat(page, site).open("les APL")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Garder une trace").click()
    assert waiting.value.suggested_filename == "discussion.txt"
    assert "les APL" in waiting.value.path().read_text("utf-8")


def _encyclopedia(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<h1>Encyclopédie</h1>")
