"""French normaliser: a typed message becomes a short list of plain words and class tokens.

Written for what the young type: text-message spelling, missing accents and apostrophes, emoji,
stretched letters. Numbers, hours, dates and contact details become class tokens, so that the
classifier learns "an hour" rather than "14h30", and no model file holds anybody's number.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Dict, List

_HERE = Path(__file__).parent

# Elided words get their vowel back: "l'appart", "lappart" and "le appart" must meet.
_ELISIONS = {
    "j": "je", "d": "de", "l": "le", "n": "ne", "m": "me", "t": "te", "s": "se",
    "c": "ce", "qu": "que", "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque",
    "quelqu": "quelque",
}  # fmt: skip
_MONTHS = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    "d[ée]cembre|janv|f[ée]vr|avr|juil|sept|oct|nov|d[ée]c"
)
# Order matters: the longest and surest shapes first.
_CLASSES = [
    (re.compile(r"\[\s*(?:t[ée]l[ée]phone|tel)\s*\]"), " _telephone_ "),
    (re.compile(r"\[\s*(?:e-?mail|courriel)\s*\]"), " _email_ "),
    (re.compile(r"\[\s*num[ée]ro[^\]]*\]"), " _incomplet_ "),
    (re.compile(r"\[\s*([^\]]{1,30})\]"), r" \1 "),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), " _email_ "),
    (re.compile(r"(?:https?://|www\.)\S+"), " _lien_ "),
    (re.compile(r"(?:\+33|\b0033|\b0)[\s.-]?[1-9](?:[\s.-]?\d\d){4}\b"), " _telephone_ "),
    (re.compile(r"\b\d{5}\b"), " _postal_ "),
    (re.compile(r"\b0[67](?:[\s.-]?\d){3,7}\b"), " _incomplet_ "),
    (re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b"), " _date_ "),
    (re.compile(rf"\b(?:\d{{1,2}}|1er)\s+(?:{_MONTHS})\b(?:\s+\d{{4}}\b)?"), " _date_ "),
    (re.compile(r"\b\d{1,2}\s?(?:h|:|heures?)\s?(?:[0-5]\d)?\b(?![a-z])"), " _heure_ "),
    (re.compile(r"\b(?:\d\d[\s.]\d{3}|2[ab]\d{3})\b"), " _postal_ "),
    (re.compile(r"\b\d{1,2}\s?(?:ans?|piges)\b"), " _age_ ans "),
    (re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:€|euros?|eur|e|balles?)(?!\w)"), " _nombre_ euros "),
    (re.compile(r"€"), " euros "),
    # A helpline typed alone is a call for help, not a figure.
    (re.compile(r"(?<!\d)(?:112|114|115|119|116 ?000|3018|3114|3919)(?!\d)"), " _secours_ "),
    (re.compile(r"\b(?:19|20)\d\d\b"), " _annee_ "),
    (re.compile(r"\ble (\d{1,2})\b(?!\s*(?:%|ans))"), " le _jour_ "),
    (re.compile(r"(?<![a-z\d])\d+(?:[.,]\d+)?(?![a-z\d])"), " _nombre_ "),
]
_PHRASES = [
    (re.compile(r"\b(?:rendez|rende|rand[eé]z?)[\s-]?v(?:ous?|s)\b|\br\.?\s?d\.?\s?v\b"), " rdv "),
    (re.compile(r"\bs['’ ]?il (?:vous|te|vs) pla[iî]t\b"), " svp "),
    (re.compile(r"\baujourd['’ ]hui\b"), " aujourdhui "),
    (re.compile(r"\bd['’ ]accord\b"), " daccord "),
]
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"_[a-z]+_|[^\W_]+(?:\+(?!\w))?")
_MARKS = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_JE_GLUED = re.compile(r"^j(?=[bcdfghklmnpqrstvwxz])[^\W\d]{3,}$")
_MAX_CHARS = 600


def fold(text: str) -> str:
    """Lower case without accents or ligatures; the twin, in this room, of accueil's own fold."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _table(name: str) -> Dict[str, str]:
    """Read a two-column table (tab between, `#` starts a comment) kept beside this module."""
    rows = (line.split("\t") for line in (_HERE / name).read_text("utf-8").splitlines()
            if "\t" in line and not line.startswith("#"))  # fmt: skip
    return {left.strip(): right.strip() for left, right in rows}


@lru_cache(maxsize=1)
def _sms() -> Dict[str, List[str]]:
    return {word: _split(french) for word, french in _table("sms.tsv").items()}


@lru_cache(maxsize=1)
def _emoji() -> Dict[str, str]:
    table = {_MARKS.sub("", sign): words for sign, words in _table("emoji.tsv").items()}
    return dict(sorted(table.items(), key=lambda row: -len(row[0])))


def _replace_emoji(text: str) -> str:
    if text.isascii():
        return text
    text = _MARKS.sub("", text)
    known = _emoji()
    out = []
    for char in text:
        if char in known:
            out.append(f" {known[char]} ")
        elif unicodedata.category(char) in ("So", "Sk") and ord(char) > 0x2000:
            out.append(" _emoji_ ")
        else:
            out.append(char)
    return "".join(out)


def _split(text: str) -> List[str]:
    """Words of an ordinary French text, with elided words made whole."""
    words: List[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        elided = text[match.end() : match.end() + 1] == "'"
        words.append(_ELISIONS.get(word, word) if elided else word)
    return words


def _expand(word: str, sms: Dict[str, List[str]]) -> List[str]:
    """One typed word to French words: the table first, then "j" glued to a verb."""
    known = sms.get(word) or sms.get(fold(word))
    if known:
        return known
    if _JE_GLUED.match(word):
        return ["je", *_expand(word[1:], sms)]
    return [word]


def normalise(text: str) -> List[str]:
    """Words of a message, lower case, accents kept where typed, class tokens as `_heure_`.

    Accents stay because the word vectors know "été" from "ete"; every other feature folds them.
    A message is cut after 600 characters: beyond that nobody is asking one thing.
    """
    text = unicodedata.normalize("NFC", text[:_MAX_CHARS]).lower()
    text = _replace_emoji(text.replace("’", "'").replace("‘", "'").replace("`", "'"))
    for pattern, token in _PHRASES:
        text = pattern.sub(token, text)
    for pattern, token in _CLASSES:
        text = pattern.sub(token, text)
    text = _STRETCHED.sub(r"\1", text)
    sms = _sms()
    words: List[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if text[match.end() : match.end() + 1] == "'" and word in _ELISIONS:
            words.append(_ELISIONS[word])
        else:
            words.extend(_expand(word, sms))
    return words
