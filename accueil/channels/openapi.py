"""The description of the public chat interface (OpenAPI 3.1)."""

from typing import Any

from accueil.channels.openapi_schemas import SCHEMAS

_MEANINGS = {
    "400": "Demande illisible",
    "401": "Conversation terminée, ou qui continue sur un autre appareil (voir «\u00a0type\u00a0»)",
    "403": "Page d’un site qui n’a pas le droit d’ouvrir la conversation",
    "404": "Introuvable",
    "413": "Trop long",
    "415": "Autre chose que du JSON",
    "429": "Trop de demandes. S’il y a un «\u00a0challenge\u00a0», trouver un nombre n tel que "
    "SHA-256 de «\u00a0salt:n\u00a0» commence par «\u00a0bits\u00a0» bits nuls, puis renvoyer "
    "la demande avec l’en-tête X-Proof, «\u00a0salt:n\u00a0»",
    "503": "Service indisponible",
}
_BEARER: list[dict[str, list[str]]] = [{"session": []}]
_PROOF = {
    "name": "X-Proof",
    "in": "header",
    "description": "La réponse à «\u00a0challenge\u00a0», quand une adresse en a reçu un (429)",
    "schema": {"type": "string"},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Renvoyer la même clé redonne la même réponse",
    "schema": {"type": "string", "maxLength": 80},
}


def _content(schema: str, kind: str = "application/json") -> dict[str, Any]:
    return {"content": {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def _answer(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, **_content(schema)}


def _problems(*statuses: str) -> dict[str, Any]:
    content = _content("Problem", "application/problem+json")
    return {one: {"description": _MEANINGS[one], **content} for one in ("403", *statuses)}


_MESSAGES = {"200": _answer("Les messages de l’assistant", "Messages")}

OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Premier Accueil, conversation", "version": "1.1.0"},
    "paths": {
        "/api/chat/sessions": {
            "post": {
                "summary": "Ouvrir une conversation",
                "parameters": [_PROOF],
                "requestBody": {"required": False, **_content("Opening")},
                "responses": {
                    "201": _answer("La conversation est ouverte", "Opened"),
                    **_problems("413", "429", "503"),
                },
            },
            "delete": {
                "summary": "Effacer la conversation",
                "security": _BEARER,
                "responses": {"204": {"description": "Effacée"}, **_problems("401", "503")},
            },
        },
        "/api/chat/messages": {
            "get": {
                "summary": "Relire la conversation",
                "security": _BEARER,
                "responses": {**_MESSAGES, **_problems("401", "503")},
            },
            "post": {
                "summary": "Écrire, ou appuyer sur un bouton",
                "security": _BEARER,
                "parameters": [_KEY, _PROOF],
                "requestBody": {"required": True, **_content("Said")},
                "responses": {
                    **_MESSAGES,
                    **_problems("400", "401", "404", "413", "415", "429", "503"),
                },
            },
        },
        "/api/chat/position": {
            "post": {
                "summary": "Arrondir une position à sa commune\u202f; rien n’en est gardé",
                "security": _BEARER,
                "parameters": [_PROOF],
                "requestBody": {"required": True, **_content("Position")},
                "responses": {
                    "200": _answer("Les mots à envoyer comme message", "Words"),
                    **_problems("400", "401", "404", "413", "415", "429", "503"),
                },
            },
        },
        "/api/chat/feedback": {
            "post": {
                "summary": "Dire si une réponse était utile\u202f; le dernier avis compte",
                "security": _BEARER,
                "parameters": [_PROOF],
                "requestBody": {"required": True, **_content("Opinion")},
                "responses": {
                    "204": {"description": "C’est noté, sans dire de qui"},
                    **_problems("400", "401", "404", "413", "415", "429", "503"),
                },
            },
        },
        "/api/chat/transfers": {
            "post": {
                "summary": "Recevoir un code pour continuer sur un autre appareil",
                "security": _BEARER,
                "parameters": [_PROOF],
                "responses": {
                    "201": _answer("Un code, dix minutes, une fois", "Transfer"),
                    **_problems("401", "429", "503"),
                },
            },
        },
        "/api/chat/transfers/redeem": {
            "post": {
                "summary": "Continuer ici la conversation d’un code\u202f; là-bas, elle se ferme",
                "requestBody": {"required": True, **_content("Code")},
                "responses": {
                    "200": _answer("La conversation, avec un nouveau jeton", "Opened"),
                    **_problems("400", "404", "413", "415", "429", "503"),
                },
            },
        },
    },
    "components": {
        "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        "schemas": SCHEMAS,
    },
}
