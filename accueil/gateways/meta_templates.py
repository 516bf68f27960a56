"""The messages that Meta approves beforehand, for Messenger and for WhatsApp alike.

Sources: "Utility templates" (WhatsApp), "Send a utility message" (Messenger Platform): parameters
are counted from 1, stand neither first nor last, and a value holds no line break.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LANGUAGE = "fr"
CATEGORY = "UTILITY"
_SPACES = re.compile(r"[\r\n\t ]+")


@dataclass(frozen=True, slots=True)
class MetaTemplate:
    """A template as Meta is asked for it; ``examples`` fill it.

    {{1}} is when. {{2}} is where or how: a site and its address, "Par téléphone", "En visio".
    """

    name: str
    body: str
    examples: tuple[str, ...] = ("mardi 24 novembre à 14 h 30", "Mission Locale, 3 rue des Lilas")


TEMPLATES = (
    MetaTemplate(
        "rappel_rendez_vous",
        "Rappel\u00a0: ton rendez-vous est {{1}}. Où ou comment\u00a0: {{2}}. "
        "Tu ne peux pas venir\u202f? Réponds à ce message.",
    ),
    MetaTemplate(
        "rendez_vous_deplace",
        "Ton rendez-vous a changé. Le nouveau moment\u00a0: {{1}}. Où ou comment\u00a0: {{2}}. "
        "Ça ne va pas\u202f? Réponds à ce message.",
    ),
    MetaTemplate(
        "rendez_vous_annule",
        "Ton rendez-vous est annulé. Il était prévu {{1}} ({{2}}). "
        "Tu veux un autre moment\u202f? Réponds à ce message.",
    ),
)


def body_component(values: Sequence[str]) -> list[dict[str, Any]]:
    """Return the components of a message that fills {{1}}, {{2}}… with these values."""
    if not values:
        return []
    parameters = [{"type": "text", "text": _SPACES.sub(" ", value).strip()} for value in values]
    return [{"type": "body", "parameters": parameters}]
