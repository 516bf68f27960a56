"""Yes or no, in the words young people use."""

import re

from accueil.core.text import fold

_NO = re.compile(
    r"(?:^|\b)(?:non+|nan+|nope|nn|nop|no|pas d'accord|surtout pas|pas du tout|je refuse|jamais|"
    r"(?:j'?|je |n')(?:accepte|confirme|valide|prends?|prefere|souhaite) pas|"
    r"(?:je (?:ne |n')?|j'?|ne )(?:veux|veu|peux?(?= pas\W*$)|prefere|souhaite) pas|"
    r"pas (?:trop )?envie|"
    r"(?:ca|sa) (?:me |ne me |ne )?(?:va|convient|marche|joue) pas|marche pas|"
    r"(?:c'est |c )?pas (?:bon|ok|ca|possible|parfait)|aucun(?:e)?|bof|"
    r"laisse[zs]? tomber)\b|"
    r"[❌👎🙅🚫]"
)
_YES = re.compile(
    r"^\W*we\b|(?:^|\b)(?:oui+|ouais+|ouai|oue|ouep|ouaip|yup|"
    r"ui|wi|yes+|yep|yeah|ye|ok+|okay|oki|okey|d'?acc?o?r?d?|dac+|"
    r"dacord+|daccorr?|dak|carrement|bien sur|biensur|evidemment|exact(?:ement)?|parfait|"
    r"impec(?:cable)?|nickel|c'?est (?:bon|ok|ca|parfait|note)|c (?:bon|ok|ca|parfait|nickel)|"
    r"cbon|(?:ca|sa) (?:me )?(?:va|convient|marche|roule|joue)|va pour|vas[- ]?y|"
    r"v?a[sz]y|go|allez|banco|"
    r"top|super|je (?:valide|confirme|prends?|suis d'accord|veux bien|accepte)|j'accepte|jaccepte|"
    r"jconfirme|jvalide|valide(?:r|z)?|confirme(?:r|z)?|volontiers|avec plaisir|tkt|entendu|"
    r"inchallah|si si|mais oui)\b|"
    r"[👍✅👌🆗🙏💯]"
)
_REVERSED = re.compile(
    r"\b(?:(?:pourquoi|pk|pq) pas|(?:pas de|pas d'|aucun|sans) ?(?:soucis?|problemes?|pbs?)|"
    r"no (?:soucy|soucis?|problem|stress)|(?:me |m')?derange pas)\b"
)
_TOLD = re.compile(
    r"\b(?:j'?|j )?(?:ai|as|a|g|ont|avais|avait|avoir|ete|est)\s+(?:\w+\s+)?"
    r"(?:arrete|annule|abandonne|oublie)\b"
)
"""What happened ("j'ai arrêté l'école"): folded, it looks like an order."""
_STOP = re.compile(
    r"\b(?:laisse[zs]? tomber|stop|annule[rz]?(?: tout)?|abandonne[rz]?|oublie[zr]?(?! pas)|"
    r"plus besoin|ca m'interesse (?:pas|plus)|finalement non|tant pis|"
    r"(?:arrete[zr]?|quitter)(?=\W*(?:$|[.,!?;]|(?:tout|la|stp|svp|maintenant|ici)\b)))\b(?!')"
)


def read_yes_no(text: str) -> bool | None:
    """Return True for a yes, False for a no, ``None`` when the message says neither or both."""
    folded = fold(text)
    reversed_no = bool(_REVERSED.search(folded))
    rest = _REVERSED.sub(" ", folded)
    # "pas d'accord" holds "d'accord": what refuses is taken out before a yes is looked for.
    no, yes = bool(_NO.search(rest)), bool(_YES.search(_NO.sub(" ", rest))) or reversed_no
    if yes == no:
        return None
    return yes


def wants_to_stop(text: str) -> bool:
    """Tell whether the message gives up what is under way."""
    return bool(_STOP.search(_TOLD.sub(" ", fold(text))))
