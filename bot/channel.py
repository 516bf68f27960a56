"""Input channel: the only way into Rasa, on loopback, for the application's own channels.

`POST /webhooks/accueil/webhook` with `{"sender", "message"}` answers with the list of messages, as
Rasa's REST channel does; `DELETE /webhooks/accueil/conversations/<id>` erases a conversation;
`POST /webhooks/accueil/parse` with `{"message"}` answers with the intent of a text. All ask for the
header `X-Accueil-Secret` when the environment has ACCUEIL_RASA_SECRET. Unlike REST, nothing here
ever writes what was typed to a log.
"""

import hmac
import logging
import os
from asyncio import CancelledError
from typing import Any, Awaitable, Callable, Optional, Text
from urllib.parse import unquote

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import action_results

logger = logging.getLogger(__name__)

action_results.install()

SECRET_ENV = "ACCUEIL_RASA_SECRET"
SECRET_HEADER = "X-Accueil-Secret"
MAX_MESSAGE_CHARS = 4000
MAX_SENDER_CHARS = 255  # the width of the column in the tracker store

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


def _refusal(request: Request) -> Optional[HTTPResponse]:
    """A 403 answer unless the caller knows the shared secret (or none is set)."""
    secret = os.environ.get(SECRET_ENV, "")
    given = request.headers.get(SECRET_HEADER, "")
    if not secret or hmac.compare_digest(secret.encode(), given.encode()):
        return None
    return response.json({"error": "forbidden"}, status=403)


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest


async def erase_conversation(store: Any, sender_id: Text) -> int:
    """Erase a conversation wherever Rasa may hold it; returns the number of events deleted.

    Rasa wraps the configured store in one that falls back to memory when the database fails, so
    that memory is searched too.
    """
    if isinstance(store, FailSafeTrackerStore):
        spare = store._fallback_tracker_store
        deleted = await erase_conversation(store._tracker_store, sender_id)
        return deleted + (await erase_conversation(spare, sender_id) if spare else 0)
    if isinstance(store, InMemoryTrackerStore):
        return 1 if store.store.pop(sender_id, None) else 0
    return int(await store.erase(sender_id))


class LoopbackInput(InputChannel):
    """Rasa's REST channel without streaming, with a secret, with erasure, without logged texts."""

    @classmethod
    def name(cls) -> Text:
        """Name in URLs and in the tracker: /webhooks/accueil/."""
        return "accueil"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Routes of the channel, for Rasa's Sanic server."""
        blueprint = Blueprint("accueil_loopback", __name__)

        @blueprint.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            return _refusal(request) or await self._receive(request, on_new_message)

        @blueprint.route("/parse", methods=["POST"])
        async def parse(request: Request) -> HTTPResponse:
            return _refusal(request) or await self._parse(request)

        @blueprint.route("/conversations/<sender_id>", methods=["DELETE"])
        async def erase(request: Request, sender_id: Text) -> HTTPResponse:
            return _refusal(request) or await self._erase(request, unquote(sender_id))

        return blueprint

    async def _receive(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
        body = request.json if isinstance(request.json, dict) else {}
        sender, text, metadata = (body.get(key) for key in ("sender", "message", "metadata"))
        if not (_is_text(sender, MAX_SENDER_CHARS) and _is_text(text, MAX_MESSAGE_CHARS)):
            return response.json({"error": "sender and message are required texts"}, status=400)
        output = CollectingOutputChannel()
        message = UserMessage(
            text,
            output,
            sender,
            input_channel=self.name(),
            metadata=metadata if isinstance(metadata, dict) else None,
        )
        try:
            await on_new_message(message)
        except CancelledError:
            logger.error("A turn was cancelled: it took too long")
            return response.json({"error": "timeout"}, status=504)
        except Exception as error:
            # The text may sit in the error's message: only its kind is safe to write.
            logger.error("A turn failed: %s", type(error).__name__)
            return response.json({"error": "turn failed"}, status=500)
        return response.json(output.messages)

    async def _parse(self, request: Request) -> HTTPResponse:
        """The intent of a text, outside any conversation: nothing is said, nothing is kept."""
        body = request.json if isinstance(request.json, dict) else {}
        text = body.get("message")
        if not _is_text(text, MAX_MESSAGE_CHARS):
            return response.json({"error": "message is a required text"}, status=400)
        parsed = await request.app.ctx.agent.parse_message(text)
        intent = parsed.get("intent") or {}
        return response.json(
            {
                "intent": intent.get("name") or "",
                "confidence": float(intent.get("confidence") or 0.0),
            }
        )

    async def _erase(self, request: Request, sender_id: Text) -> HTTPResponse:
        agent = request.app.ctx.agent
        async with agent.lock_store.lock(sender_id):
            deleted = await erase_conversation(agent.tracker_store, sender_id)
        return response.json({"deleted_events": deleted})
