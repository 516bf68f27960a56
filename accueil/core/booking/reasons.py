"""Why a young person comes ("motif"): the nine themes, and a first talk without a theme."""

import re
from dataclasses import dataclass
from datetime import timedelta

from accueil.core.territory import Modality
from accueil.core.text import fold


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for an appointment, with its booking limits.

    ``notice`` is the shortest delay before the start, ``horizon`` the longest; an appointment can
    be moved until ``move_until`` before it starts, and cancelled until ``cancel_until`` before
    (``docs/architecture.md``: Hold, Move, Cancel). ``modalities`` are the ways it can take place.
    """

    code: str
    title: str
    duration: timedelta = timedelta(minutes=45)
    notice: timedelta = timedelta(hours=4)
    horizon: timedelta = timedelta(weeks=8)
    move_until: timedelta = timedelta(hours=4)
    cancel_until: timedelta = timedelta(0)
    modalities: tuple[Modality, ...] = tuple(Modality)


DEFAULT_REASON = Reason("premier_accueil", "Premier accueil")

REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("logement", "Logement"),
        Reason("sante", "Santé"),
        Reason("formation", "Formation"),
        Reason("emploi", "Emploi"),
        Reason("orientation", "Orientation"),
        Reason("mobilite", "Mobilité"),
        Reason("droits_citoyennete", "Droits et papiers"),
        Reason("culture_loisirs", "Culture et loisirs"),
        Reason("aides_argent", "Aides et argent"),
        DEFAULT_REASON,
    )
}


def reason_of(code: str | None) -> Reason:
    """Return the reason with that code, or the general first talk when it is unknown or empty."""
    return REASONS.get(code or "", DEFAULT_REASON)


_WORDS: dict[str, str] = {
    "logement": r"logements?|apparts?|appartements?|studios?|loyers?|colocs?|foyers?|chambres?",
    "sante": r"sante|medecins?|dentistes?|psy|psychologue|mutuelle|carte vitale",
    "formation": r"formations?|apprentissage|alternance|ecoles?|diplomes?|cap|bac|decroch\w*",
    "emploi": r"emplois?|boulots?|tafs?|jobs?|travail(?:ler)?|cv|entretiens?|interim",
    "orientation": r"orientation|m'orienter|projets?|metiers?|stages?|service civique",
    "mobilite": r"mobilite|permis|code de la route|transports?|scooter|voitures?",
    "droits_citoyennete": r"papiers?|titre de sejour|carte d'identite|droits?|justice|rqth",
    "culture_loisirs": r"culture|loisirs?|sport|vacances|musique|pass culture",
    "aides_argent": r"aides?|argent|thunes?|cej|pacea|rsa|bourses?|dettes?|budget",
}
_PATTERNS = {code: re.compile(rf"\b(?:{words})\b") for code, words in _WORDS.items()}


def read_reason(text: str) -> Reason | None:
    """Return the reason that a message names first, or ``None``."""
    folded = fold(text)
    found = [(m.start(), code) for code, p in _PATTERNS.items() if (m := p.search(folded))]
    return REASONS[min(found)[1]] if found else None
