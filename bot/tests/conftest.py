"""Fixtures: a small French NLU file with retrieval intents, and trained components."""

from pathlib import Path
from typing import Any, Callable, Dict

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.formats import RasaYAMLReader

from bot.nlu.classifier import FrenchLinearClassifier

RETRIEVAL = """
version: "3.1"
nlu:
- intent: logement/apl
  examples: |
    - comment avoir les apl
    - aide au logement de la caf
    - la caf paie une partie de mon loyer ?
    - simulation apl
    - j'ai droit à combien d'apl
- intent: logement/foyer
  examples: |
    - une place en foyer de jeunes travailleurs
    - je cherche un foyer
    - c'est quoi un fjt
    - chambre en résidence habitat jeunes
    - dormir dans un foyer pour jeunes
- intent: salutation
  examples: |
    - bonjour
    - salut
    - coucou toi
    - bonsoir à vous
    - hello
- intent: donner_info
  examples: |
    - lundi
    - mardi à 10h
    - j'habite à Lille
    - 14h30
    - [téléphone]
responses:
  utter_logement/apl:
  - text: "L’APL est une aide de la Caf pour payer le loyer. Elle dépend de tes revenus."
  utter_logement/foyer:
  - text: "Un foyer loue une chambre meublée aux jeunes qui travaillent."
"""

PLAIN = """
version: "3.1"
nlu:
- intent: commander
  examples: |
    - je voudrais une pizza
    - une grande pizza svp
    - deux pizzas à emporter
- intent: annuler
  examples: |
    - annulez ma commande
    - je ne veux plus rien
    - stop, annulation
"""


class Trained:
    """A component trained and stored in a folder, with the means to load it again."""

    def __init__(self, folder: Path, text: str, **changes: Any) -> None:
        self.storage = LocalModelStorage.create(folder)
        self.resource = Resource("classifier")
        self.context = ExecutionContext(GraphSchema({}), node_name="classifier")
        self.config: Dict[str, Any] = {
            **FrenchLinearClassifier.get_default_config(),
            "places": str(folder / "none"),
            **changes,
        }
        component = FrenchLinearClassifier.create(
            self.config, self.storage, self.resource, self.context
        )
        component.train(RasaYAMLReader().reads(text))
        self.component = component

    def loaded(self, **changes: Any) -> FrenchLinearClassifier:
        """The same component, read back from the folder."""
        return FrenchLinearClassifier.load(
            {**self.config, **changes}, self.storage, self.resource, self.context
        )


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Trained]:
    """Train on a text: `trained(RETRIEVAL)`."""
    return lambda text, **changes: Trained(tmp_path_factory.mktemp("model"), text, **changes)


@pytest.fixture(scope="session")
def retrieval(trained: Callable[..., Trained]) -> Trained:
    """A component trained on data with retrieval intents."""
    return trained(RETRIEVAL)
