"""Small pieces of French grammar: words of little weight, and a light stemmer."""

from functools import lru_cache
from typing import FrozenSet, List, Tuple

STOP_WORDS: FrozenSet[str] = frozenset(
    """je tu il elle on nous vous ils elles me te se le la les un une des de du au aux en et ou
    mais que qui quoi ce cet cette ces ca mon ma mes ton ta tes son sa ses notre votre leur y ai
    as a est suis es sont etre avoir pour par sur dans avec sans si ne pas plus comment quand tres
    bien alors donc""".split()
)
# Endings of conjugation, number and common derivation, on folded words, longest first.
_ENDINGS: List[str] = sorted(
    """issements issement atrices atrice ateurs ateur ations ation itions ition ements ement euses
    euse eures eure eurs eur ives ive ifs if ables able ites ite iques ique istes iste ences ence
    ances ance ees ee es er ez ais ait aient ant ants ante antes ons ions iez ira irai erai era
    erait erais ent e s x i is it ir u us ue ues al aux ale ales elle el els elles ien iens ienne
    iennes""".split(),
    key=len,
    reverse=True,
)
_SHORTEST_STEM = 4


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A folded word without its ending; short words and class tokens are left alone.

    One pass of the longest ending, so that "cherche", "cherchais" and "chercher" meet. It is
    coarser than Snowball's French stemmer, and needs no library.
    """
    if len(word) <= _SHORTEST_STEM or word.startswith("_"):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def word_grams(words: List[str]) -> List[str]:
    """Words, and pairs of neighbours with the start and the end of the message marked."""
    pairs = zip(["<", *words], [*words, ">"], strict=True)
    return [*words, *(f"{left} {right}" for left, right in pairs)]


def char_grams(words: List[str], shortest: int = 2, longest: int = 4) -> List[str]:
    """Runs of 2 to 4 letters inside each word and its borders (scikit-learn's `char_wb`)."""
    return [gram for word in words for gram in _runs(word, shortest, longest)]


@lru_cache(maxsize=1 << 16)
def _runs(word: str, shortest: int, longest: int) -> Tuple[str, ...]:
    """The runs of one word, kept: a few thousand words make up nearly all messages."""
    if word.startswith("_"):
        return (word,)
    padded = f" {word} "
    grams: List[str] = []
    for size in range(shortest, longest + 1):
        if len(padded) <= size:
            grams.append(padded)
            break
        grams.extend(padded[i : i + size] for i in range(len(padded) - size + 1))
    return tuple(grams)
