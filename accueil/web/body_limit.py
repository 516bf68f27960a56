"""No request may fill the memory."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accueil.web.errors import error_response

MAXIMUM_BODY = 64 * 1024
MAXIMUM_WEBHOOK = 3 * 1024 * 1024
"""Meta batches up to a thousand events in one request ("Webhooks", payload up to 3 MB)."""


class BodyLimit:
    """Answers 413 to a body over 64 KiB (webhooks: 3 MiB), whether or not its length was announced.

    The endpoint that reads such a body gets an exception; whatever it answers to that, the 413
    goes out instead.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = MAXIMUM_WEBHOOK if scope["path"].startswith("/webhooks/") else MAXIMUM_BODY
        received = 0
        is_answered = False

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        async def send_unless_too_long(message: Message) -> None:
            nonlocal is_answered
            if received <= limit:
                await send(message)
            elif not is_answered:
                is_answered = True
                await error_response(Request(scope), 413)(scope, receive, send)

        await self._app(scope, receive_counted, send_unless_too_long)
