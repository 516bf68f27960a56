"""The graph component: training, persistence, output formats, fallback, foreign data."""

import zipfile
from typing import Any, Callable, Dict, List

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifier import FrenchLinearClassifier
from bot.nlu.decision import asked_confidence
from bot.tests.conftest import PLAIN, RETRIEVAL, Trained


def parse(component: FrenchLinearClassifier, text: str) -> Dict[str, Any]:
    return component.process([Message({TEXT: text})])[0].as_dict(only_output_properties=True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cmt avoir lapl", "logement"),
        ("jcherche 1 foyer", "logement"),
        ("slt", "salutation"),
        ("lundi", "donner_info"),
        ("16h", "donner_info"),
    ],
)
def test_it_reads_what_it_learned(retrieval: Trained, text: str, intent: str) -> None:
    assert parse(retrieval.component, text)["intent"]["name"] == intent


def test_loading_gives_the_same_probabilities(retrieval: Trained) -> None:
    for text in ("les apl svp", "un foyer", "bonjour", "n'importe quoi", "👍", "10h"):
        assert parse(retrieval.loaded(), text) == parse(retrieval.component, text)


def test_loading_gives_the_same_features(retrieval: Trained) -> None:
    trained, loaded = (
        one._model.featuriser for one in (retrieval.component, retrieval.loaded()) if one._model
    )
    assert loaded.width == trained.width
    assert loaded._axes.shape[1] > 0
    np.testing.assert_array_equal(loaded._axes, trained._axes)
    for text in ("les apl svp", "c'est quoi un foyer à Lille ?", "zgrmpf", "👍 10h", ""):
        for kept, learned in zip(loaded.row(text), trained.row(text), strict=True):
            np.testing.assert_array_equal(kept, learned)
        assert loaded.unknown_share(text) == trained.unknown_share(text)


def test_training_twice_gives_the_same_model(
    retrieval: Trained, trained: Callable[..., Trained]
) -> None:
    again = trained(RETRIEVAL).component
    assert parse(again, "une aide pour le loyer") == parse(
        retrieval.component, "une aide pour le loyer"
    )


def test_model_files_hold_no_pickle(retrieval: Trained) -> None:
    with retrieval.storage.read_from(retrieval.resource) as folder:
        assert {path.suffix for path in folder.iterdir()} == {".npz", ".json"}
        names = zipfile.ZipFile(folder / "model.npz").namelist()
        assert all(name.endswith(".npy") for name in names)


def test_output_has_the_shape_of_a_response_selector(retrieval: Trained) -> None:
    parsed = parse(retrieval.component, "comment avoir les apl")
    selector = parsed["response_selector"]
    assert selector["all_retrieval_intents"] == ["logement"]
    chosen = selector["logement"]["response"]
    assert chosen["intent_response_key"] == "logement/apl"
    assert chosen["utter_action"] == "utter_logement/apl"
    assert chosen["responses"][0]["text"].startswith("L’APL")
    ranking = selector["logement"]["ranking"]
    assert [entry["intent_response_key"] for entry in ranking] == ["logement/apl", "logement/foyer"]
    assert chosen["confidence"] == ranking[0]["confidence"]
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1)


def test_probabilities_sum_to_one_and_rank(retrieval: Trained) -> None:
    ranking = parse(retrieval.component, "bonjour")["intent_ranking"]
    confidences = [entry["confidence"] for entry in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1)
    assert {entry["name"] for entry in ranking} == {"logement", "salutation", "donner_info"}


def test_words_never_seen_fall_back_and_keep_the_ranking(retrieval: Trained) -> None:
    parsed = parse(retrieval.component, "zgrmpf qsdfkj wxzzt")
    assert parsed["intent"]["name"] == "nlu_fallback"
    names = [entry["name"] for entry in parsed["intent_ranking"]]
    assert names[0] == "nlu_fallback"
    assert "nlu_fallback" not in names[1:]
    assert len(names) == 4


def test_threshold_is_configurable(retrieval: Trained) -> None:
    never = retrieval.loaded(threshold=0)
    assert parse(never, "zgrmpf qsdfkj wxzzt")["intent"]["name"] != "nlu_fallback"
    always = retrieval.loaded(threshold=1.01)
    assert parse(always, "bonjour")["intent"]["name"] == "nlu_fallback"


