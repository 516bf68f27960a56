"""A real browser on the real thing: Debian's Chromium through Playwright."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_stage import chat, chat_stage
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from stack import running, stack

__all__ = ["browser", "chat", "chat_stage", "desktop", "phone", "running", "screenshots", "stack"]

CHROMIUM = os.environ.get("ACCUEIL_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if os.environ.get("ACCUEIL_SKIP_BROWSER") or not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="fr-FR")
    yield context
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    yield context
    context.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures go, to be looked at; git does not keep them."""
    folder = Path(__file__).resolve().parents[2] / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
