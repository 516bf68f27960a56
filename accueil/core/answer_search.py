"""Find written answers from a few typed words. Pure: reads nothing, keeps nothing of a query.

Two readings of a query are added. BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework", 2009, with its weighted fields) finds the answers that speak of the same things; the
cosine to the nearest of an answer's example questions finds those asked in the same words.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accueil.core.answer_words import Spellings, words_of
from accueil.core.answers import Answer
from accueil.core.safety.spelling import sound_key

_TITLE, _TEXT, _EXAMPLES = 4.0, 1.0, 0.6
"""How much one occurrence counts, by field."""
_K1, _B = 1.2, 0.5
_NEAREST = 0.9
"""What the cosine to the nearest example weighs beside BM25; both are brought under one."""
_MISSPELT = 0.75
"""What a word counts that had to be corrected."""
_FLOOR = 0.5
"""What an answer must reach of the best one's score to be worth showing."""
_LEAST = 0.9
"""What it must reach at all: what is below shares a common word with the query, no more."""
_DOUBTFUL = 0.4
"""What a word counts that is known, and may be misspelt all the same."""
_RARE, _USUAL = 2, 5
"""A word of so few answers may be misspelt, when one that sounds alike is in so many times more."""
_LONGEST_QUERY = 600
"""Characters read of a query: nobody types more into a search field."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched of one answer: ``examples`` are ways of asking for it."""

    key: str
    title: str
    text: str
    examples: tuple[str, ...] = ()


def searched(answer: Answer, examples: tuple[str, ...] = ()) -> Searched:
    """Return what is searched of an answer: every variant, easy text included."""
    texts = [f"{one.text} {one.card.get('easy', '')}" for one in answer.variants]
    return Searched(answer.key, answer.title, " ".join(texts), examples)


class AnswerSearch:
    """An index over all answers, built once; a query takes about a millisecond."""

    def __init__(self, answers: Sequence[Searched]) -> None:
        self._keys = [answer.key for answer in answers]
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        self._example_words: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._example_owner: list[int] = []
        self._example_norms: list[float] = []
        questions = [
            [Counter(words_of(one)) for one in (answer.title, *answer.examples)]
            for answer in answers
        ]
        self._index_words(answers, questions)
        self._rarity = {
            word: math.log(1 + len(answers) / len(owners)) for word, owners in self._weights.items()
        }
        self._index_examples(questions)
        self._spellings = Spellings(self._weights)

    def find(self, query: str, limit: int = 8) -> tuple[str, ...]:
        """Return the keys of the answers that fit best, the best first; none when nothing fits."""
        wanted, missing = self._wanted(query[:_LONGEST_QUERY])
        asked = sum(self._rarity[word] * counts for word, counts in wanted.items()) + missing
        if not wanted:
            return ()
        spoken, near = self._bm25(wanted), self._nearest(wanted, missing)
        scores = {
            index: score / (asked * (_K1 + 1)) + _NEAREST * near.get(index, 0.0)
            for index, score in spoken.items()
        }
        ranked = sorted(scores, key=lambda index: (-scores[index], index))[:limit]
        least = max(_LEAST, _FLOOR * scores[ranked[0]])
        return tuple(self._keys[index] for index in ranked if scores[index] >= least)

    def _index_words(
        self, answers: Sequence[Searched], questions: Sequence[Sequence[Counter[str]]]
    ) -> None:
        counts: list[dict[str, float]] = []
        for answer, asked in zip(answers, questions, strict=True):
            count: dict[str, float] = defaultdict(float)
            for word, times in asked[0].items():
                count[word] += times * _TITLE
            for word in words_of(answer.text):
                count[word] += _TEXT
            for example in asked[1:]:
                for word in example:
                    count[word] += _EXAMPLES
            counts.append(count)
        lengths = [sum(count.values()) for count in counts]
        average = sum(lengths) / len(lengths) if lengths else 1.0
        for index, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            room = _K1 * (1 - _B + _B * length / average) if average else _K1
            for word, weight in count.items():
                self._weights[word][index] = weight * (_K1 + 1) / (weight + room)

    def _index_examples(self, questions: Sequence[Sequence[Counter[str]]]) -> None:
        for index, asked in enumerate(questions):
            for words in asked:
                for word in words:
                    self._example_words[word].append(len(self._example_owner))
                self._example_owner.append(index)
                norm = math.sqrt(sum(self._rarity[word] ** 2 for word in words))
                self._example_norms.append(norm)

    def _wanted(self, query: str) -> tuple[Mapping[str, float], float]:
        """Return the known words of a query, corrected where needed, with what each counts.

        Also what the words count that no answer knows: as much as the rarest that one does.
        """
        wanted: dict[str, float] = {}
        unknown: set[str] = set()
        for word in words_of(query):
            near = self._other_spellings(word)
            if word in self._rarity:
                wanted[word] = _DOUBTFUL if near else 1.0
            elif not near:
                unknown.add(word)
            for other in near:
                wanted.setdefault(other, _MISSPELT / len(near))
        return wanted, len(unknown) * max(self._rarity.values(), default=0.0)

    def _other_spellings(self, word: str) -> list[str]:
        """Return what an unknown word may stand for, or one so rare that it may be a slip too."""
        owners = len(self._weights.get(word, ()))
        if owners > _RARE:
            return []
        near, sound = self._spellings.near(word), sound_key(word)
        if not owners:
            return near
        usual = (one for one in near if len(self._weights[one]) >= _USUAL * owners)
        return [one for one in usual if sound_key(one) == sound]

    def _bm25(self, wanted: Mapping[str, float]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for word, counts in wanted.items():
            rarity = self._rarity[word] * counts
            for index, weight in self._weights[word].items():
                scores[index] += rarity * weight
        return scores

    def _nearest(self, wanted: Mapping[str, float], missing: float) -> dict[int, float]:
        """Return, for each answer, the cosine to the nearest of its examples."""
        shared: dict[int, float] = defaultdict(float)
        for word, counts in wanted.items():
            square = self._rarity[word] ** 2 * counts
            for example in self._example_words.get(word, ()):
                shared[example] += square
        known = sum(self._rarity[word] ** 2 * counts for word, counts in wanted.items())
        norm = math.sqrt(known + missing**2) or 1.0
        near: dict[int, float] = defaultdict(float)
        for example, value in shared.items():
            owner = self._example_owner[example]
            cosine = value / (norm * (self._example_norms[example] or 1.0))
            near[owner] = max(near[owner], cosine)
        return near
