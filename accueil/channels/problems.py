"""Errors of the public interface: ``application/problem+json`` in French (RFC 9457)."""

from typing import Any

from starlette.responses import JSONResponse, Response

MOVED = "urn:premier-accueil:moved"
"""Type of the 401 of a conversation that goes on in another device: do not open a new one."""
_TITLES = {
    400: "Demande incomprise",
    401: "Conversation terminée",
    403: "Site non autorisé",
    404: "Introuvable",
    413: "Message trop long",
    415: "Format inattendu",
    429: "Trop de messages",
    503: "Service indisponible",
}


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem whose ``detail`` can be shown as it is; ``more`` are its other members."""
    body = {"type": "about:blank", "status": status, "title": _TITLES[status], "detail": detail}
    return JSONResponse(body | more, status, headers, media_type="application/problem+json")
