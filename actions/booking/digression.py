"""Tell, in the middle of something, an answer from a question of its own."""

import re

from accueil.core.places import PlaceStatus
from accueil.core.text import fold
from actions.booking.reading import SURE, THEMES, BookingMessage
from actions.skill import Turn

ASIDES = frozenset(
    """trouver_site qui_es_tu hors_sujet parler_humain mes_donnees consulter_rdv
    infos_rdv remerciement salutation pas_compris precision detresse nlu_fallback""".split()
)
_ABOUT_HOURS = re.compile(
    r"\b(?:ouver\w*|ouvr\w*|ferm\w*|horaires?|adresse|bus|metro|tram|parking)\b"
)


def is_digression(turn: Turn, message: BookingMessage) -> bool:
    """Tell whether the message asks for something else, to be answered before going on."""
    asking_site = turn.slot("site") is None
    answers = (
        message.says_when()
        or message.choice is not None
        or message.has_contact
        or message.has_bad_contact
        or message.reception is not None
        or (asking_site and message.place.status is not PlaceStatus.NONE)
    )
    if turn.intent in THEMES:
        return message.is_question and not answers and turn.confidence >= SURE
    if (
        turn.intent == "trouver_site"
        and message.is_question
        and _ABOUT_HOURS.search(fold(turn.text))
    ):
        return not asking_site or not answers
    if turn.intent not in ASIDES:
        return False
    weak = turn.intent == "nlu_fallback"
    also_answers = (
        message.yes is not None
        or message.wants_others
        or message.goes_back
        or message.stops
        or message.is_name
        or message.introduces
        or message.is_discreet
        or message.reception is not None
    )
    if message.is_question and not weak:
        return not answers
    return not (answers or also_answers or (weak and message.names_reason))
