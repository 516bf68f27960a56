"""What the pages of the conversation without JavaScript look like, and the cookie behind them."""

import hashlib
import secrets
from dataclasses import dataclass

from starlette.responses import Response

from accueil.channels.limits import TooManyRequests
from accueil.content.typography import mend_line
from accueil.core.answers import Answer
from accueil.core.french import NBSP, NNBSP
from accueil.services.chat import MessageTooLong, SessionExpired, SessionMoved, UnknownButton
from accueil.web.pages import page
from accueil.web.plain_chat_view import MOMENTS, Talk

HOME = "/discuter"
COOKIE = "discussion"
_SUGGESTIONS = {
    "lieu": f"Où est ma Mission Locale{NNBSP}?",
    "rdv": "Je voudrais un rendez-vous",
}
_DANGER = f"En danger{NBSP}: appelle le 112, ou écris au 114 par SMS."


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message was not answered: an HTTP status, a sentence, and whether that can happen."""

    status: int
    sentence: str
    is_expected: bool = True


_FAILURES: tuple[tuple[type[Exception], Failure], ...] = (
    (
        SessionMoved,
        Failure(
            410,
            "Ta conversation continue sur un autre appareil. Ici, tu peux en commencer une autre.",
        ),
    ),
    (
        SessionExpired,
        Failure(
            410,
            "Cette conversation est terminée. Tu peux en commencer une autre.",
        ),
    ),
    (
        MessageTooLong,
        Failure(413, "Ton message est trop long. Résume-le en quelques phrases, puis renvoie-le."),
    ),
    (
        UnknownButton,
        Failure(404, "Ce choix n’est plus valable. Prends-en un autre, ou écris ce que tu veux."),
    ),
    (
        TooManyRequests,
        Failure(429, f"Ça va trop vite pour moi. Attends une minute, puis réessaie. {_DANGER}"),
    ),
)
_BROKEN = Failure(
    503,
    f"Je n’arrive pas à lire ou à garder ton message. Réessaie dans un moment. {_DANGER}",
    is_expected=False,
)


def failure_of(error: Exception) -> Failure:
    """Return what is said of an error."""
    return next((failure for kind, failure in _FAILURES if isinstance(error, kind)), _BROKEN)


class ChatPage:
    """Makes the pages. ``is_secure``: people come by HTTPS."""

    def __init__(self, is_secure: bool) -> None:
        self._is_secure = is_secure

    def start(
        self, typed: str, failure: Failure | None = None, *, is_erased: bool = False
    ) -> Response:
        """Show the page that begins a conversation."""
        status, headers = _head(failure)
        return page(
            "chat/start.html",
            status,
            headers,
            key=secrets.token_urlsafe(12),
            typed=typed,
            error=failure.sentence if failure else "",
            is_erased=is_erased,
        )

    def talk(self, talk: Talk, typed: str, failure: Failure | None = None) -> Response:
        """Show a conversation, with what was typed and not sent."""
        status, headers = _head(failure)
        return page(
            "chat/talk.html",
            status,
            headers,
            key=secrets.token_urlsafe(12),
            talk=talk,
            moments=MOMENTS,
            typed=typed,
            error=failure.sentence if failure else "",
        )

    def ask_erase(self) -> Response:
        """Show the question before erasing."""
        return page("chat/erase.html")

    def suggestion(self, wish: str, answer: Answer | None) -> str:
        """Return the words that a link proposes to send."""
        return mend_line(answer.title) if answer else _SUGGESTIONS.get(wish, "")

    def request_key(self, form_key: str, said: str) -> str | None:
        """Return the key of a request: the same form sent twice with the same content, once.

        A form that the browser's history brings back, and that now says something else, is another
        request: it must not get the answer of the first.
        """
        if not form_key:
            return None
        return hashlib.sha256(f"{form_key}\n{said}".encode()).hexdigest()[:40]

    def remember(self, response: Response, token: str) -> Response:
        """Give the browser the token of a conversation that was just opened."""
        if token:
            response.set_cookie(
                COOKIE, token, path=HOME, secure=self._is_secure, httponly=True, samesite="strict"
            )
        return response

    def forget(self, response: Response) -> Response:
        """Take the token back from the browser."""
        response.delete_cookie(
            COOKIE, path=HOME, secure=self._is_secure, httponly=True, samesite="strict"
        )
        return response


def _head(failure: Failure | None) -> tuple[int, dict[str, str] | None]:
    if failure is None:
        return 200, None
    return failure.status, {"Retry-After": "60"} if failure.status in (429, 503) else None
