"""Weigh the widget in Debian's Chromium, and time it on a processor four times slower.

``python -m tests.load.widget_size``, from the root. It measures and asserts nothing
(``tests/unit/test_static_files.py`` holds the budget). Bytes are those of bodies as they travel,
gzipped (``encodedDataLength`` of the DevTools protocol, less headers). Times are medians of seven
visits, each in a context of its own, in turn with a page that has no widget:

- *usable*: from the start of navigation until the launcher (or the page's own button) is there and
  an idle moment of the main thread has passed;
- *writing*: from the tap on the launcher until the message field has focus.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route

from accueil.bootstrap import Application
from accueil.core.clock import SystemClock
from accueil.gateways.rasa import NullAssistant
from accueil.web.app import create_app
from tests.load.databases import application_on, migrated_file

VISITS = 7
SETTLED_MS = 1_000
"""A module may ask for others in turn: no state of the page says that they are there."""
SLOWER = 4
CHROMIUM = "/usr/bin/chromium"
NBSP = "\u00a0"
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title>
<link rel="icon" href="data:,">{}<h1>Page</h1><button id="own">Bouton</button></html>"""
SCRIPT = '<script type="module" src="/static/widget/premier-accueil.js"></script>'
ROOT = "document.querySelector('premier-accueil').shadowRoot"
LAUNCHER = (
    f"document.querySelector('premier-accueil')?.shadowRoot && {ROOT}.querySelector('.launcher')"
)
OWN = "document.querySelector('#own')"
PARTS = {
    "menu": "Menu",
    "réglages, lecture à voix haute": "Réglages",
    "garder une trace": "Garder une trace",
    "autre téléphone": "Continuer sur mon téléphone",
}
"""The button that opens each part that is loaded on demand."""


class Weight:
    """Requests and bytes of what a page asks of the server, since the last reading."""

    def __init__(self, session: CDPSession) -> None:
        self._headers: dict[str, int] = {}
        self.requests, self.bytes = 0, 0
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _received(self, event: dict[str, dict[str, float | str]]) -> None:
        if "/static/" in str(event["response"]["url"]):
            self._headers[str(event["requestId"])] = int(event["response"]["encodedDataLength"])

    def _finished(self, event: dict[str, float]) -> None:
        headers = self._headers.pop(str(event["requestId"]), None)
        if headers is not None:
            self.requests += 1
            self.bytes += int(event["encodedDataLength"]) - headers

    def read(self) -> tuple[int, int]:
        """Return requests and bytes, and begin again at nothing."""
        found = self.requests, self.bytes
        self.requests, self.bytes = 0, 0
        return found


@contextmanager
def served(application: Application) -> Iterator[str]:
    """Serve the application, and two pages of somebody else's: ``/avec`` and ``/sans`` widget."""
    pages = {"/avec": PAGE.format(SCRIPT), "/sans": PAGE.format("")}

    async def show(request: Request) -> HTMLResponse:
        return HTMLResponse(pages[request.url.path])

    routes = [Route(path, show) for path in pages]
    app = Starlette(routes=[*routes, Mount("/", create_app(application))])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # waiting for a socket, not for time to pass
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@contextmanager
def visited(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A fresh visitor with a phone's window."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def weigh(browser: Browser, url: str) -> dict[str, tuple[int, int]]:
    """Return requests and bytes of each step."""
    found = {}
    with visited(browser) as (page, session):
        weight = Weight(session)
        page.goto(f"{url}/avec")
        page.wait_for_load_state("networkidle")
        found["avant l’ouverture"] = weight.read()
        _open(page)
        found["à l’ouverture"] = weight.read()
        for name, button in PARTS.items():
            page.get_by_role("button", name=button, exact=True).click()
            page.wait_for_timeout(SETTLED_MS)
            found[name] = weight.read()
        page.get_by_role("radio", name="English").check()
        page.get_by_role("button", name="Leave fast").wait_for()
        page.wait_for_load_state("networkidle")
        found["mots anglais"] = weight.read()
    return found


def _open(page: Page) -> None:
    page.get_by_role("button", name="Ouvrir la discussion").click()
    page.get_by_role("log").get_by_text("D’accord.").wait_for()
    page.wait_for_load_state("networkidle")


def usable(browser: Browser, address: str) -> tuple[float, float]:
    """Return milliseconds until the page is usable, and until one can write (0 without widget)."""
    with visited(browser) as (page, session):
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        has_widget = address.endswith("/avec")
        page.wait_for_function(f"!!({LAUNCHER if has_widget else OWN})")
        begun: float = page.evaluate(
            "new Promise((done) => requestIdleCallback(() => done(performance.now())))"
        )
        if not has_widget:
            return begun, 0.0
        writing: float = page.evaluate(
            f"""new Promise((done) => {{
              const root = {ROOT};
              const start = performance.now();
              root.addEventListener("focusin", (event) =>
                event.target.localName === "textarea" && done(performance.now() - start));
              root.querySelector(".launcher").click();
            }})"""
        )
        return begun, writing


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        empty = migrated_file(Path(folder))
        application = application_on(f"sqlite:///{empty}", Path(folder), SystemClock())
        application._assistant = NullAssistant()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(application) as url:
            steps = weigh(browser, url)
            timed = [
                (usable(browser, f"{url}/sans"), usable(browser, f"{url}/avec"))
                for _ in range(VISITS)
            ]
        browser.close()
    _say("| étape | requêtes | octets |\n|---|---|---|")
    for name, (requests, size) in steps.items():
        _say(f"| {name} | {requests} | {size} |")
    without, with_widget = zip(*timed, strict=True)
    _say(f"\nProcesseur {SLOWER} fois plus lent, médianes de {VISITS} visites, en ms{NBSP}:")
    _say(f"page sans widget utilisable{NBSP}: {_median(one for one, _ in without)}")
    _say(f"page avec widget utilisable{NBSP}: {_median(one for one, _ in with_widget)}")
    _say(f"du toucher au champ de message{NBSP}: {_median(two for _, two in with_widget)}")


def _median(values: Iterator[float]) -> str:
    return f"{statistics.median(values):.0f}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
