"""The safety reply and its follow-ups: before anything else, whatever else is broken."""

import re
from dataclasses import replace
from typing import Any

from accueil.core.conversation import ChatSession, SafetyEvent
from accueil.core.safety import (
    NumberCard,
    SafetyDetector,
    SafetyReading,
    SafetyReplies,
    SafetyReply,
    SafetyType,
)
from accueil.core.text import fold
from accueil.services.ports import Assistant, AssistantUnavailable, BotMessage

_LEAVES_SAFETY = frozenset(
    """logement sante formation emploi orientation mobilite droits_citoyennete culture_loisirs
    aides_argent trouver_site prendre_rdv annuler_rdv deplacer_rdv consulter_rdv parler_humain
    remerciement au_revoir effacer_donnees mes_donnees""".split()
)
_SURE = 0.55
_APPOINTMENT = re.compile(r"\b(?:rdv|rendez|reserv\w*|creneau)")
"""To speak of the appointment again is to go on with it."""
_CANNOT_TALK = re.compile(r"\b(?:peux|peu|veux|ose|arrive|faut)\W+pas\b|\bpas (?:appeler|parler)\b")
_FIRST = ("3114", "112", "114", "119")
DISTRESS_CARD = {"card": "distress"}
"""Says that the engine took a message for distress that the detector had not seen."""


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

    def second_net(self, message: BotMessage, session: ChatSession) -> BotMessage:
        """Add the numbers to the engine's own answer to distress, and stay with the person."""
        session.safety_type = SafetyType.danger_immediat.value
        cards = tuple(_card(self._replies.registry.get(number).card()) for number in _FIRST)
        return replace(message, cards=cards)

    async def follow_up(self, text: str, session: ChatSession) -> list[BotMessage]:
        """Answer the message after a safety reply, unless it clearly asks for something else."""
        resumes = _APPOINTMENT.search(fold(text)) and not self._detector.read(text).distress
        if not session.safety_type or resumes or await self._asks_something_else(text):
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
        if understood.intent == "parler_humain" and _CANNOT_TALK.search(fold(text)):
            return False
        return understood.intent in _LEAVES_SAFETY and understood.confidence >= _SURE


def event(identifier: str, reading: SafetyReading, session: ChatSession, at: Any) -> SafetyEvent:
    """Return the record of a safety reply: type, time, channel; no text."""
    return SafetyEvent(identifier, at, reading.types[0].value, session.channel)


def _message(reply: SafetyReply) -> BotMessage:
    return BotMessage(reply.text, (), tuple(_card(card) for card in reply.cards))


def _card(card: NumberCard) -> dict[str, Any]:
    return {
        "card": "number",
        "title": card.title,
        "number": card.number,
        "hours": card.hours,
        "call": card.call,
        "sms": card.sms,
        "chat": card.chat,
    }
