"""Read ``data/reference/emergency_numbers.toml``, the one registry of helplines."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from accueil.core.safety.model import NumberCard, SafetyDataError

_FIELDS = (
    "number", "display", "name", "for", "hours", "coverage", "overseas", "free", "confidential",
    "always_open", "source", "checked_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """One helpline. ``number`` is what one dials; ``checked_on`` the day its source was read."""

    number: str
    display: str
    name: str
    purpose: str
    hours: str
    coverage: str
    overseas: str
    free: bool
    confidential: bool
    always_open: bool
    voice: bool
    sms: str | None
    chat: str | None
    source: str
    checked_on: date

    @property
    def mention(self) -> str:
        """What to say after the number in a sentence (French): price, confidentiality, hours."""
        qualities = ["gratuit"] * self.free + ["confidentiel"] * self.confidential
        return ", ".join([*qualities, self.hours])

    def card(self) -> NumberCard:
        """Return the tap-to-call card of this number."""
        return NumberCard(
            number=self.number,
            title=f"{self.display} : {self.name}",
            hours=self.hours,
            call=f"tel:{self.number}" if self.voice else None,
            sms=f"sms:{self.sms}" if self.sms else None,
            chat=self.chat,
        )


class EmergencyNumbers:
    """The registry, by dialled digits."""

    def __init__(self, numbers: tuple[EmergencyNumber, ...]) -> None:
        self._by_number = {one.number: one for one in numbers}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raise SafetyDataError naming the entry and the field that is missing."""
        with path.open("rb") as file:
            return cls(tuple(_entry(raw) for raw in tomllib.load(file)["numero"]))

    def __iter__(self) -> Iterator[EmergencyNumber]:
        return iter(self._by_number.values())

    def get(self, number: str) -> EmergencyNumber:
        """Raise SafetyDataError when the registry does not hold ``number``."""
        try:
            return self._by_number[number]
        except KeyError:
            raise SafetyDataError(f"numéro absent du registre : {number}") from None

    def outdated(self, today: date, days: int = 365) -> tuple[EmergencyNumber, ...]:
        """Entries whose source was read more than ``days`` days before ``today``, or after it."""
        return tuple(one for one in self if not 0 <= (today - one.checked_on).days <= days)


def _entry(raw: dict[str, Any]) -> EmergencyNumber:
    for field in _FIELDS:
        if field not in raw:
            raise SafetyDataError(f"numéro {raw.get('number', '?')} : il manque « {field} »")
    return EmergencyNumber(
        number=raw["number"],
        display=raw["display"].replace(" ", "\u00a0"),
        name=raw["name"],
        purpose=raw["for"],
        hours=raw["hours"],
        coverage=raw["coverage"],
        overseas=raw["overseas"],
        free=raw["free"],
        confidential=raw["confidential"],
        always_open=raw["always_open"],
        voice=raw.get("voice", True),
        sms=raw.get("sms"),
        chat=raw.get("chat"),
        source=raw["source"],
        checked_on=raw["checked_on"],
    )
