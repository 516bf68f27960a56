"""Features of a message: tf-idf of words, letters and stems, and the mean of its word vectors."""

from collections import Counter, defaultdict
from typing import Any, Callable, Dict, FrozenSet, List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.normalise import fold, normalise
from bot.nlu.places import mark_places
from bot.nlu.spelling import Speller
from bot.nlu.vectors import WIDTH, word_vector
from bot.nlu.vocabulary import Sparse, Vocabulary, stack
from bot.nlu.words import STOP_WORDS, char_grams, stem, word_grams

_STOP_WEIGHT = 0.3
_BLOCKS: Dict[str, Callable[[List[str]], List[str]]] = {
    "words": word_grams,
    "letters": char_grams,
    "stems": lambda words: word_grams([stem(word) for word in words]),
    # A message with two requests counts for the first: what is said first is said twice.
    "start": lambda words: word_grams([stem(word) for word in words[: max(4, len(words) // 2)]]),
}
DEFAULT_WEIGHTS = {
    "words": 1.0,
    "letters": 1.2,
    "stems": 1.0,
    "start": 0.5,
    "typed": 0.7,
    "vectors": 1.3,
}
_AXES = 128
"""Main directions kept of the 300 of the word vectors: seven eighths of their variance here. The
rest is noise to the classifier, and half of its training time."""


def _unit(vector: np.ndarray) -> np.ndarray:
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else vector


class Featuriser:
    """Turns messages into rows of a sparse matrix; learned from the training messages alone."""

    def __init__(self, weights: Dict[str, float], places: FrozenSet[str] = frozenset()) -> None:
        """`weights` by block (see DEFAULT_WEIGHTS); `places`: folded names of communes."""
        self.weights, self.places = weights, places
        self._blocks: Dict[str, Vocabulary] = {}
        self._word_idf: Dict[str, float] = {}
        self._rare_idf = 1.0
        self._accents: Dict[str, str] = {}
        self._speller = Speller({})
        self._mean = np.zeros(WIDTH)
        self._axes = np.zeros((WIDTH, 0))
        self._vector_offset = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return self._vector_offset + self._axes.shape[1]

    def _words(self, text: str) -> Tuple[List[str], List[str]]:
        """Accented words for the vectors, folded words (places marked) for the rest."""
        accented = [self._spell(word) for word in normalise(text)]
        return accented, mark_places([fold(word) for word in accented], self.places)

    def _spell(self, word: str) -> str:
        """The word, or the known word it is a slip for; a word that means something stays."""
        folded = fold(word)
        right = self._speller.correct(folded)
        if right == folded or folded in self.places or word_vector(word) is not None:
            return word
        return word if word_vector(folded) is not None else right

    def _terms(self, text: str, folded: List[str]) -> Dict[str, List[str]]:
        terms = {name: grams(folded) for name, grams in _BLOCKS.items()}
        terms["typed"] = char_grams(_as_typed(text))
        return terms

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn vocabularies, idf, accents and directions; return the rows. Deterministic."""
        words = [self._words(text) for text in texts]
        terms = [self._terms(text, folded) for text, (_, folded) in zip(texts, words, strict=True)]
        offset = 0
        for name in (*_BLOCKS, "typed"):
            self._blocks[name] = Vocabulary.fit((row[name] for row in terms), offset)
            offset += len(self._blocks[name].terms)
        self._vector_offset = offset
        self._learn_words(words)
        means = np.array([self._mean_vector(accented) for accented, _ in words])
        self._learn_directions(means)
        return stack(
            [self._row(row, mean) for row, mean in zip(terms, means, strict=True)], self.width
        )

    def _learn_directions(self, means: np.ndarray) -> None:
        """The mean vector, and the directions in which messages differ most from it."""
        self._mean = np.mean(means, axis=0)
        centred = np.array([_unit(mean - self._mean) if mean.any() else mean for mean in means])
        _, directions = np.linalg.eigh(centred.T @ centred)  # by ascending variance
        kept = directions[:, ::-1][:, : min(_AXES, len(means))]
        # As it lies in memory once it is read back, or sums would differ in their last digit.
        self._axes = np.ascontiguousarray(kept)

    def _learn_words(self, words: Sequence[Tuple[List[str], List[str]]]) -> None:
        spellings: Dict[str, "Counter[str]"] = defaultdict(Counter)
        documents: "Counter[str]" = Counter()
        for accented, _ in words:
            documents.update({fold(word) for word in accented})
            for word in accented:
                spellings[fold(word)][word] += 1
        self._rare_idf = float(np.log(1 + len(words)) + 1)
        self._weigh_words(documents)
        for folded, typed in spellings.items():
            known = {word: n for word, n in typed.items() if word_vector(word) is not None}
            best = max(sorted(known or typed), key=lambda word: typed[word])
            if best != folded:
                self._accents[folded] = best

    def _weigh_words(self, messages: Dict[str, int]) -> None:
        """Know the words of the training messages: how rare each is, and how it is spelt."""
        self._speller = Speller(messages)
        self._word_idf = {
            word: self._rare_idf - float(np.log(1 + count)) for word, count in messages.items()
        }

    def _mean_vector(self, accented: List[str]) -> np.ndarray:
        total = np.zeros(WIDTH)
        for word in accented:
            folded = fold(word)
            vector = word_vector(self._accents.get(word, word))
            if vector is not None:
                light = _STOP_WEIGHT if folded in STOP_WORDS else 1.0
                total += vector * (light * self._word_idf.get(folded, self._rare_idf))
        return _unit(total)

    def row(self, text: str) -> Sparse:
        """One message's features."""
        accented, folded = self._words(text)
        return self._row(self._terms(text, folded), self._mean_vector(accented))

    def _row(self, terms: Dict[str, List[str]], mean: np.ndarray) -> Sparse:
        parts = [self._blocks[name].weigh(own, self.weights[name]) for name, own in terms.items()]
        if mean.any():
            vector = (_unit(mean - self._mean) @ self._axes) * self.weights["vectors"]
            parts.append(Sparse(np.arange(len(vector)) + self._vector_offset, vector))
        scale = 1 / np.linalg.norm(list(self.weights.values()))
        return Sparse(
            np.concatenate([part.indices for part in parts]),
            np.concatenate([part.values for part in parts]) * scale,
        )

    def unknown_share(self, text: str) -> float:
        """How unknown (0 to 1) the words of weight are, on average, to training and vectors.

        A misspelt word shares most of its letter runs with words of the training messages; a
        made-up one does not.
        """
        words = [word for word in normalise(text) if fold(word) not in STOP_WORDS]
        return sum(map(self._strangeness, words)) / len(words) if words else 0.0

    def _strangeness(self, word: str) -> float:
        folded = fold(word)
        if folded in self._word_idf or folded in self.places:
            return 0.0
        runs = char_grams([folded], 3, 4)
        known = self._blocks["letters"].index
        share = sum(run not in known for run in runs) / len(runs)
        # The vectors come from the web: they know rare words, and a good deal of noise.
        return share if word_vector(word) is None else share / 2

    def state(self) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
        """What to persist: a JSON-able part and arrays."""
        plain = {
            "weights": self.weights,
            "places": sorted(self.places),
            "terms": {name: block.terms for name, block in self._blocks.items()},
            "rare_idf": self._rare_idf,
            "word_counts": self._speller.messages,
            "accents": self._accents,
        }
        arrays = {f"idf_{name}": block.idf for name, block in self._blocks.items()}
        return plain, {**arrays, "mean": self._mean, "axes": self._axes}

    @classmethod
    def from_state(cls, plain: Dict[str, Any], arrays: Dict[str, np.ndarray]) -> "Featuriser":
        """The inverse of `state`."""
        self = cls(plain["weights"], frozenset(plain["places"]))
        offset = 0
        for name, terms in plain["terms"].items():
            self._blocks[name] = Vocabulary(terms, arrays[f"idf_{name}"], offset)
            offset += len(terms)
        self._vector_offset = offset
        self._rare_idf = plain["rare_idf"]
        self._weigh_words(plain["word_counts"])
        self._accents = plain["accents"]
        self._mean, self._axes = arrays["mean"], arrays["axes"]
        return self


def _as_typed(text: str) -> List[str]:
    """Words and signs as they were typed, folded: punctuation and spelling say something too."""
    spaced = "".join(c if c.isalnum() else f" {c} " for c in fold(text[:600]))
    return spaced.split()
