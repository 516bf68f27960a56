"""One conversation turn: who speaks, is it safe, what is said, what is kept."""

import asyncio
from dataclasses import replace
from weakref import WeakValueDictionary

from accueil.core.conversation import ChatSession
from accueil.core.incoming import MAXIMUM_RECEIVED, Incoming, prepare
from accueil.core.safety import SafetyReading
from accueil.services.chat import wording
from accueil.services.chat.offline import OfflineGuide
from accueil.services.chat.records import ChatRecords
from accueil.services.chat.safety_desk import CALL_BACK, DISTRESS_CARD, RESUME, SafetyDesk
from accueil.services.chat.shown import Opened, Shown, unkept
from accueil.services.chat.territory import PageTerritory
from accueil.services.first_response import PAYLOAD as ALERT
from accueil.services.first_response import FirstResponse
from accueil.services.ports import Assistant, AssistantUnavailable, BotMessage

_GREET = "/salutation"
_ERASED = "erased"
_END = 1_500


class MessageTooLong(ValueError):
    """More characters than anybody types."""


class UnknownButton(ValueError):
    """This conversation never showed that button."""


class ChatService:
    """Opens conversations and answers messages. Turns of one conversation never overlap."""

    def __init__(
        self,
        records: ChatRecords,
        assistant: Assistant,
        desk: SafetyDesk,
        guide: OfflineGuide,
        alerts: FirstResponse,
    ) -> None:
        self._records = records
        self._assistant = assistant
        self._desk = desk
        self._guide = guide
        self._alerts = alerts
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(
        self, channel: str, page: PageTerritory | None = None, *, greets: bool = True
    ) -> Opened:
        """Begin a conversation on a channel; ``page`` is the territory of the page around it.

        ``greets`` is false for whoever said something that cannot wait for a greeting.
        """
        insee = page.insee if page is not None else ""
        session, token = await asyncio.to_thread(self._records.open, channel, insee)
        if not greets:
            return Opened(session.id, token, ())
        try:
            said = await self._assistant.reply(session.id, _GREET)
        except AssistantUnavailable:
            said = [BotMessage(wording.GREETING), *self._guide.reply()]
        said = said or [BotMessage(wording.GREETING)]
        if page is not None and page.organisation:
            said = [BotMessage(wording.welcome(page.organisation)), *said]
        shown = await asyncio.to_thread(self._records.keep, session, said)
        return Opened(session.id, token, tuple(shown))

    async def check(self, token: str) -> None:
        """Raise ``SessionExpired`` unless the token opens a conversation."""
        await asyncio.to_thread(self._records.session, token)

    async def history(self, token: str) -> list[Shown]:
        """Return what was said. Raises ``SessionExpired``."""
        session = await asyncio.to_thread(self._records.session, token)
        return await asyncio.to_thread(self._records.messages, session.id)

    async def close(self, token: str) -> None:
        """Delete the conversation, here and in the dialogue engine. Raises ``SessionExpired``.

        When the engine is down, an empty expired session stays: the worker has it forgotten later.
        """
        session = await asyncio.to_thread(self._records.session, token)
        async with self._turn(session.id):  # a turn under way would be remembered afterwards
            await asyncio.to_thread(self._records.end, session.id)
            if await self.forget_in_engine(session.id):
                await asyncio.to_thread(self._records.delete, session.id)

    async def forget_in_engine(self, conversation_id: str) -> bool:
        """Ask the engine to forget; tell whether it did."""
        try:
            await self._assistant.forget(conversation_id)
        except AssistantUnavailable:
            return False
        return True

    async def press(self, token: str, button: str, request_key: str | None) -> list[Shown]:
        """Answer a button. Raises ``SessionExpired`` or ``UnknownButton``."""
        session = await asyncio.to_thread(self._records.session, token)
        async with self._turn(session.id):
            known = await asyncio.to_thread(self._records.button, session.id, button)
            if known is None:
                raise UnknownButton(button)
            return await self._once(session, known.title, known.payload, None, request_key)

    async def say(self, token: str, text: str, request_key: str | None) -> list[Shown]:
        """Answer a typed message. Raises ``SessionExpired`` or ``MessageTooLong``.

        Distress is answered first, even in a message that is too long, or when the token is not
        valid any more.
        """
        # In a thread: the others need not wait for who writes at length.
        reading = await asyncio.to_thread(self._reading, text)
        try:
            if len(text) > MAXIMUM_RECEIVED:
                raise MessageTooLong(len(text))
            session = await asyncio.to_thread(self._records.session, token)
        except Exception:
            if reading.distress:
                return [unkept(message) for message in self._desk.reply(reading, None)]
            raise
        incoming = prepare(text)
        async with self._turn(session.id):
            seen = reading if reading.distress else None
            shown_text = incoming.reading.text.strip()
            return await self._once(session, shown_text, incoming, seen, request_key)

    def in_danger(self, text: str) -> list[Shown]:
        """Return the numbers for a message of distress, which is not kept; nothing for another.

        For whoever writes too fast to be answered. Of a long text both ends are read: reading a
        whole one takes 30 ms, which a flood must not cost everybody.
        """
        reading = self._desk.read(_ends(text))
        said = self._desk.reply(reading, None) if reading.distress else []
        return [unkept(message) for message in said]

    def _reading(self, text: str) -> SafetyReading:
        """Read for danger before anything is known of who writes: not all of what is refused."""
        return self._desk.read(_ends(text) if len(text) > MAXIMUM_RECEIVED else text)

    async def _once(
        self,
        found: ChatSession,
        shown_text: str,
        asked: Incoming | str,
        distress: SafetyReading | None,
        request_key: str | None,
    ) -> list[Shown]:
        """Answer one turn; a repeated request gets the answer of its first time."""
        try:
            known = await asyncio.to_thread(self._records.answered, found.id, request_key)
            if known:
                return known
            kept_text = wording.NOT_KEPT if distress is not None else shown_text
            session = await asyncio.to_thread(
                self._records.begin_turn, found, kept_text, asked, request_key
            )
        except Exception:
            if distress is not None:
                return [unkept(message) for message in self._desk.reply(distress, None)]
            raise
        said = await self._answer(session, asked, distress)
        try:
            return await asyncio.to_thread(self._records.keep, session, said, distress)
        except Exception:
            if distress is not None:
                return [unkept(message) for message in said]
            raise

    async def _answer(
        self, session: ChatSession, asked: Incoming | str, distress: SafetyReading | None
    ) -> list[BotMessage]:
        if distress is not None:
            return self._desk.reply(distress, session, await self._is_under_way(session))
        if isinstance(asked, str):
            session.safety_type = ""  # a button is a choice: the follow-up is over
            return await self._pressed(session, asked)
        if asked.is_empty:
            return [BotMessage(wording.EMPTY)]
        if session.safety_type:
            can_resume = await self._is_under_way(session)
            said = await self._desk.follow_up(asked.text, session, can_resume)
            if said:
                return said
        said = await self._ask_engine(session, asked.text)
        return [BotMessage(wording.SHORTENED), *said] if asked.shortened else said

    async def _pressed(self, session: ChatSession, payload: str) -> list[BotMessage]:
        if self._guide.is_mine(payload):
            return self._guide.reply(payload)
        if payload == ALERT:
            return self._desk.alerted(await asyncio.to_thread(self._alerts.alert, session.id))
        if not self._desk.is_mine(payload):
            return await self._ask_engine(session, payload)
        if payload != RESUME:
            return self._desk.listen()
        said = await asyncio.to_thread(self._records.under_way, session.id)
        return [BotMessage(wording.RESUMED), *said] if said else self._desk.listen()

    async def _is_under_way(self, session: ChatSession) -> bool:
        """Tell whether there is something to go back to; a broken database is no reason to fail."""
        try:
            return bool(await asyncio.to_thread(self._records.under_way, session.id))
        except Exception:
            return False

    async def _ask_engine(self, session: ChatSession, text: str) -> list[BotMessage]:
        try:
            said = await self._assistant.reply(session.id, text)
        except AssistantUnavailable:
            if text == CALL_BACK:
                return [BotMessage(wording.CALL_BACK_OFFLINE)]
            return await asyncio.to_thread(self._guide.reply_to, text)
        if _shows(said, _ERASED):
            await self.forget_in_engine(session.id)
            said = [replace(one, cards=()) for one in said]
        if _shows(said, DISTRESS_CARD["card"]):
            said = [
                self._desk.second_net(one, session) if _shows([one], DISTRESS_CARD["card"]) else one
                for one in said
            ]
        return said or [BotMessage(wording.NO_ANSWER)]

    def _turn(self, session_id: str) -> asyncio.Lock:
        return self._turns.setdefault(session_id, asyncio.Lock())


def _ends(text: str) -> str:
    """Return the beginning and the end of a long text, a short one whole."""
    return text if len(text) <= 2 * _END else f"{text[:_END]} {text[-_END:]}"


def _shows(messages: list[BotMessage], kind: str) -> bool:
    return any(card.get("card") == kind for one in messages for card in one.cards)
