"""A small linear classifier beside the lexicon: is this distress, and of what kind.

Trained by ``make safety`` on ``data/safety/examples``. Its file holds a line of JSON and plain
bytes, safe to load: how rare each feature is, then the weights of one logistic regression for
distress and one for each type. Weights carry the rarity already.
"""

import json
import lzma
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path
from typing import Any, Self

from accueil.core.safety.features import BUCKETS, features, windows
from accueil.core.safety.model import SafetyDataError, SafetyType

FORMAT = 1
FILE = "classifier.bin.xz"
TYPE_BUCKETS = 1 << 16
"""The types, asked only when there is distress, share fewer places."""
DISTRESS = "distress"
_FURTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """How sure the classifier is of distress (0 to 1), and the part of the message that says so."""

    probability: float
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Regression:
    """One logistic regression: whole-number weights, what one unit is worth, the intercept."""

    weights: Sequence[int]
    scale: float
    bias: float

    def probability(self, places: Collection[int], norm: float) -> float:
        """Return the probability for the features at these places."""
        weights, last = self.weights, len(self.weights) - 1
        total = sum([weights[place & last] for place in places]) * self.scale / norm + self.bias
        return 1 / (1 + exp(-max(-_FURTHEST, min(_FURTHEST, total))))


class SafetyClassifier:
    """Pure and stateless once loaded: same text, same opinion."""

    def __init__(
        self, rarity: Sequence[int], distress: Regression, types: dict[SafetyType, Regression]
    ) -> None:
        self._squares = [value * value for value in rarity]
        self._distress = distress
        self._types = types

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the file of ``folder``. Raise SafetyDataError when it is not one of ours."""
        about, body = _opened(folder / FILE)
        rarity, at = array("B", body[:BUCKETS]), BUCKETS
        made: dict[str, Regression] = {}
        for name, scale, bias in about["models"]:
            size = BUCKETS if name == DISTRESS else TYPE_BUCKETS
            made[name] = Regression(array("b", body[at : at + size]), scale, bias)
            at += size
        return cls(rarity, made[DISTRESS], {kind: made[kind] for kind in SafetyType})

    def read(self, text: str) -> Opinion:
        """Read a message of any length; its most alarming part counts."""
        best = Opinion(0.0, frozenset())
        for words in windows(text):
            places = features(words)
            norm = sqrt(sum([self._squares[place] for place in places])) or 1.0
            probability = self._distress.probability(places, norm) if words else 0.0
            if probability > best.probability:
                best = Opinion(probability, frozenset(places))
        return best

    def types(self, opinion: Opinion) -> dict[SafetyType, float]:
        """Return how sure it is of each type, supposing that this is distress; likeliest first."""
        norm = sqrt(len(opinion.places)) or 1.0
        found = {
            kind: model.probability(opinion.places, norm) for kind, model in self._types.items()
        }
        return dict(sorted(found.items(), key=lambda one: -one[1]))


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
        head, _, body = lzma.decompress(path.read_bytes()).partition(b"\n")
        about = json.loads(head)
        names = [str(name) for name, _, _ in about["models"]]
        whole = BUCKETS * 2 + TYPE_BUCKETS * len(SafetyType)
        known = about["format"] == FORMAT and set(names) == {DISTRESS, *SafetyType}
    except (lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        raise SafetyDataError(f"{path.name} : illisible, lancez « make safety »") from error
    if not known or len(body) != whole:
        raise SafetyDataError(f"{path.name} : autre version, lancez « make safety »")
    return about, body
