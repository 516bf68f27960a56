"""The shapes of the public chat interface (JSON Schema 2020-12, for OpenAPI 3.1)."""

from typing import Any

_TEXT = {"type": "string"}
_SHOWN = {"type": "array", "items": {"$ref": "#/components/schemas/Message"}}
_CARDS = ["site", "number", "appointment", "source", "position", "date"]


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object whose properties are all there, except some."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _one_of(*names: str) -> dict[str, Any]:
    """Return the schema of an object with exactly one of these texts."""
    shapes = [_object({name: _TEXT}) | {"additionalProperties": False} for name in names]
    return {"oneOf": shapes}


SCHEMAS: dict[str, Any] = {
    "Opening": _object(
        {
            "territory": {
                "type": "string",
                "description": "Commune de la page qui porte la conversation\u00a0: code INSEE "
                "(pas le code postal) ou nom. Ce qui n’est pas reconnu ne change rien.",
            }
        },
        optional=("territory",),
    ),
    "Said": _one_of("text", "button"),
    "Position": _object(
        {
            "latitude": {"type": "number", "minimum": -90, "maximum": 90},
            "longitude": {"type": "number", "minimum": -180, "maximum": 180},
        }
    ),
    "Words": _object({"text": _TEXT}),
    "Opinion": _object(
        {
            "message": {"type": "string", "description": "L’identifiant d’un message"},
            "useful": {"type": "boolean"},
        }
    ),
    "Message": _object(
        {
            "id": {"type": "string", "description": "Absent d’un message qui n’est pas gardé"},
            "author": {"enum": ["bot", "user"]},
            "text": _TEXT,
            "buttons": {"type": "array", "items": _object({"title": _TEXT, "button": _TEXT})},
            "cards": {"type": "array", "items": _object({"type": {"enum": _CARDS}})},
        },
        optional=("id",),
    ),
    "Messages": _object({"messages": _SHOWN}),
    "Opened": _object({"session_id": _TEXT, "token": _TEXT, "messages": _SHOWN}),
    "Transfer": _object(
        {
            "code": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"},
            "expires_at": {"type": "string", "format": "date-time"},
            "apps": {
                "type": "array",
                "items": _object({"name": _TEXT, "url": {"type": "string", "format": "uri"}}),
            },
        }
    ),
    "Code": _object({"code": _TEXT}),
    "Challenge": _object(
        {
            "salt": _TEXT,
            "bits": {"type": "integer", "minimum": 1, "maximum": 32},
            "expires": {"type": "integer", "description": "Secondes depuis 1970, UTC"},
        }
    ),
    "Problem": _object(
        {
            "type": {
                "type": "string",
                "description": "«\u00a0urn:premier-accueil:moved\u00a0» pour une conversation qui "
                "continue sur un autre appareil, sinon «\u00a0about:blank\u00a0»",
            },
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "À montrer tel quel"},
            "challenge": {"$ref": "#/components/schemas/Challenge"},
        },
        optional=("challenge",),
    ),
}
