"""Around every handler of the interface: who may call it, and errors as problems in French."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from accueil.channels.limits import TooManyRequests
from accueil.channels.origins import Origins
from accueil.channels.problems import MOVED, problem
from accueil.channels.requests import UnexpectedFormat, UnreadableRequest
from accueil.core.french import NBSP
from accueil.core.proof import Challenge
from accueil.services.chat import (
    MessageTooLong,
    SessionExpired,
    SessionMoved,
    UnknownButton,
    UnknownMessage,
    UnknownTransfer,
)

type Handler = Callable[[Request], Awaitable[Response]]

LOG = structlog.get_logger("chat")
_CORS = {
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, X-Proof",
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Max-Age": "600",
}
_BEARER = {"WWW-Authenticate": "Bearer"}
_NUMBERS = f"En danger{NBSP}: 112, ou 114 par SMS."
_EXPIRED = "Cette conversation est terminée. On en ouvre une nouvelle."
_MOVED = "Cette conversation continue sur un autre appareil. Ici, elle est terminée."
_UNREADABLE = "Je n’ai pas reçu un message lisible. Réessaie, ou écris-le autrement."
_NOT_JSON = "Je lis seulement du JSON (Content-Type: application/json)."
_SLOW_DOWN = f"Ça va trop vite pour moi. Attends une minute, puis réessaie. {_NUMBERS}"
_TOO_LONG = "Ton message est trop long. Résume-le en quelques phrases, puis renvoie-le."
_OLD_BUTTON = "Ce bouton n’est plus valable. Écris plutôt ce que tu veux."
_NO_SUCH_MESSAGE = "Je ne retrouve pas cette réponse dans ta conversation."
_WRONG_CODE = (
    "Ce code ne marche pas. Il est peut-être trop vieux, ou déjà utilisé. Vérifie-le, ou demande "
    "un nouveau code."
)
_BROKEN = f"Je n’arrive pas à enregistrer ton message. Réessaie dans un moment. {_NUMBERS}"
_FOREIGN = (
    "Ce site n’a pas le droit d’ouvrir la conversation. Écris-nous depuis le site de ta Mission "
    f"Locale. {_NUMBERS}"
)


class Guard:
    """Turns a handler into an endpoint of the interface."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins

    def __call__(self, handle: Handler) -> Handler:
        """Return the handler with its errors as problems, and CORS for the allowed sites.

        A page of any other site is refused before anything is read.
        """

        async def guarded(request: Request) -> Response:
            if self._origins.refuses(request.headers):
                response = problem(403, _FOREIGN)
            elif request.method == "OPTIONS":
                response = Response(status_code=204, headers=_CORS)
            else:
                response = await _answer(handle, request)
            response.headers["Vary"] = "Origin"
            origin = self._origins.shared_with(request.headers)
            if origin:
                response.headers["Access-Control-Allow-Origin"] = origin
            return response

        return guarded


async def _answer(handle: Handler, request: Request) -> Response:
    try:
        return await handle(request)
    except HTTPException:
        raise  # the body is too long: the middleware answers
    except Exception as error:
        return _known_problem(error) or _unforeseen(error)


def _known_problem(error: Exception) -> Response | None:
    """Return what an error of ours says, most precise first."""
    match error:
        case SessionMoved():
            return problem(401, _MOVED, _BEARER, type=MOVED)
        case SessionExpired():
            return problem(401, _EXPIRED, _BEARER)
        case MessageTooLong():
            return problem(413, _TOO_LONG)
        case UnknownButton():
            return problem(404, _OLD_BUTTON, title="Bouton inconnu")
        case UnknownMessage():
            return problem(404, _NO_SUCH_MESSAGE, title="Réponse inconnue")
        case UnknownTransfer():
            return problem(404, _WRONG_CODE, title="Code inconnu")
        case TooManyRequests(challenge=Challenge() as challenge):
            return problem(429, _SLOW_DOWN, challenge=asdict(challenge))
        case TooManyRequests():
            return problem(429, _SLOW_DOWN, {"Retry-After": "60"})
        case UnreadableRequest():
            return problem(400, _UNREADABLE)
        case UnexpectedFormat():
            return problem(415, _NOT_JSON)
    return None


def _unforeseen(error: Exception) -> Response:
    # Only the kind: a database error quotes the values of its statement.
    LOG.error("turn failed", error=type(error).__name__)
    return problem(503, _BROKEN, {"Retry-After": "30"})
