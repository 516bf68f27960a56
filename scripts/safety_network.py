"""Learn the network of the safety classifier: hashed features, one hidden layer, seventeen outputs.

Plain numpy, because scikit-learn's perceptron does without what helps here (ADR 0015): each reading
of a message leaves out half of its features, so that no single word decides; only the rows of the
words that are read move, so that rare words learn as fast as frequent ones; and the types are
learnt by the same hidden layer as distress, from the messages of danger alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit

HIDDEN = 12
NETWORKS = 3
"""Learnt from other beginnings and averaged: two of twelve units err less than one of 24."""
PASSES = 6
BATCH = 256
RATE = 0.01
"""Step of the first batch, which falls to nought with the last."""
FEATURES_LEFT_OUT = 0.5
UNITS_LEFT_OUT = 0.2
GAIN = 8.0
"""Every message is brought to this length, so that the first steps already move something."""
_FIRST_SPREAD = 0.03
_SLOW, _SLOWER, _TINY = 0.9, 0.999, 1e-8

type Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt from: one row a message."""

    places: csr_matrix
    """Zeros and ones: the features of each message."""
    rarity: Floats
    """What each feature weighs."""
    targets: Floats
    """The right outputs, 0 or 1."""
    weights: Floats
    """What being wrong about each output costs; 0 where the right one is not known."""


@dataclass(slots=True)
class Network:
    """Rows of the places and intercepts of the hidden units, then the same of the outputs."""

    rows: Floats
    biases: Floats
    outputs: Floats
    output_biases: Floats


@dataclass(slots=True)
class _Adam:
    """Moves an array against its gradient (Kingma and Ba, 2015), only in the rows that are told."""

    moved: Floats
    mean: Floats = field(init=False)
    square: Floats = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        self.mean, self.square = np.zeros_like(self.moved), np.zeros_like(self.moved)

    def step(self, gradient: Floats, rate: float, rows: np.ndarray | slice = slice(None)) -> None:
        self.steps += 1
        mean = self.mean[rows] * _SLOW + gradient * (1 - _SLOW)
        square = self.square[rows] * _SLOWER + gradient * gradient * (1 - _SLOWER)
        self.mean[rows], self.square[rows] = mean, square
        rate *= (1 - _SLOWER**self.steps) ** 0.5 / (1 - _SLOW**self.steps)
        self.moved[rows] -= rate * mean / (np.sqrt(square) + _TINY)


def learn(lesson: Lesson, seed: int) -> Network:
    """Learn from a lesson; the same seed gives the same network on the same machine."""
    parts = [_learn_one(lesson, np.random.default_rng((seed, part))) for part in range(NETWORKS)]
    return Network(
        np.hstack([one.rows for one in parts]),
        np.hstack([one.biases for one in parts]),
        np.vstack([one.outputs for one in parts]) / NETWORKS,
        np.mean([one.output_biases for one in parts], axis=0),
    )


def _learn_one(lesson: Lesson, chance: np.random.Generator) -> Network:
    network = _untaught(lesson, chance)
    moves = [
        _Adam(array)
        for array in (network.rows, network.biases, network.outputs, network.output_biases)
    ]
    batches = list(_batches(lesson.places.shape[0], chance))
    for done, batch in enumerate(batches):
        rate = RATE * (1 - done / len(batches))
        _learn_batch(lesson, network, moves, batch, rate, chance)
    return network


def _untaught(lesson: Lesson, chance: np.random.Generator) -> Network:
    places, kinds = lesson.places.shape[1], lesson.targets.shape[1]
    furthest = HIDDEN**-0.5
    return Network(
        chance.normal(0, _FIRST_SPREAD, (places, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        chance.uniform(-furthest, furthest, (HIDDEN, kinds)).astype(np.float32),
        np.zeros(kinds, np.float32),
    )


def _batches(messages: int, chance: np.random.Generator) -> Iterator[np.ndarray]:
    for _ in range(PASSES):
        order = chance.permutation(messages)
        yield from np.split(order, range(BATCH, messages, BATCH))


def _learn_batch(
    lesson: Lesson,
    network: Network,
    moves: list[_Adam],
    batch: np.ndarray,
    rate: float,
    chance: np.random.Generator,
) -> None:
    """Read some messages, and move every array against its part in the error (cross-entropy)."""
    read, columns = _some_features(lesson, batch, chance)
    sums = read @ network.rows[columns] + network.biases
    left = (chance.random(sums.shape) >= UNITS_LEFT_OUT) / (1 - UNITS_LEFT_OUT)
    open_units = ((sums > 0) * left).astype(np.float32)
    hidden = sums * open_units
    said = expit(hidden @ network.outputs + network.output_biases)
    error = (said - lesson.targets[batch]) * lesson.weights[batch] / len(batch)
    blame = (error @ network.outputs.T) * open_units
    rows, biases, outputs, output_biases = moves
    rows.step(read.T @ blame, rate, columns)
    biases.step(blame.sum(axis=0), rate)
    outputs.step(hidden.T @ error, rate)
    output_biases.step(error.sum(axis=0), rate)


def _some_features(
    lesson: Lesson, batch: np.ndarray, chance: np.random.Generator
) -> tuple[csr_matrix, np.ndarray]:
    """Return messages without some of their features, and the places that are left, in order."""
    rows = lesson.places[batch].tocoo()
    kept = chance.random(rows.nnz) >= FEATURES_LEFT_OUT
    message, place = rows.row[kept], rows.col[kept]
    values = lesson.rarity[place]
    lengths = np.sqrt(np.bincount(message, values * values, minlength=len(batch)))
    values = (values / lengths[message] * GAIN).astype(np.float32)
    columns, column = np.unique(place, return_inverse=True)
    shape = (len(batch), len(columns))
    return csr_matrix((values, (message, column)), shape=shape), columns
