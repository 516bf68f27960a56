"""The safety reply and its follow-ups: before anything else, whatever else is broken."""

from typing import Any

from accueil.core.conversation import ChatSession, SafetyEvent
from accueil.core.safety import (
    SafetyDetector,
    SafetyReading,
    SafetyReplies,
    SafetyReply,
    SafetyType,
)
from accueil.services.ports import Assistant, AssistantUnavailable, BotMessage

_LEAVES_SAFETY = frozenset(
    """logement sante formation emploi orientation mobilite droits_citoyennete culture_loisirs
    aides_argent trouver_site prendre_rdv annuler_rdv deplacer_rdv consulter_rdv parler_humain
    remerciement au_revoir effacer_donnees mes_donnees""".split()
)
_SURE = 0.55


class SafetyDesk:
    """Reads every message for distress, and stays with the person afterwards."""

    def __init__(
        self, detector: SafetyDetector, replies: SafetyReplies, assistant: Assistant
    ) -> None:
        self._detector = detector
        self._replies = replies
        self._assistant = assistant

    def read(self, text: str) -> SafetyReading:
        """Return what the detector sees."""
        return self._detector.read(text)

    def reply(self, reading: SafetyReading, session: ChatSession | None) -> list[BotMessage]:
        """Answer distress; remembers the type and the variant on the session, never the text."""
        previous = session.safety_variant if session else None
        variant, reply = self._replies.reply(reading, previous)
        if session is not None:
            session.safety_type = reading.types[0].value
            session.safety_variant = variant
            session.third_person = reading.third_person
        return [_message(reply)]

    async def follow_up(self, text: str, session: ChatSession) -> list[BotMessage]:
        """Answer the message after a safety reply, unless it clearly asks for something else."""
        if not session.safety_type or await self._asks_something_else(text):
            session.safety_type = ""
            return []
        variant, reply = self._replies.follow_up(
            SafetyType(session.safety_type),
            session.third_person,
            session.safety_variant,
            fears_discovery=self._detector.fears_discovery(text),
        )
        session.safety_variant = variant
        return [_message(reply)]

    async def _asks_something_else(self, text: str) -> bool:
        try:
            understood = await self._assistant.understand(text)
        except AssistantUnavailable:
            return False
        return understood.intent in _LEAVES_SAFETY and understood.confidence >= _SURE


def event(identifier: str, reading: SafetyReading, session: ChatSession, at: Any) -> SafetyEvent:
    """Return the record of a safety reply: type, time, channel; no text."""
    return SafetyEvent(identifier, at, reading.types[0].value, session.channel)


def _message(reply: SafetyReply) -> BotMessage:
    cards = tuple(
        {
            "card": "number",
            "title": card.title,
            "number": card.number,
            "hours": card.hours,
            "call": card.call,
            "sms": card.sms,
            "chat": card.chat,
        }
        for card in reply.cards
    )
    return BotMessage(reply.text, (), cards)
