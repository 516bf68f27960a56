"""Pages that are the same for everybody: kept by caches, sent compressed, asked again cheaply."""

import gzip
import hashlib

from starlette.requests import Request
from starlette.responses import Response

MINUTES_KEPT = 10
"""An answer that expires, or is corrected, is shown as it was for so long at most."""


def public_response(
    request: Request, body: str, media_type: str = "text/html", *, status: int = 200
) -> Response:
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
    known = request.headers.get("if-none-match", "")
    if status == 200 and tag.removeprefix("W/") in known:
        return Response(status_code=304, headers=headers)
    if _takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, 6, mtime=0)
    return Response(content, status, headers, media_type=media_type)


def _takes_gzip(accepted: str) -> bool:
    for one in accepted.lower().split(","):
        coding, _, weight = one.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
