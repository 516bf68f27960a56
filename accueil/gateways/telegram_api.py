"""Telegram's Bot API over HTTP: one call, one answer, nothing tried again here.

Sources: https://core.telegram.org/bots/api, "Making requests" (the address of a method holds the
bot's token; ``ok``, ``error_code``, ``description``) and "ResponseParameters" (``retry_after``).
"""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from accueil.gateways.platform_accounts import TelegramAccount

TIMEOUT_SECONDS = 10.0
_LONGEST_WAIT = 86_400
"""Seconds. Telegram asks for some, minutes at most after a flood: more is no answer of its own."""
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.InvalidURL,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


class TelegramUnreachable(Exception):
    """No answer, or none that can be read. ``is_uncertain``: the call may have had its effect."""

    def __init__(self, kind: str, *, is_uncertain: bool) -> None:
        super().__init__(kind)
        self.is_uncertain = is_uncertain


class TelegramRefused(Exception):
    """Telegram said no. ``wait`` is in seconds, when Telegram asks for patience.

    ``description`` is Telegram's sentence, in English; it stays out of the exception's own text.
    """

    def __init__(self, status: int, description: str, wait: float | None) -> None:
        super().__init__(str(status))
        self.status = status
        self.description = description
        self.wait = wait


class TelegramApi:
    """Speaks for one bot. ``timeout`` in seconds."""

    def __init__(self, account: TelegramAccount, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._url = account.url
        self._client = httpx.Client(timeout=timeout, transport=_HiddenToken(account))

    def call(self, method: str, body: dict[str, Any], *, timeout: float | None = None) -> Any:
        """Return the ``result`` of a method. Raises ``TelegramRefused``, ``TelegramUnreachable``.

        ``timeout`` in seconds replaces the ordinary one. No exception has a cause, which would
        carry what was sent.
        """
        limit = self._client.timeout if timeout is None else httpx.Timeout(timeout)
        try:
            response = self._client.post(f"{self._url}/{method}", json=body, timeout=limit)
        except _NOT_SENT as error:
            raise TelegramUnreachable(type(error).__name__, is_uncertain=False) from None
        except httpx.HTTPError as error:
            raise TelegramUnreachable(type(error).__name__, is_uncertain=True) from None
        except UnicodeError:  # half a character, which is no text for anybody
            raise TelegramRefused(httpx.codes.BAD_REQUEST, "", None) from None
        if not response.is_success:
            raise _refusal(response)
        answer = _read(response)
        if answer.get("ok") is not True or "result" not in answer:
            raise TelegramUnreachable("unreadable", is_uncertain=True)
        return answer["result"]


class _HiddenToken(httpx.BaseTransport):
    """Puts the token in the address at the last moment.

    httpx writes addresses in its log and its errors carry the request: neither ever sees it.
    """

    def __init__(self, account: TelegramAccount) -> None:
        self._url = f"{account.url}/bot{account.token}"
        self._wire = httpx.HTTPTransport(proxy=_proxy(account.url))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to its true address."""
        method = request.url.path.rpartition("/")[2]
        hidden = httpx.Request(
            request.method,
            f"{self._url}/{method}",
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return self._wire.handle_request(hidden)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()


def _proxy(url: str) -> str | None:
    """Return the proxy that the environment names for an https address, as httpx itself would."""
    parts = urlsplit(url)
    if parts.scheme != "https" or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get("https")


def _refusal(response: httpx.Response) -> TelegramRefused:
    answer = _read(response)
    parameters = answer.get("parameters")
    wait = _seconds(parameters.get("retry_after")) if isinstance(parameters, dict) else None
    return TelegramRefused(response.status_code, str(answer.get("description", "")), wait)


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= _LONGEST_WAIT else None


def _read(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer, empty when it is none."""
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
