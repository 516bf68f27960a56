"""The links that young people receive: by keyboard, without JavaScript, on a small screen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from factories import book, seed_territory
from link_pages import CONTACT, TUESDAY_NINE, offer, seat, serving, stored
from playwright.sync_api import Browser, Page, expect

from accueil.bootstrap import Application
from accueil.core.booking import AppointmentStatus
from accueil.core.clock import FixedClock

WEDNESDAY = datetime(2026, 11, 25, 8, 15, tzinfo=UTC)


@pytest.fixture
def site(application: Application) -> Iterator[str]:
    application.chat = None  # no page here converses
    seed_territory(application.store)
    with serving(application) as url:
        yield url


def press(page: Page, name: str) -> None:
    """Walk to a link, button or choice with Tab, and press it."""
    page.locator("body").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and name in " ".join(focused.inner_text().split()):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {name}")


def choose(page: Page) -> None:
    """Walk on to the next group of choices with Tab, and take the second with the arrow key."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator("input:focus").count():
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            return
    raise AssertionError("Tab never reaches a choice")


@pytest.mark.browser
def test_by_keyboard_and_without_javascript(
    application: Application, site: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    token = book(application.booking, TUESDAY_NINE, contact=CONTACT).link_token
    page.goto(f"{site}/rdv/{token}")
    main = page.get_by_role("main")
    press(page, "Je viens")
    expect(main).to_contain_text("tu viens")
    press(page, "J’ai un souci")
    expect(main).to_contain_text("L’équipe sait que tu as un souci")
    press(page, "Déplacer")
    press(page, "Mercredi 25 novembre")
    choose(page)
    press(page, "Valider ce nouvel horaire du mercredi 25 novembre")
    expect(main).to_contain_text("ton rendez-vous est déplacé")
    assert stored(application, token).starts_at == WEDNESDAY
    assert stored(application, token).sequence == 1
    press(page, "Annuler")
    press(page, "Oui, annuler")
    expect(main).to_contain_text("Merci d’avoir prévenu")
    assert stored(application, token).status is AppointmentStatus.CANCELLED
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "said"), [("je-viens", "tu viens"), ("souci", "un souci")])
def test_the_links_of_a_reminder_lead_to_the_button(
    application: Application, site: str, browser: Browser, name: str, said: str
) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    token = book(application.booking, TUESDAY_NINE, contact=CONTACT).link_token
    link = f"{site}/rdv/{token}#{name}"
    page.goto(link)
    expect(page.locator(f"form#{name}")).to_be_focused()
    expect(page.locator(f"form#{name} button")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    noted = page.get_by_role("status").filter(has_text=said)
    expect(noted).to_be_visible()
    page.goto(link)
    expect(noted).to_be_focused()
    page.close()


@pytest.mark.browser
def test_what_follows_the_card_does_not_touch_it(
    application: Application, site: str, browser: Browser, clock: FixedClock
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    token = book(application.booking, TUESDAY_NINE).link_token
    clock.at = TUESDAY_NINE + timedelta(days=2)
    page.goto(f"{site}/rdv/{token}")
    card = page.locator(".card").bounding_box()
    after = page.locator(".card + *").bounding_box()
    assert card is not None
    assert after is not None
    assert after["y"] - (card["y"] + card["height"]) >= 12
    page.close()


@pytest.mark.browser
def test_a_seat_and_an_offer_by_keyboard(
    application: Application, site: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    token = seat(application)
    page.goto(f"{site}/rdv/{token}")
    press(page, "Déplacer")
    choose(page)
    press(page, "Valider cette séance")
    expect(page.get_by_role("main")).to_contain_text("Préparer un entretien")
    token = offer(application)
    page.goto(f"{site}/rdv/{token}")
    press(page, "Je la prends")
    expect(page.get_by_role("main")).to_contain_text("cette place est à toi")
    assert stored(application, token).status is AppointmentStatus.CONFIRMED
    context.close()
