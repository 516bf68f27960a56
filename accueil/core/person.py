"""What a young person says of themselves: age, first name, disability recognition."""

import re

from accueil.core.text import fold

MINIMUM_AGE = 16
MAXIMUM_AGE = 25
MAXIMUM_AGE_WITH_DISABILITY = 29
"""Contrat d'engagement jeune: 16 to 25 inclusive, to 29 inclusive with a disability recognition
(Code du travail, L. 5131-6)."""

_AGE = re.compile(
    r"\b(?:j'?ai|jai|g|jé|j'?aurai|age de|agee? de|j'?viens d'avoir|j'?vais avoir|jsuis|ans? j'ai)"
    r"\s*(?:que |deja |bientot |tout juste |presque )?(\d{1,2})\s*(?:ans?|piges?|balais|berges)?\b"
)
_AGE_ALONE = re.compile(r"\b(\d{2})\s*(?:ans|piges|balais|berges)\b")
_NOT_AN_AGE = re.compile(r"\b(?:ca fait|depuis|pendant|il y a|y a|ya|dans)\s+\d{1,2}\s*ans\b")
_NOT_MINE = re.compile(
    r"\b\d{1,2}\s*(?:ans)?\s*(?:-|/|a|et|ou)\s*\d{1,2}\s*ans\b|\b1[56] 2[5-9] ans\b|"
    r"\b(?:moins de|plus de|jusqu'?a|jusque|a partir de|avant|apres|des|les|aux|l'age de|"
    r"limite(?: de)?|faut(?: avoir)?)\s+\d{1,2}\s*ans\b|"
    r"\b\d{1,2}\s*ans d(?:e |')"
)
"""Ages of the rules ("les 16-25 ans", "moins de 26 ans") and spans of time."""
_SOMEBODY_ELSE = re.compile(
    r"\b(?:il|elle|lui|frere|soeur|pote|copain|copine|fils|fille|mere|pere|maman|papa|cousine?|"
    r"amie?|mec|meuf|voisine?|enfant|bebe|daron|daronne)\s+(?:qui\s+)?a\s+\d{1,2}\s*ans\b"
)
_AT_AN_AGE = re.compile(r"à\s+\d{1,2}\s*ans\b", re.IGNORECASE)
_BORN = re.compile(r"\b(?:je suis |jsuis |suis )?nee? (?:le .{1,20}|en )\s*((?:19|20)\d{2})\b")
_NOT_YET = re.compile(
    r"\b(?:bientot|presque|j'?aurai|je vais avoir|jvais avoir)\s+(\d{1,2})\s*ans\b|"
    r"\b(\d{1,2})\s*ans (?:dans|le|en|demain)\b"
)
_TENS = {
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "dix": 10,
    "vingt": 20,
    "trente": 30,
}
_UNITS = {
    word: number
    for number, word in enumerate("un deux trois quatre cinq six sept huit neuf".split(), start=1)
}
_IN_WORDS = re.compile(
    rf"\b({'|'.join(_TENS)})(?:[ -](?:et[ -])?({'|'.join(_UNITS)}))?(?= ?(?:ans|piges)\b)"
)
_DISABILITY = re.compile(r"\b(?:rqth|handicap\w*|mdph|aah|oeth|boeth)\b")
_NO_DISABILITY = re.compile(
    r"\b(?:sans|ni|aucun|pas(?: de| d'| la| l'| en)?(?: situation de)?) ?"
    r"(?:rqth|handicap\w*|mdph|aah)\b"
)
_LETTERS = r"[A-Za-zÀ-ÖØ-öø-ÿœŒ'’-]"
_INTRODUCED = re.compile(
    rf"(?:je m['’ ]?appelle|jm['’ ]?appel+e?|moi c(?:['’ ]?est)?|"
    rf"mon (?:pr[ée])?nom (?:c['’]?est|est)|pr[ée]nom\s*:?)\s+({_LETTERS}{{2,30}})",
    re.IGNORECASE,
)
_PERHAPS = re.compile(rf"(?:\bc['’ ]?est|\bc|je suis|jsuis)\s+({_LETTERS}{{2,30}})", re.IGNORECASE)
_BARE = re.compile(rf"^\W*+({_LETTERS}{{2,30}}(?:\s+{_LETTERS}{{2,30}}){{0,2}})\W*+$")
_NOT_A_NAME = frozenset(
    """a au en dans vers oui non ok daccord d'accord merci bonjour salut bonsoir coucou slt stp svp
    et ou mais alors bon bien bah ben voila voici mon ma mes le la les un une des du de je
    tu il elle on moi toi lui ca c'est cest sa pas plus sans rien tout numero num tel
    telephone mail email adresse portable prenom nom sinon aussi juste apres avant pour par
    sur chez dispo libre bonne parfait super top go yes retour menu annuler stop aide quoi
    comment pourquoi qui quand combien lequel message messages mot j'ai jai g dac dak tkt
    wesh""".split()
)


def read_age(text: str) -> int | None:
    """Return the age in years that the message gives for its writer, or ``None``."""
    folded = _IN_WORDS.sub(_in_digits, fold(_AT_AN_AGE.sub(" ", text)))
    without_others = _SOMEBODY_ELSE.sub(" ", folded)
    soon = _NOT_YET.search(without_others)
    if soon:
        return int(soon.group(1) or soon.group(2)) - 1
    without_spans = _NOT_MINE.sub(" ", _NOT_AN_AGE.sub(" ", without_others))
    for pattern in (_AGE, _AGE_ALONE):
        for match in pattern.finditer(without_spans):
            if pattern is _AGE and not re.search(r"an|pige|balai|berge", match.group(0)[-7:]):
                continue
            age = int(match.group(1))
            if 10 <= age <= 99:
                return age
    return None


def read_birth_year(text: str) -> int | None:
    """Return the year in which the message says that its writer was born, or ``None``."""
    match = _BORN.search(fold(text))
    return int(match.group(1)) if match else None


def _in_digits(match: re.Match[str]) -> str:
    return str(_TENS[match.group(1)] + _UNITS.get(match.group(2), 0))


def mentions_disability(text: str) -> bool:
    """Tell whether the message speaks of a disability recognition (RQTH, MDPH, AAH)."""
    return bool(_DISABILITY.search(_NO_DISABILITY.sub(" ", fold(text))))


def is_eligible(age: int | None, disability: bool) -> bool:
    """Tell whether a Mission Locale receives someone of that age (unknown age: yes)."""
    limit = MAXIMUM_AGE_WITH_DISABILITY if disability else MAXIMUM_AGE
    return age is None or MINIMUM_AGE <= age <= limit


def read_first_name(text: str, *, expected: bool) -> str:
    """Return the first name in a message, capitalised, or an empty string.

    ``expected``: the assistant has just asked for it, or a contact stands beside it, so bare words
    may be a name ("Lina Diallo, [téléphone]"); otherwise only an introduction counts.
    """
    cleaned = re.sub(r"\[[^\]]*\]", " ", text)
    match = _INTRODUCED.search(cleaned) or (_PERHAPS.search(cleaned) if expected else None)
    if match and _may_be_name(match.group(1)):
        return _capitalise(match.group(1))
    if not expected:
        return ""
    for part in re.split(r"[,;.:/\n]|\s-\s", cleaned):
        bare = _BARE.match(part)
        if bare:
            words = bare.group(1).split()
            if all(_may_be_name(word) for word in words):
                return _capitalise(words[0])
    return ""


def _may_be_name(word: str) -> bool:
    return fold(word) not in _NOT_A_NAME


def _capitalise(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.lower().split("-"))
