"""Cut a message into words after hiding the figures that are not places."""

import re
from dataclasses import dataclass

from accueil.core.places.names import LONG_FORMS
from accueil.core.text import fold

_LONGEST = 2_000  # characters read; nobody tells where they live further than that
_MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    "|janv|fev|avr|juil|sept|oct|nov|dec"
)
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_UNITS = (
    "ans|an|piges|mois|jours?|j|semaines?|h|heures?|min|minutes?|mn|km|metres?|euros?|eur|e?uros"
    "|balles|k|fois|enfants?|personnes?|pers|points?|pts|annees?|m2|kg|secondes?|€|%|\\$"
)
_NOT_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\S+@\S+|https?://\S+|www\.\S+",
        r"(?:\+|00)\d{2,3}[ .-]?\d(?:[ .-]?\d\d){4}|(?<!\d)0[1-9](?:[ .-]?\d\d){4}(?!\d)",
        r"\d[\d ]*[.,]\d+",
        r"(?<!\d)\d{1,2} ?(?:h|:) ?\d{0,2}(?![a-z0-9])|(?<!\d)\d{1,2} ?h(?=\d)\d\d",
        rf"(?<![\d])\d[\d ]*(?:{_UNITS})(?![a-z0-9])",
        rf"(?<!\d)\d{{1,2}}(?:er)? (?:{_MONTHS})\b(?: \d{{4}})?",
        rf"\b(?:{_DAYS})(?: le)? \d{{1,2}}\b|\b(?:{_DAYS})\b",
        r"(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2,4})?(?!\d)|(?<!\d)\d{1,2}[.-]\d{1,2}[.-]\d{2,4}(?!\d)",
        r"\d{6,}",
        r"\bparis (?:sportifs?|en ligne|hippiques?)\b",
    )
)
_SAID_IN_HALVES = re.compile(
    r"(?<![\d-])(?:(9)-([1-5])|(7)-([578])|(97)-([1-46]))(?![\d/-])"
    r"|(?:^|(?<=\ble )|(?<=\bdu ))(?:(9)[. ]([1-5])|(7)[. ]([578]))(?=$| [^\d/])"
)
_SPACED_POSTAL_CODE = re.compile(
    r"(?<![\d.,+])(?<!\d )(0[1-9]|[1-8]\d|9[0-8]) (\d{3})(?! ?[\d€])(?=\W|$)"
)
_DRAWLED = re.compile(r"(?<=[a-hj-uwyz])([a-z])\1{2,}")  # "merciiii"; "xiii" stays
_TEENS = re.compile(r"\bdix[ -](sept|huit|neuv)ieme\b")
_TEEN_NUMBERS = {"sept": "17e", "huit": "18e", "neuv": "19e"}
_DEPARTMENT_LETTER = re.compile(r"\b2 ([ab])\b")
_SHORTENED = ((re.compile(r"\bs/ ?s\b[ /.]?"), "sous "), (re.compile(r"\bs/ ?"), "sur "))
_ENGLISH = re.compile(
    r"^(?:(?:oh|ah|ok|so|trop|super|vraiment|c'est) )*nice ?!|\b(?:so|trop) nice\b"
)
HIDDEN = "\u00a4"
_WORD = re.compile(rf"[a-z0-9]+|{HIDDEN}")
_BREAK = re.compile(r"[,;!?():|\"«»\[\]]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``opens`` is true when something stronger than a space stands before it."""

    text: str
    opens: bool
    bracketed: bool


def read_words(text: str) -> list[Word]:
    """Return the words of a message, ``st`` written out, phones, dates and ages hidden."""
    shown = text[:_LONGEST].replace("\n", " , ")
    # "nice !" is English; with a capital, or after "à", it is the town.
    folded = fold(_ENGLISH.sub(f" {HIDDEN} ", shown))
    for pattern, replacement in _SHORTENED:
        folded = pattern.sub(replacement, folded)
    folded = _SAID_IN_HALVES.sub(lambda m: "".join(part for part in m.groups() if part), folded)
    for pattern in _NOT_PLACES:
        folded = pattern.sub(f" {HIDDEN} ", folded)
    folded = _SPACED_POSTAL_CODE.sub(r"\1\2", folded)
    folded = _DRAWLED.sub(r"\1", folded)
    folded = _TEENS.sub(lambda m: _TEEN_NUMBERS[m.group(1)], folded)
    folded = _DEPARTMENT_LETTER.sub(r"2\1", folded)
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(folded):
        gap = folded[end : match.start()]
        end = match.end()
        stop = "." in gap and bool(words) and words[-1].text not in ("saint", "sainte")
        hidden = HIDDEN in (match.group(), words[-1].text if words else "")
        opens = not words or stop or hidden or bool(_BREAK.search(gap))
        word = LONG_FORMS.get(match.group(), match.group())
        words.append(Word(word, opens, "(" in gap))
    return words
