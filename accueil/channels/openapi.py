"""The description of the public chat interface (OpenAPI 3.1)."""

from typing import Any

_PROBLEM = {
    "description": "Un problème, dit en français",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_MESSAGES = {
    "description": "Les messages de l’assistant",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Messages"}}},
}
_BEARER: list[dict[str, list[str]]] = [{"session": []}]
_SHOWN = {"type": "array", "items": {"$ref": "#/components/schemas/Message"}}


def _problems(*statuses: str) -> dict[str, Any]:
    return dict.fromkeys(statuses, _PROBLEM)


OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Premier Accueil, conversation", "version": "1.0.0"},
    "paths": {
        "/api/chat/sessions": {
            "post": {
                "summary": "Ouvrir une conversation",
                "responses": {
                    "201": {
                        "description": "La conversation est ouverte",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Opened"}}
                        },
                    },
                    **_problems("429", "503"),
                },
            },
            "delete": {
                "summary": "Effacer la conversation",
                "security": _BEARER,
                "responses": {
                    "204": {"description": "Effacée"},
                    **_problems("401", "503"),
                },
            },
        },
        "/api/chat/messages": {
            "get": {
                "summary": "Relire la conversation",
                "security": _BEARER,
                "responses": {"200": _MESSAGES, **_problems("401", "503")},
            },
            "post": {
                "summary": "Écrire, ou appuyer sur un bouton",
                "security": _BEARER,
                "parameters": [
                    {
                        "name": "Idempotency-Key",
                        "in": "header",
                        "description": "Renvoyer la même clé redonne la même réponse",
                        "schema": {"type": "string", "maxLength": 80},
                    }
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Said"}}
                    },
                },
                "responses": {
                    "200": _MESSAGES,
                    **_problems("400", "401", "404", "413", "415", "429", "503"),
                },
            },
        },
        "/api/chat/position": {
            "post": {
                "summary": "Arrondir une position à sa commune ; rien n’en est gardé",
                "security": _BEARER,
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Position"}}
                    },
                },
                "responses": {
                    "200": {
                        "description": "Les mots à envoyer comme message",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Words"}}
                        },
                    },
                    **_problems("400", "401", "404", "415", "429"),
                },
            },
        },
    },
    "components": {
        "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Said": {
                "oneOf": [
                    {
                        "type": "object",
                        "properties": {name: {"type": "string"}},
                        "required": [name],
                        "additionalProperties": False,
                    }
                    for name in ("text", "button")
                ]
            },
            "Position": {
                "type": "object",
                "properties": {
                    "latitude": {"type": "number", "minimum": -90, "maximum": 90},
                    "longitude": {"type": "number", "minimum": -180, "maximum": 180},
                },
                "required": ["latitude", "longitude"],
            },
            "Words": {
                "type": "object",
                "properties": {"text": {"type": "string"}},
                "required": ["text"],
            },
            "Message": {
                "type": "object",
                "properties": {
                    "author": {"enum": ["bot", "user"]},
                    "text": {"type": "string"},
                    "buttons": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "title": {"type": "string"},
                                "button": {"type": "string"},
                            },
                            "required": ["title", "button"],
                        },
                    },
                    "cards": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "type": {
                                    "enum": ["site", "number", "appointment", "source", "position"]
                                }
                            },
                            "required": ["type"],
                        },
                    },
                },
                "required": ["author", "text", "buttons", "cards"],
            },
            "Messages": {
                "type": "object",
                "properties": {"messages": _SHOWN},
                "required": ["messages"],
            },
            "Opened": {
                "type": "object",
                "properties": {
                    "session_id": {"type": "string"},
                    "token": {"type": "string"},
                    "messages": _SHOWN,
                },
                "required": ["session_id", "token", "messages"],
            },
            "Problem": {
                "type": "object",
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                },
                "required": ["type", "title", "status", "detail"],
            },
        },
    },
}
