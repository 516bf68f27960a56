"""Somebody else may read this phone: what a young person says of it, in their words.

A protection is asked for loosely and taken back only in plain words: a message too few costs less
than one that the wrong person reads.
"""

import re

from accueil.core.booking.appointment import Discretion
from accueil.core.text import fold

_FAMILY = (
    r"(?:(?:mes?|mon|les|nos) (?:\w+ )?(?:parents?|darons?|daronnes?|mere|pere|reup|reum|renps|"
    r"vieux|"
    r"mari|ex|copain|mec|conjoint|compagnon|freres?|frerot|reuf|soeurs?|oncle|tante|famille|tuteur|"
    r"coloc\w*|beau[- ]pere|proches|cousins?)|"
    r"ma (?:\w+ )?(?:mere|daronne|reum|copine|meuf|femme|famille|soeur|tante|tutrice|belle-mere|"
    r"grand-mere|coloc\w*)|papa|maman)"
)
_MESSAGES = (
    r"(?:messages?|msg|sms|textos?|rappels?|notifs?|notifications?)\b"
    r"(?! (?:voca(?:l|ux)|d'(?:erreur|absence|accueil)|normaux|recus?|pour l'instant|depuis))"
)
_CLAUSE = (
    r"(?:^|[,.;:!?(]|\bn'|\b(?:mais|et|stp|svp|alors|donc|surtout|ok|oui|non|par contre|tu|ne)\b)"
    r"\W{0,3}"
)
_COURTESY = (
    r"(?=\W{0,3}(?:$|[,.;!?)]|\b(?:svp|stp|s'il|merci|du tout|surtout|jamais|chez|a la maison|"
    r"a ce|sur|"
    r"dessus|par|car|parce|pcq|psk|pck|sinon|mes?|mon|ma|je|j|c|ok|mais|et|il|elle|ils|on|de)\b))"
)
_READ_BY_OTHERS = re.compile(
    rf"\b(?:{_FAMILY}|on|quelqu'un|qqn|il|elle|ils|elles) (?:peu(?:t|vent) |va |vont |"
    r"pourrai?(?:t|ent) |risque(?:nt)? de |qui )?(?:lire|lit|lisent|voir|voit|voient|"
    r"regarder?|regardent|fouill\w*|check\w*|tombe(?:r|nt)?|surveille\w*|controle\w*|a acces|"
    r"ont acces)\b(?! (?:pas|jamais|plus|rien)\b)[^.!?]{0,30}"
    r"(?:(?<!par)(?<!au) (?:tel|telephone|portable|messages?|sms|mails?)|\bdessus)\b"
)
_LEARNS = (
    r"(?:sache(?:nt)?|(?<!me )voi(?:e|t|ent)|lise(?:nt)?|tombe(?:nt)?|appren(?:ne|nent)|"
    r"decouvre(?:nt)?|"
    r"soi(?:t|ent) (?:mise? )?au courant)"
)
_OTHER_THAN_ME = r"(?!(?:je|j|tu|vous|nous)\b)"
_NOBODY_LEARNS = re.compile(
    r"\b(?:(?:faut|faudrait|j?veux?|veut|voudrais|aimerais|prefere|surtout|pour|pr|doit|svp|stp|"
    r"et|ou|ni) pas?|sans|avant|envie|peur|hors de question|pas question|evite\w*|pas besoin) "
    rf"qu(?:e |'){_OTHER_THAN_ME}[^.!?]{{0,40}}?\b{_LEARNS}\b|"
    rf"(?:^|[,.;!?]) ?(?:surtout )?pas qu(?:e |'){_OTHER_THAN_ME}[^.!?]{{0,40}}?\b{_LEARNS}\b|"
    rf"\bqu(?:e |'){_OTHER_THAN_ME}[^.!?]{{1,25}} (?:(?:sache(?:nt)?|voie(?:nt)?) (?:surtout )?"
    r"(?:pas|rien)|soi(?:t|ent) (?:surtout )?pas (?:mise? )?au courant)\b|"
    rf"\bque personne [^.!?]{{0,15}}\b{_LEARNS}\b|"
    r"\bpersonne (?:ne |n')?(?:doit |est |sait )(?:le |l'|etre )?(?:savoir|au courant|que j)"
)
_KNOW_NOTHING = re.compile(
    rf"\b(?:{_FAMILY}|ils?|elles?)(?: (?:eux|qui|ils?|elles?|ne))* (?:"
    r"(?:doi(?:t|vent|s)|faut|peu(?:t|vent)|devrai(?:t|ent)) (?:surtout |absolument )?(?:pas|rien|"
    r"jamais) (?:le |l'|en |etre |tomber )?(?:savoir|apprendre|decouvrir|au courant|dessus)\b|"
    r"doi(?:t|vent) (?:surtout )?(?:pas|rien) (?:voir|lire) (?:ca|mes|mon|les?|que)\b|"
    r"(?:le |l'|n'en )?sa(?:it|vent) (?:pas|rien)"
    r"(?= *(?:$|[,.;!?)]|\b(?:que j|pour (?:le|mon|ca)|et|mais|du tout|encore|svp|stp|donc))))"
)
_UNAWARE = re.compile(
    r"(?<!suis )(?<!etais )(?<!etes )(?<!t'es )(?<!sommes )(?<!on est )(?<!chui )(?<!chuis )"
    r"\bpas (?:du tout |encore |trop |tenus? )?au courant\b"
)
_OFFICE_UNAWARE = re.compile(
    r"\b(?:pole emploi|france travail|mission locale|caf|cpam|conseill\w+|patron\w*|employeur|"
    r"profs?|lycee|ecole|banque|prefecture|mairie)\b[^.!?]{0,25}\bpas (?:\w+ ){0,2}au courant"
)
_SECRET = re.compile(
    r"\ben (?:cachette|secret|douce|loucede|sous-?marin)\b|\bscred\b|\ba (?:l'insu d|(?:leur|"
    r"son) insu)|"
    r"\bdans le dos de m(?:es|on|a)\b|\bca reste entre nous\b(?! ?\?| ce qu)|"
    r"\bque (?:ca|cela|tout|c|ce) reste (?:entre nous|secret|prive|confidentiel|comme ca)\b|"
    r"\bgarde[rz]? ca (?:secret|pour (?:vous|toi))\b|"
    r"\b(?:dites?|dis|dire|parle[rz]?|prevene[rz]|previens|contacte[rz]?|appele[rz]|appelle) "
    rf"(?:surtout )?(?:en )?(?:pas|rien|jamais)(?: rien)? (?:a |chez )?{_FAMILY}\b|"
    rf"\brien dire a {_FAMILY}\b|\bpas de courriers? (?:chez|a la|svp|stp)\b|"
    r"\bpas des? messages? normaux\b"
)
_DISCREET = re.compile(
    r"(?<!suis )(?<!suis tres )\b(?:discrets?|discretement|discretion|neutres?)\b|"
    r"\b(?:tel|telephone|portable) (?:partage|de m(?:a|on) (?:\w+ )?(?:mere|pere|frere|soeur|mec)|"
    r"familial|a plusieurs)\b"
)
_HAD_NONE = re.compile(
    r"\b(?:(?:j'?|n')ai|[jn]'avais|g|il y a|y a|ya|m'(?:as?|avez|ont)|recoi[st]|recevez|toujours)"
    r"(?: (?:toujours|encore|deja|bien|tjrs|eu|recu|envoye))* (?:pas|aucune?|jamais|plus|rien|zero)"
    r"(?: (?:encore|toujours|eu|recu|vu|lu|envoye|trouve|de|d'|mes|le|les|vos|ton))*"
    r" (?:messages?|msg|sms|textos?|mails?|rappels?|notifs?|notifications?|appels?)\b"
)
_SILENT = re.compile(
    rf"\b(?:pas|aucun|zero|sans|arrete[rz]? les|stop(?: aux?| les)?) (?:de |d'|(?:besoin|envie) "
    rf"(?:de |d'))?(?:recevoir (?:de |des )?)?{_MESSAGES}|\brecevoir (?:aucun {_MESSAGES}|rien)|"
    rf"\brien recevoir\b|"
    r"\b(?:ne |n')?(?:m')?envoyez (?:moi |surtout )?(?:rien|plus rien)\b|"
    rf"{_CLAUSE}(?:m')?(?:envoies?|envoi|ecri[st]) (?:moi |surtout )?(?:plus )?rien\b|"
    rf"{_CLAUSE}(?:m')?(?:envoies?|envoi|ecri[st]) (?:moi )?(?:pas|plus) de (?:mails?|{_MESSAGES})|"
    rf"\brien (?:du tout )?(?:par sms|par mail|sur mon (?:tel|telephone|portable))\b{_COURTESY}|"
    r"(?<!vous )(?<!vous m')(?<!vous n')(?<!vous ne m')\b"
    rf"(?:ecrivez|envoyez|contactez)(?:[- ]moi)? (?:surtout )?(?:pas|plus){_COURTESY}|"
    rf"{_CLAUSE}m'(?:ecri[st]|envoies?)(?:[- ]moi)? (?:surtout )?(?:pas|plus){_COURTESY}|"
    rf"{_CLAUSE}(?:ecri[st]|contacte|envoie)[- ]moi (?:surtout )?(?:pas|plus){_COURTESY}|"
    rf"{_CLAUSE}me contactes? (?:pas|plus){_COURTESY}|\barrete[rz]? de m'ecrire\b|"
    r"\b(?:pas|plus) (?:besoin de |qu'on )?(?:m'ecri(?:re|ve)|me contacter?|etre contactee?)\b"
    rf"{_COURTESY}"
)
_NO_CALL = re.compile(
    r"(?<!vous )(?<!m')\b(?:appelez|rappelez)(?:[- ]moi)? (?:surtout )?(?:pas|plus)"
    rf"{_COURTESY}(?! m(?:es|on|a)\b)|"
    rf"(?<!vous )(?<!vous ne )\bm'(?:appelez|rappelez) (?:surtout )?(?:pas|plus){_COURTESY}|"
    rf"(?<!je )(?<!j')(?:{_CLAUSE})m'appelles? (?:surtout )?(?:pas|plus){_COURTESY}|"
    r"\b(?:pas|plus) (?:qu'on )?(?:m'appel(?:er|le)|etre (?:r?appelee?))\b"
    rf"{_COURTESY}|\b(?:pas|aucun|zero) (?:d')?appels?\b{_COURTESY}"
)
_WRITE_INSTEAD = re.compile(
    r"\b(?:(?:plutot|prefere|mais|juste|seulement|que)\b[^.!?]{0,12}\b(?:sms|messages?|mails?|"
    r"textos?)|"
    r"(?:envoie|envoyez|ecri[st]|ecrivez)(?:[- ]moi)?(?= (?:un|des|par|plutot)\b| *$|-moi))"
)
_AGAIN = r"(?:finalement|en fait|enfait|maintenant|(?:de|a) nouveau|changer? d'avis|change d'avis)"
_MAY_WRITE = (
    r"(?:(?:vous pouvez|tu peux|on peut) (?:bien |re)?(?:me |m')?(?:re)?(?:ecrire|envoyer|"
    r"contacter|"
    r"prevenir|appeler|rappeler|joindre)|je veux bien (?:recevoir )?(?:un |des |les |vos )?"
    r"(?:sms|messages?|mails?|rappels?)|(?:ok|oui|d'accord) pour (?:un |des |les )?"
    r"(?:sms|messages?|mails?|rappels?))"
)
_TAKES_BACK = re.compile(
    rf"\b{_AGAIN}\b[^.!?]{{0,20}}\b{_MAY_WRITE}\b(?! (?:pas|plus|rien))|"
    rf"\b{_MAY_WRITE}\b(?! (?:pas|plus|rien))[^.!?]{{0,40}}\b{_AGAIN}\b|"
    r"(?<!pas de )(?<!pas des )\b(?:messages?|sms|mails?|rappels?) (?:normaux|normal|normals|"
    r"ordinaires|"
    r"classiques|habituels|comme avant)\b|\b(?:ecri[st]|ecrivez)(?:[- ]moi)? normalement\b|"
    r"\b(?:pas|plus) (?:besoin|la peine) (?:d'|de |que ce soit )(?:(?:etre|rester|messages?|"
    r"mails?|sms) )*"
    r"(?:discrets?|discretion|neutres?|se cacher|me cacher)\b|"
    r"\b(?:remet(?:s|tez)?|reactive[rz]?|renvoyez|renvoie)(?:[- ]moi)? (?:moi )?(?:les |des |mes )"
    r"(?:messages?|sms|mails?|rappels?)\b"
)


def read_discretion(text: str) -> Discretion | None:
    """Return what a message asks of the messages to come, or ``None`` when it says nothing.

    ``ORDINARY`` takes an earlier wish back; a wish in the same message goes before it.
    """
    folded = fold(text)
    rest = _HAD_NONE.sub(" ", _TAKES_BACK.sub(" ", folded))
    if _SILENT.search(rest) or (_NO_CALL.search(rest) and not _WRITE_INSTEAD.search(rest)):
        return Discretion.SILENT
    if _asks_for_secrecy(rest):
        return Discretion.NEUTRAL
    return Discretion.ORDINARY if takes_back(text) else None


def takes_back(text: str) -> bool:
    """Tell whether ordinary messages are wanted again ("vous pouvez m'écrire finalement")."""
    return bool(_TAKES_BACK.search(fold(text)))


def _asks_for_secrecy(folded: str) -> bool:
    patterns = (_READ_BY_OTHERS, _NOBODY_LEARNS, _KNOW_NOTHING, _SECRET, _DISCREET)
    if any(pattern.search(folded) for pattern in patterns):
        return True
    return bool(_UNAWARE.search(folded) and not _OFFICE_UNAWARE.search(folded))
