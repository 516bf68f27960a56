"""The web channel: the public chat interface, described at ``/api/openapi.json``."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.openapi import OPENAPI
from accueil.channels.problems import problem
from accueil.core.places import Gazetteer, commune_around
from accueil.services.chat import (
    ChatService,
    MessageTooLong,
    SessionExpired,
    UnknownButton,
    answers_of,
)

CHANNEL = "web"
# A school, a library or a mobile operator speaks for hundreds of people from one address.
SESSIONS_PER_ADDRESS = parse("600 per 10 minutes")
MESSAGES_PER_SESSION = parse("120 per minute")
MESSAGES_PER_ADDRESS = parse("3000 per minute")
LONGEST_KEY = 80
_JSON = "application/json"

_EXPIRED = "Cette conversation est terminée. On en ouvre une nouvelle."
_UNREADABLE = "Je n’ai pas reçu un message lisible. Réessaie, ou écris-le autrement."
_NOT_JSON = "Je lis seulement du JSON (Content-Type: application/json)."
_SLOW_DOWN = (
    "Ça va trop vite pour moi. Attends une minute, puis réessaie. En danger : 112, ou 114 par SMS."
).replace(" : ", "\u00a0: ")
_TOO_LONG = "Ton message est trop long. Résume-le en quelques phrases, puis renvoie-le."
_OLD_BUTTON = "Ce bouton n’est plus valable. Écris plutôt ce que tu veux."
_NOT_IN_FRANCE = "Je ne reconnais pas cet endroit en France. Écris plutôt le nom de ta commune."
_BROKEN = (
    "Je n’arrive pas à enregistrer ton message. Réessaie dans un moment. En danger : 112, ou 114 "
    "par SMS."
).replace(" : ", "\u00a0: ")

LOG = structlog.get_logger("chat")
_CORS = {
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Max-Age": "600",
}


class UnreadableRequest(Exception):
    """Not JSON, or not the JSON that the interface describes."""


class UnexpectedFormat(Exception):
    """The body says it is something else than JSON."""


class TooManyRequests(Exception):
    """One address or one conversation asks too often."""


class ChatApi:
    """Receives requests, checks who speaks and how often, and hands over to the service."""

    def __init__(
        self, chat: ChatService, gazetteer: Gazetteer, embed_origins: tuple[str, ...]
    ) -> None:
        self._chat = chat
        self._gazetteer = gazetteer
        self._origins = embed_origins
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def sessions(self, request: Request) -> Response:
        """POST opens a conversation; DELETE erases the one of the bearer token."""
        if request.method == "DELETE":
            await self._chat.close(_token(request))
            return Response(status_code=204)
        self._limit(SESSIONS_PER_ADDRESS, "open", address_of(request))
        opened = await self._chat.open(CHANNEL)
        body = {
            "session_id": opened.session_id,
            "token": opened.token,
            "messages": answers_of(opened.messages),
        }
        return JSONResponse(body, 201)

    async def messages(self, request: Request) -> Response:
        """GET returns what was said; POST answers a text or a button."""
        token = _token(request)
        if request.method == "GET":
            return JSONResponse({"messages": answers_of(await self._chat.history(token))})
        self._limit(MESSAGES_PER_ADDRESS, "address", address_of(request))
        self._limit(MESSAGES_PER_SESSION, "session", token)
        body = await _body(request)
        key = request.headers.get("Idempotency-Key", "")[:LONGEST_KEY] or None
        text, button = body.get("text"), body.get("button")
        if isinstance(button, str) and text is None:
            said = await self._chat.press(token, button, key)
        elif isinstance(text, str) and button is None:
            said = await self._chat.say(token, text, key)
        else:
            raise UnreadableRequest("text or button, one of them, as a string")
        return JSONResponse({"messages": answers_of(said)})

    async def position(self, request: Request) -> Response:
        """POST rounds a position to its commune and returns the words to send; keeps nothing."""
        self._limit(MESSAGES_PER_ADDRESS, "address", address_of(request))
        token = _token(request)
        self._limit(MESSAGES_PER_SESSION, "session", token)
        await self._chat.check(token)
        body = await _body(request)
        latitude, longitude = _degrees(body, "latitude"), _degrees(body, "longitude")
        try:
            commune = await asyncio.to_thread(commune_around, latitude, longitude, self._gazetteer)
        except ValueError:
            raise UnreadableRequest("not a point on Earth") from None
        if commune is None:
            return problem(404, _NOT_IN_FRANCE)
        return JSONResponse({"text": f"J’habite à {commune.name} ({commune.department})"})

    def guarded(
        self, handle: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return the handler with its errors as problems, and CORS for the allowed sites."""

        async def guard(request: Request) -> Response:
            if request.method == "OPTIONS":
                response = Response(status_code=204, headers=_CORS)
            else:
                response = await _answer(handle, request)
            origin = request.headers.get("Origin", "")
            response.headers["Vary"] = "Origin"
            if origin in self._origins:
                response.headers["Access-Control-Allow-Origin"] = origin
            return response

        return guard

    def _limit(self, limit: RateLimitItem, kind: str, key: str) -> None:
        if not self._limiter.hit(limit, kind, key):
            raise TooManyRequests(kind)


async def _answer(handle: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    try:
        return await handle(request)
    except SessionExpired:
        return problem(401, _EXPIRED, {"WWW-Authenticate": "Bearer"})
    except MessageTooLong:
        return problem(413, _TOO_LONG)
    except UnknownButton:
        return problem(404, _OLD_BUTTON)
    except TooManyRequests:
        return problem(429, _SLOW_DOWN, {"Retry-After": "60"})
    except UnreadableRequest:
        return problem(400, _UNREADABLE)
    except UnexpectedFormat:
        return problem(415, _NOT_JSON)
    except HTTPException:
        raise  # the body is too long: the middleware answers
    except Exception as error:
        # Only the kind: a database error quotes the values of its statement.
        LOG.error("turn failed", error=type(error).__name__)
        return problem(503, _BROKEN, {"Retry-After": "30"})


def routes(application: Application) -> list[Route]:
    """Return the routes of the web channel."""
    api = ChatApi(application.chat, application.gazetteer, application.settings.embed_origins)
    return [
        Route(
            "/api/chat/sessions",
            api.guarded(api.sessions),
            methods=["POST", "DELETE", "OPTIONS"],
        ),
        Route(
            "/api/chat/messages",
            api.guarded(api.messages),
            methods=["GET", "POST", "OPTIONS"],
        ),
        Route("/api/chat/position", api.guarded(api.position), methods=["POST", "OPTIONS"]),
        Route("/api/openapi.json", _openapi, methods=["GET"]),
    ]


async def _openapi(_request: Request) -> Response:
    return JSONResponse(OPENAPI)


async def _body(request: Request) -> dict[str, Any]:
    kind = request.headers.get("Content-Type", _JSON).partition(";")[0].strip().lower()
    if kind != _JSON:
        raise UnexpectedFormat(kind)
    received = await request.body()
    try:
        body = json.loads(received)
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, or brackets without end
        raise UnreadableRequest(type(error).__name__) from None
    if not isinstance(body, dict):
        raise UnreadableRequest("not an object")
    return body


def _degrees(body: dict[str, Any], name: str) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 180:
        raise UnreadableRequest(f"{name} as a number of degrees")
    return float(value)


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise SessionExpired
    return token
