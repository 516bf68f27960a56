"""Check what the action server answers without checking Rasa's own schema each time.

Rasa 3.6 hands its constant schema to `jsonschema.validate` at every action call, and that function
first validates the schema against JSON Schema itself: on a short turn it took three quarters of
the time (see docs/adr/0012). A validator made once gives the same verdict on the same answers.
"""

from typing import Any, Dict, Text

from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

ORIGINAL = RemoteAction._validate_action_result
_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)


def validate_action_result(self: RemoteAction, result: Dict[Text, Any]) -> bool:
    """Raise `ValidationError` unless the answer has the shape that Rasa asks for."""
    for error in _VALIDATOR.iter_errors(result):
        raise ValidationError(
            f"{error.message}. Failed to validate Action server response from API, make sure your "
            "response from the Action endpoint is valid."
        )
    return True


def install() -> None:
    """Put our check in the place of Rasa's, in this process."""
    RemoteAction._validate_action_result = validate_action_result
