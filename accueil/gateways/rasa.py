"""Rasa on loopback, behind the door of ``channels/``."""

from typing import Any

import httpx

from accueil.services.ports import AssistantUnavailable, BotMessage, Understanding

TIMEOUT_SECONDS = 12.0


class RasaAssistant:
    """Implements ``services.ports.Assistant`` over the channel of ``bot/``."""

    def __init__(self, url: str, secret: str, client: httpx.AsyncClient | None = None) -> None:
        self._url = f"{url}/webhooks/accueil"
        self._headers = {"X-Accueil-Secret": secret} if secret else {}
        self._client = client or httpx.AsyncClient(
            timeout=httpx.Timeout(TIMEOUT_SECONDS, connect=1.0), trust_env=False
        )

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        """Return the answer within twelve seconds. Raises ``AssistantUnavailable``."""
        answer = await self._post("webhook", {"sender": conversation_id, "message": text})
        try:
            return _merge(answer)
        except (KeyError, TypeError, AttributeError) as error:
            raise AssistantUnavailable(type(error).__name__) from None

    async def understand(self, text: str) -> Understanding:
        """Return the intent of a text. Raises ``AssistantUnavailable``."""
        answer = await self._post("parse", {"message": text})
        try:
            return Understanding(str(answer["intent"]), float(answer["confidence"]))
        except (KeyError, TypeError, ValueError) as error:
            raise AssistantUnavailable(type(error).__name__) from None

    async def forget(self, conversation_id: str) -> None:
        """Delete the conversation's events. Raises ``AssistantUnavailable``."""
        try:
            response = await self._client.delete(
                f"{self._url}/conversations/{conversation_id}", headers=self._headers
            )
            if response.status_code != httpx.codes.NOT_FOUND:
                response.raise_for_status()
        except httpx.HTTPError as error:
            raise AssistantUnavailable(type(error).__name__) from None

    async def _post(self, path: str, body: dict[str, str]) -> Any:
        try:
            response = await self._client.post(
                f"{self._url}/{path}", json=body, headers=self._headers
            )
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            # No cause: a request's representation may carry what was written.
            raise AssistantUnavailable(type(error).__name__) from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class NullAssistant:
    """Says what it was told to say, or is unavailable: for tests."""

    def __init__(self, *answers: list[BotMessage], available: bool = True) -> None:
        self.answers = list(answers)
        self.available = available
        self.heard: list[str] = []

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        """Return the next answer. Raises ``AssistantUnavailable`` when told to."""
        if not self.available:
            raise AssistantUnavailable("null")
        self.heard.append(text)
        return self.answers.pop(0) if self.answers else [BotMessage("D’accord.")]

    async def understand(self, text: str) -> Understanding:
        """Understand nothing. Raises ``AssistantUnavailable`` when told to."""
        if not self.available:
            raise AssistantUnavailable("null")
        return Understanding("nlu_fallback", 0.0)

    async def forget(self, conversation_id: str) -> None:
        """Forget nothing: nothing is remembered. Raises ``AssistantUnavailable`` when told to."""
        if not self.available:
            raise AssistantUnavailable("null")


def _merge(items: list[dict[str, Any]]) -> list[BotMessage]:
    """Turn Rasa's messages into ours: a ``custom`` payload is a card of the text before it."""
    messages: list[BotMessage] = []
    for item in items:
        card = item.get("custom")
        if card is not None:
            if not isinstance(card, dict):
                raise TypeError("a card is an object")
            last = messages.pop() if messages else BotMessage()
            messages.append(BotMessage(last.text, last.buttons, (*last.cards, card)))
        if item.get("text"):
            buttons = tuple(
                {"title": str(button["title"]), "payload": str(button["payload"])}
                for button in item.get("buttons", ())
            )
            messages.append(BotMessage(str(item["text"]), buttons))
    return messages
