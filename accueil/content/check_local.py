"""Checks of local answers: variants that Rasa shows only in one region, or one departement."""

import re
from collections.abc import Iterator

from accueil.content.problem import Problem, quoted
from accueil.content.project import Answer, Condition, Project
from accueil.core.answers import PLACE_SLOTS

REGIONS = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Guadeloupe",
    "Guyane",
    "Hauts-de-France",
    "Île-de-France",
    "La Réunion",
    "Martinique",
    "Mayotte",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d'Azur",
)
"""The regions to the letter: the slot holds the name that the reference file of places gives."""
DEPARTEMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[46789]")
"""A code, with those of the overseas collectivities."""


def check_local(project: Project) -> Iterator[Problem]:
    """Yield the problems of every condition, and of answers that some places would not get."""
    variants: dict[str, list[Answer]] = {}
    for answer in project.answers:
        variants.setdefault(answer.name, []).append(answer)
        for condition in answer.conditions:
            yield from _condition(condition)
    for name, ones in variants.items():
        if all(one.conditions for one in ones):
            yield Problem(
                ones[0].place,
                f"La réponse {quoted(name)} n’a pas de variante sans condition : "
                "ailleurs, rien ne serait dit.",
                "Ajoutez une variante sans « condition », pour tous les autres lieux.",
            )


def _condition(condition: Condition) -> Iterator[Problem]:
    kind, name, value = (condition.values.get(key) for key in ("type", "name", "value"))
    if kind != "slot":
        yield _problem(condition, "type", kind, "Écrivez « type: slot ».")
    if name not in PLACE_SLOTS:
        yield _problem(condition, "name", name, f"Prenez {', '.join(PLACE_SLOTS)}.")
    elif name == "region" and value not in REGIONS:
        remedy = f"Écrivez à la lettre l’un de ces noms : {', '.join(REGIONS)}."
        yield _problem(condition, "value", value, remedy)
    elif name == "departement" and not _is_departement(value):
        # Rasa compares texts: 59 without quotes is a number, and is never the slot's value.
        remedy = 'Écrivez le code entre guillemets, par exemple "59", "2A" ou "974".'
        yield _problem(condition, "value", value, remedy)
    elif name == "mission_locale" and not (isinstance(value, str) and value.strip()):
        remedy = "Écrivez le nom de la Mission Locale, comme dans la liste des structures."
        yield _problem(condition, "value", value, remedy)


def _is_departement(value: object) -> bool:
    return isinstance(value, str) and DEPARTEMENT.fullmatch(value) is not None


def _problem(condition: Condition, key: str, value: object, remedy: str) -> Problem:
    reason = f"Dans « condition », {quoted(key)} ne peut pas être {quoted(str(value))}."
    if value is None:
        reason = f"Il manque {quoted(key)} à « condition »."
    return Problem(condition.places.get(key, condition.place), reason, remedy)
