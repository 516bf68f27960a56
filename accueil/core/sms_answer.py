"""What somebody means who answers a reminder or an offer by SMS, and what danger is answered with.

A reminder says "Réponds 1 je viens, 2 je change, 3 j’ai un souci"; people also write it in words.
"""

import re
from enum import StrEnum

from accueil.core.french import NBSP
from accueil.core.safety import EmergencyNumbers
from accueil.core.text import fold

_LONGEST = 1600
"""More than ten SMS in one: nobody answers so; what follows is not read."""
_NOT_A_WORD = re.compile(r"[^a-z0-9?👍✅👌]+")
_STOP = re.compile(r"(?:stop|stopp|arret|desabonn\w*)(?: (?:sms|stp|svp|merci|au|\d{5}))*")
_CHOICE = re.compile(
    r"(?:(?:reponse|rep|choix|option|numero|num|no|n|le|la|c est|je choisis|je mets) )*"
    r"(?P<choice>[123]|un|deux|trois)\b(?P<rest>.*)"
)
_NUMBER = ("un", "deux", "trois")
_NOT_A_CHOICE = re.compile(
    r" ?(?:h|heures?|m|mn|min|minutes?|jours?|semaines?|mois|personnes?|fois|rdv|autres?|"
    r"(?:ou|et)? ?[123])\b"
)
_DENIED = re.compile(
    r"\b(?:pas|aucune?|sans|zero|0) (?:de |d |un |le )?(?:soucis?|problemes?|pb|changements?)\b|"
    r"\b(?:change|annule|decale|reporte|bouge)\w* (?:pas|rien)\b"
)
_TROUBLE = re.compile(
    r"\b(?:soucis?|problemes?|pb|galere\w*|bloquee?|retard|perdue?|accident|urgence|hopital|"
    r"(?:r?appel\w*)|besoin d aide|aide[zr]? moi|m aider)\b"
)
_CHANGE = re.compile(
    r"\b(?:chang\w+|decal\w+|deplac\w+|report\w+|repouss\w+|annul\w+|impossible|indispo\w*|"
    r"empeche\w*|malade|refuse|autre (?:jour|date|heure|horaire|creneau|moment|rdv)|"
    r"pas (?:dispo\w*|libre|la|possible|venir|interesse\w*)|"
    r"(?:peux?|peut|pourrai?s?|viens?|vient|viendrai?s?|serai?s?|veux|vais|compte|irai?s?)"
    r" (?:\w+ )?(?:pas|plus|jamais))\b"
)
_COMING = re.compile(
    r"\b(?:viens?|vient|viendrai?s?|vais venir|j ?arrive|j ?y serai?s?|"
    r"(?:serai?s?|suis) (?:bien )?la|presente?|confirme\w*|j accepte|je (?:la |le )?prends?)\b"
)
_NO = re.compile(r"(?:non|nan|nn|nope?|nah)\b")
_YES = re.compile(
    r"(?:oui|ouais?|ouai|oue|wi|ui|yes|yep|ok|okay|oki|okok|d ?acc?ord|dac|dacc|bien sur|c est bon|"
    r"cbon|ca marche|ca me va|parfait|entendu|avec plaisir|volontiers)\b|[👍✅👌]"
)
_QUESTION = re.compile(r"\?|\b(?:quelle?|quand|comment|pourquoi|c est ou|qui|quoi)\b")


class Meaning(StrEnum):
    """What an answer asks for. To an offer, ``COMING`` accepts and ``CHANGE`` declines."""

    COMING = "coming"
    CHANGE = "change"
    TROUBLE = "trouble"
    STOP = "stop"
    UNCLEAR = "unclear"


_MEANINGS = (Meaning.COMING, Meaning.CHANGE, Meaning.TROUBLE)


def read_answer(text: str) -> Meaning:
    """Read an answer; what contradicts itself or asks a question is ``UNCLEAR``."""
    words = _NOT_A_WORD.sub(" ", fold(text[:_LONGEST])).strip()
    if _STOP.fullmatch(words):
        return Meaning.STOP
    match = _CHOICE.match(words)
    if match is None or _is_no_choice(match):
        return _in_words(words)
    choice = match["choice"]
    number = int(choice) if choice.isdigit() else _NUMBER.index(choice) + 1
    return _agreed(_MEANINGS[number - 1], match["rest"].strip())


def _is_no_choice(match: re.Match[str]) -> bool:
    """Tell a duration or a list from a choice: "2 minutes", "1 ou 2"; "un" with words after it."""
    if match["choice"] in _NUMBER and match["rest"].strip():
        return True
    return _NOT_A_CHOICE.match(match["rest"]) is not None


def _agreed(chosen: Meaning, rest: str) -> Meaning:
    """Return the number chosen, unless the words beside it say something else."""
    said = _in_words(rest, is_beside_a_choice=True)
    if chosen is Meaning.COMING and said is Meaning.TROUBLE:
        return Meaning.TROUBLE
    contradicts = {chosen, said} == {Meaning.COMING, Meaning.CHANGE}
    return Meaning.UNCLEAR if contradicts else chosen


def _in_words(words: str, *, is_beside_a_choice: bool = False) -> Meaning:
    sure = _DENIED.sub(" ", words).strip()
    if _TROUBLE.search(sure):
        return Meaning.TROUBLE
    if _CHANGE.search(sure):
        return Meaning.CHANGE
    if _NO.match(words):
        return Meaning.UNCLEAR if _COMING.search(sure) else Meaning.CHANGE
    if not is_beside_a_choice and _YES.match(words):
        return Meaning.COMING
    if _COMING.search(sure) and not _QUESTION.search(words):
        return Meaning.COMING
    # "Pas de souci" alone is a yes.
    is_relaxed = sure != words and not sure and not is_beside_a_choice
    return Meaning.COMING if is_relaxed else Meaning.UNCLEAR


def numbers_text(numbers: tuple[str, ...], registry: EmergencyNumbers, *, is_neutral: bool) -> str:
    """Return the SMS with the numbers of a reading (French), for a phone that others may read.

    Free, day and night, the first to call first; nothing in it tells what was written, and less
    still when it ``is_neutral``. Raises ``SafetyDataError`` when the registry lacks a number.
    """
    known = [registry.get(one) for one in dict.fromkeys((*numbers, "112"))]
    calls = [one.display for one in known if one.voice and one.free and one.always_open]
    written = registry.get("114").display
    thanks = "" if is_neutral else "Merci de l’avoir écrit. Tu peux en parler maintenant. "
    said = f"Numéros gratuits, jour et nuit{NBSP}: {', '.join(calls)}."
    return f"{thanks}{said} Par SMS{NBSP}: {written}."
