"""What the component writes on a message: Rasa's own shapes for intents and retrieval answers."""

from collections import OrderedDict
from typing import Any, Dict, List, Sequence, Tuple

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import RESPONSE_IDENTIFIER_DELIMITER

Ranking = List[Tuple[str, float]]


def top_level(ranking: Ranking) -> Ranking:
    """Probabilities of top-level intents, each the sum over its answers, likeliest first."""
    totals: "OrderedDict[str, float]" = OrderedDict()
    for label, chance in ranking:
        name = label.split(RESPONSE_IDENTIFIER_DELIMITER)[0]
        totals[name] = totals.get(name, 0.0) + chance
    return sorted(totals.items(), key=lambda pair: -pair[1])


def intents(tops: Ranking, fallback: bool, threshold: float, longest: int) -> Dict[str, Any]:
    """`intent` and `intent_ranking`; under the threshold `nlu_fallback` stands before the truth."""
    entries = [{"name": name, "confidence": chance} for name, chance in tops]
    if longest > 0:
        entries = entries[:longest]
    if fallback:
        doubt = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": threshold}
        entries = [doubt, *entries]
    return {"intent": dict(entries[0]), "intent_ranking": entries}


def response_selector(
    ranking: Ranking,
    shown: Sequence[str],
    retrieval: Sequence[str],
    answers: Dict[str, List[Dict[str, Any]]],
) -> Dict[str, Any]:
    """The structure of Rasa's ResponseSelector, one entry for each retrieval intent in `shown`.

    Confidences are shares within the intent, as a selector of its own would give.
    """
    selected: Dict[str, Any] = {"all_retrieval_intents": list(retrieval)}
    for intent in shown:
        if intent in retrieval:
            own = [
                (k, p) for k, p in ranking if k.startswith(intent + RESPONSE_IDENTIFIER_DELIMITER)
            ]
            if own:
                selected[intent] = _selection(own, answers)
    return selected


def _selection(own: Ranking, answers: Dict[str, List[Dict[str, Any]]]) -> Dict[str, Any]:
    total = sum(chance for _, chance in own) or 1.0
    shares = [{"confidence": chance / total, "intent_response_key": label} for label, chance in own]
    utter_action = f"utter_{own[0][0]}"
    return {
        "response": {
            "responses": answers.get(utter_action) or [{"text": own[0][0]}],
            "confidence": shares[0]["confidence"],
            "intent_response_key": own[0][0],
            "utter_action": utter_action,
        },
        "ranking": shares,
    }
