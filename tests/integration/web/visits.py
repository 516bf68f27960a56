"""Many visitors at once, each at an address of their own."""

import asyncio
import html
from collections.abc import Iterable
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

HEADERS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Visit:
    """One request from one address (from the ranges kept for documentation, RFC 5737)."""

    path: str
    address: str = "192.0.2.1"
    method: str = "GET"
    data: dict[str, str] = field(default_factory=dict)


def visit(
    app: Starlette, visits: Iterable[Visit], *, together: bool = False
) -> list[httpx.Response]:
    """Send every request, one after the other or all together, and return the answers in order."""
    return asyncio.run(_visit(app, list(visits), together))


async def _visit(app: Starlette, visits: list[Visit], together: bool) -> list[httpx.Response]:
    clients: dict[str, httpx.AsyncClient] = {}
    for one in visits:
        if one.address not in clients:
            transport = httpx.ASGITransport(app, client=(one.address, 50000))
            clients[one.address] = httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8080", headers=HEADERS, timeout=60
            )
    sent = [
        clients[one.address].request(one.method, one.path, data=one.data or None) for one in visits
    ]
    if together:
        return list(await asyncio.gather(*sent))
    return [await one for one in sent]


def press(
    app: Starlette, path: str, data: dict[str, str] | None = None, times: int = 10
) -> list[httpx.Response]:
    """Press a button ten times at once, as an impatient finger or a bad network does."""
    return visit(app, [Visit(path, method="POST", data=data or {})] * times, together=True)


def text_of(browser: TestClient, path: str) -> str:
    """Return a page with its entities read."""
    return html.unescape(browser.get(path).text)
