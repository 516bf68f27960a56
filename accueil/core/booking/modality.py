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
_ONLINE = r"(?:en ligne|a distance)"
_VIDEO = re.compile(
    r"\b(?:visio\w*|teams|zoom|skype)\b|\b(?:par|en|avec) (?:la |ma |une )?webcam\b|"
    rf"(?:^|[,.;:!?(] ?|\b(?:oui|ok|ouais|plutot|prefer\w*|mieux|juste|uniquement|seulement|"
    rf"possible|"
    r"(?:sur place|tel|telephone|presentiel|vrai) ou|faire (?:ca|l'entretien)|recue?|"
    r"(?:rdv|rendez[- ]vous|entretien|se voir|quelqu'un|conseill\w+)\b[^.,;!?]{0,20}?) )"
    rf"(?P<online>{_ONLINE})\b(?! d[eu]s?\b)"
)
_ON_SITE = re.compile(
    r"\b(?:sur place|en personne|physiquement|en presentiel|face a face|"
    r"(?:rendez[- ]vous |rdv |entretien )?individuel(?:lement)?|en tete a tete|"
    r"(?:prefere|plutot|mieux|veux|aimerais)(?: etre| venir)? (?:tout |toute )?seule?)\b|"
    r"(?:^|[,.;:!?(] ?|\b(?:oui|ok|plutot|prefer\w*|mieux|voir|parler|discuter|rencontrer|"
    r"quelqu'un|rdv|rendez[- ]vous|entretien|ou|et|mais) )en face\b(?! (?:d|a |chez|la|le|l'|y))"
)
_GROUP = re.compile(
    r"\b(?:infos?|information|reunion|seance|rdv|rendez[- ]vous) (?:d'info\w* )?collecti\w+|"
    r"\breunion d'info\w*|\bcollectif|\bcollective|\ben groupe|\b(?:des |les |un |aux )?ateliers?\b"
)
_REACHING = re.compile(
    r"\b(?:previen\w*|prevenir|joign\w*|joindre|rappel\w*|contact\w*|confirm\w*|repon\w*|"
    r"appel(?:er|ez|le) (?:moi|nous|vous)?)\b[^,.;!?]{0,25}\b(?:par|au) (?:tel|telephone)\b"
)
_REMOTE = r"(?:tel|telephone|tph|visio\w*|teams|zoom|skype|webcam|ligne|distance|appel)"
_MEANS = (
    rf"(?:{_REMOTE}|groupe|collecti\w*|reunion\w*|ateliers?|sur place|personne|presentiel|vrai|"
    rf"face|"
    r"individuel)"
)
_TO = r"(?:(?:par|au|aux|en|sur|a|via|avec|la|les?|une?|du|des|de)\b ?|[ld]' ?)"
_END = r"(?= *(?:$|[,.;:!]|\b(?:svp|stp|desolee?|merci|du tout|trop|parce|car|mais|donc|plutot)\b))"
_IN_PERSON = re.compile(
    rf"\ben vrai(?=[^.!?]{{0,25}}\b(?:plutot|mieux|bien) qu(?:e |'){_TO}?{_REMOTE}\b)|"
    rf"\ben vrai(?= qu(?:e |'){_TO}?{_REMOTE}\b)|"
    rf"\ben vrai(?=\W*(?:et )?(?:pas|non) {_TO}?{_REMOTE}\b)|"
    rf"(?<=prefere )en vrai{_END}|(?<=plutot )en vrai{_END}"
)
_SEEING = re.compile(
    r"(\b(?:(?:se|vous|nous|te|me) (?:voir|voit|rencontrer)|voir (?:quelqu'un|qqn|une?|mon|ma|le|"
    r"la)|"
    rf"rencontrer|parler|discuter|echanger|venir|"
    rf"viens)\b(?:(?!\b{_REMOTE}\b)[^.,;!?]){{0,30}}?)\ben vrai\b"
)
"""To young people "en vrai" is "in fact", unless it is set against a phone or said of meeting."""
_REFUSED = re.compile(
    r"\b(?:pas|sans|ni|surtout pas|pas trop|jamais|(?:plutot|mieux|moins bien) qu(?:e\b|')) ?"
    rf"(?:(?:faire|etre|parler|trop|envie|besoin|forcement|vraiment|fan|de|en|par|au|sur|la|les?|"
    rf"une?|a(?= distance))\b ?|d' ?)*{_MEANS}\b"
)
_THAN = re.compile(
    rf"(\b(?:plutot|mieux|prefer\w*|moins|plus)\b[^.!?]{{0,25}}\b(?:{_MEANS})\b[^.,;!?]{{0,12}}) "
    rf"qu(?:e |'){_TO}?{_MEANS}\b"
)
_REFUSED_AFTER = re.compile(
    rf"\b{_TO}*{_MEANS},? (?:"
    r"(?:c'?est|c|ca sera|ca va etre) (?:vraiment |trop |un peu )?"
    r"(?:mort|non|nul|impossible|relou|chaud|la galere|pas (?:possible(?! ?\?)|pour moi|mon truc|"
    r"top|ouf))|"
    rf"(?:je |j'|j)?(?:n'|ne )?(?:aime|ai|peux|veux|y arrive|capte) pas{_END}|(?:je )?deteste|"
    r"(?:ca |c'?est )?(?:marche|passe|m'?arrange|me va|le fait) pas|ca bug|"
    rf"ca me (?:stresse|gene|saoule|soule|fait (?:peur|flipper|chier))(?! (?:moins|pas))|"
    rf"non(?: merci)?{_END})"
)
_NOT_COMING = re.compile(
    r"\b(?:pas|plus|jamais) (?:(?:me|m'|se|vous|nous|y|pouvoir|vraiment) ?)*"
    r"(?:venir|aller|deplacer|passer|voir|rencontrer)\b[^.,;!?]{0,12}?"
    r"\b(?:sur place|en personne|physiquement|en presentiel|face a face)\b"
)
_SCREEN = rf"(?:{_ONLINE}|visio\w*|teams|zoom|skype|webcam)"
_OTHER_USE = re.compile(
    r"\b(?:cours|formations?|modules?|licences?|bts|bac|diplomes?|etudes?|ecole|travail\w*|taf|"
    r"boulot|"
    rf"jobs?|relation|jeux?|banque|reunion|chantage) {_TO}*{_SCREEN}\b|"
    rf"\b(?:vue?s?|rencontre[es]*|appele[es]*|inscri\w*|installe\w*|telecharge\w*|filme[es]*|"
    rf"mise?s?|"
    rf"parle(?:e|es)?|(?:pren|reserv|demand)\w*|pris) [^.,;!?]{{0,25}}?{_TO}*{_SCREEN}\b|"
    rf"\bc'?(?:est)? (?:quoi|koi) {_TO}*{_SCREEN}\b|\b{_SCREEN} (?:c'?(?:est)?|"
    rf"ca veut dire) (?:quoi|koi)\b"
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
    kept = _SEEING.sub(r"\1sur place", _IN_PERSON.sub("sur place", fold(text)))
    kept = _THAN.sub(r"\1", kept)
    for other in (_REACHING, _NOT_COMING, _REFUSED, _REFUSED_AFTER, _OTHER_USE):
        kept = other.sub(" ", kept)
    found = [
        (match.start("online" if match.groupdict().get("online") else 0), reception)
        for reception, pattern in _PATTERNS
        for match in pattern.finditer(kept)
    ]
    return max(found)[1] if found else None


def refuses_group(text: str) -> bool:
    """Tell whether a message refuses to be received with others ("pas en groupe")."""
    refused = " ".join(match.group(0) for match in _REFUSED.finditer(fold(text)))
    return bool(re.search(r"groupe|collecti|reunion|atelier", refused))
