"""A conversation moves to another device: a code is given here, and taken there."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.limits import ChatLimits
from accueil.channels.problems import problem
from accueil.channels.requests import UnreadableRequest, bearer, json_body, proof_of
from accueil.services.chat import Opened, UnknownTransfer, opened_body

LONGEST_CODE = 40
_TOO_MANY_CODES = "Il y a eu trop d’essais. Attends dix minutes, puis demande un nouveau code."


class TransferApi:
    """Gives codes to whoever holds the token, and a new token to whoever has the code."""

    def __init__(self, application: Application, limits: ChatLimits, channel: str) -> None:
        self._transfers = application.transfers
        addresses = application.platform_addresses.items()
        self._apps = [{"name": name, "url": url} for name, url in addresses]
        self._limits = limits
        self._channel = channel

    async def offer(self, request: Request) -> Response:
        """POST returns a code for this conversation, and the apps where it can go on."""
        token = bearer(request)
        self._limits.message(self._channel, address_of(request), token, proof_of(request))
        offered = await asyncio.to_thread(self._transfers.offer, token)
        ends = offered.expires_at.isoformat(timespec="seconds")
        return JSONResponse({"code": offered.code, "expires_at": ends, "apps": self._apps}, 201)

    async def redeem(self, request: Request) -> Response:
        """POST opens the conversation of a code, within the limits on guessing."""
        code = (await json_body(request)).get("code")
        if not isinstance(code, str):
            raise UnreadableRequest("code as a string")
        try:
            opened = await self._opened(code[:LONGEST_CODE], address_of(request))
        except HTTPException as error:
            return problem(error.status_code, _TOO_MANY_CODES, dict(error.headers or {}))
        return JSONResponse(opened_body(opened))

    async def _opened(self, code: str, visitor: str) -> Opened:
        async with self._limits.codes.turn(visitor):
            try:
                return await asyncio.to_thread(self._transfers.redeem, code, self._channel)
            except UnknownTransfer:
                self._limits.codes.missed(visitor)
                raise
