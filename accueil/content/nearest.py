"""What an editor probably meant: the known word that looks most like hers."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from accueil.content.problem import quoted
from accueil.core.french import NNBSP
from accueil.core.text import fold

LIKENESS = 0.75
"""From 0 to 1: a letter in four may be another."""
_COMMON = 3
"""From this many titles on, a word (« comment », « avoir ») does not tell one from another."""
_WORD = re.compile(r"\w+")


def proposal(name: str, known: Iterable[str]) -> str:
    """Return a question that begins with a space, or nothing when no known name looks like it."""
    return _nearest(fold(name), {fold(one): one for one in known})


def title_proposal(text: str, titles: Iterable[str]) -> str:
    """Return the same for a title: alike in the words that few titles have."""
    words = {title: _WORD.findall(fold(title)) for title in titles}
    times = Counter(word for ones in words.values() for word in set(ones))
    by_key = {_key(ones, times): title for title, ones in reversed(words.items())}
    return _nearest(_key(_WORD.findall(fold(text)), times), by_key)


def _key(words: list[str], times: Mapping[str, int]) -> str:
    return " ".join([word for word in words if times.get(word, 0) < _COMMON] or words)


def _nearest(key: str, by_key: Mapping[str, str]) -> str:
    nearest = get_close_matches(key, by_key, n=1, cutoff=LIKENESS)
    return f" Est-ce {quoted(by_key[nearest[0]], 90)}{NNBSP}?" if nearest else ""
