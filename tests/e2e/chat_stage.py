"""The widget on the demonstration page, before the real door; the dialogue engine is made up."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from factories import NOW, seed_territory
from link_pages import serving
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from shipped import ShippedOnce

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits, Rates
from accueil.core.clock import FixedClock
from accueil.core.french import show_day
from accueil.core.proof import Proofs
from accueil.gateways.rasa import NullAssistant
from accueil.services.ports import BotMessage
from accueil.settings import read_settings

MOVED = {"type": "urn:premier-accueil:moved", "title": "x", "status": 401, "detail": "x"}
SOURCE = {
    "card": "source",
    "key": "logement/apl",
    "title": "Service-Public.fr",
    "url": "https://www.service-public.fr/",
    "checked_on": "2026-08-31",
    "expires_on": "2027-08-31",
    "easy": "L’APL est une aide.\nElle paie une partie du loyer.",
}
ANSWER = BotMessage("L’APL aide à payer le loyer.", cards=(SOURCE,))
TUESDAY = date(2026, 11, 24)
STARTS = [(TUESDAY, 9, 0), (TUESDAY, 10, 30), (TUESDAY + timedelta(days=7), 14, 0)]
DATE_CARD = {
    "card": "date",
    "first": "2026-11-23",
    "last": "2027-01-18",
    "slots": [f"{day}T{hour:02d}:{minute:02d}" for day, hour, minute in STARTS],
}


def title(day: date, hour: int, minute: int) -> str:
    """Name a time as the assistant does (``actions.booking.offers``)."""
    minutes = f"\u00a0{minute:02d}" if minute else ""
    return f"{show_day(day)}, {hour}\u00a0h{minutes}"


SLOTS = BotMessage(
    "Je peux te proposer\u00a0:\n1. mardi 24\u00a0novembre à 9\u00a0h\n2. …\nLequel te va\u202f?",
    tuple(
        {"title": title(*at), "payload": f"le {at[0]:%d/%m/%Y} à {at[1]}h{at[2]:02d}"}
        for at in STARTS
    ),
    (DATE_CARD,),
)


@dataclass(frozen=True)
class Stage:
    """A served application and who answers in its chat."""

    url: str
    engine: NullAssistant
    application: Application

    def will_say(self, *replies: BotMessage) -> None:
        """Prepare the next answers."""
        self.engine.answers[:] = [[one] for one in replies]
        self.engine.heard.clear()


@contextmanager
def staged(empty_database: Path, folder: Path, rates: Rates | None = None) -> Iterator[Stage]:
    """Serve an application with its database in ``folder``."""
    shutil.copy(empty_database, folder / "accueil.db")
    settings = read_settings({"ACCUEIL_FOLDER": str(folder), "ACCUEIL_SECRET_KEY": "k" * 40})
    application = ShippedOnce(settings, clock=FixedClock(NOW))
    engine = NullAssistant()
    application._assistant = engine
    seed_territory(application.store)
    limits = ChatLimits(Proofs(application.tokens, application.clock), rates)
    with serving(application, limits) as url:
        yield Stage(url, engine, application)
    application.engine.dispose()


class Chat:
    """The widget in one browser context, used by the names that assistive technology gives."""

    def __init__(self, browser: Browser, stage: Stage, **options: object) -> None:
        self.stage = stage
        made = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR"} | options
        self.context: BrowserContext = browser.new_context(**made)
        self.context.set_default_timeout(8000)
        self.page: Page = self.context.new_page()
        self.page.clock.install(time=NOW)
        self.log = self.page.get_by_role("log")
        self.box = self.page.get_by_role("textbox", name="Ton message")

    def open(self) -> None:
        """Open the widget on the demonstration page, and wait for the greeting."""
        self.page.goto(self.stage.url)
        self.reopen()

    def reopen(self, greeting: str = "D’accord.") -> None:
        self.page.get_by_role("button", name="Ouvrir la discussion").click()
        expect(self.log).to_contain_text(greeting)

    def send(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def say(self, text: str, answer: BotMessage) -> None:
        """Say something and wait for this answer."""
        self.stage.will_say(answer)
        self.send(text)
        expect(self.log).to_contain_text(answer.text.partition("\n")[0])

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    def menu(self, section: str) -> None:
        """Open a section of the menu; it may still be open from before."""
        self.button("Menu").click()
        head = self.button(section)
        if head.get_attribute("aria-expanded") != "true":
            head.click()


@pytest.fixture(scope="module")
def chat_stage(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(empty_database, tmp_path_factory.mktemp("chat")) as stage:
        yield stage


@pytest.fixture
def chat(browser: Browser, chat_stage: Stage) -> Iterator[Chat]:
    chat_stage.will_say()
    chat = Chat(browser, chat_stage)
    chat.open()
    chat_stage.will_say()
    yield chat
    chat.context.close()


def moved(route: Route) -> None:
    """Answer that the conversation goes on in an app."""
    route.fulfill(status=401, json=MOVED, content_type="application/problem+json")


def take_code(chat: Chat) -> str:
    """Ask for a code, and check how it is read aloud."""
    chat.button("Avoir un", exact=False).click()
    shown = chat.page.get_by_text(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
    expect(shown).to_be_visible()
    code = shown.inner_text()
    spelt = ", ".join("tiret" if sign == "-" else sign for sign in code)
    expect(chat.page.get_by_text(f"Ton code\u00a0: {spelt}")).to_have_count(1)
    expect(chat.page.get_by_text("Valable encore 10 minutes.")).to_be_visible()
    return code


def redeem(chat: Chat, code: str) -> None:
    """Take up the conversation of a code."""
    chat.page.get_by_label("J’ai un code").fill(code.lower())
    chat.button("Reprendre ma conversation").click()
    expect(chat.box).to_be_focused()
