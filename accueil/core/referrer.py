"""Somebody writes for a young person ("prescripteur"): who they are, in their words."""

import re
from dataclasses import dataclass

from accueil.core.text import fold

_ROLES = (
    (r"educ(?:ateur|atrice)?s?(?: specialisee?)?", "éducateur ou éducatrice"),
    (
        r"assistante? sociale?|travailleu(?:r|se) sociale?|(?<=son )as|(?<=sa )as",
        "assistant ou assistante de service social",
    ),
    (
        r"conseill(?:er|ere) (?:principale? d'education|d'orientation|france travail|pole emploi|"
        r"en insertion)|cpe|psy-?en",
        "conseiller ou conseillère",
    ),
    (
        r"prof(?:esseure?)?|enseignante?|surveillante?|infirmi(?:er|ere)",
        "professionnel ou professionnelle de l’établissement scolaire",
    ),
    (
        r"tut(?:eur|rice)|referente? ase|famille d'accueil|mandataire|curat(?:eur|rice)",
        "tuteur, tutrice ou référent",
    ),
    (
        r"animat(?:eur|rice)|mediat(?:eur|rice)|benevole|accompagnat(?:eur|rice)|intervenante?",
        "accompagnant ou accompagnante",
    ),
)
_I_AM = (
    r"(?:(?:je suis|jsuis|chuis|ici|moi c'?est|en tant que?)\s+|^\W*(?:(?:bonjour|bonsoir)\W*)?)"
    r"(?:l'|la |le |un |une |son |sa |leur )?"
)
_PROFESSIONALS = tuple(
    (re.compile(rf"(?<!\w){_I_AM}(?:{words})\b"), label) for words, label in _ROLES
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:un jeune|une jeune|mineure?|usager|usagere|beneficiaire|eleves?|pour (?:lui|elle|un|une)"
    r"|une? de (?:mes|nos)|accompagn\w+|il|elle|son|sa|leur|ce jeune|cette jeune)\b"
)
"""A young teacher may ask for themselves: a profession alone is no referrer."""
_ACCOMPANIES = re.compile(
    r"\b(?:une?|le|la|l'|mon|ma|des|ce|cette) (?:jeunes?|usager|usagere|beneficiaire|mineure?)\b"
    r"[^.!?]{0,25}\b(?:(?:que|qu'|dont) (?:j|je|nous|on|mon service)|suivie? par|"
    r"de mon (?:foyer|service|etablissement))"
)
_RELATIVES = (
    (r"fils|fille|enfant|ado|gamin|gamine", "parent"),
    (r"frere|soeur|reuf|petit frere|petite soeur|cousin|cousine|neveu|niece", "proche"),
    (r"pote|copain|copine|amie?|mec|meuf|cop[ai]ns?|voisine?|coloc", "proche"),
)  # fmt: skip
_FOR = (
    r"(?<!pas )(?:pour|c'?est pour|de la part de|a la place de|au nom de)\s+(?:mon|ma|un|une)\s+"
    r"(?:(?:petite?|grande?|meilleure?)\s+)?"
)
_AND_ME = r"(?!\W+(?:et|ou|avec) (?:moi|pour moi)\b)"
_FOR_RELATIVES = tuple(
    (re.compile(rf"\b{_FOR}(?:{words})\b{_AND_ME}"), label) for words, label in _RELATIVES
)
_FOR_OTHER_REASONS = re.compile(
    r"\b(?:travail\w*|boss\w*|taff\w*|cadeau|demenag\w*|venue?|temoign\w*|inquiete?|"
    r"peur) pour (?:mon|ma|une?) |"
    r"\b(?:viens?|venue?|envoyee?) de la part (?:de |d')"
)
_PARENT = re.compile(
    rf"(?<!\w){_I_AM}(?:mere|pere|maman|papa|parent|tante|oncle|grand-mere)\s+d(?:e|u|')\s*"
    r"(?!\s*(?:une?|deux|trois|\d|jumeaux|famille|bebe|petits?)\b)"
)
_SAYS_IT_OF_ITSELF = r"(?<!\bje )(?<!\bmoi )(?<!\bj )(?<!\bon )(?<!\btu )"
_WANTS = (
    rf"\b[^.!?]{{0,60}}?\b{_SAYS_IT_OF_ITSELF}"
    r"(?:voudrait|cherche|a besoin|aurait besoin|aimerait|souhaite|veut|"
    r"(?:peut|pourrait|doit|devrait) (?:il |elle )?(?:avoir|prendre|venir(?! aussi)|voir))\b"
    r"(?![^.!?,;]{0,30}\b(?:avec (?:moi|nous)|avec\W*$|ensemble|m'|me |moi\b|nous\b|"
    r"a ma place|aussi venir|qu'on|que (?:je|j|tu|vous|on)\b))"
)
_CHILD_WISH = re.compile(rf"\b(?:mon fils|ma fille|mon ado){_WANTS}")
_RELATIVE_WISH = re.compile(
    r"\b(?:mon|ma) (?:petite? |grande? |meilleure? )?(?:frere|soeur|cousine?|niece|neveu|pote|"
    r"copine?|"
    rf"copain|amie?|voisine?){_WANTS}(?! (?:pas|plus|rien|jamais|aucun\w*)\b)"
)
"""What a relative wants for themselves: to come along, or to be of help, is no wish of a place."""
_ME_TOO = re.compile(
    r"\b(?:moi aussi|comme moi|et moi|moi je|moi j|pour moi|(?:je |j)cherche)\b"
    r"(?![^.!?]{0,40}\bpour (?:lui|elle|mon|ma)\b)"
)
_ABOUT_CHILDCARE = re.compile(r"\b(?:garde|garder|faire garder|creche|nounou|cantine)\b")


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who writes for somebody else; ``label`` is what the counsellor reads."""

    label: str
    is_professional: bool


def read_referrer(text: str) -> Referrer | None:
    """Return who writes for a young person, or ``None`` when they write for themselves."""
    folded = fold(text).replace("’", "'")
    for pattern, label in _PROFESSIONALS:
        if pattern.search(folded) and _SOMEBODY_ELSE.search(folded):
            return Referrer(label, is_professional=True)
    if _ACCOMPANIES.search(folded):
        return Referrer("accompagnant ou accompagnante", is_professional=True)
    if _ABOUT_CHILDCARE.search(folded):
        return None  # a young parent speaks of their own child
    if _PARENT.search(folded):
        return Referrer("parent", is_professional=False)
    if not _ME_TOO.search(folded):
        if _CHILD_WISH.search(folded):
            return Referrer("parent", is_professional=False)
        if _RELATIVE_WISH.search(folded):
            return Referrer("proche", is_professional=False)
    if _FOR_OTHER_REASONS.search(folded):
        return None
    for pattern, label in _FOR_RELATIVES:
        if pattern.search(folded):
            return Referrer(label, is_professional=False)
    return None
