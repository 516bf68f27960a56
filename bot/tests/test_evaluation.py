"""What the evaluation measures with: figures, and the reading of Rasa's output."""

import json
import math
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np
import pytest

from bot.evaluation.corpus import Asked
from bot.evaluation.scores import calibration_error, score
from bot.evaluation.trial import Reading, Result, read_parse, read_result


def asked(*labels: str) -> List[Asked]:
    return [Asked("x", label) for label in labels]


def reading(label: str, confidence: float = 1.0, fell_back: bool = False) -> Reading:
    return Reading(label.split("/")[0], label, confidence, fell_back, 1.0)


def test_figures_by_hand() -> None:
    questions = asked("logement/apl", "logement/fsl", "sante/ivg", "hors_sujet/autre", "bonjour")
    readings = [
        reading("logement/apl"),
        reading("logement/apl"),
        reading("logement/fsl"),
        reading("hors_sujet/autre"),
        reading("bonjour"),
    ]
    figures = score(questions, readings)
    assert figures.accuracy == pytest.approx(4 / 5)
    # logement: 2 of 3 found right, none missed: F1 0.8; sante 0; the two others 1.
    assert figures.macro_f1 == pytest.approx((0.8 + 0 + 1 + 1) / 4)
    # apl: one of two right: F1 2/3; fsl and ivg 0; hors_sujet/autre 1. "bonjour" is no fiche.
    assert figures.fiche_f1 == pytest.approx((2 / 3 + 0 + 0 + 1) / 4)
    assert figures.calibration_error == pytest.approx(1 / 5)
    assert figures.out_of_scope_recall == 1


def test_the_mean_of_f1_is_over_the_labels_that_were_asked() -> None:
    figures = score(asked("bonjour", "merci"), [reading("bonjour"), reading("autre")])
    assert figures.macro_f1 == pytest.approx(1 / 2)


def test_out_of_scope_recall_counts_what_was_not_answered() -> None:
    questions = asked(*["hors_sujet/autre"] * 4, "bonjour", "merci")
    readings = [
        reading("hors_sujet/insulte"),
        reading("logement/apl", 0.1, fell_back=True),
        reading("logement/apl"),
        reading("bonjour"),
        reading("bonjour", fell_back=True),
        reading("hors_sujet/autre"),
    ]
    assert score(questions, readings).out_of_scope_recall == pytest.approx(2 / 4)


def test_a_fallback_keeps_the_likeliest_intent_for_accuracy() -> None:
    assert score(asked("bonjour"), [reading("bonjour", 0.1, fell_back=True)]).accuracy == 1


def test_what_was_not_asked_has_no_figure() -> None:
    figures = score(asked("bonjour"), [reading("bonjour")])
    assert math.isnan(figures.fiche_f1)
    assert math.isnan(figures.out_of_scope_recall)


@pytest.mark.parametrize("confidence", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_perfect_calibration(confidence: float) -> None:
    right = np.arange(100) < confidence * 100
    assert calibration_error(right, np.full(100, confidence)) == pytest.approx(0)


@pytest.mark.parametrize(("right", "error"), [(0.0, 0.95), (0.5, 0.45), (0.7, 0.25)])
def test_overconfidence(right: float, error: float) -> None:
    assert calibration_error(np.arange(100) < right * 100, np.full(100, 0.95)) == pytest.approx(
        error
    )


def test_bins_do_not_make_up_for_one_another() -> None:
    # Half the messages overconfident by 0.4, half too shy by 0.4: right on the whole.
    confidence = np.array([0.9] * 10 + [0.1] * 10)
    right = np.array(([True] * 5 + [False] * 5) * 2)
    assert calibration_error(right, confidence) == pytest.approx(0.4)


def test_bins_count_by_their_messages() -> None:
    confidence = np.array([1.0] * 9 + [0.5])
    assert calibration_error(np.array([True] * 9 + [False]), confidence) == pytest.approx(0.05)


# Rasa's output


def ranking(*pairs: Tuple[str, float]) -> List[Dict[str, Any]]:
    return [{"name": name, "confidence": chance} for name, chance in pairs]


def selector(*keys: str) -> Dict[str, Any]:
    shares = [{"intent_response_key": key, "confidence": 1 / len(keys)} for key in keys]
    return {"response": {"intent_response_key": keys[0]}, "ranking": shares}


def parsed(named: List[Dict[str, Any]], **more: Any) -> Dict[str, Any]:
    return {"text": "x", "intent": dict(named[0]), "intent_ranking": named, "entities": [], **more}


def test_our_own_output() -> None:
    rasa = parsed(
        ranking(("logement", 0.8), ("sante", 0.2)),
        response_selector={
            "all_retrieval_intents": ["logement", "sante"],
            "sante": selector("sante/ivg"),
            "logement": selector("logement/apl", "logement/fsl"),
        },
    )
    assert read_parse(rasa, 7.0) == Reading("logement", "logement/apl", 0.8, False, 7.0)


def test_a_fallback_classifier_hides_the_likeliest_intent() -> None:
    rasa = parsed(
        ranking(("nlu_fallback", 0.3), ("sante", 0.25), ("logement", 0.2)),
        response_selector={"all_retrieval_intents": [], "default": selector("sante/ivg")},
    )
    assert read_parse(rasa, 1.0) == Reading("sante", "sante/ivg", 0.25, True, 1.0)


def test_the_default_selector_ranks_the_answers_of_every_intent() -> None:
    default = selector("sante/ivg", "logement/fsl", "logement/apl")
    rasa = parsed(
        ranking(("logement", 0.9), ("sante", 0.1)),
        response_selector={"all_retrieval_intents": [], "default": default},
    )
    assert read_parse(rasa, 1.0).label == "logement/fsl"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"response_selector": None},
        {"response_selector": {"all_retrieval_intents": [], "default": {"ranking": []}}},
        {"response_selector": {"default": selector("salutations/x", "logement/apl")}},
    ],
)
def test_an_intent_without_answers_is_its_own_label(more: Dict[str, Any]) -> None:
    read = read_parse(parsed(ranking(("salutation", 0.9)), **more), 1.0)
    assert read == Reading("salutation", "salutation", 0.9, False, 1.0)


@pytest.mark.parametrize(
    "rasa",
    [
        {"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []},
        {"intent": {"name": None, "confidence": 0.0}},
        {"intent": {}},
    ],
)
def test_a_message_without_intent(rasa: Dict[str, Any]) -> None:
    assert read_parse(rasa, 1.0) == Reading("", "", 0.0, False, 1.0)


def test_a_fallback_alone() -> None:
    assert read_parse(parsed(ranking(("nlu_fallback", 0.3))), 1.0).fell_back


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    result = Result([reading("logement/apl", 0.5), reading("bonjour")], 1.5, 2.5, 3.5)
    (tmp_path / "result.json").write_text(json.dumps(result), "utf-8")
    assert read_result(tmp_path) == result
