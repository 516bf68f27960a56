"""The widget on a page of somebody else's, with options on its script tag."""

import re
from html import escape

from chat_stage import Chat
from playwright.sync_api import Request, Route, expect

from accueil.settings import ROOT

LAUNCHER = (ROOT / "accueil/web/static/widget/premier-accueil.js").read_text("utf-8")
_LISTED = re.search(r"const PARTS = \[(.*?)\]", LAUNCHER, re.DOTALL)
assert _LISTED
PARTS = re.findall(r'"([\w-]+)"', _LISTED[1])
"""The modules that opening asks for."""
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Une page</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">
<script type="module" src="/static/widget/premier-accueil.js" {}></script></head>
<body><main><h1>Une page</h1><p>Un texte.</p></main></body></html>"""
KEPT = "JSON.stringify([{...sessionStorage}, {...localStorage}])"
NOTHING = "[{},{}]"
AWAY = "<!doctype html><title>Ailleurs</title><p>Ailleurs</p>"


class Embedded:
    """A page with the widget, and everything that it asked of the network."""

    def __init__(self, chat: Chat, **options: str) -> None:
        self.chat, self.page = chat, chat.page
        self.url = f"{chat.stage.url}/une-page"
        self.asked: list[Request] = []
        self.told: list[str] = []
        tag = " ".join(f'data-{k.replace("_", "-")}="{escape(v)}"' for k, v in options.items())
        html = PAGE.format(tag)
        self.page.route(self.url, lambda route: self._give(route, html))
        # Where people go when they leave: nothing here reaches beyond loopback.
        for away in ("https://www.wikipedia.org/**", "https://sortie.example/**"):
            self.page.route(away, lambda route: self._give(route, AWAY))
        self.page.on("request", lambda request: self.asked.append(request))
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.goto(self.url)

    @staticmethod
    def _give(route: Route, html: str) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=html)

    def button(self, name: str):
        return self.page.get_by_role("button", name=name)

    def open(self, name: str = "Ouvrir la discussion") -> None:
        self.button(name).click()
        expect(self.chat.log).to_contain_text("D’accord.")

    def open_again(self, text: str) -> None:
        """Open after a reload, and wait for something said before."""
        self.button("Ouvrir la discussion").click()
        expect(self.chat.log).to_contain_text(text)

    def settings(self, menu: str = "Menu", section: str = "Réglages") -> None:
        self.page.get_by_role("button", name=menu, exact=True).click()
        self.button(section).click()

    def paths(self) -> list[str]:
        """What was asked, without the origin."""
        return [one.url.removeprefix(self.chat.stage.url) for one in self.asked]

    def kept(self) -> str:
        """What the device keeps: session storage, then local storage."""
        found: str = self.page.evaluate(KEPT)
        return found

    def style(self, selector: str, name: str) -> str:
        """The computed style of a part of the widget."""
        value: str = self.page.locator(selector).evaluate(
            "(node, name) => getComputedStyle(node).getPropertyValue(name)", name
        )
        return value
