"""A letter in blocks, and its two forms that say the same: plain text, and HTML.

The HTML asks for nothing from outside: no image, no font, no script. It has one column, real links
and the reader's own colours, light or dark (WCAG 2.2; RGAA 4.1).
"""

from dataclasses import dataclass
from html import escape

from accueil.core.french import NBSP


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One line ``label : value``; ``url`` makes the value a link in HTML (``tel:``)."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """A list of short things to choose from."""

    items: tuple[str, ...]


type Block = str | Choices | tuple[Detail, ...] | tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and its blocks: paragraphs, details, choices, links. Empty blocks are left out."""

    subject: str
    blocks: tuple[Block, ...]

    def to_text(self) -> str:
        """Return the plain text."""
        return "\n\n".join(_text(block) for block in self.blocks if _is_full(block)) + "\n"

    def to_html(self) -> str:
        """Return the HTML document; everything that is not ours is escaped."""
        body = "\n".join(_html(block) for block in self.blocks if _is_full(block))
        return _PAGE.format(title=escape(self.subject), style=_STYLE, body=body)


def _is_full(block: Block) -> bool:
    return bool(block.items if isinstance(block, Choices) else block)


def _text(block: Block) -> str:
    if isinstance(block, str):
        return block
    if isinstance(block, Choices):
        return "\n".join(f"- {item}" for item in block.items)
    return "\n".join(
        f"{one.label}{NBSP}: {one.url if isinstance(one, Link) else one.value}" for one in block
    )


def _html(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{escape(block)}</p>"
    if isinstance(block, Choices):
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
    lines = "".join(_detail(one) if isinstance(one, Detail) else _link(one) for one in block)
    return f"<dl>{lines}</dl>" if isinstance(block[0], Detail) else lines


def _link(one: Link) -> str:
    return f"<p>{_anchor(one.label, one.url)}</p>"


def _detail(one: Detail) -> str:
    value = _anchor(one.value, one.url) if one.url else escape(one.value)
    return f"<dt>{escape(one.label)}</dt><dd>{value}</dd>"


def _anchor(label: str, url: str) -> str:
    return f'<a href="{escape(url)}">{escape(label)}</a>'


_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; background: #ffffff; color: #1b1b1f; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 2rem;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0 0 1.25rem; font-size: 1.3rem; line-height: 1.3; text-wrap: balance; }
p, ul, dl { margin: 0 0 1rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .6rem; }
li { margin-bottom: .3rem; }
a { color: #1a4fc4; text-underline-offset: .15em; }
@media (prefers-color-scheme: dark) {
  body { background: #17181c; color: #ececf1; }
  a { color: #a9c4ff; }
}
"""

_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
