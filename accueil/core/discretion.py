"""Somebody else may read this phone: what a young person says of it, in their words."""

import re

from accueil.core.booking.appointment import Discretion
from accueil.core.text import fold

_OTHERS = (
    r"(?:(?:mes?|mon) (?:parents?|darons?|daronnes?|mere|pere|reup|reum|mari|copain|mec|conjoint|"
    r"frere|"
    r"grand frere|soeur|oncle|famille|tuteur|coloc)|ma (?:mere|daronne|copine|famille|soeur)|"
    r"on|quelqu'un|qqn|il|elle|ils)"
)
_READ_BY_OTHERS = re.compile(
    rf"\b{_OTHERS} (?:peu(?:t|vent) |va |vont |pourrai?(?:t|ent) |risque(?:nt)? de |qui )?"
    r"(?:lire|lit|lisent|voir|voit|voient|regarder?|fouill\w*|check\w*|tombe(?:r|nt)?|"
    r"surveille\w*|controle\w*)\b[^.!?]{0,30}"
    r"\b(?:tel|telephone|portable|messages?|sms|mails?|dessus)\b"
)
_DISCREET = re.compile(
    r"\b(?:messages? |mails? |sms )?(?:discrets?|discretement|discretion|neutres?)\b|"
    r"\b(?:faut pas que|que|sans que) .{0,20}"
    r"\b(?:sache|sachent|voie|voient|(?:soit|soient) (?:pas )?au courant)\b|"
    r"\btelephone (?:partage|de ma mere|de mon pere|familial|a plusieurs)\b"
)
_SILENT = re.compile(
    r"\b(?:n'?\s*)?(?:m'?\s*)?(?:envoie|envoi|envoies|envoyez|ecri[st]|ecrivez) "
    r"(?:(?:moi|surtout) )?(?:pas de (?:sms|messages?|mails?|rappels?)|rien)\b|"
    r"\b(?:pas|aucun|zero|sans) (?:de )?(?:messages?|sms|rappels?|notifs?|notifications?)\b|"
    r"\bm'?envo(?:ie|yez) (?:rien|pas)\b"
)


def read_discretion(text: str) -> Discretion | None:
    """Return what a message asks of the messages to come, or ``None`` when it says nothing."""
    folded = fold(text)
    if _SILENT.search(folded):
        return Discretion.SILENT
    if _READ_BY_OTHERS.search(folded) or _DISCREET.search(folded):
        return Discretion.NEUTRAL
    return None
