"""The widget on pages that its authors would not have written."""

import pytest
from chat_stage import Chat
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TAG = '<script async type="module" src="{}/static/widget/premier-accueil.js" {}></script>'
BARE = "default-src 'none'; script-src {0}; connect-src {0}; require-trusted-types-for 'script'"
RESET = """<style>* { font-size: 10px; letter-spacing: 2px; margin: 0 !important }
button { display: none !important }</style>"""
PAGES = {
    "right to left, resets": ('<html lang="ar" dir="rtl">' + RESET, "<p>مرحبا</p>{tag}"),
    "base, twice in the head": ('<base href="https://ailleurs.example/x/">{tag}{tag}', "<p>x</p>"),
    "nonsense": ("", '{tag}<script>document.querySelector("script").dataset.accent="red"</script>'),
}
ODD = 'data-accent="red" data-offset="-4" data-theme="x" data-position="top" data-lang="de"'


def show(chat: Chat, html: str, policy: str = "") -> None:
    """Show a page of somebody else's."""
    address = f"{chat.stage.url}/une-page"
    headers = {"Content-Type": "text/html; charset=utf-8"}
    if policy:
        headers["Content-Security-Policy"] = policy.format(chat.stage.url)
    html = "<!doctype html>" + html.replace("{tag}", TAG.format(chat.stage.url, ODD))
    chat.page.route(address, lambda route: route.fulfill(body=html, headers=headers))
    chat.page.goto(address)


@pytest.mark.parametrize("name", PAGES)
def test_it_looks_and_works_the_same(chat: Chat, name: str) -> None:
    show(chat, "".join(PAGES[name]))
    expect(chat.page.locator("premier-accueil")).to_have_count(1)
    chat.reopen()
    style = "(node) => { const { direction, letterSpacing, fontSize } = getComputedStyle(node);"
    found = chat.box.evaluate(style + " return [direction, letterSpacing, fontSize]; }")
    assert found == ["ltr", "normal", "16px"]


def test_a_page_with_a_bare_policy_may_take_it_away(chat: Chat) -> None:
    link = '<a href="/reponses" data-premier-accueil="">Discuter</a>'
    show(chat, f"<title>x</title>{{tag}}<p>x</p>{link}", BARE)
    chat.reopen()
    assert chat.page.evaluate("document.documentElement.style.overflow") == "hidden"
    chat.page.evaluate("document.querySelector('premier-accueil').remove()")
    assert chat.page.evaluate("document.documentElement.style.overflow") == ""
    chat.page.get_by_role("link", name="Discuter").click()
    chat.page.wait_for_url("**/reponses")
