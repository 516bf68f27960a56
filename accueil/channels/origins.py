"""Which sites may speak to the interface from a browser: ours, and those that carry the widget."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers


class Origins:
    """Reads the ``Origin`` header of the Fetch standard (https://fetch.spec.whatwg.org/#origin-header).

    A request without it comes from no page of another site: a browser adds it to every such call.
    """

    def __init__(self, public_url: str, embed_origins: tuple[str, ...]) -> None:
        self._public_host = urlsplit(public_url).netloc
        self._embedders = frozenset(embed_origins)

    def refuses(self, headers: Headers) -> bool:
        """Tell whether a page of a site that is not allowed sends this."""
        origin = headers.get("origin")
        return origin is not None and not self._is_known(origin, headers.get("host", ""))

    def shared_with(self, headers: Headers) -> str:
        """Return the origin that may read the answer, empty when there is none to name."""
        origin = headers.get("origin", "")
        return origin if origin and not self.refuses(headers) else ""

    def _is_known(self, origin: str, host: str) -> bool:
        if origin in self._embedders:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        # Behind a proxy the scheme may be another; the host is the one that was asked for.
        is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
        return is_web and parts.netloc in (self._public_host, host)
