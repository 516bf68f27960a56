"""Meta's Graph API over HTTP: one signed request, one answer, no attempt of its own to retry.

Sources: Meta's "Secure Graph API calls" (``appsecret_proof``, HMAC-SHA256 of the token under the
app's secret) and "Access tokens". The token travels in a header: addresses end up in logs.
"""

import hmac
from hashlib import sha256
from typing import Any

import httpx

from accueil.gateways.graph_errors import delivery_error
from accueil.services.platforms.ports import NotDelivered

TIMEOUT_SECONDS = 10.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class GraphApi:
    """Speaks for one token of one app. ``url`` has the version; ``timeout`` is in seconds."""

    def __init__(
        self, url: str, token: str, app_secret: str, *, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._url = url
        proof = hmac.new(app_secret.encode(), token.encode(), sha256).hexdigest()
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            params={"appsecret_proof": proof},
            timeout=timeout,
            # A proxy named by the environment leads outside, not to this very machine.
            trust_env=url.startswith("https:"),
        )

    def post(self, path: str, body: dict[str, Any], *, timeout: float | None = None) -> Any:
        """Return the JSON answered to a JSON body. Raises ``NotDelivered``, without any cause.

        ``timeout`` in seconds replaces the ordinary one.
        """
        limit = self._client.timeout if timeout is None else httpx.Timeout(timeout)
        try:
            response = self._client.post(self._url + path, json=body, timeout=limit)
        except _NOT_SENT as error:
            # No cause: a request carries the token and what was sent.
            raise NotDelivered(type(error).__name__, retry=True) from None
        except httpx.HTTPError as error:
            raise NotDelivered(type(error).__name__, retry=True, is_uncertain=True) from None
        except UnicodeError as error:
            raise NotDelivered(type(error).__name__, retry=False) from None
        if not response.is_success:
            raise delivery_error(response)
        try:
            return response.json()
        except (ValueError, RecursionError) as error:
            raise NotDelivered(type(error).__name__, retry=True, is_uncertain=True) from None

    def send(self, path: str, body: dict[str, Any], *steps: str | int) -> str:
        """Post a message and return its identifier, found by ``steps`` in the answer.

        Raises ``NotDelivered``; an answer without identifier leaves it uncertain.
        """
        found = self.post(path, body)
        try:
            for step in steps:
                found = found[step]
        except (KeyError, IndexError, TypeError) as error:
            raise NotDelivered(type(error).__name__, retry=True, is_uncertain=True) from None
        return str(found)
