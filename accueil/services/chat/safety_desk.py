"""The safety reply and its follow-ups: before anything else, whatever else is broken."""

import re
from dataclasses import replace
from typing import Any

from accueil.core.conversation import ChatSession
from accueil.core.safety import (
    NumberCard,
    SafetyDetector,
    SafetyReading,
    SafetyReplies,
    SafetyReply,
    SafetyType,
)
from accueil.core.territory import Site
from accueil.core.text import fold
from accueil.services.chat import wording
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
_PREFIX = "secours:"
RESUME = f"{_PREFIX}reprendre"
"""Payload of the button that shows again what was asked before the safety reply."""
_OTHER = f"{_PREFIX}autre"
CALL_BACK = "/parler_humain"
_CALL_BACK = {"title": wording.CALL_BACK, "payload": CALL_BACK}
_MENU = tuple({"title": title, "payload": payload} for title, payload in wording.FIRST_STEPS)
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

    def reply(
        self, reading: SafetyReading, session: ChatSession | None, can_resume: bool = False
    ) -> list[BotMessage]:
        """Answer distress; remembers the type and the variant on the session, never the text.

        ``can_resume``: something was under way before, and can be taken up again.
        """
        if session is None:
            return [_message(self._replies.reply(reading, None)[1])]
        is_staying = bool(session.safety_type)
        session.safety_type = reading.types[0].value
        session.third_person = reading.third_person
        session.had_safety_reply = True
        if is_staying and self._detector.fears_discovery(reading.text):
            return self._stay(reading.text, session, can_resume)
        wants_appointment = bool(_APPOINTMENT.search(fold(reading.text)))
        answer = self._replies.reply(reading, session.safety_variant)
        return _said(session, answer, _ways_on(can_resume, wants_appointment))

    def is_mine(self, payload: str) -> bool:
        """Tell whether a button's payload belongs to this desk."""
        return payload.startswith(_PREFIX)

    def listen(self) -> list[BotMessage]:
        """Answer who has another question: it is theirs to ask."""
        return [BotMessage(wording.LISTENING, _MENU)]

    def alerted(self, site: Site | None) -> list[BotMessage]:
        """Say what was done after an agreement, and who answers meanwhile."""
        if site is None:
            return [BotMessage(wording.NOT_ALERTED, (_CALL_BACK,), self._first_cards())]
        return [BotMessage(wording.alerted(site.name), (), self._first_cards())]

    def second_net(self, message: BotMessage, session: ChatSession) -> BotMessage:
        """Add the numbers to the engine's own answer to distress, and stay with the person."""
        session.safety_type = SafetyType.danger_immediat.value
        session.had_safety_reply = True
        cards = self._first_cards()
        return replace(message, cards=cards, buttons=(_CALL_BACK, *message.buttons))

    def _first_cards(self) -> tuple[dict[str, Any], ...]:
        return tuple(_card(self._replies.registry.get(number).card()) for number in _FIRST)

    async def follow_up(
        self, text: str, session: ChatSession, can_resume: bool = False
    ) -> list[BotMessage]:
        """Answer the message after a safety reply, unless it clearly asks for something else.

        For a session to stay with, and a message already read: one of distress has its own reply.
        """
        if self._detector.reassures(text):
            session.safety_type = ""
            answer = self._replies.reassured(session.safety_variant)
            return _said(session, answer, _ways_on(can_resume))
        if _APPOINTMENT.search(fold(text)) or await self._asks_something_else(text):
            session.safety_type = ""
            return []
        return self._stay(text, session, can_resume)

    def _stay(self, text: str, session: ChatSession, can_resume: bool) -> list[BotMessage]:
        answer = self._replies.follow_up(
            SafetyType(session.safety_type),
            session.third_person,
            session.safety_variant,
            fears_discovery=self._detector.fears_discovery(text),
        )
        return _said(session, answer, _ways_on(can_resume))

    async def _asks_something_else(self, text: str) -> bool:
        try:
            understood = await self._assistant.understand(text)
        except AssistantUnavailable:
            return False
        if understood.intent == "parler_humain" and _CANNOT_TALK.search(fold(text)):
            return False
        return understood.intent in _LEAVES_SAFETY and understood.confidence >= _SURE


def _ways_on(can_resume: bool, wants_appointment: bool = False) -> tuple[dict[str, str], ...]:
    """Offer what comes after the numbers: a person who calls back, and what was under way."""
    if can_resume:
        next_one = {"title": wording.RESUME, "payload": RESUME}
    elif wants_appointment:
        next_one = _MENU[1]
    else:
        next_one = {"title": wording.OTHER_QUESTION, "payload": _OTHER}
    return (_CALL_BACK, next_one)


def _said(
    session: ChatSession, answer: tuple[int, SafetyReply], ways_on: tuple[dict[str, str], ...]
) -> list[BotMessage]:
    """Say a reply, and remember which variant it was: the next one is another."""
    session.safety_variant, reply = answer
    return [replace(_message(reply), buttons=ways_on)]


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
