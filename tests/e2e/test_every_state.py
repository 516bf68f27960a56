"""Every page and state: axe in both themes, 320 px, 200 and 400 %, keyboard, spacing, structure."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from audit import axe, contrast, keyboard, resize, space_out, structure, width
from factories import NOW, PASSWORD, keep, make_appointment, make_callback, seed_territory
from link_pages import pages, serving
from markup import markup
from playwright.sync_api import Browser, Response, expect
from shipped import ShippedOnce
from states import STATES, State
from steps import Stage

from accueil.core.clock import FixedClock
from accueil.gateways.rasa import NullAssistant
from accueil.settings import read_settings


@pytest.fixture(scope="module")
def stage(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One application for all states: reading what the chat knows takes a second."""
    folder = tmp_path_factory.mktemp("states")
    shutil.copy(empty_database, folder / "accueil.db")
    settings = read_settings({"ACCUEIL_FOLDER": str(folder), "ACCUEIL_SECRET_KEY": "k" * 40})
    application = ShippedOnce(settings, clock=FixedClock(NOW))
    assistant = NullAssistant()
    application._assistant = assistant
    nadia = seed_territory(application.store, application.hash_password(PASSWORD))["nadia"]
    begun = make_appointment(NOW - timedelta(hours=1), nadia, phone="+33639980099")
    callbacks = [make_callback(), make_callback(is_first_response=True, phone="")]
    keep(application.store, appointments=[begun], callbacks=callbacks)
    paths = pages(application)
    with serving(application) as url:
        yield Stage(url, paths, assistant, application)
    application.engine.dispose()


def _html_of(response: Response) -> list[str]:
    is_page = response.request.resource_type == "document" and not 300 <= response.status < 400
    return [response.text()] if is_page else []


@pytest.mark.browser
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state(stage: Stage, browser: Browser, state: State) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="fr-FR")
    context.set_default_timeout(10_000)
    page = context.new_page()
    documents: list[str] = []
    page.on("response", lambda response: documents.extend(_html_of(response)))
    state.bring(page, stage)
    expect(page.get_by_text(state.shows).locator("visible=true").first).to_be_visible()
    faults = {"markup": [fault for html in documents for fault in markup(html)]}
    faults |= {"structure": structure(page), "320 px": width(page), "light": axe(page)}
    faults["keyboard"] = keyboard(page)
    page.emulate_media(color_scheme="dark")
    faults["dark"] = contrast(page)
    session = context.new_cdp_session(page)
    resize(session, 640, 450, 2)
    faults["200 %"] = width(page) + axe(page)
    resize(session, 320, 256)
    faults["400 %"] = width(page)
    space_out(page)
    faults["spacing"] = width(page)
    context.close()
    assert documents
    told = [f"{name}: {fault}" for name, found in faults.items() for fault in found]
    assert not told, "\n".join(told)
