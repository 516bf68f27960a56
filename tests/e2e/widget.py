"""What a young person does with the widget."""

from playwright.sync_api import Page, expect


class Widget:
    """The chat of a page, used by its names as assistive technology gives them."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        self.log = page.get_by_role("log")

    def open(self) -> None:
        self.page.get_by_role("button", name="Ouvrir la discussion").click()
        expect(self.log).to_contain_text("robot", timeout=15_000)

    def say(self, text: str, answer: str) -> None:
        """Send a text and wait for something in the answer."""
        box = self.page.get_by_role("textbox", name="Ton message")
        box.fill(text)
        box.press("Enter")
        self.see(answer)

    def choose(self, name: str, answer: str) -> None:
        """Press a proposed answer and wait for something in the answer."""
        self.page.get_by_role("button", name=name).last.click()
        self.see(answer)

    def see(self, text: str) -> None:
        expect(self.log).to_contain_text(text, timeout=20_000)
