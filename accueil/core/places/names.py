"""Comparable forms of place names: full key, loose key, sound key."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[a-z0-9]+")
LONG_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "gd": "grand"}
LINKS = frozenset(
    {
        "le", "la", "les", "l", "d", "de", "du", "des", "en", "sur", "sous", "lez", "aux", "au",
        "a", "et", "s", "ss", "sr", "dit",
    }
)  # fmt: skip
ARTICLES = frozenset({"le", "la", "les", "l"})
_CONTRACTIONS = {"au": "le", "du": "le", "aux": "les", "des": "les"}
_SAINT = "1"  # one sign for a word that begins five thousand names
_SOUNDS = (
    (re.compile(r"\b(?:saint|sainte|sain|sin|sein|seint|sint|cin)\b|^sainte?(?=[a-z]{4})"), _SAINT),
    (re.compile(" "), ""),
    (re.compile(r"eaux?|aux?\b|au"), "o"),
    (re.compile("ai(?!l)|ei(?!l)|ay"), "e"),
    (re.compile("(?<=...)(?:er|ez|et)$"), "e"),
    (re.compile("ph"), "f"),
    (re.compile("qu|ck|c(?![eiyh])|q"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("y"), "i"),
    (re.compile("[z]"), "s"),
    (re.compile("(?<=[^aeiou])h|^h"), ""),
    (re.compile("(?<=...)[stx]$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def words_of(folded: str) -> list[str]:
    """Split folded text into words, ``st`` and ``ste`` written out."""
    return [LONG_FORMS.get(word, word) for word in _WORD.findall(folded)]


def full_key(words: Sequence[str]) -> str:
    """Return the key under which an official name is found: its words, one space between."""
    return " ".join(words)


def loose_key(words: Sequence[str]) -> str:
    """Return the words that carry meaning: articles and ``sur``, ``en``, ``lès`` left out."""
    return " ".join([word for word in words if word not in LINKS]) or full_key(words)


def with_article(words: Sequence[str]) -> str | None:
    """Return ``le havre`` for ``au havre`` or ``du havre``, None when nothing is contracted."""
    article = _CONTRACTIONS.get(words[0])
    if article is None or len(words) == 1:
        return None
    return full_key((article, *words[1:]))


def stopped_short(ordered: Sequence[str], key: str) -> Iterator[str]:
    """Yield the names of a sorted list that start with ``key`` and go on inside a word."""
    for at in range(bisect_left(ordered, key), len(ordered)):
        if not ordered[at].startswith(key):
            return
        rest = ordered[at][len(key) :].split(" ", 1)[0]
        if len(rest) > 1:  # one letter off is a misspelling
            yield ordered[at]


def sound_key(key: str) -> str:
    """Return a rough French spelling by ear, without spaces (``bordo`` for ``bordeaux``)."""
    sound = key
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound
