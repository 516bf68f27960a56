"""What the Graph API's refusals mean, when only the headers or nothing at all say it."""

import httpx
import pytest

from accueil.gateways.graph_errors import delivery_error


@pytest.mark.parametrize(
    ("header", "wait"),
    [("90", 90.0), ("", 60.0), ("Mon, 23 Nov 2026 08:00:00 GMT", 60.0), ("9" * 400, 60.0)],
)
def test_the_wait_that_is_asked_for_is_kept(header: str, wait: float) -> None:
    error = delivery_error(httpx.Response(429, headers={"Retry-After": header}))
    assert (error.retry, error.wait) == (True, wait)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "400"),
        (b"<html>", "400"),
        (b"[]", "400"),
        (b'{"error": "33639980001"}', "400"),
        (b'{"error": {"code": "33639980001"}}', "400"),
        (b'{"error": {"code": true, "error_subcode": 7}}', "400/7"),
        (b"[" * 100_000, "400"),
    ],
)
def test_only_numbers_are_told(content: bytes, kind: str) -> None:
    error = delivery_error(httpx.Response(400, content=content))
    assert (error.kind, error.retry) == (kind, False)


def test_what_meta_says_will_pass_is_tried_again() -> None:
    answer = {"error": {"code": 4711, "is_transient": True}}
    error = delivery_error(httpx.Response(400, json=answer))
    assert (error.retry, error.is_uncertain) == (True, True)
