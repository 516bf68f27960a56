"""What a trial learns from and what it is asked: Rasa training data and labelled messages."""

import csv
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence

from ruamel.yaml import YAML

_DEFAULT = "engine/recipes/config_files/default_config.yml"
OUT_OF_SCOPE = "hors_sujet"


class Asked(NamedTuple):
    """A message and the full intent it should get; `style` is how it is written."""

    text: str
    label: str
    style: str = ""

    @property
    def top(self) -> str:
        """The top-level intent."""
        return self.label.split("/")[0]


class Corpus(NamedTuple):
    """Training messages, and the responses of retrieval intents."""

    messages: List[Asked]
    responses: Dict[str, Any]


def read_corpus(path: Path) -> Corpus:
    """Every message of a Rasa NLU file, or folder of them. Annotations of entities are dropped."""
    from rasa.shared.nlu.training_data.loading import load_data

    data = load_data(str(path))
    messages = [Asked(one.get("text"), one.get_full_intent()) for one in data.intent_examples]
    return Corpus([one for one in messages if one.text], dict(data.responses))


def read_labelled(path: Path) -> List[Asked]:
    """Labelled messages of a TSV file with `text`, `label` and `style` columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Asked(row["text"], row["label"], row.get("style") or "") for row in rows]


def folds(messages: Sequence[Asked], count: int, seed: int) -> List[List[int]]:
    """Indexes of `count` parts, each with its share of every full intent."""
    places: Dict[str, List[int]] = defaultdict(list)
    for place, message in enumerate(messages):
        places[message.label].append(place)
    parts: List[List[int]] = [[] for _ in range(count)]
    shuffle = random.Random(seed)  # noqa: S311, a split that can be repeated, no secret
    for label in sorted(places):
        shuffle.shuffle(places[label])
        for turn, place in enumerate(places[label]):
            parts[turn % count].append(place)
    return parts


def pipelines(project: Path) -> Dict[str, Dict[str, Any]]:
    """The two pipelines by name: what `rasa init` gives, in French, and the project's own."""
    import rasa

    yaml = YAML(typ="safe")
    default = yaml.load((Path(rasa.__file__).parent / _DEFAULT).read_text("utf-8"))
    ours = yaml.load((project / "config.yml").read_text("utf-8"))
    return {
        "rasa init": {**default, "language": "fr", "policies": []},
        "Premier Accueil": {**ours, "policies": []},
    }


def write_trial(
    folder: Path, pipeline: Dict[str, Any], corpus: Corpus, questions: Sequence[str]
) -> None:
    """Lay out what `bot.evaluation.trial` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    examples: Dict[str, List[str]] = defaultdict(list)
    for message in corpus.messages:
        examples[message.label].append("- " + " ".join(message.text.split()))
    nlu = [
        {"intent": label, "examples": "\n".join(lines) + "\n"}
        for label, lines in sorted(examples.items())
    ]
    kept = {
        name: variants
        for name, variants in corpus.responses.items()
        if name[len("utter_") :] in examples
    }
    intents = sorted({label.split("/")[0] for label in examples})
    domain = {"version": "3.1", "intents": intents, "responses": kept}
    yaml = YAML()
    for name, content in (
        ("config.yml", pipeline),
        ("nlu.yml", {"version": "3.1", "nlu": nlu}),
        ("domain.yml", domain),
    ):
        with (folder / name).open("w", encoding="utf-8") as file:
            yaml.dump(content, file)
    (folder / "messages.json").write_text(json.dumps(list(questions)), "utf-8")
