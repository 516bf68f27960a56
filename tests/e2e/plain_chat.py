"""Somebody at the conversation without JavaScript, who has a keyboard and no mouse."""

from playwright.sync_api import Locator, Page

_MOST_STEPS = 120


class PlainChat:
    """Reads the last answer, and goes from control to control with Tab alone."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def open(self, question: str = "") -> str:
        """Begin, with a question or without; return the first answer."""
        self.page.goto(f"{self._url}/discuter")
        if question:
            self._walk_to("textarea")
            self.page.keyboard.type(question)
        return self._press("Commencer")

    def say(self, text: str) -> str:
        """Type a message and send it; return the answer."""
        self._walk_to("textarea")
        self.page.keyboard.type(text)
        return self._press("Envoyer")

    def choose(self, title: str) -> str:
        """Press the first choice whose title contains this; return the answer."""
        return self._press(title)

    def choose_day(self, day: str, moment: str = "") -> str:
        """Take a day (``mardi 24 novembre``) and a moment out of the lists; return the answer."""
        self.page.get_by_label("Jour").select_option(label=day)
        if moment:
            self.page.get_by_label("Moment").select_option(label=moment)
        return self._press("Proposer ce jour")

    def titles(self) -> list[str]:
        """Return the choices that are offered."""
        return self.page.locator("button[name=bouton]").all_inner_texts()

    def last(self) -> str:
        """Return the last answer, cards included."""
        said = self.page.locator("#dernier, #dernier ~ li").all_inner_texts()
        return " ".join("\n".join(said).replace("\u202f", " ").split())

    def _press(self, name: str) -> str:
        self._walk_to("button", name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.last()

    def _walk_to(self, tag: str, name: str = "") -> Locator:
        """Walk with Tab, as far as it takes, to a control. Raises ``AssertionError``."""
        for _ in range(_MOST_STEPS):
            focused = self.page.locator(f"{tag}:focus")
            if focused.count() and name in " ".join(focused.inner_text().split()):
                return focused
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {tag} {name}")
