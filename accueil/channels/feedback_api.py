"""Was this answer useful? One opinion on one message."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.limits import ChatLimits
from accueil.channels.requests import UnreadableRequest, bearer, json_body, proof_of


class FeedbackApi:
    """Receives opinions."""

    def __init__(self, application: Application, limits: ChatLimits, channel: str) -> None:
        self._feedback = application.feedback
        self._limits = limits
        self._channel = channel

    async def feedback(self, request: Request) -> Response:
        """POST keeps an opinion on a written answer of this conversation; the last one counts."""
        token = bearer(request)
        self._limits.message(self._channel, address_of(request), token, proof_of(request))
        body = await json_body(request)
        message, useful = body.get("message"), body.get("useful")
        if not isinstance(message, str) or not isinstance(useful, bool):
            raise UnreadableRequest("message as a string, useful as true or false")
        await asyncio.to_thread(self._feedback.note, token, message, useful=useful)
        return Response(status_code=204)
