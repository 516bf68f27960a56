"""Safety: read every message for danger, in front of everything, and answer with help.

What it does and does not promise: ``docs/architecture.md`` and ``SECURITY.md``. The data are in
``data/safety`` (what to look for, what to say) and ``data/reference/emergency_numbers.toml`` (whom
to call).
"""

from accueil.core.safety.detector import SafetyDetector
from accueil.core.safety.model import (
    NumberCard,
    SafetyDataError,
    SafetyReading,
    SafetyReply,
    SafetyType,
)
from accueil.core.safety.numbers import EmergencyNumber, EmergencyNumbers
from accueil.core.safety.replies import SafetyReplies

__all__ = [
    "EmergencyNumber",
    "EmergencyNumbers",
    "NumberCard",
    "SafetyDataError",
    "SafetyDetector",
    "SafetyReading",
    "SafetyReplies",
    "SafetyReply",
    "SafetyType",
]
