"""Column types: UTC instants, weekly hours, encrypted text."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from accueil.core.territory import Modality, WeeklyHours
from accueil.persistence.keyring import Keyring

CIPHER = "accueil_cipher"
"""Name under which an engine's dialect carries its keys (see ``engine.open_engine``)."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite, which knows no zones, keeps it as naive UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes; normalise to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored instant must be aware")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Hours(TypeDecorator[list[WeeklyHours]]):
    """Opening hours of a week as ``[[weekday, "09:00", "12:00"], ...]``."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[WeeklyHours] | None, dialect: Dialect) -> Any:
        """Write the spans as plain lists."""
        return [
            [span.weekday, span.start.isoformat("minutes"), span.end.isoformat("minutes")]
            for span in value or ()
        ]

    def process_result_value(self, value: Any, dialect: Dialect) -> list[WeeklyHours]:
        """Read the spans back."""
        return [
            WeeklyHours(weekday, time.fromisoformat(start), time.fromisoformat(end))
            for weekday, start, end in value or ()
        ]


class Days(TypeDecorator[list[date]]):
    """Local dates as ``["2026-12-24", ...]``."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[date] | None, dialect: Dialect) -> Any:
        """Write ISO 8601 dates."""
        return [day.isoformat() for day in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> list[date]:
        """Read the dates back."""
        return [date.fromisoformat(day) for day in value or ()]


class Modalities(TypeDecorator[list[Modality]]):
    """Ways in which an appointment can take place, as ``["on_site", "phone"]``."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[Modality] | None, dialect: Dialect) -> Any:
        """Write their codes."""
        return [one.value for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> list[Modality]:
        """Read the codes back."""
        return [Modality(one) for one in value or ()]


class EncryptedText(TypeDecorator[str]):
    """Personal text, encrypted at rest with the engine's keys (Fernet); empty stays empty."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:
        """Encrypt."""
        return _cipher(dialect).encrypt(value.encode()).decode() if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        """Decrypt. Raises ``keyring.UnknownKey`` when none of the keys opens the value."""
        return _cipher(dialect).decrypt(value.encode()).decode() if value else ""


class EncryptedJson(TypeDecorator[Any]):
    """JSON that may hold a code or a link, encrypted at rest with the engine's keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write as JSON, and encrypt."""
        return _cipher(dialect).encrypt(json.dumps(value).encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Decrypt, and read the JSON back."""
        return json.loads(_cipher(dialect).decrypt(value.encode())) if value else None


ENCRYPTED = (EncryptedText, EncryptedJson)
"""The types whose values a change of key rewrites."""


def _cipher(dialect: Dialect) -> Keyring:
    cipher: Keyring = getattr(dialect, CIPHER)
    return cipher
