"""Who is received: age and disability recognition."""

import re

from accueil.core.text import fold

MINIMUM_AGE = 16
MAXIMUM_AGE = 25
MAXIMUM_AGE_WITH_DISABILITY = 29
"""Contrat d'engagement jeune: 16 to 25 inclusive, to 29 inclusive with a disability recognition
(Code du travail, L. 5131-6)."""

_DISABILITY = re.compile(r"\b(?:rqth|handicap\w*|mdph|aah|oeth|boeth)\b")
_NO_DISABILITY = re.compile(
    r"\b(?:sans|ni|aucun|pas(?: de| d'| la| l'| en)?(?: situation de)?) ?"
    r"(?:rqth|handicap\w*|mdph|aah)\b"
)


def mentions_disability(text: str) -> bool:
    """Tell whether the message speaks of a disability recognition (RQTH, MDPH, AAH)."""
    return bool(_DISABILITY.search(_NO_DISABILITY.sub(" ", fold(text))))


def is_eligible(age: int | None, disability: bool) -> bool:
    """Tell whether a Mission Locale receives someone of that age (unknown age: yes)."""
    limit = MAXIMUM_AGE_WITH_DISABILITY if disability else MAXIMUM_AGE
    return age is None or MINIMUM_AGE <= age <= limit
