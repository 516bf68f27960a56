"""Linear classifier: one-vs-rest support vectors, turned into probabilities by one temperature."""

from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

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
_PARTS = 2  # into which the classes are split, one for each processor
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
    rows: csr_matrix,
    codes: np.ndarray,
    chosen: np.ndarray,
    cost: float,
    seed: int,
    importance: np.ndarray,
) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (features x classes) and intercepts of one-vs-rest support vectors.

    `chosen` are the classes to learn, each against all the others; their columns come in its order.
    """
    labels = np.where(np.isin(codes, chosen), codes, codes.max() + 1)
    classes = np.unique(labels)
    if len(classes) == 1:
        return np.zeros((rows.shape[1], 1)), np.zeros(1)
    machine = LinearSVC(C=cost, tol=5e-2, max_iter=200, random_state=seed)
    machine.fit(rows, labels, sample_weight=importance)
    weights, intercept = machine.coef_.T, machine.intercept_
    if len(classes) == 2:  # the solver gives one column for both
        weights, intercept = np.hstack([-weights, weights]), np.hstack([-intercept, intercept])
    return weights[:, : len(chosen)], intercept[: len(chosen)]


def held_out_splits(
    codes: np.ndarray, asked: np.ndarray, seed: int
) -> List[Tuple[np.ndarray, np.ndarray]]:
    """Rows to learn from and messages to try, as many times as give enough messages.

    Empty when classes are too small. `asked` marks real messages: the others (sentences of answers)
    only ever train. Half of many messages is enough to learn how sure to be; of few, four fifths.
    """
    classes, counts = np.unique(codes[asked], return_counts=True)
    folds = 2 if len(codes) > _LARGE else min(_FOLDS, int(counts.min()))
    if min(folds, counts.min(), len(classes)) < 2 or len(classes) != len(np.unique(codes)):
        return []
    messages, always = np.flatnonzero(asked), np.flatnonzero(~asked)
    splits: List[Tuple[np.ndarray, np.ndarray]] = []
    for seen, tried in StratifiedKFold(folds, shuffle=True, random_state=seed).split(
        messages, codes[messages]
    ):
        splits.append((np.concatenate([messages[seen], always]), messages[tried]))
        if sum(len(one) for _, one in splits) >= _ENOUGH:
            break
    return splits


def fit_temperature(scores: np.ndarray, codes: np.ndarray) -> float:
    """The temperature with the best likelihood on held-out scores."""

    def loss(log_temperature: float) -> float:
        chances = softmax(scores * np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(codes)), codes] + 1e-12).mean())

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


class Job(NamedTuple):
    """One call of the solver: some classes of a task, learnt from some of its rows."""

    task: int
    split: int  # -1: all rows, for good
    rows: np.ndarray
    chosen: np.ndarray


def fit(rows: csr_matrix, tasks: Sequence[Task], options: Dict[str, Any]) -> List[LinearModel]:
    """One model for each task, on the same rows.

    Options: C, random_seed, and temperature, fitted on held-out messages when it is missing or
    None. The parts of a large training run in two processes, not in threads: the solver has one
    random generator for a whole process, and a training must be repeatable.
    """
    cost, seed, given = float(options["C"]), int(options["random_seed"]), options.get("temperature")
    everything = np.arange(rows.shape[0])
    splits = [held_out_splits(t.codes, t.asked, seed) if given is None else [] for t in tasks]
    jobs = [
        Job(number, split, seen, chosen)
        for number, one in enumerate(tasks)
        for split, seen in [(-1, everything), *((i, s[0]) for i, s in enumerate(splits[number]))]
        for chosen in np.array_split(np.arange(len(one.labels)), _PARTS)
        if len(chosen)
    ]
    jobs.sort(key=lambda job: -len(job.rows) * len(job.chosen))  # the longest first
    done = Parallel(n_jobs=2 if rows.shape[0] > _LARGE else 1)(
        delayed(_run)(rows, tasks[job.task], job, cost, seed) for job in jobs
    )
    learnt: Dict[Tuple[int, int], List[Tuple[np.ndarray, Tuple[np.ndarray, np.ndarray]]]] = {}
    for job, found in zip(jobs, done, strict=True):
        learnt.setdefault((job.task, job.split), []).append((job.chosen, found))
    machines = {key: _join(parts) for key, parts in learnt.items()}
    models = []
    for number, one in enumerate(tasks):
        tried = [
            (rows[test] @ machines[number, i][0] + machines[number, i][1], one.codes[test])
            for i, (_, test) in enumerate(splits[number])
        ]
        temperature = _DEFAULT_TEMPERATURE if given is None else float(given)
        if tried:
            scores, codes = (np.concatenate(part) for part in zip(*tried, strict=True))
            temperature = fit_temperature(scores, codes)
        models.append(_model(one.labels, *machines[number, -1], temperature))
    return models


def _run(
    rows: csr_matrix, learnt: Task, job: Job, cost: float, seed: int
) -> Tuple[np.ndarray, np.ndarray]:
    seen = job.rows
    return fit_scores(
        rows[seen], learnt.codes[seen], job.chosen, cost, seed, learnt.importance[seen]
    )


def _join(
    parts: List[Tuple[np.ndarray, Tuple[np.ndarray, np.ndarray]]],
) -> Tuple[np.ndarray, np.ndarray]:
    """The columns of all classes, in their order."""
    ordered = [found for _, found in sorted(parts, key=lambda part: int(part[0][0]))]
    return np.hstack([weights for weights, _ in ordered]), np.hstack([b for _, b in ordered])


def _model(
    labels: List[str], weights: np.ndarray, intercept: np.ndarray, temperature: float
) -> LinearModel:
    # As they are kept on disk: a model answers the same before and after it is stored.
    kept = np.where(np.abs(weights) < _NEGLIGIBLE, 0.0, weights).astype(np.float16)
    return LinearModel(labels, kept.astype(np.float32), intercept.astype(np.float32), temperature)
