"""Measure the understanding: cross-validation on data/nlu, latency, training time, weak intents.

`bot/.venv/bin/python -m bot.evaluate` from the project root. Held-out phrases (a TSV with `text`
and `label` columns, `--phrases`) are only ever read here, never trained or tuned on.
"""

import argparse
import csv
import os
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy as np
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold

from bot.nlu import output
from bot.nlu.classifier import FrenchLinearClassifier
from bot.nlu.decision import asked_confidence
from bot.nlu.features import DEFAULT_WEIGHTS, Featuriser
from bot.nlu.model import Example, Model, answer_examples
from bot.nlu.places import read_places

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = FrenchLinearClassifier.get_default_config()


class Reading(NamedTuple):
    """What the model made of one held-out message."""

    text: str
    truth: str
    full: str
    top: str
    confidence: float
    asked: float

    @property
    def right(self) -> bool:
        return self.top == self.truth.split("/")[0]

    @property
    def falls_back(self) -> bool:
        return self.confidence < self.asked


def read_data(folder: Path) -> Tuple[List[Example], List[Example]]:
    """Messages, and sentences of answers, of every NLU file of a folder."""
    from rasa.shared.nlu.training_data.loading import load_data

    data = load_data(str(folder))
    messages = [Example(m.get("text"), m.get_full_intent()) for m in data.intent_examples]
    return messages, answer_examples(data.responses, sorted({m.label for m in messages}))


def train(examples: Sequence[Example], options: Dict[str, Any]) -> Model:
    """One model with the default configuration."""
    places = read_places(ROOT / "data/reference")
    return Model.train(examples, Featuriser(dict(DEFAULT_WEIGHTS), places), options)


def read_one(model: Model, example: Example) -> Reading:
    """The model's reading of a message."""
    ranking = model.read(example.text)
    top, confidence = output.top_level(ranking)[0]
    unknown = model.featuriser.unknown_share(example.text)
    asked = asked_confidence(unknown, OPTIONS["threshold"], OPTIONS["unknown_threshold"])
    return Reading(example.text, example.label, ranking[0][0], top, confidence, asked)


def cross_validate(
    messages: Sequence[Example], answers: Sequence[Example], folds: int, options: Dict[str, Any]
) -> List[Reading]:
    """Each message read by a model that never saw it."""
    labels = [message.label for message in messages]
    readings: List[Reading] = []
    split = StratifiedKFold(folds, shuffle=True, random_state=1)
    for seen, held_out in split.split(labels, labels):
        model = train([*(messages[i] for i in seen), *answers], options)
        readings += [read_one(model, messages[i]) for i in held_out]
    return readings


def _line(name: str, truth: Sequence[str], guess: Sequence[str]) -> str:
    macro = f1_score(truth, guess, average="macro", zero_division=0)
    return f"{name}: accuracy {accuracy_score(truth, guess):.3f}, macro F1 {macro:.3f}"


def report(readings: Sequence[Reading], weakest: int = 12) -> List[str]:
    """Lines to print: figures, fallback, weakest intents with what they are taken for."""
    truth = [reading.truth.split("/")[0] for reading in readings]
    lines = [
        _line("top-level", truth, [reading.top for reading in readings]),
        _line("full", [r.truth for r in readings], [r.full for r in readings]),
    ]
    doubted = [reading for reading in readings if reading.falls_back]
    wrong = sum(not reading.right for reading in doubted)
    lines.append(f"fallback: {len(doubted) / len(readings):.3f} of messages, {wrong} of "
                 f"{len(doubted)} of them were wrong")  # fmt: skip
    names = sorted(set(truth))
    scores = f1_score(truth, [r.top for r in readings], average=None, labels=names, zero_division=0)
    for score, name in sorted(zip(scores, names, strict=True))[:weakest]:
        missed = [r for r in readings if r.truth.split("/")[0] == name and not r.right]
        taken = ", ".join(f"{k} {n}" for k, n in Counter(r.top for r in missed).most_common(4))
        lines.append(f"  {name}: F1 {score:.2f}, taken for {taken}")
    return lines


def measure_latency(model: Model, messages: Sequence[Example]) -> str:
    """Median and 95th percentile, in process, of reading one message."""
    durations = []
    for message in messages[::7]:
        start = time.perf_counter()
        read_one(model, message)
        durations.append((time.perf_counter() - start) * 1000)
    late = float(np.percentile(durations, 95))
    return f"parse: median {statistics.median(durations):.2f} ms, p95 {late:.2f} ms"


def read_phrases(path: Path) -> List[Example]:
    """Labelled phrases to look at; none when the file is missing."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [Example(r["text"], r["label"]) for r in csv.DictReader(lines, delimiter="\t")]


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluate", description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--phrases", type=Path, default=ROOT.parent / "shared/cases/phrases.tsv")
    options = parser.parse_args(arguments)
    messages, answers = read_data(ROOT / "data/nlu")
    start = time.perf_counter()
    model = train([*messages, *answers], OPTIONS)
    print(f"{len(messages)} messages; trained in {time.perf_counter() - start:.1f} s, "
          f"temperature {model.answers.temperature:.2f}")  # fmt: skip
    print(measure_latency(model, messages))
    phrases = [read_one(model, phrase) for phrase in read_phrases(options.phrases)]
    if phrases:
        right = sum(phrase.right for phrase in phrases)
        doubted = sum(phrase.falls_back for phrase in phrases)
        print(f"phrases: {right} of {len(phrases)} right, {doubted} would fall back")
    if options.folds > 1:
        # One temperature for all folds: fitting it anew would double the time for nothing.
        known = {**OPTIONS, "temperature": model.answers.temperature}
        print(*report(cross_validate(messages, answers, options.folds, known)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
