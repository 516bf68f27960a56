"""From what somebody did in an app to what they are answered: a conversation as elsewhere."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from accueil.core.incoming import MAXIMUM_RECEIVED
from accueil.core.places import Gazetteer, words_around
from accueil.core.platforms import Abilities, EventKind, PlatformEvent, PlatformUser
from accueil.core.platforms.render import chosen_by_number
from accueil.core.text import fold
from accueil.core.tokens import read_code
from accueil.services.chat import ChatService, ChatTransfer, Opened, Shown, UnknownButton
from accueil.services.chat.records import SessionExpired, SessionMoved
from accueil.services.platforms import wording
from accueil.services.platforms.inbox import PlatformInbox

type Redeem = Callable[[PlatformUser, str], Awaitable[Opened | None]]
"""Makes the conversation of a code that of somebody in an app; ``None`` when it is no code."""

_CONTINUES_ON_SITE = re.compile(
    r"(?:je (?:veux|voudrais|peux) )?(?:continuer|passer|aller|reprendre) (?:ca )?(?:sur|avec) "
    r"(?:le |un |mon |l')?(?:site(?: internet)?|ordi(?:nateur)?|pc|web)[ .!?]*"
)
_CODE_ONLY = re.compile(r"\W*(?:code\W+)?[A-Z0-9]{4}[ ‐‑–—-]?[A-Z0-9]{4}\W*", re.IGNORECASE)
_LONGEST_KEY = 40
_ALBUM = timedelta(seconds=5)
"""Photographs sent together come one by one."""


class PlatformTurns:
    """Answers events. One person's events must come one after the other."""

    def __init__(
        self,
        chat: ChatService,
        transfers: ChatTransfer,
        inbox: PlatformInbox,
        gazetteer: Gazetteer,
        redeem: Redeem,
        public_url: str,
    ) -> None:
        self._chat = chat
        self._transfers = transfers
        self._inbox = inbox
        self._gazetteer = gazetteer
        self._redeem = redeem
        self._public_url = public_url
        self._unread: dict[str, PlatformEvent] = {}

    async def answer(
        self, event: PlatformEvent, user: PlatformUser, abilities: Abilities
    ) -> list[Shown]:
        """Return what is said to somebody; nothing to whoever has just blocked us.

        Asked again for the same event, it answers the same: nothing is done twice.
        """
        match event.kind:
            case EventKind.BLOCKED | EventKind.UNBLOCKED:
                blocked = event.kind is EventKind.BLOCKED
                await asyncio.to_thread(self._inbox.block, user.id, blocked=blocked)
                return []
            case EventKind.GROUP:
                return [_said(wording.GROUP)]
            case EventKind.HURRIED:
                return [_said(wording.SLOW_DOWN)]
            case EventKind.START:
                return await self._greet(user)
            case EventKind.BUTTON:
                return await self._press(event, user)
            case EventKind.LOCATION:
                return await self._locate(event, user)
            case EventKind.TEXT:
                return await self._read(event, user, abilities)
            case _:
                return await self._look(event, user)

    async def _greet(self, user: PlatformUser) -> list[Shown]:
        if user.session_token:
            try:
                history = await self._chat.history(user.session_token)
            except SessionExpired:
                pass
            else:
                return _last_said(history) or [_said(wording.NOTICE)]
        return list((await self._open(user)).messages)

    async def _press(self, event: PlatformEvent, user: PlatformUser) -> list[Shown]:
        try:
            return await self._chat.press(user.session_token, event.button, _key(event))
        except SessionExpired as error:
            opened = await self._open(user)
            return [_said(_over(error)), *opened.messages]
        except UnknownButton:
            history = await self._chat.history(user.session_token)
            return [_said(wording.OLD_BUTTON), *_last_said(history)]

    async def _locate(self, event: PlatformEvent, user: PlatformUser) -> list[Shown]:
        if event.latitude is None or event.longitude is None:
            return [_said(wording.NOT_IN_FRANCE)]
        try:
            words = await asyncio.to_thread(
                words_around, event.latitude, event.longitude, self._gazetteer
            )
        except ValueError:
            words = ""
        return await self._say(event, user, words) if words else [_said(wording.NOT_IN_FRANCE)]

    async def _look(self, event: PlatformEvent, user: PlatformUser) -> list[Shown]:
        """Answer what has no words: by its caption or its number, if there is one."""
        if event.kind is EventKind.CONTACT and event.text:
            return await self._say(event, user, f"Mon numéro : {event.text}")
        said = [] if self._was_just_told(event, user) else [_said(wording.not_read(event.kind))]
        return [*said, *await self._say(event, user, event.text)] if event.text.strip() else said

    def _was_just_told(self, event: PlatformEvent, user: PlatformUser) -> bool:
        """Tell whether this is one more of an album, of which the first was answered."""
        recent = {key: one for key, one in self._unread.items() if event.at - one.at < _ALBUM}
        before = recent.get(user.id)
        self._unread = recent | {user.id: replace(event, text="", callback="")}
        # The same event comes back when its answer could not be kept.
        return before is not None and before.kind is event.kind and before.id != event.id

    async def _read(
        self, event: PlatformEvent, user: PlatformUser, abilities: Abilities
    ) -> list[Shown]:
        if _CODE_ONLY.fullmatch(event.text) and read_code(event.text):
            opened = await self._redeem(user, event.text)
            if opened is not None:
                user.session_id, user.session_token = opened.session_id, opened.token
                return [_said(wording.TRANSFERRED), *_last_said(list(opened.messages))]
        if user.session_token:
            if _CONTINUES_ON_SITE.fullmatch(fold(event.text)):
                return await self._give_code(user)
            choice = await self._chosen(event.text, user, abilities)
            if choice is not None:
                return await self._chat.press(user.session_token, choice, _key(event))
        return await self._say(event, user, event.text)

    async def _chosen(self, text: str, user: PlatformUser, abilities: Abilities) -> str | None:
        if not any(character.isdigit() for character in text) or len(text) > 20:
            return None
        try:
            history = await self._chat.history(user.session_token)
        except SessionExpired:
            return None
        choice = chosen_by_number(text, _last_said(history), abilities)
        return choice.token if choice else None

    async def _give_code(self, user: PlatformUser) -> list[Shown]:
        try:
            offered = await asyncio.to_thread(self._transfers.offer, user.session_token)
        except SessionExpired as error:
            opened = await self._open(user)
            return [_said(_over(error)), *opened.messages]
        return [_said(wording.continue_on_site(offered.code, self._public_url))]

    async def _say(self, event: PlatformEvent, user: PlatformUser, text: str) -> list[Shown]:
        text = text[:MAXIMUM_RECEIVED]
        if not user.session_token:
            # The answer to danger says what the notice says; nothing may come before it, nor the
            # wait for a dialogue engine that hangs.
            danger = bool(self._chat.in_danger(text))
            opened = await self._open(user, greets=not danger)
            said = await self._chat.say(opened.token, text, _key(event))
            is_told = danger or any("robot" in one.text for one in said)
            return said if is_told else [_said(wording.NOTICE), *said]
        try:
            return await self._chat.say(user.session_token, text, _key(event))
        except SessionExpired as error:
            opened = await self._open(user)
            said = await self._chat.say(opened.token, text, _key(event))
            return [_said(_over(error)), *said]

    async def _open(self, user: PlatformUser, *, greets: bool = True) -> Opened:
        opened = await self._chat.open(user.platform.value, greets=greets)
        await self._attach(user, opened)
        return opened

    async def _attach(self, user: PlatformUser, opened: Opened) -> None:
        user.session_id, user.session_token = opened.session_id, opened.token
        await asyncio.to_thread(self._inbox.attach, user.id, opened.session_id, opened.token)


def _over(error: SessionExpired) -> str:
    return wording.MOVED if isinstance(error, SessionMoved) else wording.EXPIRED


def _last_said(history: list[Shown]) -> list[Shown]:
    """Return what the robot said after the person's last message."""
    last = [index for index, one in enumerate(history) if one.author == "user"]
    return history[last[-1] + 1 :] if last else history


def _key(event: PlatformEvent) -> str:
    return event.id[:_LONGEST_KEY]


def _said(text: str) -> Shown:
    return Shown("bot", text)
