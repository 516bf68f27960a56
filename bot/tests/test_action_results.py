"""Our check of action results gives Rasa's verdicts."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot import action_results

ORIGINAL = action_results.ORIGINAL


@pytest.fixture
def action():
    return RemoteAction("action_repondre", None)


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "site", "value": "x"}], "responses": [{"text": "a"}]},
        {},
    ],
)
def test_valid_results(action, result):
    assert ORIGINAL(action, result) == action_results.validate_action_result(action, result)


@pytest.mark.parametrize("result", [{"events": "none"}, {"events": [1]}, {"responses": "a"}])
def test_invalid_results(action, result):
    for check in (ORIGINAL, action_results.validate_action_result):
        with pytest.raises(ValidationError):
            check(action, result)


def test_installed_by_the_channel():
    from bot import channel  # noqa: F401

    assert RemoteAction._validate_action_result is action_results.validate_action_result
