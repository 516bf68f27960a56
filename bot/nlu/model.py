"""The trained model as a whole: features, linear weights, and how it is kept on disk."""

import json
import re
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np

from bot.nlu.features import Featuriser
from bot.nlu.linear import LinearModel, fit, task

RESPONSE_IDENTIFIER_DELIMITER = "/"
_ARRAYS, _PLAIN = "model.npz", "model.json"
_SENTENCE = re.compile(r"(?<=[.?!…])\s+|\n+")
_SHORTEST_SENTENCE = 3  # words


class Example(NamedTuple):
    """A training text. `asked` tells a message from a sentence of an answer."""

    text: str
    label: str
    asked: bool = True


def theme_of(label: str) -> str:
    """The top-level intent of a full one: `logement` for `logement/apl`."""
    return label.split(RESPONSE_IDENTIFIER_DELIMITER)[0]


def answer_examples(
    answers: Dict[str, List[Dict[str, Any]]], labels: Sequence[str]
) -> List[Example]:
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
    """Everything needed to read a message.

    Two classifiers share the features: `answers` over full intents (`logement/apl`), `themes` over
    top-level ones (`logement`). Their opinions of the theme are multiplied: one knows the details,
    the other has more examples of each class, and together they err less than either.
    """

    featuriser: Featuriser
    answers: LinearModel
    themes: LinearModel

    @classmethod
    def train(
        cls, examples: Sequence[Example], featuriser: Featuriser, options: Dict[str, Any]
    ) -> "Model":
        """Fit features and classifiers. `options`: see the classifier's default configuration."""
        rows = featuriser.fit([example.text for example in examples])
        asked = [example.asked for example in examples]
        full = [example.label for example in examples]
        tasks = [task(full, asked, options)]
        if any(RESPONSE_IDENTIFIER_DELIMITER in label for label in full):
            tasks.append(task([theme_of(name) for name in full], asked, options))
        models = fit(rows, tasks, options)
        return cls(featuriser, models[0], models[-1])

    def read(self, text: str) -> List[Tuple[str, float]]:
        """Full intents with their probabilities, likeliest first; ties in the order of labels."""
        row = self.featuriser.row(text)
        chances = self.answers.probabilities(row.indices, row.values)
        if self.themes is not self.answers:
            themes = self.themes.probabilities(row.indices, row.values)
            chances = self._blend(chances, themes)
        order = np.argsort(-chances, kind="stable")
        return [(self.answers.labels[i], float(chances[i])) for i in order]

    def _blend(self, answers: np.ndarray, themes: np.ndarray) -> np.ndarray:
        """Geometric mean of both opinions of the theme, shared out among its answers."""
        places = {name: i for i, name in enumerate(self.themes.labels)}
        groups = np.array([places[theme_of(label)] for label in self.answers.labels])
        summed = np.bincount(groups, weights=answers, minlength=len(places))
        both = np.sqrt(summed * themes)
        both /= both.sum()
        return answers * (both / np.maximum(summed, 1e-300))[groups]

    def save(self, folder: Path) -> None:
        """Write arrays and JSON; nothing that runs code when it is read."""
        plain, arrays = self.featuriser.state()
        for name, linear in (("answers", self.answers), ("themes", self.themes)):
            plain[name] = {"labels": linear.labels, "temperature": linear.temperature}
            arrays[f"{name}_weights"] = linear.weights.astype(np.float16)
            arrays[f"{name}_intercept"] = linear.intercept
        np.savez_compressed(folder / _ARRAYS, **arrays)  # in a third of the time Rasa's own takes
        (folder / _PLAIN).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Model":
        """Read what `save` wrote. Raises FileNotFoundError when nothing was trained."""
        plain = json.loads((folder / _PLAIN).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        answers, themes = (
            LinearModel(
                plain[name]["labels"],
                arrays[f"{name}_weights"].astype(np.float32),
                arrays[f"{name}_intercept"],
                plain[name]["temperature"],
            )
            for name in ("answers", "themes")
        )
        same = answers.labels == themes.labels
        return cls(Featuriser.from_state(plain, arrays), answers, answers if same else themes)
