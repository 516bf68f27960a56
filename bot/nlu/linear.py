"""Linear classifier: one-vs-rest support vectors, turned into probabilities by one temperature."""

from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

_DEFAULT_TEMPERATURE = 5.0
_FOLDS = 5
_NEGLIGIBLE = 0.003  # a weight under this moves no decision; as zero, it takes no place on disk
_LARGE = 5000  # rows: below, a second process takes longer to start than it saves
_ENOUGH = 800  # held-out messages: more would not move a single temperature


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


def fit_scores(
    rows: csr_matrix, labels: np.ndarray, cost: float, seed: int, importance: np.ndarray
) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (features x classes) and intercepts of one-vs-rest support vectors.

    Two classes or one are widened to as many columns as classes.
    """
    classes = np.unique(labels)
    if len(classes) == 1:
        return np.zeros((rows.shape[1], 1)), np.zeros(1)
    machine = LinearSVC(C=cost, tol=5e-2, max_iter=200, random_state=seed)
    machine.fit(rows, labels, sample_weight=importance)
    weights, intercept = machine.coef_.T, machine.intercept_
    if len(classes) == 2:
        weights, intercept = np.hstack([-weights, weights]), np.hstack([-intercept, intercept])
    return weights, intercept


def held_out_scores(
    rows: csr_matrix,
    labels: np.ndarray,
    cost: float,
    seed: int,
    importance: np.ndarray,
    asked: np.ndarray,
) -> Optional[Tuple[np.ndarray, np.ndarray]]:
    """Scores and labels of messages by machines that did not see them.

    None when classes are too small. `asked` marks real messages: the others (sentences of answers)
    only ever train. Stops after as many folds as give enough messages.
    """
    classes, counts = np.unique(labels[asked], return_counts=True)
    folds = min(_FOLDS, int(counts.min()))
    if folds < 2 or len(classes) < 2 or len(classes) != len(np.unique(labels)):
        return None
    messages, always = np.flatnonzero(asked), np.flatnonzero(~asked)
    scores: List[np.ndarray] = []
    truth: List[np.ndarray] = []
    split = StratifiedKFold(folds, shuffle=True, random_state=seed)
    for train, test in split.split(messages, labels[messages]):
        seen = np.concatenate([messages[train], always])
        weights, intercept = fit_scores(rows[seen], labels[seen], cost, seed, importance[seen])
        scores.append(rows[messages[test]] @ weights + intercept)
        truth.append(labels[messages[test]])
        if sum(map(len, truth)) >= _ENOUGH:
            break
    return np.vstack(scores), np.concatenate(truth)


def fit_temperature(held_out: Optional[Tuple[np.ndarray, np.ndarray]]) -> float:
    """The temperature with the best likelihood on held-out scores."""
    if held_out is None:
        return _DEFAULT_TEMPERATURE
    scores, labels = held_out

    def loss(log_temperature: float) -> float:
        chances = softmax(scores * np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(labels)), labels] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))


class Task(NamedTuple):
    """What one classifier learns: labels of the rows, and how much each row weighs."""

    labels: List[str]
    codes: np.ndarray
    asked: np.ndarray
    importance: np.ndarray


def task(names: Sequence[str], asked: Sequence[bool], options: Dict[str, Any]) -> Task:
    """Rows labelled by `names`; those that are not `asked` weigh `answer_weight`."""
    labels, codes = np.unique(np.array(names), return_inverse=True)
    real = np.array(asked, dtype=bool)
    return Task(labels.tolist(), codes, real, np.where(real, 1.0, options["answer_weight"]))


def fit(rows: csr_matrix, tasks: Sequence[Task], options: Dict[str, Any]) -> List[LinearModel]:
    """One model for each task, on the same rows.

    Options: C, random_seed, and temperature, fitted on held-out messages when it is missing or
    None. The parts of a large training run in two processes, not in threads: the solver has one
    random generator for a whole process, and a training must be repeatable.
    """
    cost, seed = float(options["C"]), int(options["random_seed"])
    calls = []
    for one in tasks:
        calls.append(delayed(fit_scores)(rows, one.codes, cost, seed, one.importance))
        if options.get("temperature") is None:
            calls.append(
                delayed(held_out_scores)(rows, one.codes, cost, seed, one.importance, one.asked)
            )
    done = iter(Parallel(n_jobs=2 if rows.shape[0] > _LARGE else 1)(calls))
    return [_model(one, next(done), done, options) for one in tasks]


def _model(
    learnt: Task,
    scores: Tuple[np.ndarray, np.ndarray],
    done: Iterator[Any],
    options: Dict[str, Any],
) -> LinearModel:
    """The model of a task; `done` holds its held-out scores when no temperature is given."""
    weights, intercept = scores
    given = options.get("temperature")
    temperature = fit_temperature(next(done)) if given is None else float(given)
    # As they are kept on disk: a model answers the same before and after it is stored.
    kept = np.where(np.abs(weights) < _NEGLIGIBLE, 0.0, weights).astype(np.float16)
    return LinearModel(
        learnt.labels, kept.astype(np.float32), intercept.astype(np.float32), temperature
    )
