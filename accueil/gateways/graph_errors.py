"""What a refusal of Meta's Graph API means for a message.

Sources: "Common Error Codes" of the Messenger Platform, "Error codes" of the WhatsApp Business
Platform (developers.facebook.com/documentation/business-messaging), "Rate limits" and "Handle
errors" of the Graph API. Only numbers are read: the words may quote what was sent.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from accueil.services.platforms.ports import Blocked, NotDelivered, WindowClosed

_PERSON_LEFT = {551, 131026}
"""Messenger: not available (blocked us, or left). WhatsApp: not reachable at this address."""
_PERSON_LEFT_DETAILS = {1545041, 2018001}
"""Messenger's subcodes: receives nothing from us any more; nobody has this identifier."""
_WINDOW_OVER = {131047}
_WINDOW_OVER_DETAILS = {2018065, 2018108, 2018278}
_RATE_LIMITS = {4, 17, 32, 613, 80006, 80007, 80008, 130429, 131048, 131056, 133016}
_UNCERTAIN = {1, 2, 1200, 131000, 131016}
"""Meta's own trouble. Messenger documents a case of 1 in which the message did leave."""
_OPERATOR = {
    *(0, 3, 10, 33, 102, 190, 368),  # token, permission, number deleted, account restricted
    *range(200, 300),  # permissions
    *(130497, 131005, 131031, 131037, 131042, 131045, 131057),  # account, payment, maintenance
    *(133004, 133010),  # the number: server away, not registered
}
# A template that is absent, paused or other (132000 and on) is the operator's fault too, but a
# reminder must not wait for it: refused at once, it leaves by e-mail or SMS.
_OPERATOR_STATUSES = {401, 403, 404}
_WAIT_BETWEEN_TWO_FOR_ONE_PERSON = 6.0
"""Seconds: WhatsApp lets one message a person through every six seconds, after a burst."""
_WAIT = 60.0
"""Seconds, when the answer does not say how long."""


def delivery_error(response: httpx.Response) -> NotDelivered:
    """Return what an answer that is no success means. ``kind`` holds numbers only."""
    status = response.status_code
    code, detail, is_passing = _numbers(response)
    kind = "/".join(str(number) for number in (status, code, detail) if number is not None)
    if detail in _PERSON_LEFT_DETAILS or code in _PERSON_LEFT:
        return Blocked()
    if detail in _WINDOW_OVER_DETAILS or code in _WINDOW_OVER:
        return WindowClosed()
    if status == httpx.codes.TOO_MANY_REQUESTS or code in _RATE_LIMITS:
        return NotDelivered(kind, retry=True, wait=_wait(response.headers, code))
    if status >= 500 or code in _UNCERTAIN or is_passing:
        return NotDelivered(kind, retry=True, is_uncertain=True)
    if code in _OPERATOR or (code is None and (status in _OPERATOR_STATUSES or status < 400)):
        return NotDelivered(kind, retry=True)
    return NotDelivered(kind, retry=False)


def _numbers(response: httpx.Response) -> tuple[int | None, int | None, bool]:
    """Return the code, its detail, and whether Meta says that it will pass."""
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return None, None, False
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict):
        return None, None, False
    return (
        _number(error.get("code")),
        _number(error.get("error_subcode")),
        error.get("is_transient") is True,
    )


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wait(headers: Mapping[str, str], code: int | None) -> float:
    asked = headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        return float(asked)
    return _WAIT_BETWEEN_TWO_FOR_ONE_PERSON if code == 131056 else _WAIT
