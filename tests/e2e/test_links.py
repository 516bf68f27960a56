"""The links that young people receive: by keyboard, without JavaScript, on a small screen."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from factories import book, keep, make_group_session, seed_territory
from playwright.sync_api import Browser, Page, expect

from accueil.bootstrap import Application
from accueil.core.booking import Appointment, AppointmentStatus, Wish
from accueil.core.contact import Contact
from accueil.core.territory import Modality
from accueil.services.booking import Sharing
from accueil.web.app import create_app

AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa", "RGAAv4"]},
}
TUESDAY_NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
CONTACT = Contact("+33639980011", "lina@example.org")


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """Serve the web application on a free port, without the dialogue engine."""
    config = uvicorn.Config(create_app(application), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # waiting for a socket, not for time to pass
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


def stored(application: Application, token: str) -> Appointment:
    with application.store.read() as uow:
        found = uow.appointments.by_link(application.tokens.hash(token))
    assert found is not None
    return found


def seat(application: Application) -> str:
    """Book a seat of a group session; two other sessions have seats left."""
    sessions = [
        make_group_session(TUESDAY_NINE + timedelta(days=day), title=title)
        for day, title in ((1, "Découvrir la Mission Locale"), (2, "Préparer un entretien"))
    ]
    keep(application.store, sessions=sessions)
    held = application.booking.hold_seat("seat", sessions[0].id)
    return application.booking.confirm(held.id, "seat", "", Sharing(Contact())).link_token


def by_phone(application: Application) -> str:
    held = application.booking.hold("p", "centre", "emploi", TUESDAY_NINE, Modality.PHONE)
    return application.booking.confirm(held.id, "p", "emploi", Sharing(CONTACT)).link_token


def offer(application: Application) -> str:
    sharing = Sharing(Contact(email="sacha@example.org"))
    application.waiting_list.join("offer", "centre", "logement", Wish(), sharing)
    with application.store.read() as uow:
        return uow.appointments.of_conversation("offer")[-1].link_token


def pages(application: Application) -> dict[str, str]:
    """Return the path of each page, by name."""
    start = datetime(2026, 11, 26, 8, tzinfo=UTC)
    plain = book(application.booking, start, contact=Contact("+33639980012")).link_token
    told = book(application.booking, start + timedelta(hours=1)).link_token
    gone = book(application.booking, start + timedelta(hours=2)).link_token
    application.changes.coming(stored(application, told).id)
    application.changes.ask_call_back(stored(application, told).id)
    application.changes.cancel(stored(application, gone).id)
    offered, left = offer(application), "left"
    sharing = Sharing(Contact(email="noe@example.org"))
    application.waiting_list.join(left, "centre", "logement", Wish(), sharing)
    with application.store.read() as uow:
        late = uow.appointments.of_conversation(left)[-1]
    application.waiting_list.decline(late.id)
    seated = seat(application)
    return {
        "code": "/rdv",
        "plain": f"/rdv/{plain}",
        "told": f"/rdv/{told}?fait=souci",
        "phone": f"/rdv/{by_phone(application)}",
        "move": f"/rdv/{plain}/deplacer",
        "cancel": f"/rdv/{plain}/annuler",
        "cancelled": f"/rdv/{gone}?fait=annule",
        "refused": f"/rdv/{gone}/deplacer",
        "seat": f"/rdv/{seated}",
        "move-seat": f"/rdv/{seated}/deplacer",
        "offer": f"/rdv/{offered}",
        "offer-late": f"/rdv/{late.link_token}",
        "offer-left": f"/rdv/{late.link_token}?fait=refuse",
        "unknown": "/rdv/AAAAAAAAAAAAAAAAAAAAAA",
    }


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
        if focused.count() and name in (focused.inner_text() or ""):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {name}")


def choose(page: Page) -> None:
    """Walk to the first group of choices with Tab, and take the second with the arrow key."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator("input:focus").count():
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            return
    raise AssertionError("Tab never reaches a choice")


@pytest.mark.browser
def test_no_page_has_a_fault(application: Application, site: str, browser: Browser) -> None:
    paths = pages(application)
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme)
        page = context.new_page()
        for name, path in paths.items():
            page.goto(f"{site}{path}")
            results = Axe().run(page, options=AXE_OPTIONS)
            assert results.violations_count == 0, f"{name}, {scheme}: {results.generate_report()}"
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 320, f"{name} is {width} px wide"
            assert len(page.locator("h1").all()) == 1
        context.close()


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
    choose(page)
    press(page, "Valider ce nouvel horaire")
    expect(main).to_contain_text("ton rendez-vous est déplacé")
    assert stored(application, token).sequence == 1
    press(page, "Annuler")
    press(page, "Oui, annuler")
    expect(main).to_contain_text("Merci d’avoir prévenu")
    assert stored(application, token).status is AppointmentStatus.CANCELLED
    context.close()


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
