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
    r"\b(?:laisse[zs]? tomber|stop|annule[rz]?(?: tout)?|abandonne[rz]?|"
    r"(?<!d')oublie[sz]?(?=\W*(?:$|ca\b|tout\b|laisse|c'?est bon))|"
    r"plus besoin|ca m'interesse (?:pas|plus)|finalement non|tant pis|"
    r"(?:arrete[zr]?|quitter)(?=\W*(?:$|[.,!?;]|(?:tout|la|stp|svp|maintenant|ici)\b)))\b(?!')"
)


_DOUBT = re.compile(
    r"\?|\b(?:mais|sauf|enfin|attends?|attendez|att|sinon|et si|peut[- ]?etre|hesite|ou pas|"
    r"(?:sais|sait|c?hais) pas|jsp|crois|pense|(?:pas|trop) (?:trop )?sure?|pas au courant|"
    r"reflechi\w*|pourquoi|comment|combien|c(?:'est)? chaud)\b"
)
_ALL_THE_SAME = re.compile(r"\bmais (?:oui|ouais|carrement|bien sur)\b|\b(?:oui|ok) mais oui\b")
_PLAIN_NO = re.compile(
    r"^\W*(?:(?:ah|euh|bah|ben|ok|oh|en fait|enfait|finalement)\W+)*"
    r"(?:(?:non+|nan+|nop+e?|nn|no)\b\W*)+"
    r"(?:(?:merci|desolee?|finalement|en fait|enfait|ca|celui[- ]la|celle[- ]la|pas ca|"
    r"pas celui[- ]la|pas ce jour|pas possible|je prefere pas|svp|stp)\b\W*)*$"
)
_DOES_NOT_SUIT = re.compile(
    r"\b(?:ca|sa|c'est|c|il|elle) (?:ne )?(?:me |m')?(?:va|convient|arrange|marche|joue) pas\b|"
    r"\b(?:autre|d'autres) (?:jours?|dates?|heures?|horaires?|creneaux?|moments?|propositions?)\b|"
    r"\bchange\w* (?:le jour|l'heure|l'horaire|la date|de (?:jour|date|creneau)|"
    r"d'(?:heure|horaire))\b|"
    r"\btrop (?:tot|tard)\b|^\W*plus (?:tot|tard)\W*$|\bpas dispo\b|"
    r"\b(?:je |j'?)(?:ne )?(?:peux|pourrai|serai) pas\W*(?:$|ce jour|a cette heure|la\b|dispo)|"
    r"\b(?:je|j)(?:'| )?(?:veux|prends|accepte|confirme|prefere) pas\W*$"
)


def says_both(text: str) -> bool:
    """Tell whether a message says yes and no at once ("oui mais non"): it agrees to nothing."""
    no, yes, _ = _heard(text)
    return no and yes


def agrees_plainly(text: str) -> bool:
    """Tell whether a message says yes without a question, a condition or a doubt."""
    plain = _ALL_THE_SAME.sub(" oui ", fold(text))
    return read_yes_no(text) is True and not _DOUBT.search(plain)


def refuses_plainly(text: str) -> bool:
    """Tell whether a message refuses what is offered, and nothing else ("non c'est tout" does not).

    To want another day or hour refuses it too; a question does not.
    """
    folded = fold(text)
    if "?" in text:
        return False
    return bool(_PLAIN_NO.match(folded) or _DOES_NOT_SUIT.search(folded))


def read_yes_no(text: str) -> bool | None:
    """Return True for a yes, False for a no, ``None`` when the message says neither or both."""
    no, yes, reversed_no = _heard(text)
    yes = yes or reversed_no
    return None if yes == no else yes


def _heard(text: str) -> tuple[bool, bool, bool]:
    """Tell whether a message holds a no, a yes, and a no that means yes ("pas de souci")."""
    folded = fold(text)
    rest = _REVERSED.sub(" ", folded)
    # "pas d'accord" holds "d'accord": what refuses is taken out before a yes is looked for.
    return (
        bool(_NO.search(rest)),
        bool(_YES.search(_NO.sub(" ", rest))),
        bool(_REVERSED.search(folded)),
    )


def wants_to_stop(text: str) -> bool:
    """Tell whether the message gives up what is under way."""
    return bool(_STOP.search(_TOLD.sub(" ", fold(text))))
