"""The steps of a person who brings a browser to a page or to a state of the chat."""

from collections.abc import Callable
from dataclasses import dataclass

from chat_stage import moved
from factories import NOW
from playwright.sync_api import Locator, Page, expect

from accueil.bootstrap import Application
from accueil.gateways.rasa import NullAssistant
from accueil.services.ports import BotMessage

MENU = "Menu"
SITE_CARD = {
    "card": "site",
    "name": "Antenne du Centre",
    "address": "1 place de l’Exemple, 99000 Exempleville",
    "state": "Ouvert jusqu’à 17\u00a0h",
    "hours": ["Lundi : 9 h à 12 h", "Mardi : 9 h à 17 h"],
    "accessibility": "Entrée de plain-pied.",
    "phone": "01 99 00 12 34",
    "url": "https://www.openstreetmap.org/",
    "distance_km": 3.2,
}
SITE = BotMessage("Voici ton antenne.", cards=(SITE_CARD,))


@dataclass(frozen=True)
class Stage:
    """A served application, the address of its appointment pages, and who answers in its chat."""

    url: str
    paths: dict[str, str]
    assistant: NullAssistant
    application: Application

    def booked(self) -> BotMessage:
        """Return what is said of an appointment that exists."""
        token = self.paths["plain"].removeprefix("/rdv/")
        with self.application.store.read() as uow:
            found = uow.appointments.by_link(self.application.tokens.hash(token))
        assert found is not None
        return BotMessage("C’est réservé.", cards=({"card": "appointment", "id": found.id},))


type Bring = Callable[[Page, Stage], None]


def at(path: str) -> Bring:
    """Open an address of the site."""

    def bring(page: Page, stage: Stage) -> None:
        page.goto(f"{stage.url}{path}")

    return bring


def link(name: str) -> Bring:
    """Open one of the appointment pages of ``link_pages``."""
    return lambda page, stage: at(stage.paths[name])(page, stage)


def pressing(before: Bring, *names: str, typed: dict[str, str] | None = None) -> Bring:
    """Fill in fields by their labels, then press buttons or follow links, one after the other."""

    def bring(page: Page, stage: Stage) -> None:
        before(page, stage)
        for label, value in (typed or {}).items():
            page.get_by_label(label).fill(value)
        for name in names:
            control(page, name).click()
        page.wait_for_load_state()

    return bring


def control(page: Page, name: str) -> Locator:
    """Find what can be pressed by its name, or its beginning."""
    button = page.get_by_role("button", name=name)
    switch = page.get_by_role("radio", name=name).or_(page.get_by_role("switch", name=name))
    return button.or_(switch).or_(page.get_by_role("link", name=name)).first


def opened(page: Page, stage: Stage) -> None:
    """Open the widget on the demonstration page."""
    page.goto(stage.url)
    page.get_by_role("button", name="Ouvrir la discussion").click()
    expect(page.get_by_role("log")).to_contain_text("D’accord.")


def say(page: Page, text: str) -> None:
    """Write in the widget and send."""
    box = page.get_by_role("textbox", name="Ton message")
    box.fill(text)
    box.press("Enter")


def told(said: BotMessage | Callable[[Stage], BotMessage], *names: str) -> Bring:
    """Ask the widget something and get a scripted answer, then press buttons."""

    def asked(page: Page, stage: Stage) -> None:
        opened(page, stage)
        answer = said if isinstance(said, BotMessage) else said(stage)
        stage.assistant.answers[:] = [[answer]]
        say(page, "Bonjour")
        expect(page.get_by_role("log")).to_contain_text(answer.text.partition("\n")[0])

    return pressing(asked, *names)


def in_danger(page: Page, stage: Stage) -> None:
    """Write something that is answered with helplines."""
    opened(page, stage)
    say(page, "jveux mourir")
    expect(page.get_by_role("log")).to_contain_text("3114")


def unloaded(page: Page, stage: Stage) -> None:
    """Open the widget when the rest of it does not come."""
    page.route("**/widget/app.js", lambda route: route.abort())
    page.goto(stage.url)
    page.get_by_role("button", name="Ouvrir la discussion").click()
    expect(page.get_by_role("button", name="Réessayer")).to_be_visible()


def failed(page: Page, stage: Stage) -> None:
    """Send a message that the server cannot take."""
    opened(page, stage)
    page.route("**/api/chat/messages", lambda route: route.fulfill(status=500))
    say(page, "Bonjour")
    expect(page.get_by_role("button", name="Renvoyer")).to_be_visible()


def offline(page: Page, stage: Stage) -> None:
    """Lose the network, and write all the same."""
    opened(page, stage)
    page.context.set_offline(True)
    say(page, "Bonjour")
    expect(page.get_by_text("Pas encore envoyé")).to_be_visible()


def stuck(page: Page, stage: Stage) -> None:
    """Wait for an answer that does not come, until the widget offers to send again."""
    page.clock.install(time=NOW)
    opened(page, stage)
    page.route("**/api/chat/messages", lambda _route: None)
    say(page, "Bonjour")
    expect(page.get_by_role("log")).to_contain_text("Bonjour")
    page.clock.run_for(12_100)


def moved_away(page: Page, stage: Stage) -> None:
    """Write in a conversation that goes on in an app."""
    opened(page, stage)
    page.route("**/api/chat/messages", moved)
    say(page, "Bonjour")
    expect(page.get_by_role("button", name="Nouvelle conversation ici")).to_be_visible()


def easy(page: Page, stage: Stage) -> None:
    """Unfold the easy text of an answer."""
    at("/reponses/logement/apl")(page, stage)
    page.get_by_text("Version facile à lire").click()


def plain_danger(page: Page, stage: Stage) -> None:
    """Write without JavaScript something that is answered with helplines."""
    plain_talk(SITE)(page, stage)
    send_plainly(page, "jveux mourir")


def plain_too_long(page: Page, stage: Stage) -> None:
    """Write more than is read, without JavaScript."""
    plain_talk(SITE)(page, stage)
    send_plainly(page, "a" * 12_100)


def send_plainly(page: Page, text: str) -> None:
    """Send a message of the conversation without JavaScript."""
    page.get_by_label("Ton message").fill(text)
    page.get_by_role("button", name="Envoyer").click()


def plain_talk(said: BotMessage) -> Bring:
    """Converse without JavaScript, and get a scripted answer."""

    def bring(page: Page, stage: Stage) -> None:
        stage.assistant.answers[:] = [[BotMessage("Bonjour.")], [said]]
        page.goto(f"{stage.url}/discuter")
        page.get_by_label("Ta question").fill("Bonjour")
        page.get_by_role("button", name="Commencer").click()
        expect(page.get_by_role("main")).to_contain_text(said.text.partition("\n")[0])

    return bring
