"""The conversation by plain forms, for a browser without JavaScript.

The same service answers as for the widget. The token of the conversation is in a cookie that no
script reads and no other site sends; it ends with the browser's session. Every form carries a key,
so that pressing twice is the same as once.
"""

from dataclasses import dataclass
from datetime import date

import structlog
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.limits import ChatLimits
from accueil.core.clock import day_in_france
from accueil.services.chat import SessionExpired, Shown
from accueil.web.forms import text_fields
from accueil.web.plain_chat_page import COOKIE, HOME, ChatPage, failure_of
from accueil.web.plain_chat_view import talk_of, transcript, words_for
from accueil.web.security import EXIT, require_same_site

CHANNEL = "page"
LAST = f"{HOME}#dernier"
_LOG = structlog.get_logger("chat")


@dataclass(frozen=True, slots=True)
class _Form:
    """What a form of the page sent: ``said`` goes out, ``typed`` stays when it cannot."""

    button: str
    said: str
    typed: str
    key: str

    @classmethod
    async def of(cls, request: Request) -> "_Form":
        fields = await text_fields(request)
        typed, button = fields.get("texte", ""), fields.get("bouton", "")
        asks_day = "proposer" in fields
        day = words_for(fields.get("jour", ""), fields.get("moment", "")) if asks_day else ""
        said = day if asks_day else "" if button else typed.strip()
        return cls(button, said, typed, fields.get("cle", ""))

    @property
    def keeps(self) -> str:
        """Return the text that was typed and not sent, for the page that follows."""
        return self.typed if self.typed.strip() != self.said else ""


