"""Give a written answer: checked, of the right place, and what a follow-up asks about it."""

import re
from collections.abc import Mapping
from typing import Any

from accueil.core.answers import FACETS, PLACE_SLOTS, Answer, Variant
from accueil.core.booking import REASONS
from accueil.core.french import NBSP
from accueil.core.text import fold
from accueil.services.chat.wording import being_checked
from actions.menu import ASK_SOMEBODY
from actions.skill import PARIS, Turn

FOLLOW_UP = "precision"
_NAMED = 0.2
_NO_SUBJECT = "utter_pas_de_sujet"
_ABOUT_APPOINTMENT = {
    "montant": "utter_infos_rdv/deroulement",
    "papiers": "utter_infos_rdv/apporter",
    "delai": "utter_infos_rdv/duree",
}
"""What a follow-up means when the last subject was the appointment itself."""
_PRICE = re.compile(
    r"^\W*(?:et |mais )?(?:c|ca|c.?est|sa|ya|qui|c ki).{0,20}(?:gratui|gratos|payan|paye|paie)"
)
_MOST_QUESTIONS = 8
_MOST_NEIGHBOURS = 2
_WHO = ("apprenti", "etudiant", "etranger")
_THEME_ALONE = re.compile(
    r"^\W*(?:(?:et|pour|le|la|les|l|de|du|des|un|mon|ma|mes|question|sur|svp|stp|c)\W+)*"
    r"(?:logements?|sante|formations?|emplois?|orientation|mobilite|culture|loisirs|argent|droits)"
    r"(?:\W+(?:svp|stp))?\W*$"
)


def give_answer(turn: Turn, fiche: str) -> None:
    """Answer with a fiche (``theme/fiche``), unless its source has to be read again first."""
    answer = turn.application.answer(fiche)
    turn.set(theme=fiche.split("/", 1)[0], fiche=fiche)
    if answer is None:  # an answer without a source, such as those on the appointment itself
        turn.respond(f"utter_{fiche}")
        return
    variant = _checked_variant(turn, answer)
    if variant is None:
        return
    if answer.is_local:
        # Rasa would choose at random between a region's text and a Mission Locale's, and knows a
        # place only from the next message on.
        buttons = [(one["title"], one["payload"]) for one in variant.buttons]
        turn.say(variant.text, buttons, variant.shown_card())
    else:
        turn.respond(f"utter_{fiche}", variant.shown_card())


def give_second_answer(turn: Turn) -> None:
    """Answer the second request of a message when it is a question."""
    second = turn.second
    if second is not None and "/" in second.label:
        give_answer(turn, second.label)


def follow_up(turn: Turn) -> None:
    """Answer "et si j'ai 17 ans ?", "c'est combien ?" in the light of the last answer."""
    facet = (turn.fiche or "").rpartition("/")[2]
    if turn.intent != FOLLOW_UP:
        facet = "montant"
    named = _named_besides(turn)
    if named:
        give_answer(turn, named)
        return
    answer = turn.application.answer(turn.slot("fiche") or "")
    if answer is None or facet not in FACETS:
        about_it = turn.active_form or turn.slot("rdv")
        turn.respond(_ABOUT_APPOINTMENT.get(facet, _NO_SUBJECT) if about_it else _NO_SUBJECT)
        return
    turn.set(incompris=0)
    variant = _checked_variant(turn, answer)
    if variant is None:
        return
    known = variant.about(facet)
    said = known or (
        f"Sur ce point, je n’ai pas d’information vérifiée pour «{NBSP}{answer.title}{NBSP}». "
        f"Regarde la source, ou demande à un conseiller{NBSP}: c’est gratuit."
    )
    turn.say(said, [*_neighbours(turn, answer, facet), *ASK_SOMEBODY], _source_only(variant))


def is_about_price(turn: Turn) -> bool:
    """Tell whether "c'est gratuit ?" is asked of the last answer rather than of the robot."""
    return turn.slot("fiche") is not None and bool(_PRICE.search(fold(turn.text)))


def _named_besides(turn: Turn) -> str:
    """Return the fiche of a subject that the follow-up itself names ("et le permis, c combien")."""
    for item in turn.ranking:
        name, confidence = str(item.get("name")), float(item.get("confidence") or 0.0)
        if name in REASONS and confidence >= _NAMED:
            fiche = turn.likeliest_fiche(name)
            return "" if fiche == turn.slot("fiche") else fiche
    return ""


def _neighbours(turn: Turn, answer: Answer, facet: str) -> list[tuple[str, str]]:
    """Return buttons to other questions of the theme that are about the very same point.

    After an answer on housing, "et pour les apprentis ?" leads to housing for apprentices.
    """
    if facet not in _WHO:
        return []
    others = [one for one in turn.application.answers if one.theme == answer.theme]
    found = [one.title for one in others if one is not answer and one.is_about(facet)]
    return [(title, title) for title in found[:_MOST_NEIGHBOURS]]


def names_only_a_theme(turn: Turn) -> bool:
    """Tell whether the message is just the name of a theme ("et le logement ?")."""
    return bool(_THEME_ALONE.match(fold(turn.text)))


def ask_which_answer(turn: Turn) -> None:
    """Show the first questions of a theme that was chosen by its button or its name."""
    titles = [one.title for one in turn.application.answers if one.theme == turn.intent]
    turn.say(
        f"Écris ta question avec tes mots, ou choisis{NBSP}:",
        [(title, title) for title in titles[:_MOST_QUESTIONS]],
    )


def _checked_variant(turn: Turn, answer: Answer) -> Variant | None:
    """Return what may be said at the place of the turn; say so when it has to be checked first."""
    variant = answer.for_place({name: str(turn.slot(name) or "") for name in PLACE_SLOTS})
    if not variant.is_expired(turn.now(PARIS).date()):
        return variant
    turn.say(being_checked(variant.card), ASK_SOMEBODY)
    return None


def _source_only(variant: Variant) -> Mapping[str, Any]:
    """Leave out the easy version: it answers the whole question, not this point."""
    return {name: value for name, value in variant.shown_card().items() if name != "easy"}
