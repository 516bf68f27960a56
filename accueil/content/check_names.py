"""Checks that intents, fiches, answers and rules name each other."""

from collections.abc import Iterator

from accueil.content.nearest import proposal
from accueil.content.problem import Problem, quoted
from accueil.content.project import DOMAIN, Intent, Project

FIXED_NAMES = tuple(
    """logement sante formation emploi orientation mobilite droits_citoyennete culture_loisirs
    aides_argent trouver_site prendre_rdv annuler_rdv deplacer_rdv parler_humain salutation
    remerciement au_revoir confirmer refuser qui_es_tu detresse hors_sujet""".split()
)
"""The top-level intents that keep their names and meaning: evaluations rely on them."""
THEMES = FIXED_NAMES[:9]
_WITHOUT_EXAMPLES = frozenset({"nlu_fallback"})
_UTTER = "utter_"


def is_theme_fiche(name: str) -> bool:
    """Tell whether an intent, or a response (``utter_``…), is a fiche of one of the themes."""
    theme, _, fiche = name.removeprefix(_UTTER).partition("/")
    return bool(fiche) and theme in THEMES


def check_names(project: Project) -> Iterator[Problem]:
    """Yield what is named in one place and absent from another."""
    first_of: dict[str, Intent] = {}
    for intent in project.intents:
        first_of.setdefault(intent.name.split("/", 1)[0], intent)
    yield from _domain(project, first_of)
    yield from _rules(project, first_of)
    yield from _answers(project)


def _domain(project: Project, first_of: dict[str, Intent]) -> Iterator[Problem]:
    for name in FIXED_NAMES:
        if name not in project.declared:
            yield Problem(
                project.declared_at,
                f"L’intention {quoted(name)} manque dans le domaine.",
                "Remettez-la dans la liste « intents » : son nom est fixe.",
            )
    for name, place in project.declared.items():
        if name not in first_of and name not in _WITHOUT_EXAMPLES:
            yield Problem(
                place,
                f"L’intention {quoted(name)} n’a aucun exemple.",
                "Écrivez des exemples dans data/nlu.",
            )
    for name, intent in first_of.items():
        if name not in project.declared and name not in FIXED_NAMES:
            yield Problem(
                intent.place,
                f"L’intention {quoted(name)} est absente de {DOMAIN}.",
                "Ajoutez-la à la liste « intents », ou corrigez son nom.",
            )


def _rules(project: Project, first_of: dict[str, Intent]) -> Iterator[Problem]:
    for name, intent in first_of.items():
        if name not in project.ruled:
            yield Problem(
                intent.place,
                f"L’intention {quoted(name)} n’a ni règle ni histoire.",
                "Ajoutez-la à une règle dans data/stories, sinon elle reste sans réponse.",
            )


def _answers(project: Project) -> Iterator[Problem]:
    answered = {answer.name for answer in project.answers}
    fiches = {intent.name for intent in project.intents if intent.is_fiche}
    # Of two names that differ by a slip, each is alone: nobody meant a name already paired.
    orphans = {name for name in answered if "/" in name and name.removeprefix(_UTTER) not in fiches}
    unanswered = {fiche for fiche in fiches if _UTTER + fiche not in answered}
    for intent in project.intents:
        if intent.is_fiche and _UTTER + intent.name not in answered:
            yield Problem(
                intent.place,
                f"La fiche {quoted(intent.name)} n’a pas de réponse.",
                f"Écrivez {quoted(_UTTER + intent.name)} sous « responses »."
                + proposal(_UTTER + intent.name, orphans),
            )
    for answer in project.answers:
        fiche = answer.name.removeprefix(_UTTER)
        if "/" in fiche and fiche not in fiches:
            yield Problem(
                answer.place,
                f"La réponse {quoted(answer.name)} n’a pas d’exemples.",
                f"Écrivez les exemples de {quoted(fiche)} sous « nlu », ou corrigez son nom."
                + proposal(fiche, unanswered),
            )
