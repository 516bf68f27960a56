"""Messaging apps: what arrives from them, and what they can show."""

from accueil.core.platforms.event import EventKind, Platform, PlatformEvent, SentReceipt
from accueil.core.platforms.message import Abilities, Choice, PlatformMessage, Template
from accueil.core.platforms.user import PlatformUser

__all__ = [
    "Abilities",
    "Choice",
    "EventKind",
    "Platform",
    "PlatformEvent",
    "PlatformMessage",
    "PlatformUser",
    "SentReceipt",
    "Template",
]
