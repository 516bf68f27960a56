"""Sound keys and small spelling rules for words typed in a hurry (SMS French)."""

import re

HOMOGLYPHS = str.maketrans("асеорухікм", "aceopyxikm")
"""Cyrillic letters that look like Latin ones, to fold before reading (in folded text)."""
LEET = str.maketrans("013457@$", "oieastas")
"""Figures and signs that stand for letters."""
RUN = re.compile(r"(.)\1{2,}")
"""A letter held down."""
_GLUED = {"quelqu'un": "quelquun", "aujourd'hui": "aujourdhui", "quelqu'une": "quelquun"}
_GLUE = re.compile("|".join(_GLUED))
_ENGLISH = re.compile(r"(?<=n)'(?=t\b)|(?<=\bi)'(?=m\b)")
_ELISION = re.compile(r"\b(j|m|t|s|l|d|n|c|qu|jusqu|lorsqu|puisqu)'\s?")
_FULL = {"n": "", "qu": "que ", "jusqu": "jusque ", "lorsqu": "lorsque ", "puisqu": "puisque "}
_NE = re.compile(r"\bne\b(?!\*) ?")
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ph", "f"),
        (r"sch|sh", "ch"),
        (r"qu|q", "k"),
        (r"ck|cc(?![eiy])", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"(?<!c)h", ""),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"y", "i"),
        (r"eau|au", "o"),
        (r"oe", "e"),
        (r"[ae]i(?!l)", "e"),
        (r"e(?:nt|r|z|t|s)$", "e"),
        (r"[ea][nm](?![aeiou])", "an"),
        (r"(?<=[aeiou])s(?=[aeiou])", "z"),
        (r"([a-z])\1", r"\1"),
        (r"[stxdpz]+$", ""),
        (r"e+$", ""),
    )
)


def expand_elisions(folded: str) -> str:
    """Open ``j'ai`` to ``je ai`` and drop ``ne`` / ``n'``, which spoken French leaves out."""
    glued = _GLUE.sub(lambda found: _GLUED[found[0]], folded)
    opened = _ELISION.sub(
        lambda found: _FULL.get(found[1], found[1] + "e "), _ENGLISH.sub("", glued)
    )
    return _NE.sub("", opened)


def sound_key(word: str) -> str:
    """Return a key that words sounding alike in French share (``kan`` and ``quand``).

    Coarse on purpose: it is only used for words that the lexicon does not know.
    """
    key = word
    for pattern, to in _SOUNDS:
        key = pattern.sub(to, key)
    return key
