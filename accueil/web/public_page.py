"""Pages that are the same for everybody: kept by caches, sent compressed, asked again cheaply."""

import gzip
import hashlib

from starlette.requests import Request
from starlette.responses import Response

from accueil.web.negotiation import accepts_gzip, has_already

MINUTES_KEPT = 10
"""An answer that expires, or is corrected, is shown as it was for so long at most."""


def public_response(request: Request, body: str, media_type: str = "text/html") -> Response:
    """Return a body that caches may keep; 304 when the asker has it (RFC 9110, section 13.1.2).

    Only for what holds no secret and nothing that the asker sent: compressing those together lets
    an eavesdropper guess (BREACH, https://www.breachattack.com/).
    """
    content = body.encode()
    # Weak: the same page, compressed or not.
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
    headers = {
        "Cache-Control": f"public, max-age={MINUTES_KEPT * 60}",
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    if has_already(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    if accepts_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, 6, mtime=0)
    return Response(content, headers=headers, media_type=media_type)
