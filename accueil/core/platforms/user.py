"""Somebody at the other end of a messaging app."""

from dataclasses import dataclass
from datetime import datetime

from accueil.core.platforms.event import Platform


@dataclass
class PlatformUser:
    """One address on one platform. Instants in UTC.

    ``address_key`` is the keyed hash by which the address is found; the address itself is
    encrypted. ``session_token`` opens the present conversation, empty when there is none.
    """

    id: str
    platform: Platform
    address_key: str
    address: str
    created_at: datetime
    last_heard_at: datetime
    session_id: str = ""
    session_token: str = ""
    blocked_at: datetime | None = None
