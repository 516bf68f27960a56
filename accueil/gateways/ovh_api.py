"""OVHcloud's REST API: signed requests, and what a refusal means.

Sources: ``ovh/python-ovh`` for the signature and the error codes; 400 with ``QUERY_TIME_OUT`` or
``INVALID_SIGNATURE`` is about clocks and keys, not about what was asked.
"""

import json
import time
from collections.abc import Callable
from hashlib import sha1
from typing import Any
from urllib.parse import urlencode

import httpx

from accueil.gateways.sms_account import OvhAccount

TIMEOUT_SECONDS = 10.0
_CLOCK_OR_KEYS = ("INVALID_SIGNATURE", "QUERY_TIME_OUT")


class ApiUnavailable(Exception):
    """No answer in time, not for now, or not to these keys: what was asked is not at fault."""


class ApiRefused(Exception):
    """What was asked is refused (400) or unknown (404)."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.is_unknown = status == httpx.codes.NOT_FOUND


class OvhApi:
    """Speaks to the API of an account. ``timeout`` in seconds; ``elapsed`` counts them."""

    def __init__(
        self,
        account: OvhAccount,
        *,
        timeout: float = TIMEOUT_SECONDS,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._account = account
        # A proxy named by the environment leads outside, not to this very machine.
        proxied = account.base_url.startswith("https:")
        self._client = httpx.Client(timeout=timeout, trust_env=proxied)
        self._elapsed = elapsed
        self._offset: float | None = None

    def get(self, path: str, **query: str) -> Any:
        """Return what is there. Raises ``ApiUnavailable``, ``ApiRefused``."""
        return self._call("GET", f"{path}?{urlencode(query)}" if query else path, "")

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Return what is answered to a JSON body. Raises ``ApiUnavailable``, ``ApiRefused``."""
        return self._call("POST", path, json.dumps(body))

    def _call(self, method: str, path: str, content: str) -> Any:
        try:
            response = self._client.send(self._signed(method, path, content))
            if not response.is_success:
                raise self._refusal(response)
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            # No cause: the representation of a request carries what was sent.
            raise ApiUnavailable(type(error).__name__) from None

    def _refusal(self, response: httpx.Response) -> ApiUnavailable | ApiRefused:
        status = response.status_code
        if status not in (httpx.codes.BAD_REQUEST, httpx.codes.NOT_FOUND):
            return ApiUnavailable(str(status))
        answer = response.json()
        if isinstance(answer, dict) and answer.get("errorCode") in _CLOCK_OR_KEYS:
            self._offset = None  # the next request reads the provider's clock again
            return ApiUnavailable("signature")
        return ApiRefused(status)

    def _signed(self, method: str, path: str, content: str) -> httpx.Request:
        account, stamp = self._account, str(self._provider_time())
        request = self._client.build_request(
            method, account.base_url + path, content=content or None
        )
        keys = (account.application_secret, account.consumer_key)
        signed = "+".join((*keys, method, str(request.url), content, stamp))
        # SHA-1 is the provider's choice.
        digest = sha1(signed.encode(), usedforsecurity=False).hexdigest()
        request.headers["Content-Type"] = "application/json"
        request.headers["X-Ovh-Application"] = account.application_key
        request.headers["X-Ovh-Consumer"] = account.consumer_key
        request.headers["X-Ovh-Timestamp"] = stamp
        request.headers["X-Ovh-Signature"] = f"$1${digest}"
        return request

    def _provider_time(self) -> int:
        """Return the provider's own time, in seconds: read once, then counted from there."""
        if self._offset is None:
            response = self._client.get(f"{self._account.base_url}/auth/time")
            response.raise_for_status()
            self._offset = int(response.text) - self._elapsed()
        return int(self._elapsed() + self._offset)
