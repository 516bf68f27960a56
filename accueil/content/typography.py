"""French typography: what is missing from a line of text."""

import re
from collections.abc import Iterator

from accueil.content.problem import quoted

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


def typography_faults(line: str) -> Iterator[tuple[str, str]]:
    """Yield a reason and a remedy for each rule that a line breaks, with the first place."""
    for pattern, reason, remedy in _RULES:
        found = pattern.search(line)
        if found:
            yield f"{reason} : {quoted(found[0])}.", remedy
