"""The web channel: the public chat interface, described at ``/api/openapi.json``."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.feedback_api import FeedbackApi
from accueil.channels.guard import Guard
from accueil.channels.limits import ChatLimits, TooManyRequests
from accueil.channels.openapi import OPENAPI
from accueil.channels.origins import Origins
from accueil.channels.problems import problem
from accueil.channels.requests import (
    UnreadableRequest,
    bearer,
    degrees,
    json_body,
    named_territory,
    proof_of,
    request_key,
    spoken,
)
from accueil.channels.transfer_api import TransferApi
from accueil.core.places import words_around
from accueil.services.chat import Shown, answers_of, opened_body

CHANNEL = "web"
_NOT_IN_FRANCE = "Je ne reconnais pas cet endroit en France. Écris plutôt le nom de ta commune."


class ChatApi:
    """Receives requests, checks who speaks and how often, and hands over to the service."""

    def __init__(self, application: Application, limits: ChatLimits) -> None:
        # Taken now: a cached property has no lock, and two first requests would build it twice.
        self._chat = application.chat
        self._gazetteer = application.gazetteer
        self._pages = application.page_territories
        self._limits = limits

    async def sessions(self, request: Request) -> Response:
        """POST opens a conversation; DELETE erases the one of the bearer token."""
        if request.method == "DELETE":
            await self._chat.close(bearer(request))
            return Response(status_code=204)
        self._limits.opening(CHANNEL, address_of(request), proof_of(request))
        said = await named_territory(request)
        page = await asyncio.to_thread(self._pages.read, said) if said else None
        return JSONResponse(opened_body(await self._chat.open(CHANNEL, page)), 201)

    async def messages(self, request: Request) -> Response:
        """GET returns what was said; POST answers a text or a button."""
        token = bearer(request)
        if request.method == "GET":
            return JSONResponse({"messages": answers_of(await self._chat.history(token))})
        try:
            self._limits.message(CHANNEL, address_of(request), token, proof_of(request))
        except TooManyRequests:
            said = self._chat.in_danger(await spoken(request))
            if not said:
                raise
        else:
            said = await self._turn(request, token)
        return JSONResponse({"messages": answers_of(said)})

    async def _turn(self, request: Request, token: str) -> list[Shown]:
        body = await json_body(request)
        key = request_key(request)
        text, button = body.get("text"), body.get("button")
        if isinstance(button, str) and text is None:
            return await self._chat.press(token, button, key)
        if isinstance(text, str) and button is None:
            return await self._chat.say(token, text, key)
        raise UnreadableRequest("text or button, one of them, as a string")

    async def position(self, request: Request) -> Response:
        """POST rounds a position to its commune and returns the words to send; keeps nothing."""
        token = bearer(request)
        self._limits.message(CHANNEL, address_of(request), token, proof_of(request))
        await self._chat.check(token)
        body = await json_body(request)
        latitude, longitude = degrees(body, "latitude"), degrees(body, "longitude")
        try:
            words = await asyncio.to_thread(words_around, latitude, longitude, self._gazetteer)
        except ValueError:
            raise UnreadableRequest("not a point on Earth") from None
        return JSONResponse({"text": words}) if words else problem(404, _NOT_IN_FRANCE)


def routes(application: Application, limits: ChatLimits) -> list[Route]:
    """Return the routes of the web channel."""
    settings = application.settings
    guard = Guard(Origins(settings.public_url, settings.embed_origins))
    chat, feedback = ChatApi(application, limits), FeedbackApi(application, limits, CHANNEL)
    transfers = TransferApi(application, limits, CHANNEL)
    posted = {
        "position": chat.position,
        "feedback": feedback.feedback,
        "transfers": transfers.offer,
        "transfers/redeem": transfers.redeem,
    }
    return [
        Route("/api/chat/sessions", guard(chat.sessions), methods=["POST", "DELETE", "OPTIONS"]),
        Route("/api/chat/messages", guard(chat.messages), methods=["GET", "POST", "OPTIONS"]),
        *(
            Route(f"/api/chat/{name}", guard(handle), methods=["POST", "OPTIONS"])
            for name, handle in posted.items()
        ),
        Route("/api/openapi.json", guard(_openapi), methods=["GET", "OPTIONS"]),
    ]


async def _openapi(_request: Request) -> Response:
    return JSONResponse(OPENAPI)
