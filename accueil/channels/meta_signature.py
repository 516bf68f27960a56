"""Meta's webhooks, whichever app they are about: the handshake, the signature, the answer.

Sources: "Webhooks: Getting started" (Graph API): ``hub.challenge`` is echoed when
``hub.verify_token`` is ours; ``X-Hub-Signature-256`` is the HMAC-SHA256 of the body as it came,
under the app's secret. The older header with SHA-1 proves nothing here.
"""

import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from accueil.channels.platform_door import Receive
from accueil.core.platforms import PlatformEvent, SentReceipt

LOG = structlog.get_logger("platforms")
_LONGEST_CHALLENGE = 512

type Batch = tuple[list[PlatformEvent], list[SentReceipt]]


def is_signed(body: bytes, header: str, secret: str) -> bool:
    """Tell whether a ``X-Hub-Signature-256`` header is Meta's for this body. Constant time."""
    expected = "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), header.encode("utf-8", "replace"))


class MetaWebhook:
    """One address that Meta calls. ``receive`` returns once everything is stored."""

    def __init__(
        self, secret: str, verify_token: str, read: Callable[[Any], Batch], receive: Receive
    ) -> None:
        self._secret = secret
        self._verify_token = verify_token
        self._read = read
        self._receive = receive

    def route(self, path: str) -> Route:
        """Return the route of this webhook."""
        return Route(path, self.handle, methods=["GET", "POST"])

    async def handle(self, request: Request) -> Response:
        """GET proves that the address is ours; POST takes a batch, whole or not at all.

        401: not signed by Meta. 503: not stored, and Meta sends it again. What is signed and cannot
        be read is answered like the rest: it would come again for ever.
        """
        if request.method != "POST":
            return self._handshake(request)
        body = await request.body()
        if not is_signed(body, request.headers.get("X-Hub-Signature-256", ""), self._secret):
            return Response(status_code=401)
        try:
            events, receipts = self._read(json.loads(body))
        except (ValueError, RecursionError) as error:
            LOG.warning("unreadable webhook", error=type(error).__name__)
            return Response(status_code=200)
        return await self._store(events, receipts)

    async def _store(self, events: list[PlatformEvent], receipts: list[SentReceipt]) -> Response:
        if events or receipts:
            try:
                await self._receive(events, receipts)
            except Exception as error:
                # Only the kind: a database error quotes the values of its statement.
                LOG.error("webhook not stored", error=type(error).__name__)
                return Response(status_code=503, headers={"Retry-After": "30"})
        return Response(status_code=200)

    def _handshake(self, request: Request) -> Response:
        query = request.query_params
        given, challenge = query.get("hub.verify_token", ""), query.get("hub.challenge", "")
        ours = self._verify_token.encode()
        is_ours = hmac.compare_digest(ours, given.encode("utf-8", "replace"))
        is_sane = 0 < len(challenge) <= _LONGEST_CHALLENGE
        if query.get("hub.mode") != "subscribe" or not is_ours or not is_sane:
            return Response(status_code=403)
        return PlainTextResponse(challenge, headers={"X-Content-Type-Options": "nosniff"})
