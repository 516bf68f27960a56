"""HTML e-mails in a browser: narrow and wide, light and dark, nothing fetched, no axe violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from message_facts import LINKS, START, facts_of
from playwright.sync_api import Browser

from accueil.core.booking.appointment import Discretion
from accueil.core.messages import (
    Letter,
    counsellor_letter,
    first_response_letter,
    site_letter,
    young_letter,
)
from accueil.core.outbox import MessageKind
from accueil.core.territory import Modality

LETTERS: list[Letter | None] = [
    young_letter(facts_of(MessageKind.CONFIRMED, group_session_id="collective-1")),
    young_letter(facts_of(MessageKind.CANCELLED)),
    young_letter(facts_of(MessageKind.REMINDER_DAYS, modality=Modality.PHONE)),
    young_letter(facts_of(MessageKind.MOVED, discretion=Discretion.NEUTRAL)),
    young_letter(facts_of(MessageKind.WAITING_OFFER)),
    young_letter(facts_of(MessageKind.NO_SHOW, first_name="Prénomtrèslong" * 8)),
    counsellor_letter(facts_of(MessageKind.CONFIRMED, modality=Modality.VIDEO)),
    site_letter(facts_of(MessageKind.DECLINED)),
    first_response_letter("Antenne de la Gare", START, LINKS.console),
]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
def test_mails_can_be_read(browser: Browser, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 640}, color_scheme=scheme, locale="fr-FR"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for letter in LETTERS:
        assert letter is not None
        page.set_content(letter.to_html())
        assert page.title() == letter.subject
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()
    assert asked == []
