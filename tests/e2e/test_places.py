"""The reception site, from a position that the young person agrees to share."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from stack import Stack
from widget import Widget


@pytest.mark.browser
def test_a_shared_position_finds_the_site(
    stack: Stack, phone: BrowserContext, screenshots: Path
) -> None:
    phone.grant_permissions(["geolocation"], origin=stack.url)
    phone.set_geolocation({"latitude": 50.6903, "longitude": 3.1741})
    page = phone.new_page()
    widget = Widget(page, stack.url)
    widget.open()
    widget.say("c'est où la mission locale ?", "commune")
    widget.choose("Utiliser ma position", "Accueil de Roubaix")
    page.screenshot(path=screenshots / "phone-site.png")


@pytest.mark.browser
def test_a_refused_position_asks_for_the_name(stack: Stack, phone: BrowserContext) -> None:
    phone.clear_permissions()
    widget = Widget(phone.new_page(), stack.url)
    widget.open()
    widget.say("c'est où la mission locale ?", "commune")
    widget.choose("Utiliser ma position", "Je n’ai pas pu lire ta position")
    widget.say("Roubaix", "Accueil de Roubaix")
