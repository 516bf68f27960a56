"""One block of terms with tf-idf weights."""

from collections import Counter
from typing import Iterable, List, NamedTuple, Sequence

import numpy as np
from scipy.sparse import csr_matrix

_LARGE = 1000  # messages: from there on, a term seen in one message only is noise and weight


class Sparse(NamedTuple):
    """One message as indices and values of its non-zero features."""

    indices: np.ndarray
    values: np.ndarray


class Vocabulary:
    """Terms of one block with their smoothed idf and the offset of the block."""

    def __init__(self, terms: List[str], idf: np.ndarray, offset: int) -> None:
        self.terms, self.idf, self.offset = terms, idf, offset
        self.index = {term: i for i, term in enumerate(terms)}

    @classmethod
    def fit(cls, documents: Iterable[List[str]], offset: int) -> "Vocabulary":
        counts: "Counter[str]" = Counter()
        total = 0
        for document in documents:
            counts.update(set(document))
            total += 1
        fewest = 2 if total >= _LARGE else 1
        terms = sorted(term for term, count in counts.items() if count >= fewest)
        frequency = np.array([counts[term] for term in terms], dtype=np.float64)
        return cls(terms, np.log((1 + total) / (1 + frequency)) + 1, offset)

    def weigh(self, document: List[str], weight: float) -> Sparse:
        """Sublinear tf-idf of unit length times `weight`; unknown terms are left out."""
        counts = Counter(self.index[term] for term in document if term in self.index)
        indices = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        values = np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts))) + 1
        values *= self.idf[indices]
        norm = np.linalg.norm(values)
        return Sparse(indices + self.offset, values * (weight / norm) if norm else values)


def stack(rows: Sequence[Sparse], width: int) -> csr_matrix:
    """One matrix of many rows."""
    ends = np.cumsum([0, *(len(row.indices) for row in rows)])
    indices = np.concatenate([row.indices for row in rows])
    values = np.concatenate([row.values for row in rows])
    return csr_matrix((values, indices, ends), shape=(len(rows), width))
