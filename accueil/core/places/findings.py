"""What one message was found to hold."""

from dataclasses import dataclass, field

from accueil.core.places.context import Setting
from accueil.core.places.mentions import Mention
from accueil.core.places.model import Area


@dataclass(slots=True)
class Findings:
    """What a message holds, and which of its words were understood."""

    names: list[tuple[Mention, Setting]] = field(default_factory=list)
    postal: list[Mention] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    district: int | None = None
    taken: set[int] = field(default_factory=set)
