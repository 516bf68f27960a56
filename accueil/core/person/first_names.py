"""Read the first name of whoever the appointment is for."""

import re

from accueil.core.person.ages import read_other_age, without_ages
from accueil.core.person.name_words import is_first_name, is_refused, may_be_first_name
from accueil.core.person.refused_words import DOUBTFUL, FILLERS, HEALTH, INSULTS, SURNAMES
from accueil.core.referrer import read_referrer
from accueil.core.text import fold

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:{_LETTER}|['’-](?={_LETTER})){{0,29}}"
_NAME = rf"(?P<name>{_WORD}(?: +{_WORD})?)"
_OWN = (
    re.compile(rf"\bpr[ée]nom\s*(?:c['’]?\s?est|c|est|:)?\s+{_NAME}", re.IGNORECASE),
    re.compile(rf"\bj(?:e |)\s?m(?:e )?['’ ]?\s?(?:ap+el+e?|nomme)s?\s+{_NAME}", re.IGNORECASE),
    re.compile(rf"\bmon nom (?:c['’]?\s?est|c|est)\s+{_NAME}", re.IGNORECASE),
)
_MYSELF = re.compile(rf"\bmoi c(?:['’ ]?est)?\s+{_NAME}", re.IGNORECASE)
_I_AM = re.compile(
    rf"\b(?:je suis|j?suis|chui[st]?|ici|ap+el+ez?[- ]moi|on m['’]ap+el+e)\s+{_NAME}", re.IGNORECASE
)
_CALLED = re.compile(
    rf"\b(?P<who>il|elle|fils|fille|fr[eè]re|s(?:œ|oe)ur|jeune|enfant|ado|pote|copine?|ami|amie|"
    rf"cousine?|qui)\s+s['’ ]?ap+el+e\s+{_NAME}",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    rf"\b(?:au nom d(?:e |['’])|(?:m[eè]re|p[eè]re|maman|papa|parent|tante|oncle|"
    rf"tut(?:eur|rice)|[ée]ducat(?:eur|rice))\s+d(?:e |['’]))\s*{_NAME}",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"\bpour\s+(?:(?:mon|ma)\s+(?:fils|fille|fr[eè]re|s(?:œ|oe)ur|ami|amie|pote|copine|cousine?)"
    rf"\s+)?{_NAME}",
    re.IGNORECASE,
)
_ROLES = re.compile(
    r"\b(?:conseill\w+|dame|monsieur|madame|prof\w*|mere|pere|patron\w*|chef\w*|educ\w*|asso\w*|"
    r"chien|chat|juge|directeur|directrice|ville|quartier|boite|site|aide|formation)\b[^.!?]*$"
)
_MENTIONS_BOOKING = re.compile(r"\b(?:rdv|rendez[- ]?vous|inscri\w+)\b")
_ENDS_NAME = re.compile(r"\[[^\]]*\]|[\d+][\d .+]*|[,;.:/\n!?()…]|\s-\s|\bet\b", re.IGNORECASE)
_GOES_ON = frozenset(
    """mon ma mes j' je j'ai jai g c c'est cest de d' pour avec voici voila le tel num numero mail
    dispo au""".split()
)
_REMARK = re.compile(rf"(?:[\w ]+ )?(?:c|cest|c['’ ]est) (?P<name>{_WORD})", re.IGNORECASE)
_CHILD = 13


def read_first_name(text: str, *, expected: bool) -> str:
    """Return the first name in a message, capitalised, or an empty string.

    The name is that of the person who is to be received: of two, the one whom a parent or a
    professional asks for. ``expected``: the assistant has just asked for it, or a contact stands
    beside it, so bare words may be a name ("Lina Diallo, [téléphone]"); otherwise only an
    introduction counts. Nothing is read out of an insult or of words about health.
    """
    named = without_ages(text)
    own, other = _own(named), _other(named, expected=expected)
    if (own and not other) or (own and read_referrer(text) is None):
        return _capitalise(own)
    if other and (read_other_age(text) or _CHILD) >= _CHILD:
        return _capitalise(other)
    if own or not expected or _is_insult(text):
        return _capitalise(own)
    return _capitalise(_presented(named) or _bare(named))


def _own(text: str) -> str:
    for pattern in _OWN:
        for match in pattern.finditer(text):
            name = _pick(match["name"])
            if name:
                return name
    for match in _MYSELF.finditer(text):
        name = _pick(match["name"])
        if name and not HEALTH.search(fold(match[0])) and _is_sure(name, look=True):
            return name
    return ""


def _other(text: str, *, expected: bool) -> str:
    for pattern in (_CALLED, _ON_BEHALF):
        for match in pattern.finditer(text):
            name = _pick(match["name"])
            known = is_first_name(name) or pattern is _CALLED or _looks_named(name)
            if name and known and not _ROLES.search(fold(text[: match.start()])):
                return name
    if expected or _MENTIONS_BOOKING.search(fold(text)):
        for match in _FOR.finditer(text):
            name = _pick(match["name"])
            if is_first_name(name) and _is_sure(name, look=False):
                return name
    return ""


def _presented(text: str) -> str:
    """Return a known first name after "je suis" or "ici"; adjectives are far more frequent."""
    for match in _I_AM.finditer(text):
        name = match["name"].split()[0]
        if is_first_name(name) and _is_sure(name, look=False):
            return name
    return ""


def _bare(text: str) -> str:
    """Return a known first name that opens a part of the message, or a lone word like one."""
    pieces = [piece for piece in _ENDS_NAME.split(text) if not _is_remark(piece)]
    parts = [part for part in map(_stripped, pieces) if part]
    for part in parts:
        if is_first_name(part[0]) and _may_follow(part):
            return part[0]
        name = _pick(" ".join(part)) if len(part) == 2 else ""
        if name and name != part[0]:
            return name
    if len(parts) != 1 or len(parts[0]) > 2 or "?" in text:
        return ""
    words = parts[0]
    initial = len(words) == 2 and len(words[1]) == 1 and words[1].isalpha()
    if all(may_be_first_name(word) for word in words[: 1 if initial else 2]):
        return words[0]
    return ""


def _is_remark(piece: str) -> bool:
    """Tell "c claire" (that is clear) from "c Claire"."""
    remark = _REMARK.match(piece.strip())
    return remark is not None and not _is_sure(remark["name"], look=True)


def _stripped(part: str) -> list[str]:
    """Return the words of a part, without the fillers around them."""
    words = [word.strip("\"'’«»*_-~^<>=#@&|()") for word in part.replace("’", "'").split()]
    words = [word for word in words if any(letter.isalnum() for letter in word)]
    while words and fold(words[0]) in FILLERS:
        words.pop(0)
    while words and fold(words[-1]) in FILLERS:
        words.pop()
    return words


def _may_follow(part: list[str]) -> bool:
    """Tell whether what follows the known name ``part[0]`` lets it be one."""
    first, rest = part[0], part[1:]
    if not rest:
        return True
    if not _is_sure(first, look=False) or HEALTH.search(fold(" ".join(rest))):
        return False
    if fold(rest[0]) in _GOES_ON or fold(rest[0]).startswith("j'"):
        return True
    return len(rest) <= 2 and all(len(w) == 1 or not is_refused(w) for w in rest)


def _pick(words: str) -> str:
    """Return the first name among one or two words ("DIALLO Lina"), or an empty string."""
    first, *rest = words.split()
    if is_refused(first) or len(first) < 2:
        return ""
    if rest and is_first_name(rest[0]):
        family_first = first.isupper() and not rest[0].isupper()
        sure = fold(rest[0]) not in DOUBTFUL | SURNAMES
        if family_first or (sure and not is_first_name(first) and may_be_first_name(first)):
            return rest[0]
    return first


def _is_sure(name: str, *, look: bool) -> bool:
    """Tell whether ``name`` is one: doubtful ones with a capital; unknown ones by their look."""
    if is_first_name(name):
        return fold(name) not in DOUBTFUL or name[:1].isupper()
    return look and may_be_first_name(name)


def _looks_named(name: str) -> bool:
    return name[:1].isupper() and may_be_first_name(name)


def _is_insult(text: str) -> bool:
    return not INSULTS.isdisjoint(re.findall(r"[a-z]+", fold(text)))


def _capitalise(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.lower().split("-"))
