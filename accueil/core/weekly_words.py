"""The words around weekly hours: parts of the day, places, and what does not come every week."""

import re
from datetime import time

from accueil.core.french import NBSP
from accueil.core.text import fold

DAY = r"(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?"
CLOCK = r"\d{1,2}\s*(?:[:h]\s*(?:\d{2}(?!\s*[:h]))?)"
PERIOD = r"(?<![a-z])(?P<period>mati(?:n|nee)s?|apres[ -]?midis?|aprem|journees?)(?![a-z])"
_MORNING, _AFTERNOON = (time(9), time(12)), (time(14), time(17))
PERIODS = {"m": (_MORNING,), "a": (_AFTERNOON,), "j": (_MORNING, _AFTERNOON)}
"""Local hours of a part of the day, by its first letter: ours, when a file says no more."""

_EXAMPLE = f"Écrivez par exemple «{NBSP}lun-ven 09:00-12:00 13:30-17:30; sam matin{NBSP}»."
_NOT_WEEKLY = re.compile(
    r"\b(?:\d+ ?(?:er|re|e|eme|nd|nde)s?|premiers?|premieres?|deuxiemes?|seconds?|troisiemes?|"
    rf"quatriemes?|derniers?) (?:et (?:\d\w+ ))?{DAY}|\b(?:mois|quinzaines?|bimensuel\w*|sur deux|"
    r"semaines? (?:im)?paires?|\d+ semaines|15 jours|quinze jours)\b"
)
_NEXT_DAY = re.compile(
    r"\s*(?:,|\bet\b|\bpuis\b)\s*(?=(?:(?:du|les?|tous les|chaque) )?"
    r"(?:lun|mar|mer|jeu|ven|sam|dim)(?:[a-z]*di|di[a-z]*che)?s?\b)",
    re.IGNORECASE,
)
_HOURS = re.compile(rf"{CLOCK}|{PERIOD}")
_PLACE = re.compile(
    r"(?<=[\s(])(?:[àa] (?:la |l['’] ?)?|aux? |dans (?:la |les? |l['’] ?)?|(?=chez ))(?=\D)",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:demande|convenance|choix|partir|distance|domicile|confirmer|definir|preciser|tour|"
    r"telephone|tel|fermeture|ouverture|cours|besoin|volonte)\b|.{0,2}$"
)


class UnreadableHours(ValueError):
    """Hours that cannot be read. The message and ``remedy`` are French sentences."""

    def __init__(self, message: str, remedy: str = _EXAMPLE) -> None:
        super().__init__(message)
        self.remedy = remedy


def refuse_what_is_not_weekly(folded: str) -> None:
    """Raise ``UnreadableHours`` for what comes once a month or every second week."""
    if _NOT_WEEKLY.search(folded):
        raise UnreadableHours(
            "Ces horaires ne reviennent pas chaque semaine.",
            "Les horaires d’un site sont ceux d’une semaine ordinaire. "
            f"Écrivez le reste dans «{NBSP}accessibilite{NBSP}», ou laissez les horaires vides.",
        )


def said_groups(part: str) -> list[str]:
    """Split ``mardi matin, jeudi après-midi``; not ``mar, jeu 9h-12h``, whose hours are shared."""
    groups: list[str] = []
    waiting = ""
    for piece in _NEXT_DAY.split(" ".join(part.split())):
        waiting = f"{waiting}, {piece}" if waiting else piece
        if _HOURS.search(fold(waiting)):
            groups.append(waiting)
            waiting = ""
    return [*groups, waiting] if waiting else groups


def without_place(group: str) -> tuple[str, str]:
    """Return the hours, and the place said after them: ``mardi matin``, ``Mairie``.

    The words of the place keep their accents; only its preposition goes.
    """
    first = _HOURS.search(fold(group))
    if first is None:
        return group, ""
    for found in _PLACE.finditer(group):
        place = group[found.end() :].strip(" .,)")
        folded = fold(place)
        before = fold(group[: found.start()])
        if not _HOURS.search(before) or _HOURS.search(folded) or _NO_PLACE.match(folded):
            continue
        return group[: found.start()].rstrip(" ,("), place[:1].upper() + place[1:]
    return group, ""
