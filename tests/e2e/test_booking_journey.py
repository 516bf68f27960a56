"""From a question at night to an appointment that the counsellor sees, moved, then cancelled."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from stack import PASSWORD, Stack
from widget import Widget

from accueil.core.booking import AppointmentStatus


def statuses(stack: Stack) -> list[AppointmentStatus]:
    with stack.application.store.read() as uow:
        site = next(one for one in uow.territory.sites() if one.city == "Roubaix")
        found = uow.appointments.of_site(
            site.id, stack.application.clock.now(), stack.application.clock.now().replace(year=2027)
        )
    return [one.status for one in found]


def book(widget: Widget) -> str:
    """Book an appointment in the widget; return the address of its page."""
    widget.open()
    widget.say("slt c koi la garantie visale", "Visale")
    widget.say("je veux un rdv a roubaix jeudi matin", "jeudi 26")
    widget.choose("9", "Je récapitule")
    widget.say("vous êtes ouverts samedi ?", "fermé")
    widget.say("Lina, 06 39 98 00 11", "Contact")
    widget.choose("Oui, je confirme", "C’est réservé")
    link = widget.page.get_by_role("link", name="Voir, déplacer ou annuler")
    return str(link.get_attribute("href"))


@pytest.mark.browser
def test_book_see_move_cancel(
    stack: Stack, phone: BrowserContext, desktop: BrowserContext, screenshots: Path
) -> None:
    page = phone.new_page()
    widget = Widget(page, stack.url)
    page.screenshot(path=screenshots / "phone-page.png")
    address = book(widget)
    page.screenshot(path=screenshots / "phone-booked.png")
    assert statuses(stack) == [AppointmentStatus.CONFIRMED]

    console = desktop.new_page()
    console.goto(f"{stack.url}/conseiller")
    console.get_by_label("Adresse e-mail").fill("conseil.roubaix1@example.org")
    console.get_by_label("Mot de passe").fill(PASSWORD)
    console.get_by_role("button", name="Se connecter").click()
    expect(console.get_by_role("main")).to_contain_text("Lina")
    expect(console.get_by_role("main")).to_contain_text("06 39 98 00 11")
    console.screenshot(path=screenshots / "console-week.png", full_page=True)

    page.goto(f"{stack.url}{address[address.index('/rdv') :]}")
    page.screenshot(path=screenshots / "phone-appointment.png")
    page.get_by_role("link", name="Déplacer").click()
    page.get_by_role("radio", name=re.compile("^14.h$")).first.check()
    page.get_by_role("button", name="Valider ce nouvel horaire").click()
    expect(page.get_by_role("main")).to_contain_text("déplacé")
    console.reload()
    expect(console.get_by_role("main")).to_contain_text(re.compile("14.h"))
    assert statuses(stack) == [AppointmentStatus.CONFIRMED]

    page.get_by_role("link", name="Annuler").click()
    page.get_by_role("button", name="Oui, annuler").click()
    expect(page.get_by_role("main")).to_contain_text("annulé")
    assert statuses(stack) == [AppointmentStatus.CANCELLED]


@pytest.mark.browser
def test_the_conversation_survives_a_reload(stack: Stack, phone: BrowserContext) -> None:
    page = phone.new_page()
    widget = Widget(page, stack.url)
    widget.open()
    widget.say("rdv Roubaix", "C’est pour quel sujet")
    page.reload()
    if page.get_by_role("button", name="Ouvrir la discussion").is_visible():
        page.get_by_role("button", name="Ouvrir la discussion").click()
    widget.see("rdv Roubaix")
    widget.say("mardi 9h", "Je récapitule")


@pytest.mark.browser
def test_keyboard_only(stack: Stack, desktop: BrowserContext, screenshots: Path) -> None:
    page = desktop.new_page()
    widget = Widget(page, stack.url)
    page.get_by_role("button", name="Ouvrir la discussion").focus()
    page.keyboard.press("Enter")
    widget.see("robot")
    expect(page.get_by_role("textbox", name="Ton message")).to_be_focused()
    page.keyboard.type("rdv Roubaix mardi 9h")
    page.keyboard.press("Enter")
    widget.see("Je récapitule")
    page.screenshot(path=screenshots / "desktop-recap.png")
    page.keyboard.type("oui")
    page.keyboard.press("Enter")
    widget.see("C’est réservé")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ouvrir la discussion")).to_be_focused()


@pytest.mark.browser
def test_distress_in_the_middle_of_a_booking(
    stack: Stack, phone: BrowserContext, screenshots: Path
) -> None:
    page = phone.new_page()
    widget = Widget(page, stack.url)
    widget.open()
    widget.say("rdv Roubaix mardi 9h, je m'appelle Exemple", "Je récapitule")
    widget.say("jveux mourir", "3114")
    expect(page.get_by_role("link", name="3114").first).to_be_visible()
    expect(page.get_by_role("button", name="Demander qu’on me rappelle").last).to_be_visible()
    page.screenshot(path=screenshots / "phone-safety.png")
    page.get_by_role("button", name="Reprendre où j’en étais").last.click()
    widget.see("on reprend")
    widget.see("Je récapitule")
    widget.say("oui", "C’est réservé")
    widget.see("mardi 24 novembre")
    page.reload()
    widget.open()
    widget.see("Message non gardé")
    assert "mourir" not in page.content()


@pytest.mark.browser
def test_a_call_back_after_distress_by_keyboard(stack: Stack, desktop: BrowserContext) -> None:
    page = desktop.new_page()
    widget = Widget(page, stack.url)
    widget.open()
    widget.say("jveux mourir", "3114")
    page.get_by_role("button", name="Demander qu’on me rappelle").last.focus()
    page.keyboard.press("Enter")
    widget.see("commune")
    widget.say("Roubaix", "parler à quelqu’un")
