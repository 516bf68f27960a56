"""What every response carries, and what no request may do."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
CRASH_HEADERS = {**_COMMON, "Content-Security-Policy": _POLICY + "'none'"}
"""For the page of an unforeseen exception, which no middleware sees any more."""
_STATIC = {
    "Cache-Control": "public, max-age=300",
    # The widget's modules are loaded by the pages of other sites.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PRIVATE = {
    "/rdv": {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"},
    "/conseiller": {"X-Robots-Tag": "noindex, nofollow"},
}


class SecurityHeaders:
    """Adds the security headers that a response does not set itself.

    ``embed_origins`` may put the demonstration page in a frame; no other page may be framed.
    """

    def __init__(self, app: ASGIApp, embed_origins: tuple[str, ...], is_secure: bool) -> None:
        self._app = app
        self._embedders = " ".join(("'self'", *embed_origins))
        self._is_secure = is_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = self._headers(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(self, path: str) -> dict[str, str]:
        framers = self._embedders if path == "/" else "'none'"
        headers = {**_COMMON, "Content-Security-Policy": _POLICY + framers}
        if path.startswith("/static/"):
            headers |= _STATIC
        headers |= _PRIVATE.get("/" + path.split("/")[1], {})
        if self._is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return headers


def require_same_site(request: Request, public_url: str) -> None:
    """Raise 403 when a form was sent by a page of another site.

    Browsers say where a request comes from in ``Sec-Fetch-Site``; older ones in ``Origin``, which
    is ``null`` under ``Referrer-Policy: no-referrer`` and then tells nothing. A client that sends
    neither is no browser: the secret in the form or in the address decides.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise HTTPException(403)
        return
    origin = request.headers.get("origin", "null")
    host = urlsplit(origin).netloc
    if origin != "null" and host not in (urlsplit(public_url).netloc, request.headers.get("host")):
        raise HTTPException(403)
