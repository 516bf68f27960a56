"""How a young person wants to be received, in their words: on site, by phone, by video, in a group.

Being called back or told by phone is no way of being received ("préviens-moi par téléphone").
"""

import re
from enum import StrEnum

from accueil.core.territory import Modality
from accueil.core.text import fold

_PHONE = re.compile(
    r"\b(?:par|au) (?:tel|telephone|tph)\b|\brdv (?:tel|telephonique)s?\b|"
    r"\b(?:rendez[- ]vous|entretien|rdv) (?:telephonique|tel)\b|\bpar appel\b"
)
_VIDEO = re.compile(r"\b(?:visio\w*|webcam|teams|zoom|skype|en ligne|a distance)\b")
_ON_SITE = re.compile(
    r"\b(?:sur place|en vrai|en personne|physiquement|en presentiel|face a face|"
    r"(?:rendez[- ]vous |rdv |entretien )?individuel(?:lement)?|en tete a tete|"
    r"(?:prefere|plutot|mieux|veux|aimerais)(?: etre| venir)? (?:tout |toute )?seule?)\b"
)
_GROUP = re.compile(
    r"\b(?:infos?|information|reunion|seance|rdv|rendez[- ]vous) (?:d'info\w* )?collecti\w+|"
    r"\breunion d'info\w*|\bcollectif|\bcollective|\ben groupe|\b(?:des |les |un |aux )?ateliers?\b"
)
_REACHING = re.compile(
    r"\b(?:previen\w*|prevenir|joign\w*|joindre|rappel\w*|contact\w*|confirm\w*|repon\w*|"
    r"appel(?:er|ez|le) (?:moi|nous|vous)?)\b[^,.;!?]{0,25}\b(?:par|au) (?:tel|telephone)\b"
)
_REFUSED = re.compile(
    r"\b(?:pas|sans|ni|surtout pas|pas trop|jamais|(?:plutot|mieux|moins bien) que)"
    r"(?: de| d'| en| par| au| les?| un)?\s*"
    r"(?:tel|telephone|visio\w*|groupe|collecti\w*|reunion\w*|ateliers?|sur place)\b"
)


class Reception(StrEnum):
    """How somebody wishes to be received: a modality, or with others."""

    ON_SITE = Modality.ON_SITE
    PHONE = Modality.PHONE
    VIDEO = Modality.VIDEO
    GROUP = "group"

    def modality(self) -> Modality:
        """Return the way an individual interview takes place; a group is received on site."""
        return Modality.ON_SITE if self is Reception.GROUP else Modality(self.value)


_PATTERNS = (
    (Reception.GROUP, _GROUP),
    (Reception.VIDEO, _VIDEO),
    (Reception.PHONE, _PHONE),
    (Reception.ON_SITE, _ON_SITE),
)


def read_reception(text: str) -> Reception | None:
    """Return the way of being received that a message names last, or ``None``."""
    kept = _REFUSED.sub(" ", _REACHING.sub(" ", fold(text)))
    found = [
        (match.start(), reception)
        for reception, pattern in _PATTERNS
        for match in pattern.finditer(kept)
    ]
    return max(found)[1] if found else None


def refuses_group(text: str) -> bool:
    """Tell whether a message refuses to be received with others ("pas en groupe")."""
    match = _REFUSED.search(fold(text))
    return bool(match and re.search(r"groupe|collecti|reunion|atelier", match.group(0)))
