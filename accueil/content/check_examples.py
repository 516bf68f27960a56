"""Checks of example questions: none twice, enough of them, nobody's number in them."""

import re
import unicodedata
from collections.abc import Iterator

from accueil.content.check_names import is_theme_fiche
from accueil.content.problem import Problem, quoted
from accueil.content.project import Example, Intent, Project
from accueil.core.contact import read_contact
from accueil.core.text import fold

FEWEST_EXAMPLES = 20
"""Examples a fiche needs before the classifier tells it from its neighbours."""
FEWEST_THEME_EXAMPLES = 25
"""More for a fiche of the nine themes: these have the most neighbours."""

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def example_key(text: str) -> str:
    """Return what makes two examples the same: folded, without annotations or punctuation."""
    folded = fold(_ANNOTATION.sub(r"\1", text))
    plain = "".join(" " if unicodedata.category(one)[0] == "P" else one for one in folded)
    return " ".join(plain.split()) or folded


def check_examples(project: Project) -> Iterator[Problem]:
    """Yield the problems of every example."""
    seen: dict[str, tuple[Intent, Example]] = {}
    for intent in project.intents:
        for example in intent.examples:
            yield from _contact(example)
            first, where = seen.setdefault(example_key(example.text), (intent, example))
            if where is not example:
                yield _twice(example, first, where)
        count = len(intent.examples)
        fewest = FEWEST_THEME_EXAMPLES if is_theme_fiche(intent.name) else FEWEST_EXAMPLES
        if intent.is_fiche and count < fewest:
            yield Problem(
                intent.place,
                f"La fiche {quoted(intent.name)} n’a que {count} exemples.",
                f"Il en faut au moins {fewest}, tous différents.",
            )


def _twice(example: Example, first: Intent, where: Example) -> Problem:
    return Problem(
        example.place,
        f"L’exemple {quoted(example.text)} est déjà dans {quoted(first.name)} "
        f"({where.place.file}, ligne {where.place.line}).",
        "Gardez-le à un seul endroit.",
    )


def _contact(example: Example) -> Iterator[Problem]:
    reading = read_contact(example.text)
    if reading.contact or reading.bad_phone or reading.bad_email:
        yield Problem(
            example.place,
            "Cet exemple contient un numéro de téléphone ou une adresse e-mail.",
            "Écrivez [téléphone] ou [email] à la place.",
        )
