"""Linear classifier: one-vs-rest support vectors, turned into probabilities by one temperature."""

from typing import List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from sklearn.utils._testing import ignore_warnings

_DEFAULT_TEMPERATURE = 5.0
_FOLDS = 4


class LinearModel(NamedTuple):
    """Weights by feature and class, and the temperature that makes scores probabilities."""

    labels: List[str]
    weights: np.ndarray  # features x classes, float32: a message gathers a few hundred rows
    intercept: np.ndarray
    temperature: float

    def probabilities(self, indices: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Probability by label of one message given as non-zero features."""
        scores = values.astype(np.float32) @ self.weights[indices] + self.intercept
        return softmax(scores[np.newaxis, :] * self.temperature)[0]


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise softmax in double precision."""
    shifted = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


@ignore_warnings(category=ConvergenceWarning)
def fit_scores(
    rows: csr_matrix, labels: np.ndarray, cost: float, seed: int, importance: np.ndarray
) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (features x classes) and intercepts of one-vs-rest support vectors.

    Two classes or one are widened to as many columns as classes.
    """
    classes = np.unique(labels)
    if len(classes) == 1:
        return np.zeros((rows.shape[1], 1)), np.zeros(1)
    machine = LinearSVC(C=cost, tol=1e-2, max_iter=200, random_state=seed)
    machine.fit(rows, labels, sample_weight=importance)
    weights, intercept = machine.coef_.T, machine.intercept_
    if len(classes) == 2:
        weights, intercept = np.hstack([-weights, weights]), np.hstack([-intercept, intercept])
    return weights, intercept


def cross_scores(
    rows: csr_matrix,
    labels: np.ndarray,
    cost: float,
    seed: int,
    importance: np.ndarray,
    asked: np.ndarray,
) -> Optional[np.ndarray]:
    """Scores of each asked row by machines that did not see it; None when classes are too small.

    `asked` marks real messages: the others (sentences of answers) only ever train.
    """
    classes, counts = np.unique(labels[asked], return_counts=True)
    folds = min(_FOLDS, int(counts.min()))
    if folds < 2 or len(classes) < 2 or len(classes) != len(np.unique(labels)):
        return None
    messages, always = np.flatnonzero(asked), np.flatnonzero(~asked)
    scores = np.zeros((len(messages), len(classes)))
    split = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for train, test in split.split(messages, labels[messages]):
        seen = np.concatenate([messages[train], always])
        weights, intercept = fit_scores(rows[seen], labels[seen], cost, seed, importance[seen])
        scores[test] = rows[messages[test]] @ weights + intercept
    return scores


def fit_temperature(scores: Optional[np.ndarray], labels: np.ndarray) -> float:
    """The temperature with the best likelihood on cross-validated scores."""
    if scores is None:
        return _DEFAULT_TEMPERATURE

    def loss(log_temperature: float) -> float:
        chances = softmax(scores * np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(labels)), labels] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))


def fit(
    rows: csr_matrix,
    names: Sequence[str],
    asked: Sequence[bool],
    answer_weight: float,
    cost: float,
    seed: int,
    temperature: Optional[float] = None,
) -> LinearModel:
    """Train on rows labelled by `names`; rows that are not `asked` count for `answer_weight`.

    The temperature is fitted by cross-validation unless one is given.
    """
    labels, codes = np.unique(np.array(names), return_inverse=True)
    real = np.array(asked, dtype=bool)
    importance = np.where(real, 1.0, answer_weight)
    if temperature is None:
        scores = cross_scores(rows, codes, cost, seed, importance, real)
        temperature = fit_temperature(scores, codes[real])
    weights, intercept = fit_scores(rows, codes, cost, seed, importance)
    return LinearModel(
        labels.tolist(), weights.astype(np.float32), intercept.astype(np.float32), temperature
    )
