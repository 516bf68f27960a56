"""Words that are no first name, and first names: what tells one from the other."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from accueil.core.person.refused_words import REFUSED
from accueil.core.places.names import full_key, words_of
from accueil.core.places.reference import read_place_files
from accueil.core.text import fold

_FOLDER = Path(__file__).resolve().parents[3] / "data" / "reference"
_TOWN = 2_000  # inhabitants from which a commune's name alone is taken for the place

_ENDINGS = re.compile(
    r"(?:er|ez|[st]ion|ment|iques?|ismes?|istes?|ables?|ibles?|eux|euses?|eurs?|ages?|ures?|"
    r"[ea]nces?|ites?|oires?|aires?|[ts]ifs?|[ts]ives?|ees|ien(?:ne)?s?|ais(?:es?)?|ait|aient|"
    r"ois(?:es?)?|erons|[a-z]{3}ing|phobe|pathe|gies?|tudes?|[ai]aques?|[ct]oses?|emies?|phrenes?|llah|j[bcdfgklmnpqrstvwxz].*|eaux?|ettes)$"
)
"""Ends of French adjectives, verbs and common nouns, in words of five letters or more."""


_ELIDED = re.compile(r"(?:[jcldmtsn]|qu)'")
_AFRICAN = re.compile(r"^([mn])'(?=[bdgjk])")
_RUN = re.compile(r"(.)\1{2,}")


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Return the names of ``data/reference/first_names.txt``, folded. Raises ``OSError``."""
    content = (_FOLDER / "first_names.txt").read_text(encoding="utf-8")
    lines = (line for line in content.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for name in line.split())


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return the words that ``place_common_words.tsv`` knows as words or as near a place."""
    with (_FOLDER / "place_common_words.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))
    return frozenset(row[0] for row in rows if len(row) == 2 and row[1] in ("mot", "proche"))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Return the names of towns, departements, regions, nicknames and countries."""
    files = read_place_files(_FOLDER)
    communes = (row[2] for row in files.communes if int(row[7] or 0) >= _TOWN)
    areas = (row[2] for row in files.communes if row[0] in ("departement", "region"))
    named = (*files.nicknames, *files.foreign, *files.neighbourhoods)
    texts = (*communes, *areas, *(place.text for place in named))
    return frozenset(full_key(words_of(fold(text))) for text in texts)


def is_first_name(word: str) -> bool:
    """Tell whether ``word`` is a known first name; of a compound one, its first part is."""
    folded = _AFRICAN.sub(r"\1", fold(word))
    return folded in first_names() or (
        "-" in folded
        and folded.split("-")[0] in first_names()
        and not any(part in REFUSED - first_names() for part in folded.split("-"))
    )


def is_refused(word: str) -> bool:
    """Tell whether ``word`` is an ordinary word that nobody is called, whatever introduces it."""
    folded = fold(word)
    if is_first_name(folded):
        return False
    if _ELIDED.match(folded):
        return True
    parts = [folded, *folded.split("-"), _RUN.sub(r"\1", folded)]
    return any(form in REFUSED for part in parts for form in _forms(part))


def _forms(word: str) -> tuple[str, ...]:
    """Return a word, and what is left without the mark of a feminine or a plural."""
    return word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es")


def may_be_first_name(word: str) -> bool:
    """Tell whether an unknown ``word`` looks like a name: no common word, ending or place."""
    folded = fold(word)
    plain = folded.replace("-", "").replace("'", "")
    if (
        is_refused(folded)
        or len(plain) < 3
        or not plain.isalpha()
        or any(form in _common_words() for form in _forms(folded))
    ):
        return False
    if plain.isascii() and not re.search(r"[aeiouy]", plain):
        return False
    if _RUN.search(plain) or word.lower().endswith(("é", "és")):
        return False
    return (
        not (len(plain) >= 5 and _ENDINGS.search(plain))
        and full_key(words_of(folded)) not in _places()
    )
