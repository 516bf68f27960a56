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

_TITLE, _TEXT, _EXAMPLES = 4.0, 1.0, 0.6
"""How much one occurrence counts, by field."""
_K1, _B = 1.2, 0.5
_NEAREST = 1.2
"""What the cosine to the nearest example weighs beside BM25 (brought to one)."""
_MISSPELT = 0.75
"""What a word counts that had to be corrected."""
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
        wanted = self._wanted(query[:_LONGEST_QUERY])
        if not wanted:
            return ()
        scores = self._bm25(wanted)
        best = max(scores.values(), default=1.0)
        near = self._nearest(wanted)
        total = {
            index: score / best + _NEAREST * near.get(index, 0.0) for index, score in scores.items()
        }
        ranked = sorted(total, key=lambda index: (-total[index], index))[:limit]
        floor = 0.35 * total[ranked[0]] if ranked else 0.0
        return tuple(self._keys[index] for index in ranked if total[index] >= floor)

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

    def _wanted(self, query: str) -> Mapping[str, float]:
        """Return the known words of a query, corrected where needed, with what each counts."""
        wanted: dict[str, float] = {}
        for word in words_of(query):
            if word in self._rarity:
                wanted[word] = 1.0
            else:
                for corrected in self._spellings.near(word):
                    wanted.setdefault(corrected, _MISSPELT)
        return wanted

    def _bm25(self, wanted: Mapping[str, float]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for word, counts in wanted.items():
            rarity = self._rarity[word] * counts
            for index, weight in self._weights[word].items():
                scores[index] += rarity * weight
        return scores

    def _nearest(self, wanted: Mapping[str, float]) -> dict[int, float]:
        """Return, for each answer, the cosine to the nearest of its examples."""
        shared: dict[int, float] = defaultdict(float)
        for word, counts in wanted.items():
            square = self._rarity[word] ** 2 * counts
            for example in self._example_words.get(word, ()):
                shared[example] += square
        norm = math.sqrt(sum(self._rarity[word] ** 2 for word in wanted)) or 1.0
        near: dict[int, float] = defaultdict(float)
        for example, value in shared.items():
            owner = self._example_owner[example]
            cosine = value / (norm * (self._example_norms[example] or 1.0))
            near[owner] = max(near[owner], cosine)
        return near
