"""The Telegram channel: Telegram's webhook.

Source: https://core.telegram.org/bots/api, "setWebhook": a POST of one update, with our secret in a
header; anything else than 2xx makes Telegram send it again, for 24 hours at most.
"""

import hmac
import json
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.platform_door import Receive
from accueil.channels.telegram_update import read_update
from accueil.core.clock import Clock
from accueil.gateways.platform_accounts import TelegramAccount
from accueil.gateways.telegram import WEBHOOK_PATH

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name, not the secret)
LOG = structlog.get_logger("telegram")
_JSON = "application/json"


class TelegramWebhook:
    """Checks that Telegram speaks, and hands over what it says."""

    def __init__(self, account: TelegramAccount, clock: Clock, store: Receive) -> None:
        self._account = account
        self._clock = clock
        self._store = store

    async def receive(self, request: Request) -> Response:
        """Answer 200 once an update is stored, or says nothing to us; 503 to get it again.

        What cannot be read answers 200 too: sent again, it would be no more readable.
        """
        if not self._is_signed(request):
            return Response(status_code=401)
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != _JSON:
            return Response(status_code=415)
        update = _json(await request.body())
        event = read_update(update, self._account.bot, self._clock.now())
        if event is None:
            return Response()
        try:
            await self._store([event], [])
        except Exception as error:
            # Only the kind: a database error quotes the values of its statement.
            LOG.error("update not stored", error=type(error).__name__)
            return Response(status_code=503)
        return Response()

    def _is_signed(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(given.encode(), self._account.secret.encode())


def routes(application: Application, receive: Receive) -> list[Route]:
    """Return the webhook's route, none when this instance has no bot."""
    account = application.settings.platforms.telegram
    if account is None:
        return []
    webhook = TelegramWebhook(account, application.clock, receive)
    return [Route(WEBHOOK_PATH, webhook.receive, methods=["POST"])]


def _json(body: bytes) -> Any:
    """Return what a body says, ``None`` when it is not JSON, nor UTF-8, or brackets without end."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
