"""Whether the HTML that the server sends is well formed: RGAA 8.2, without a validator at hand."""

from collections import Counter
from html.parser import HTMLParser

_EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_LINES = {"p", "span", "strong", "em", "a", "button", "label", "h1", "h2", "h3", "h4"}
_BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "form", "section", "nav", "fieldset", "details"}
_PRESSED = {"a", "button", "label"}
_CONTROLS = {"a", "button", "input", "select", "textarea"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.faults: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.ids["<!doctype html>"] += decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"{tag} has an attribute twice")
        self.ids.update(value or "" for name, value in attrs if name == "id")
        if tag in _BLOCKS and _LINES & set(self.open) - {"a"}:
            self.faults.append(f"{tag} inside {self.open}")
        if tag in _CONTROLS and _PRESSED & set(self.open):
            self.faults.append(f"{tag} inside {self.open}")
        if self.open and self.open[-1] in {"ul", "ol"} and tag != "li":
            self.faults.append(f"{tag} in a list")
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def markup(html: str) -> list[str]:
    """Return unclosed or misplaced elements, doubled attributes and identifiers, a lost doctype."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    doubled = [f"id {name} twice" for name, times in reader.ids.items() if times > 1]
    lost = [] if reader.ids["<!doctype html>"] else ["no doctype"]
    return reader.faults + doubled + lost + [f"<{tag}> stays open" for tag in reader.open]
