"""Plain text as HTML: paragraphs, lists and links, everything else escaped."""

import re
from itertools import groupby

from markupsafe import Markup, escape

_BULLET = "• "
_LINK = re.compile(r"https?://[^\s<>\"«»]*[^\s<>\"«».,;:!?…’')\]]", re.IGNORECASE)
"""An address, without the signs of the sentence around it."""


def rich_text(text: str) -> Markup:
    """Return paragraphs (cut at empty lines), lists (lines that begin by "• ") and links."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return Markup("").join(part for one in paragraphs for part in _paragraph(one))


def _paragraph(text: str) -> list[Markup]:
    parts = []
    for is_list, lines in groupby(text.splitlines(), lambda line: line.startswith(_BULLET)):
        if is_list:
            items = [_linked(line.removeprefix(_BULLET)) for line in lines]
            parts.append(Markup("<ul>%s</ul>") % Markup("").join(map(_item, items)))
        else:
            parts.append(Markup("<p>%s</p>") % Markup("<br>").join(map(_linked, lines)))
    return parts


def _item(line: Markup) -> Markup:
    return Markup("<li>%s</li>") % line


def _linked(line: str) -> Markup:
    parts, end = [], 0
    for found in _LINK.finditer(line):
        link = Markup('<a href="%s" rel="noreferrer">%s</a>') % (found[0], found[0])
        parts += [escape(line[end : found.start()]), link]
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])
