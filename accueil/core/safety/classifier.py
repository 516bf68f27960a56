"""A small neural network beside the lexicon: is this distress, and of what kind.

Trained by ``make safety`` on ``data/safety/examples``. One hidden layer over hashed features: each
place holds a row of numbers, the rows of a message are added up, and from that sum one output tells
how sure it is of distress, and one of each type. Its file holds a line of JSON and plain bytes,
safe to load: how rare each feature is, then the rows, which carry the rarity already.
"""

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path
from typing import Any, Self

from accueil.core.safety.features import BUCKETS, features, windows
from accueil.core.safety.model import SafetyDataError, SafetyType

FORMAT = 2
FILE = "classifier.bin.zz"
DISTRESS = "distress"
ZERO = 128
"""The byte that stands for nought in a row: adding up unsigned bytes is twice as fast."""
_FURTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """How sure the classifier is of distress (0 to 1), and what its hidden layer made of it."""

    probability: float
    hidden: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """One output of the network: what each hidden unit weighs, and the intercept."""

    weights: Sequence[float]
    bias: float

    def probability(self, hidden: Sequence[float]) -> float:
        """Return the probability for what the hidden layer holds."""
        total = sum(map(float.__mul__, self.weights, hidden)) + self.bias
        return 1 / (1 + exp(-max(-_FURTHEST, min(_FURTHEST, total))))


@dataclass(frozen=True, slots=True)
class Layer:
    """The hidden layer: rows of bytes, what one step of each unit is worth, its intercepts."""

    rows: bytes
    scales: Sequence[float]
    biases: Sequence[float]

    def read(self, places: Collection[int], norm: float) -> tuple[float, ...]:
        """Return what the units make of the features at these places."""
        rows, size = self.rows, len(self.scales)
        sums = map(sum, zip(*[rows[at * size : at * size + size] for at in places], strict=True))
        zero = ZERO * len(places)
        units = zip(sums, self.scales, self.biases, strict=True)
        return tuple(
            [max(0.0, (total - zero) * scale / norm + bias) for total, scale, bias in units]
        )


class SafetyClassifier:
    """Pure and stateless once loaded: same text, same opinion."""

    def __init__(self, rarity: Sequence[int], layer: Layer, outputs: Mapping[str, Output]) -> None:
        self._squares = [value * value for value in rarity]
        self._layer = layer
        self._distress = outputs[DISTRESS]
        self._types = {kind: outputs[kind] for kind in SafetyType}

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the file of ``folder``. Raise SafetyDataError when it is not one of ours."""
        about, body = _opened(folder / FILE)
        outputs = {name: Output(weights, bias) for name, weights, bias in about["outputs"]}
        layer = Layer(body[BUCKETS:], about["scales"], about["biases"])
        return cls(body[:BUCKETS], layer, outputs)

    def read(self, text: str) -> Opinion:
        """Read a message of any length; its most alarming part counts."""
        return max((self._part(words) for words in windows(text)), key=lambda one: one.probability)

    def types(self, opinion: Opinion) -> dict[SafetyType, float]:
        """Return how sure it is of each type, supposing that this is distress; likeliest first."""
        found = {kind: output.probability(opinion.hidden) for kind, output in self._types.items()}
        return dict(sorted(found.items(), key=lambda one: -one[1]))

    def _part(self, words: list[str]) -> Opinion:
        if not words:
            return Opinion(0.0, (0.0,) * len(self._layer.scales))
        places = features(words)
        norm = sqrt(sum([self._squares[place] for place in places])) or 1.0
        hidden = self._layer.read(places, norm)
        return Opinion(self._distress.probability(hidden), hidden)


def fingerprint(examples: Path) -> str:
    """Return what changes when one of the examples in a folder does."""
    digest = sha256()
    for path in sorted(examples.glob("*/*.txt")):
        digest.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def made_from(folder: Path) -> str:
    """Return the fingerprint of the examples that the file of ``folder`` was trained on."""
    return str(_opened(folder / FILE)[0]["made_from"])


def _opened(path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        head, _, body = zlib.decompress(path.read_bytes()).partition(b"\n")
        about = json.loads(head)
        size = len(about["scales"])
        names = [name for name, weights, _ in about["outputs"] if len(weights) == size]
        known = about["format"] == FORMAT and set(names) == {DISTRESS, *SafetyType}
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise SafetyDataError(f"{path.name} : illisible, lancez « make safety »") from error
    if not known or len(about["biases"]) != size or len(body) != BUCKETS * (1 + size):
        raise SafetyDataError(f"{path.name} : autre version, lancez « make safety »")
    return about, body
