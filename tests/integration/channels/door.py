"""Both sides of the door: a young person's device, and a made-up dialogue engine behind it."""

from typing import Any

import jsonschema
from starlette.testclient import TestClient

from accueil.channels.openapi import OPENAPI
from accueil.gateways.rasa import NullAssistant
from accueil.services.ports import AssistantUnavailable, BotMessage, Understanding

MESSAGES = "/api/chat/messages"
SESSIONS = "/api/chat/sessions"


class Engine(NullAssistant):
    """Hears everything, remembers nobody, and takes texts for the intents it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.intents: dict[str, str] = {}
        self.parsed: list[str] = []
        self.forgotten: list[str] = []
        self.crash: Exception | None = None

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        if self.crash is not None:
            self.heard.append(text)
            raise self.crash
        return await super().reply(conversation_id, text)

    async def understand(self, text: str) -> Understanding:
        if not self.available:
            raise AssistantUnavailable("null")
        self.parsed.append(text)
        return Understanding(self.intents.get(text, "nlu_fallback"), 0.9)

    async def forget(self, conversation_id: str) -> None:
        if not self.available:
            raise AssistantUnavailable("null")
        self.forgotten.append(conversation_id)


class Device:
    """One young person's telephone: it keeps the token of its conversation."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.opened = client.post(SESSIONS).json()
        self.token: str = self.opened["token"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, body: Any, **headers: str):
        return self.client.post(MESSAGES, json=body, headers=self.headers | headers)

    def send(self, content: bytes, kind: str = "application/json"):
        headers = self.headers | {"Content-Type": kind}
        return self.client.post(MESSAGES, content=content, headers=headers)

    def say(self, text: str, **headers: str) -> list[dict[str, Any]]:
        response = self.post({"text": text}, **headers)
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    def press(self, button: dict[str, str]) -> list[dict[str, Any]]:
        response = self.post({"button": button["button"]})
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    def history(self) -> list[dict[str, Any]]:
        return self.client.get(MESSAGES, headers=self.headers).json()["messages"]


def conforms(value: Any, name: str) -> None:
    """Check a body against a schema of the published description."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": OPENAPI["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def is_problem(response: Any, status: int) -> dict[str, Any]:
    """Check an error's status, type and shape; return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    conforms(body, "Problem")
    assert body["status"] == status
    return body
