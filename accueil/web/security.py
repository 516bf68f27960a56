"""What every response carries, and what no request may do."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accueil.channels.origins import Origins

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors "
)
_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # What pages here use is for them alone; nothing may use the rest.
    "Permissions-Policy": (
        "geolocation=(self), clipboard-write=(self), camera=(), microphone=(), "
        "payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=(), "
        "accelerometer=(), gyroscope=(), magnetometer=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
EXIT = "https://www.wikipedia.org"
"""Where "Quitter vite" leads: a site that anybody may be reading."""
CRASH_HEADERS = {**_COMMON, "Content-Security-Policy": _POLICY + "'none'"}
"""For the page of an unforeseen exception, which no middleware sees any more."""
_STATIC = {
    "Cache-Control": "public, max-age=300",
    # The widget's modules are loaded by the pages of other sites: those that are allowed to.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PRIVATE = {
    "/rdv": {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"},
    "/conseiller": {"X-Robots-Tag": "noindex, nofollow"},
    "/discuter": {
        "X-Robots-Tag": "noindex, nofollow",
        # Chromium applies form-action to where the answer to a form leads, too.
        "Content-Security-Policy": _POLICY.replace("form-action", f"form-action {EXIT}") + "'none'",
    },
}


class SecurityHeaders:
    """Adds the security headers that a response does not set itself.

    ``embed_origins`` may put the demonstration page in a frame; no other page may be framed. Pages
    of ``origins`` may read static files, which is how browsers load modules.
    """

    def __init__(
        self, app: ASGIApp, origins: Origins, embed_origins: tuple[str, ...], is_secure: bool
    ) -> None:
        self._app = app
        self._origins = origins
        self._embedders = " ".join(("'self'", *embed_origins))
        self._is_secure = is_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = self._headers(scope["path"])
        is_static = scope["path"].startswith("/static/")
        reader = self._origins.shared_with(Headers(scope=scope)) if is_static else ""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
                if is_static:
                    headers.add_vary_header("Origin")
                if reader:
                    headers["Access-Control-Allow-Origin"] = reader
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(self, path: str) -> dict[str, str]:
        framers = self._embedders if path == "/" else "'none'"
        headers = {**_COMMON, "Content-Security-Policy": _POLICY + framers}
        if path.startswith("/static/"):
            headers |= _STATIC
        headers |= _PRIVATE.get("/" + path.strip("/").partition("/")[0], {})
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
