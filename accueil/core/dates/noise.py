"""Take out the numbers that look like dates and are none: phones, prices, ages, addresses."""

import re
from typing import Final

_HOURS: Final = r"(?:\b[0-9]{1,3}|\bune?|\bdeux|\btrois|\bquatre|\bhuit|\bdix) ?(?:h|heures?)\b"
_STREET: Final = (
    r"(?:rue|avenue|av|bd|boulevard|place|allees?|chemin|impasse|route|quai|square|cours|residence)"
)
_BUSY_WITH: Final = (
    r"(?:trajet|route|bus|train|trains|transports?|marche|voiture|metro|tram|cours|travail|taf|"
    r"conduite|code|libre|stage|formation|retard|menage|sport|pause|attente|chez|vol|mon|ma|la)"
)
_PATTERNS: Final = (
    r"\S+@\S+",
    r"https?://\S+|\bwww\.\S+",
    r"(?:\+|\b00)[0-9]{2,3}(?:[ ./-]?\(?[0-9]{1,2}\)?){4,6}",
    r"(?<![0-9/])0[1-9](?:[ ./-]{0,2}[0-9]{2}){4}(?![0-9])",
    r"(?<![0-9/.-])[0-9]{5,}",
    r"(?:\b|[+-])[0-9]+(?:[.,][0-9]+)? ?(?:€|\$|%|euros?\b|eur\b|balles?\b|boules?\b|kg\b|km\b)",
    r"(?<!dans )\b[0-9]{1,3} ?(?:ans?|piges?)\b",
    r"\b[0-9]+(?:[.,][0-9]+)?/(?:20|100)\b(?!/)",
    r"\b24 ?h? ?(?:/|sur) ?(?:24|7) ?h?\b|(?<!le )\b7 ?j?(?:ours)? ?(?:/|sur) ?7 ?j?\b",
    rf"{_HOURS} ?(?:/|par\b|la\b) ?(?:semaines?|sem|jours?|j|mois|an)\b",
    rf"{_HOURS} (?:de |d')(?!l'|la (?:mat|apr))(?={_BUSY_WITH}\b)",
    rf"\b(?:pendant|durant|dure|durent|durait|il y a|ya|contrat (?:de|a)|en) {_HOURS}",
    r"\b[0-9]/[0-9]{1,2} (?:fois|jours?|temps|personnes|heures?|mois|ans|semaines?|des?)\b",
    rf"\b[0-9]+ ?(?:bis|ter)?,? ?{_STREET}\b(?: du [0-9]{{1,2}}(?:er)? [a-z]+(?: [0-9]{{4}})?)?",
    r"\b(?:rue|avenue|place|boulevard|lycee|college|stade|arret|station|quartier|square|cite) "
    r"du [0-9]{1,2}(?:er)? [a-z]+(?: [0-9]{4})?",
    r"\b(?:nee? |naissance ?:? ?)(?:le |en )?[0-9]{1,2}(?:er)?[ /.-]\w+(?:[ /.-][0-9]{2,4})?",
    r"\bdans le [0-9]{2,3}\b(?! ?[/.0-9])",
    r"\b(?:appel\w*|fai[st]|compos\w*|joindre) le 1[5789]\b",
    r"(?<!le )\bcinq-mars\b|(?<=\ba )cinq mars\b",
    r"\bbon(?:ne)? (?:fin de |debut de )?(?:matinee|journee|soiree|soir|aprem|apres[- ]midi|"
    r"apm|week[- ]?end|we|semaine|nuit|lundi|dimanche)\b",
)
_NOISE: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def without_noise(folded: str) -> str:
    """Return folded text where each number that is no date is replaced by a mark."""
    return _NOISE.sub(" # ", folded)
