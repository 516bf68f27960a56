"""What a request of the chat interface says: its token, its JSON, who it comes from."""

import json
from typing import Any

from starlette.requests import Request

from accueil.services.chat import SessionExpired

LONGEST_KEY = 80
_JSON = "application/json"


class UnreadableRequest(Exception):
    """Not JSON, or not the JSON that the interface describes."""


class UnexpectedFormat(Exception):
    """The body says it is something else than JSON."""


async def json_body(request: Request) -> dict[str, Any]:
    """Return the body, an object. Raises ``UnreadableRequest`` or ``UnexpectedFormat``."""
    kind = request.headers.get("Content-Type", _JSON).partition(";")[0].strip().lower()
    if kind != _JSON:
        raise UnexpectedFormat(kind)
    received = await request.body()
    try:
        body = json.loads(received)
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, or brackets without end
        raise UnreadableRequest(type(error).__name__) from None
    if not isinstance(body, dict):
        raise UnreadableRequest("not an object")
    return body


async def spoken(request: Request) -> str:
    """Return the typed text of a message, empty when there is none to read."""
    try:
        text = (await json_body(request)).get("text")
    except (UnreadableRequest, UnexpectedFormat):
        return ""
    return text if isinstance(text, str) else ""


async def named_territory(request: Request) -> str:
    """Return what the page around a new conversation says of its territory, empty when nothing."""
    try:
        said = (await json_body(request)).get("territory")
    except (UnreadableRequest, UnexpectedFormat):  # opening never fails for want of a body
        return ""
    return said if isinstance(said, str) else ""


def degrees(body: dict[str, Any], name: str) -> float:
    """Return an angle of at most 180 degrees. Raises ``UnreadableRequest``."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 180:
        raise UnreadableRequest(f"{name} as a number of degrees")
    return float(value)


def bearer(request: Request) -> str:
    """Return the token of the conversation (RFC 6750). Raises ``SessionExpired``."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise SessionExpired
    return token


def request_key(request: Request) -> str | None:
    """Return the key by which a request sent again is known."""
    return request.headers.get("Idempotency-Key", "")[:LONGEST_KEY] or None


def proof_of(request: Request) -> str:
    """Return the solved challenge, empty when there is none."""
    return request.headers.get("X-Proof", "")
