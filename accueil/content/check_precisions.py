"""Checks of ``precisions``: what an answer says to follow-up questions, such as the age."""

from collections.abc import Iterator

from accueil.content.check_texts import check_length, check_level, check_lines
from accueil.content.problem import Problem, quoted
from accueil.content.project import Card, Precision, Project
from accueil.content.reading_level import HARDEST_ANSWER
from accueil.core.answers import FACETS

LONGEST_PRECISION = 240


def check_precisions(project: Project) -> Iterator[Problem]:
    """Yield the problems of every precision."""
    for answer in project.answers:
        if answer.card is not None and "precisions" in answer.card.values:
            yield from _shape(answer.card)
            for precision in answer.card.precisions:
                yield from _precision(precision)


def _shape(card: Card) -> Iterator[Problem]:
    if not isinstance(card.values["precisions"], dict):
        yield Problem(
            card.places["precisions"],
            "Les précisions (precisions) ne sont pas une suite de clés.",
            f"Écrivez sous « precisions », en retrait, une ligne par sujet : {', '.join(FACETS)}.",
        )


def _precision(precision: Precision) -> Iterator[Problem]:
    if precision.facet not in FACETS:
        yield Problem(
            precision.place,
            f"La précision {quoted(precision.facet)} répond à une question inconnue.",
            f"Prenez l’un de ces noms : {', '.join(FACETS)}.",
        )
    what = f"La précision {quoted(precision.facet)}"
    text = "\n".join(line for line, _ in precision.lines)
    if not text.strip():
        yield Problem(
            precision.place,
            f"{what} n’a pas de texte.",
            "Écrivez une ou deux phrases courtes, ou enlevez la ligne.",
        )
    yield from check_length(what, text, LONGEST_PRECISION, precision.place)
    yield from check_level(what, text, HARDEST_ANSWER, precision.place)
    yield from check_lines(precision.lines)
