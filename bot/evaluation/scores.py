"""Figures from readings: accuracy, macro F1, calibration, out-of-scope recall."""

from typing import List, NamedTuple, Sequence

import numpy as np
from sklearn.metrics import f1_score

from bot.evaluation.corpus import OUT_OF_SCOPE, Asked
from bot.evaluation.trial import Reading

_BINS = 10


class Scores(NamedTuple):
    """All between 0 and 1. `fiche_f1` is over full intents, the rest over top-level ones."""

    accuracy: float
    macro_f1: float
    fiche_f1: float
    calibration_error: float
    out_of_scope_recall: float


def score(asked: Sequence[Asked], readings: Sequence[Reading]) -> Scores:
    """The figures of one reading of labelled messages.

    Accuracy and F1 are those of the likeliest intent, whether or not the pipeline fell back; the
    mean of F1 is over the labels of the messages. Out-of-scope recall is the share of `hors_sujet`
    messages that were read as such or led to the fallback: not answered beside the point.
    """
    truth = [one.top for one in asked]
    tops = [one.top for one in readings]
    right = np.array([a == b for a, b in zip(truth, tops, strict=True)])
    outside = [r for a, r in zip(asked, readings, strict=True) if a.top == OUT_OF_SCOPE]
    kept_out = sum(r.fell_back or r.top == OUT_OF_SCOPE for r in outside)
    fiches = [(a.label, r.label) for a, r in zip(asked, readings, strict=True) if "/" in a.label]
    return Scores(
        float(right.mean()),
        _macro_f1(truth, tops),
        _macro_f1(*map(list, zip(*fiches, strict=True))) if fiches else float("nan"),
        calibration_error(right, np.array([one.confidence for one in readings])),
        kept_out / len(outside) if outside else float("nan"),
    )


def _macro_f1(truth: List[str], guess: List[str]) -> float:
    labels = sorted(set(truth))
    return float(f1_score(truth, guess, labels=labels, average="macro", zero_division=0))


def calibration_error(right: np.ndarray, confidence: np.ndarray) -> float:
    """Expected calibration error over ten equal bins (Guo et al., ICML 2017)."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(right[bins == place].mean() - confidence[bins == place].mean()) * (bins == place).mean()
        for place in range(_BINS)
        if (bins == place).any()
    ]
    return float(sum(gaps))
