"""French typography: what is missing from a line of text."""

import re
from collections.abc import Iterator

from accueil.content.problem import quoted
from accueil.core.french import NBSP, NNBSP

_RULES = (
    (
        re.compile(r"\S* [?!;:»]"),
        "Espace ordinaire avant un signe double",
        "Mettez une espace insécable : fine (U+202F) avant ? ! ;, normale (U+00A0) avant : et ».",
    ),
    (
        re.compile(r"[\w)»…](?=[?!;](?:\s|$))\S"),
        "Pas d’espace avant un signe double",
        "Mettez une espace insécable fine (U+202F) avant ? ! ;.",
    ),
    (
        re.compile(r"\w*'\w*"),
        "Apostrophe droite",
        "Mettez l’apostrophe courbe ’ (U+2019).",
    ),
    (
        re.compile(r"«(?![\u00a0\u202f])\S*"),
        "Pas d’espace insécable après le guillemet «",
        "Mettez une espace insécable (U+00A0) après «.",
    ),
    (
        re.compile(r"\S*(?<![\u00a0\u202f ])»"),
        "Pas d’espace insécable avant le guillemet »",
        "Mettez une espace insécable (U+00A0) avant ».",
    ),
)

_MENDS = (
    (re.compile(r" +(?=[?!;])"), NNBSP),
    (re.compile(r" +(?=[:»])"), NBSP),
    (re.compile(r"(?<=[\w)»…])(?=[?!;](?:\s|$))"), NNBSP),
    (re.compile(r"'"), "’"),
    (re.compile(r"«(?: +[\u00a0\u202f]?|(?![\u00a0\u202f ]|$))"), f"«{NBSP}"),
    (re.compile(r"(?<=\S)»"), f"{NBSP}»"),
)
_LINK = re.compile(r"https?://\S*[^\s.,;:!?…'’»)]", re.IGNORECASE)
"""An address, without the signs of the sentence around it."""


def typography_faults(line: str) -> Iterator[tuple[str, str]]:
    """Yield a reason and a remedy for each rule that a line breaks, with the first place."""
    for pattern, reason, remedy in _RULES:
        found = pattern.search(line)
        if found:
            yield f"{reason} : {quoted(found[0])}.", remedy


def mend_line(line: str) -> str:
    """Return a line that breaks a rule as it should be; its links, and other lines, unchanged."""
    if next(typography_faults(line), None) is None:
        return line
    for pattern, right in _MENDS:
        line = _outside_links(pattern, right, line)
    return line


def _outside_links(pattern: re.Pattern[str], right: str, line: str) -> str:
    links = [found.span() for found in _LINK.finditer(line)]

    def mended(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in links)
        return found[0] if inside else right

    return pattern.sub(mended, line)
