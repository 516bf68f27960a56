"""What people read when something went wrong: French, and never a trace."""

from collections.abc import Mapping
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from accueil.web.pages import page
from accueil.web.security import CRASH_HEADERS


class Sentence(NamedTuple):
    """A title and what to do."""

    title: str
    advice: str


_SENTENCES = {
    400: Sentence("Demande incomprise", "Le formulaire est incomplet. Revenez à la page d’avant."),
    403: Sentence(
        "Demande refusée",
        "Pour votre sécurité, ce formulaire n’a pas été pris en compte. "
        "Rechargez la page, puis recommencez.",
    ),
    404: Sentence("Page introuvable", "L’adresse est peut-être incomplète, ou la page a disparu."),
    405: Sentence("Action impossible", "Cette page ne peut pas être utilisée de cette façon."),
    413: Sentence("Message trop long", "Ce qui a été envoyé est trop volumineux."),
    429: Sentence(
        "Trop d’essais",
        "Il y a eu trop d’essais depuis cette connexion. Attendez quelques minutes, "
        "puis recommencez.",
    ),
    500: Sentence("Une erreur est survenue", "Ce n’est pas votre faute. Réessayez dans un moment."),
    503: Sentence("Service indisponible", "Le service ne répond pas. Réessayez dans un moment."),
}
_FOR_THE_YOUNG = {
    403: Sentence(
        "Demande refusée",
        "Pour ta sécurité, ce formulaire n’a pas été pris en compte. Recharge la page, "
        "puis recommence.",
    ),
    429: Sentence(
        "Trop d’essais",
        "Il y a eu trop d’essais depuis cette connexion. Attends quelques minutes, "
        "puis recommence.",
    ),
    500: Sentence("Une erreur est survenue", "Ce n’est pas ta faute. Réessaie dans un moment."),
}
_UNKNOWN_LINK = Sentence(
    "On ne retrouve pas ce rendez-vous",
    "Le lien est peut-être coupé ou incomplet. Reprends-le en entier dans ton message, ou tape "
    "le code de ton rendez-vous.",
)
_RECOVERY = ("/rdv", "Retrouver mon rendez-vous avec mon code")


async def show_http_error(request: Request, error: Exception) -> Response:
    """Answer an ``HTTPException``."""
    if not isinstance(error, HTTPException):
        return error_response(request, 500)
    return error_response(request, error.status_code, error.headers)


async def show_crash(request: Request, _error: Exception) -> Response:
    """Answer an unforeseen exception; Starlette raises it again for the server's log."""
    response = error_response(request, 500)
    response.headers.update(CRASH_HEADERS)
    return response


def error_response(
    request: Request, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a page, or a problem (RFC 9457) under ``/api``."""
    path = request.url.path
    sentence = _SENTENCES.get(status, _SENTENCES[500 if status >= 500 else 400])
    if path.startswith("/api"):
        body = {"type": "about:blank", "status": status, "title": sentence.title}
        return JSONResponse(
            body | {"detail": sentence.advice},
            status,
            dict(headers or {}),
            media_type="application/problem+json",
        )
    headers = dict(headers or {})
    if status == 404 and path.startswith("/rdv/"):
        return _error_page(_UNKNOWN_LINK, status, headers, _RECOVERY)
    if path.startswith("/conseiller"):
        return _error_page(sentence, status, headers, ("/conseiller", "Aller à l’agenda"))
    young = _FOR_THE_YOUNG.get(status, sentence)
    return _error_page(young, status, headers, ("/", "Aller à l’accueil"))


def _error_page(
    sentence: Sentence, status: int, headers: Mapping[str, str], link: tuple[str, str]
) -> Response:
    return page(
        "error.html", status, headers, title=sentence.title, advice=sentence.advice, link=link
    )
