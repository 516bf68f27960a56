"""Words of a search: folded, without the empty ones, brought to a short stem, and respelt."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from accueil.core.places.fuzzy import edit_distance
from accueil.core.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_LETTER_KEPT_DOWN = re.compile(r"([a-z])\1+")
_GLUED_I = re.compile(r"^j(?=[bcdfghjklmnpqrstvwxz])")
"""As in "jcherche" and "jveux"."""
_EMPTY = frozenset(
    """a ai aie ait alors apres as au aussi aux avait avant avec avoir ca car ce cela ces cest cet
    cette ceux chez ci comme comment d dans de dedans des dire dois doit donc du elle elles en
    encore es est et etait ete etre eu euh faire fais fait faut fo g hein ici il ils j jai je juste
    k ke ki koi kon l la le les leur lui m ma mais me mes mm moi mon n na ne ni nos notre nous o on
    ont ou par pas peu peut peux plus pour pr pourquoi possible puis qu quand que quel quelle
    quelles quels qui quoi s sa sais sans se ses si soit son sont suis sur svp t ta te tes toi ton
    tous tout toute tu un une va vais vas vers veut veux voila vos votre vous vraiment y besoin
    bonjour bsr salut slt wesh stp merci cmt coman""".split()
)
_ENDINGS = tuple(
    sorted(
        """issement ement ment ation ateur atric ition anc enc eus eur ist abl ion ant ent er ez ir
        it is""".split(),
        key=len,
        reverse=True,
    )
)
"""What is taken off once a final "s", "x" and "e" are."""
_SHORTEST_STEM = 4
_SHORTEST_VERB = 3


def words_of(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    return [
        stem(word)
        for word in (_GLUED_I.sub("", one) for one in _WORD.findall(fold(text)))
        if word not in _EMPTY and (len(word) > 1 or word.isdigit())
    ]


def stem(word: str) -> str:
    """Return what the forms of a folded French word share: ``aides`` and ``aider`` give ``aid``.

    Coarse on purpose, and the same for queries and answers; words of three letters stay whole.
    """
    if word.isdigit() or len(word) <= 3:
        return word
    simple = _LETTER_KEPT_DOWN.sub(r"\1", word)
    if simple.endswith("aux") and len(simple) > 4:
        return simple[:-3] + "al"
    for last in ("s", "x", "e"):
        if len(simple) > _SHORTEST_VERB:
            simple = simple.removesuffix(last)
    for ending in _ENDINGS:
        shortest = _SHORTEST_VERB if ending in ("er", "ez") else _SHORTEST_STEM
        if simple.endswith(ending) and len(simple) - len(ending) >= shortest:
            return simple[: -len(ending)]
    return simple


class Spellings:
    """Finds known stems within one change of an unknown one, or two in a long one.

    The stems are kept by what is left of them when one letter is taken out, as in Garbe's
    symmetric deletion: two that differ by one letter share such a remainder.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known):
            if len(word) >= _SHORTEST_STEM and not word.isdigit():
                for remainder in _remainders(word):
                    self._known[remainder].append(word)

    def near(self, word: str, limit: int = 3) -> list[str]:
        """Return the nearest other stems, at most ``limit``; none for a very short word."""
        if len(word) < _SHORTEST_STEM or word.isdigit() or len(word) > 30:
            return []
        allowed = 2 if len(word) >= 7 else 1
        found = {one for remainder in _remainders(word) for one in self._known.get(remainder, ())}
        found.discard(word)
        judged = sorted((edit_distance(word, one, allowed), one) for one in found)
        nearest = judged[0][0] if judged else allowed + 1
        return [one for distance, one in judged if distance <= min(nearest, allowed)][:limit]


def _remainders(word: str) -> Iterator[str]:
    yield word
    for position in range(len(word)):
        yield word[:position] + word[position + 1 :]
