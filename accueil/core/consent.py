"""Yes or no, in the words young people use."""

import re

from accueil.core.text import fold

_NO = re.compile(
    r"(?:^|\b)(?:non+|nan+|nope|nn|nop|no|pas d'accord|surtout pas|pas du tout|je refuse|jamais|"
    r"j'accepte pas|jaccepte pas|n'accepte pas|je veux pas|jveux pas|jveu pas|"
    r"(?:ca|sa) (?:me )?va pas|marche pas|c'est pas bon|pas bon|pas possible|aucun(?:e)?|bof|"
    r"laisse[zs]? tomber)\b|"
    r"[❌👎🙅🚫]"
)
_YES = re.compile(
    r"(?:^|\b)(?:oui+|ouais+|ouai|oue|ui|wi|yes+|yep|yeah|ye|ok+|okay|oki|okey|d'?acc?o?r?d?|dac+|"
    r"dacord+|daccorr?|dak|carrement|bien sur|biensur|evidemment|exact(?:ement)?|parfait|"
    r"impec(?:cable)?|nickel|c'?est (?:bon|ok|ca|parfait|note)|c (?:bon|ok|ca|parfait|nickel)|"
    r"cbon|(?:ca|sa) (?:me )?(?:va|convient|marche|roule|joue)|va pour|vas[- ]?y|go|allez|banco|"
    r"top|super|je (?:valide|confirme|prends?|suis d'accord|veux bien|accepte)|j'accepte|jaccepte|"
    r"jconfirme|jvalide|valide(?:r|z)?|confirme(?:r|z)?|volontiers|avec plaisir|tkt|entendu|"
    r"inchallah|si si|mais oui)\b|"
    r"[👍✅👌🆗🙏💯]"
)
_REVERSED = re.compile(
    r"\b(?:pourquoi pas|pas de (?:souci|probleme|pb)|no (?:soucy|problem|stress)|ya pas de souci)\b"
)
_STOP = re.compile(
    r"\b(?:laisse[zs]? tomber|laissez|stop|arrete[zr]?|annule[rz]?(?: tout)?|abandonne[rz]?|"
    r"oublie[zr]?|plus besoin|ca m'interesse (?:pas|plus)|finalement non|tant pis|quitter)\b"
)


def read_yes_no(text: str) -> bool | None:
    """Return True for a yes, False for a no, ``None`` when the message says neither or both."""
    folded = fold(text)
    reversed_no = bool(_REVERSED.search(folded))
    rest = _REVERSED.sub(" ", folded)
    no, yes = bool(_NO.search(rest)), bool(_YES.search(rest)) or reversed_no
    if yes == no:
        return None
    return yes


def wants_to_stop(text: str) -> bool:
    """Tell whether the message gives up what is under way."""
    return bool(_STOP.search(fold(text)))
