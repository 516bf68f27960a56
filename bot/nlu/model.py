"""The trained model as a whole: features, linear weights, and how it is kept on disk."""

import json
import re
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np

from bot.nlu.features import Featuriser
from bot.nlu.linear import LinearModel, fit

_ARRAYS, _PLAIN = "model.npz", "model.json"
_SENTENCE = re.compile(r"(?<=[.?!…])\s+|\n+")
_SHORTEST_SENTENCE = 3  # words


class Example(NamedTuple):
    """A training text. `asked` tells a message from a sentence of an answer."""

    text: str
    label: str
    asked: bool = True


def answer_examples(answers: Dict[str, List[Dict[str, Any]]], labels: Sequence[str]) -> List[Example]:
    """Sentences of the answers of retrieval intents, as light examples of their intent.

    `answers` are Rasa's responses by name (`utter_logement/apl`). An answer holds the words of
    its subject that nobody thought of putting in a question.
    """
    known = set(labels)
    examples = []
    for name, variants in sorted(answers.items()):
        label = name[len("utter_") :]
        if label not in known:
            continue
        texts = [variant.get("text") or "" for variant in variants]
        texts += [str((variant.get("custom") or {}).get("title") or "") for variant in variants]
        sentences = [part for text in texts for part in _SENTENCE.split(text)]
        examples += [
            Example(sentence, label, asked=False)
            for sentence in sentences
            if len(sentence.split()) >= _SHORTEST_SENTENCE
        ]
    return examples


class Model(NamedTuple):
    """Everything needed to read a message."""

    featuriser: Featuriser
    linear: LinearModel

    @classmethod
    def train(
        cls, examples: Sequence[Example], featuriser: Featuriser, options: Dict[str, Any]
    ) -> "Model":
        """Fit both halves. `options`: see the classifier's default configuration."""
        texts = [example.text for example in examples]
        featuriser.fit(texts)
        linear = fit(
            featuriser.matrix(texts),
            [example.label for example in examples],
            [example.asked for example in examples],
            options["answer_weight"],
            options["C"],
            options["random_seed"],
            options.get("temperature"),
        )
        return cls(featuriser, linear)

    def read(self, text: str) -> List[Tuple[str, float]]:
        """Labels with their probabilities, likeliest first; ties in the order of the labels."""
        row = self.featuriser.row(text)
        chances = self.linear.probabilities(row.indices, row.values)
        order = np.argsort(-chances, kind="stable")
        return [(self.linear.labels[i], float(chances[i])) for i in order]

    def save(self, folder: Path) -> None:
        """Write arrays and JSON; nothing that runs code when it is read."""
        plain, arrays = self.featuriser.state()
        plain["labels"], plain["temperature"] = self.linear.labels, self.linear.temperature
        np.savez_compressed(
            folder / _ARRAYS,
            weights=self.linear.weights,
            intercept=self.linear.intercept,
            **arrays,
        )
        (folder / _PLAIN).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Model":
        """Read what `save` wrote. Raises FileNotFoundError when nothing was trained."""
        plain = json.loads((folder / _PLAIN).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        linear = LinearModel(
            plain["labels"], arrays["weights"], arrays["intercept"], plain["temperature"]
        )
        return cls(Featuriser.from_state(plain, arrays), linear)
