"""Errors of the public interface: ``application/problem+json`` in French (RFC 9457)."""

from starlette.responses import JSONResponse, Response

_TITLES = {
    400: "Demande incomprise",
    401: "Conversation terminée",
    404: "Bouton inconnu",
    413: "Message trop long",
    415: "Format inattendu",
    429: "Trop de messages",
    503: "Service indisponible",
}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return a problem whose ``detail`` can be shown as it is."""
    body = {"type": "about:blank", "status": status, "title": _TITLES[status], "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")
