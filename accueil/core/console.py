"""A counsellor's signed-in session."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class ConsoleSession:
    """A server-side session: the cookie holds a token, kept hashed here. Instants in UTC."""

    token_hash: str
    counsellor_id: str
    csrf_token: str
    created_at: datetime
    expires_at: datetime
