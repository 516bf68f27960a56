"""The door of messaging apps: events are stored, then answered, each once, in order.

One process answers, as turns of one conversation exclude each other in its memory.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException

from accueil.bootstrap import Application
from accueil.channels.limits import ChatLimits, TooManyRequests
from accueil.core.platforms import (
    EventKind,
    Platform,
    PlatformEvent,
    PlatformMessage,
    PlatformUser,
    SentReceipt,
)
from accueil.core.platforms.render import render
from accueil.services.chat import Opened, Shown, UnknownTransfer
from accueil.services.platforms import wording
from accueil.services.platforms.inbox import address_key, attach
from accueil.services.platforms.ports import PlatformGateway
from accueil.services.platforms.turns import PlatformTurns

type Receive = Callable[[Sequence[PlatformEvent], Sequence[SentReceipt]], Awaitable[None]]
"""Returns once everything is stored. Raises when it could not be: it must come again."""
LOG = structlog.get_logger("platforms")
AT_ONCE = 8
"""People of one app served at the same time; a provider that hangs takes no more than that."""
POLL_SECONDS = 1.0
_STORE_TRIES = 3
_WARNED_FOR = timedelta(minutes=1)
_LAST_TURNS_SECONDS = 5.0


class PlatformDoor:
    """Takes events from the webhooks, and answers them in the background."""

    def __init__(self, application: Application, limits: ChatLimits) -> None:
        self._application = application
        self._limits = limits
        self._gateways: Mapping[Platform, PlatformGateway] = application.platform_gateways
        self._inbox = application.platform_inbox
        self._sending = application.platform_sending
        self._turns = PlatformTurns(
            application.chat,
            application.transfers,
            self._inbox,
            application.gazetteer,
            self._redeem,
            application.settings.public_url,
        )
        self._wake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        # Each app has its own: a provider that hangs must not hold up those of the others.
        self._rooms = {one: asyncio.Semaphore(AT_ONCE) for one in Platform}
        self._threads = {one: ThreadPoolExecutor(AT_ONCE, one.value) for one in Platform}
        self._warned: dict[str, datetime] = {}

    async def receive(
        self, events: Sequence[PlatformEvent], receipts: Sequence[SentReceipt]
    ) -> None:
        """Return once everything is stored. Raises when it could not be: it must come again.

        Whoever is in danger is then answered all the same, without being remembered.
        """
        admitted = [event for event in map(self._admitted, events) if event is not None]
        try:
            await asyncio.to_thread(self._stored, admitted, receipts)
        except Exception:
            await asyncio.gather(*(self._answer_danger(event) for event in admitted))
            raise
        self._wake.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Answer in the background; at the end, let the turns under way finish for five seconds."""
        running = asyncio.create_task(self._run())
        try:
            yield
        finally:
            running.cancel()
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=_LAST_TURNS_SECONDS)
            for threads in self._threads.values():
                threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        """Answer until cancelled; what a former process left is answered first."""
        while True:
            try:
                await self._serve_waiting()
            except Exception as error:
                LOG.error("round failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
            self._wake.clear()

    async def serve_once(self) -> None:
        """Answer what waits now, and return when that is done."""
        await self._serve_waiting()
        await asyncio.gather(*self._busy.values())

    async def _serve_waiting(self) -> None:
        for user_id in await asyncio.to_thread(self._inbox.waiting):
            if user_id not in self._busy:
                self._busy[user_id] = asyncio.create_task(self._serve(user_id))

    async def _serve(self, user_id: str) -> None:
        """Answer and send everything that waits for one person."""
        try:
            user = await asyncio.to_thread(self._inbox.user, user_id)
            if user is None:
                return
            # Whoever is in danger queues behind nobody: their answer needs no dialogue engine.
            room = nullcontext() if await self._is_urgent(user) else self._rooms[user.platform]
            async with room:
                while user is not None and await self._one_step(user):
                    user = await asyncio.to_thread(self._inbox.user, user_id)
        except Exception as error:
            LOG.error("person not served", error=type(error).__name__)
        finally:
            del self._busy[user_id]

    async def _one_step(self, user: PlatformUser) -> bool:
        """Answer one event and send what is due; tell whether there may be more to do now.

        An answer leaves before the next is written: whoever writes on is not left without any.
        """
        event = await asyncio.to_thread(self._inbox.next_event, user)
        if event is not None and not await self._answer(event, user):
            return False
        while await self._in_own_thread(user.platform, self._sending.send_next, user):
            pass
        return event is not None

    async def _is_urgent(self, user: PlatformUser) -> bool:
        event = await asyncio.to_thread(self._inbox.next_event, user)
        text = event.text if event is not None else ""
        return bool(text and self._application.chat.in_danger(text))

    async def _answer(self, event: PlatformEvent, user: PlatformUser) -> bool:
        gateway = self._gateways.get(user.platform)
        if gateway is None:
            return False
        if event.kind is not EventKind.BLOCKED:
            # Not waited for: it only shows that somebody is there.
            threads = self._threads[user.platform]
            threads.submit(gateway.acknowledge, event.sender, event.callback)
        try:
            said = await self._turns.answer(event, user, gateway.abilities)
            pieces = render(said, gateway.abilities)
        except Exception as error:
            LOG.error("event not answered", error=type(error).__name__)
            if not await asyncio.to_thread(self._inbox.count_failure, event):
                return False  # tried again at the next round
            pieces = render([Shown("bot", wording.BROKEN)], gateway.abilities)
        await asyncio.to_thread(self._inbox.answered, event, user.id, pieces)
        return True

    def _stored(self, events: Sequence[PlatformEvent], receipts: Sequence[SentReceipt]) -> None:
        for left in range(_STORE_TRIES - 1, -1, -1):
            try:
                self._inbox.receive(events, receipts)
                return
            except IntegrityError:
                if not left:
                    raise  # the same event or person at the same moment: now it is there

    def _admitted(self, event: PlatformEvent) -> PlatformEvent | None:
        """Count an event; of one too many, let through only what cannot wait."""
        visitor = address_key(self._application.tokens, event.platform, event.sender)
        try:
            self._limits.message(event.platform.value, visitor, visitor)
        except TooManyRequests:
            is_urgent = bool(event.text and self._application.chat.in_danger(event.text))
            if is_urgent or event.kind is EventKind.BLOCKED:
                return event
            return self._warning(event, visitor)
        return event

    def _warning(self, event: PlatformEvent, visitor: str) -> PlatformEvent | None:
        """Have whoever goes too fast told so, once a minute."""
        now = self._application.clock.now()
        self._warned = {key: at for key, at in self._warned.items() if now - at < _WARNED_FOR}
        if visitor in self._warned:
            return None
        self._warned[visitor] = now
        return replace(event, kind=EventKind.HURRIED, text="", button="")

    async def _redeem(self, user: PlatformUser, typed: str) -> Opened | None:
        try:
            async with self._limits.codes.turn(user.address_key):
                return await asyncio.to_thread(
                    self._application.transfers.redeem,
                    typed,
                    user.platform.value,
                    lambda uow, session_id, token: attach(uow, user.id, session_id, token),
                )
        except UnknownTransfer:
            self._limits.codes.missed(user.address_key)
        except HTTPException:
            LOG.warning("too many wrong codes")  # it may still be the code of an appointment
        return None

    async def _answer_danger(self, event: PlatformEvent) -> None:
        said = self._application.chat.in_danger(event.text) if event.text else []
        gateway = self._gateways.get(event.platform)
        if not said or gateway is None:
            return
        for number, piece in enumerate(render(said, gateway.abilities)):
            message = PlatformMessage(piece.text, f"danger{number}", piece.choices)
            try:
                send, at = gateway.send, event.at
                await self._in_own_thread(event.platform, send, event.sender, message, at)
            except Exception as error:
                LOG.error("danger not answered", error=type(error).__name__)
                return

    async def _in_own_thread[T](
        self, platform: Platform, call: Callable[..., T], *arguments: Any
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads[platform], call, *arguments)