@pytest.mark.parametrize(("unknown", "asked"), [(0.0, 0.2), (0.2, 0.55), (0.4, 0.9), (1.0, 0.9)])
def test_unknown_words_ask_for_more_confidence(unknown: float, asked: float) -> None:
    assert asked_confidence(unknown, 0.2, 0.9) == pytest.approx(asked)


def test_ranking_length(retrieval: Trained) -> None:
    assert len(parse(retrieval.loaded(ranking_length=2), "bonjour")["intent_ranking"]) == 2


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_message_has_no_intent(retrieval: Trained, text: str) -> None:
    assert parse(retrieval.component, text)["intent"] == {"name": None, "confidence": 0.0}


def test_data_without_retrieval_intents(trained: Callable[..., Trained]) -> None:
    parsed = parse(trained(PLAIN).loaded(), "une pizza svp")
    assert parsed["intent"]["name"] == "commander"
    assert "response_selector" not in parsed


def test_a_single_intent_and_no_data_at_all(trained: Callable[..., Trained]) -> None:
    single = PLAIN[: PLAIN.index("- intent: annuler")]
    assert parse(trained(single).loaded(), "une pizza")["intent"]["name"] == "commander"
    nothing = trained('version: "3.1"\nnlu: []\n')
    assert parse(nothing.loaded(), "une pizza")["intent"]["name"] is None


def test_fingerprint_sees_the_code_and_the_tables() -> None:
    config = FrenchLinearClassifier.get_default_config()
    assert len(FrenchLinearClassifier.fingerprint_addon(config) or "") == 64


# Two requests in a message

BOTH = RETRIEVAL.replace("responses:", PLAIN[PLAIN.index("- intent:") :] + "responses:")


@pytest.fixture(scope="module")
def both(trained: Callable[..., Trained]) -> Trained:
    return trained(BOTH, talk=["salutation", "donner_info"])


def labels(parsed: Dict[str, Any]) -> List[str]:
    return [one["label"] for one in parsed["requests"]]


def test_two_requests_are_written_and_the_first_is_the_intent(both: Trained) -> None:
    parsed = parse(both.loaded(), "c'est quoi un fjt et je voudrais une pizza")
    assert labels(parsed) == ["logement/foyer", "commander"]
    assert [one["intent"] for one in parsed["requests"]] == ["logement", "commander"]
    assert all(0.5 <= one["confidence"] <= 1 for one in parsed["requests"])
    assert parsed["intent"]["name"] == "logement"
    assert parsed["intent"]["confidence"] == pytest.approx(parsed["requests"][0]["confidence"])
    chosen = parsed["response_selector"]["logement"]["response"]
    assert chosen["intent_response_key"] == "logement/foyer"


def test_the_order_is_that_of_the_message(both: Trained) -> None:
    parsed = parse(both.component, "je voudrais une pizza et c'est quoi un fjt")
    assert labels(parsed) == ["commander", "logement/foyer"]
    assert parsed["intent"]["name"] == "commander"


@pytest.mark.parametrize(
    "text",
    [
        "c'est quoi un fjt",
        "je voudrais une grande pizza et deux pizzas à emporter",
        "c'est quoi un fjt ? comment avoir les apl ?",
        "je voudrais une pizza svp",
        "je veux pas une pizza et c'est quoi un fjt",
        "👍",
    ],
)
def test_one_request_writes_none(both: Trained, text: str) -> None:
    assert parse(both.component, text)["requests"] == []


def test_requests_must_be_as_sure_as_the_configuration_asks(both: Trained) -> None:
    text = "c'est quoi un fjt et je voudrais une pizza"
    assert parse(both.loaded(request_threshold=1.01), text)["requests"] == []
    assert labels(parse(both.loaded(talk=["commander"]), text)) == []


def test_a_story_is_read_by_its_clauses(both: Trained) -> None:
    calm = "il y avait du monde chez ma tante ce jour là. " * 20
    parsed = parse(both.component, f"{calm}Je voudrais une pizza svp. {calm}")
    assert labels(parsed)[0] == "commander"
    assert parsed["intent"]["name"] == "commander"
