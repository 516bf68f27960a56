"""Safety: read every message for danger, in front of everything, and answer with help.

Facts and rules: ``docs`` on safety and the VERA-MH rubric. The data are in ``data/safety`` (what
to look for, what to say) and ``data/reference/emergency_numbers.toml`` (whom to call).
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