class PlainChat:
    """The pages under ``/discuter``. GET changes nothing."""

    def __init__(self, application: Application, limits: ChatLimits) -> None:
        self._app = application
        # Taken now: a cached property has no lock, and two first requests would build it twice.
        self._chat = application.chat
        self._limits = limits
        self._page = ChatPage(application.settings.is_secure)

    async def show(self, request: Request) -> Response:
        """Show the conversation of the cookie, or the page that begins one."""
        typed = self._suggested(request)
        token = request.cookies.get(COOKIE, "")
        if not token:
            return self._page.start(typed, is_erased=request.query_params.get("fait") == "efface")
        try:
            history = await self._chat.history(token)
        except Exception as error:
            return self._failed(error, typed)
        return self._page.talk(talk_of(history, self._today()), typed)

    async def write(self, request: Request) -> Response:
        """Begin when there is no conversation; answer a text, a choice or a day."""
        require_same_site(request, self._app.settings.public_url)
        form, visitor = await _Form.of(request), address_of(request)
        token, opened = request.cookies.get(COOKIE, ""), ""
        try:
            if not token:
                self._limits.opening(CHANNEL, visitor)
                token = opened = (await self._chat.open(CHANNEL)).token
            said = await self._answer(token, visitor, form)
            history = await self._chat.history(token) if said or form.keeps else []
        except HTTPException:
            raise  # the body is too long: the middleware answers
        except Exception as error:
            return await self._not_answered(error, form, token, opened)
        if said and not _ends_with(history, said):  # an answer that was not kept, but counts
            response = self._page.talk(talk_of([*history, *said], self._today()), form.keeps)
        elif form.keeps:
            response = self._page.talk(talk_of(history, self._today()), form.keeps)
        else:
            response = RedirectResponse(LAST, 303)
        return self._page.remember(response, opened)

    async def trace(self, request: Request) -> Response:
        """Give the conversation as a text file."""
        try:
            history = await self._chat.history(request.cookies.get(COOKIE, ""))
        except SessionExpired:
            return RedirectResponse(HOME, 303)
        except Exception as error:
            return self._failed(error, "")
        today = self._today()
        disposition = {"Content-Disposition": 'attachment; filename="discussion.txt"'}
        return PlainTextResponse(transcript(talk_of(history, today), today), 200, disposition)

    async def ask_erase(self, request: Request) -> Response:
        """Ask before anything is erased."""
        if not request.cookies.get(COOKIE):
            return RedirectResponse(HOME, 303)
        return self._page.ask_erase()

    async def erase(self, request: Request) -> Response:
        """Erase the conversation; doing it twice is the same as once."""
        require_same_site(request, self._app.settings.public_url)
        try:
            await self._chat.close(request.cookies.get(COOKIE, ""))
        except SessionExpired:
            pass
        except Exception as error:
            return self._failed(error, "")
        return self._page.forget(RedirectResponse(f"{HOME}?fait=efface", 303))

    async def leave(self, request: Request) -> Response:
        """Leave for another site at once; the conversation is erased behind."""
        require_same_site(request, self._app.settings.public_url)
        task = BackgroundTask(self._erase_quietly, request.cookies.get(COOKIE, ""))
        return self._page.forget(RedirectResponse(f"{EXIT}/", 303, background=task))

    async def back(self, _request: Request) -> Response:
        """Lead back to the conversation whoever reloads the address of a button."""
        return RedirectResponse(HOME, 303)

    async def _answer(self, token: str, visitor: str, form: _Form) -> list[Shown]:
        """Return what is answered; nothing when nothing was said."""
        if not (form.button or form.said):
            return []
        self._limits.message(CHANNEL, visitor, token)
        key = self._page.request_key(form.key, form.button or form.said)
        if form.button:
            return await self._chat.press(token, form.button, key)
        return await self._chat.say(token, form.said, key)

    async def _not_answered(
        self, error: Exception, form: _Form, token: str, opened: str
    ) -> Response:
        """Say why, with what was typed still there; and help first when it spoke of danger."""
        try:
            history = await self._chat.history(token) if token else []
        except Exception:
            history = []
        urgent = self._chat.in_danger(form.said)
        if urgent:
            response = self._page.talk(talk_of([*history, *urgent], self._today()), "")
        elif history:
            failure = failure_of(error)
            self._note(error, failure.is_expected)
            typed = form.typed or form.said
            response = self._page.talk(talk_of(history, self._today()), typed, failure)
        else:
            response = self._failed(error, form.typed or form.said)
        return self._page.remember(response, opened)

    def _failed(self, error: Exception, typed: str) -> Response:
        failure = failure_of(error)
        self._note(error, failure.is_expected)
        response = self._page.start(typed, failure)
        return self._page.forget(response) if isinstance(error, SessionExpired) else response

    def _note(self, error: Exception, is_expected: bool) -> None:
        if not is_expected:
            # Only the kind: a database error quotes the values of its statement.
            _LOG.error("turn failed", error=type(error).__name__)

    async def _erase_quietly(self, token: str) -> None:
        try:
            await self._chat.close(token)
        except SessionExpired:
            return
        except Exception as error:
            self._note(error, is_expected=False)  # a day later it is erased all the same

    def _suggested(self, request: Request) -> str:
        """Return the question that a link of another page proposes to ask."""
        return self._page.suggestion(
            request.query_params.get("envie", ""),
            self._app.answer(request.query_params.get("fiche", "")),
        )

    def _today(self) -> date:
        return day_in_france(self._app.clock)


def _ends_with(history: list[Shown], said: list[Shown]) -> bool:
    return [one.text for one in history[-len(said) :]] == [one.text for one in said]


def routes(application: Application, limits: ChatLimits) -> list[Route]:
    """Return the routes of the conversation without JavaScript."""
    chat = PlainChat(application, limits)
    return [
        Route(HOME, chat.show, methods=["GET"]),
        Route(HOME, chat.write, methods=["POST"]),
        Route(f"{HOME}/trace.txt", chat.trace, methods=["GET"]),
        Route(f"{HOME}/effacer", chat.ask_erase, methods=["GET"]),
        Route(f"{HOME}/effacer", chat.erase, methods=["POST"]),
        Route(f"{HOME}/quitter", chat.back, methods=["GET"]),
        Route(f"{HOME}/quitter", chat.leave, methods=["POST"]),
    ]
