"""What an editor probably meant: the known word that looks most like hers."""

from collections.abc import Iterable
from difflib import get_close_matches

from accueil.content.problem import quoted
from accueil.core.french import NNBSP
from accueil.core.text import fold

LIKENESS = 0.8
"""From 0 to 1; under it, titles that share only « Comment » and a few letters look alike."""


def proposal(word: str, known: Iterable[str]) -> str:
    """Return a question that begins with a space, or nothing when no known word looks like it."""
    by_key = {fold(one): one for one in known}
    nearest = get_close_matches(fold(word), by_key, n=1, cutoff=LIKENESS)
    return f" Est-ce {quoted(by_key[nearest[0]], 90)}{NNBSP}?" if nearest else ""
