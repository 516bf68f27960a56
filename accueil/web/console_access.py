"""Who may enter the console: sign-in, sign-out, and the two gates in front of every page."""

import hmac
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.attempts import SIGN_INS_OF_ACCOUNT, SIGN_INS_OF_ADDRESS, Attempts
from accueil.services.accounts import SESSION_TIME, Signed
from accueil.web.forms import text_fields
from accueil.web.pages import page
from accueil.web.security import require_same_site

HOME = "/conseiller"
SIGN_IN = "/conseiller/connexion"
SESSION_COOKIE = "accueil_session"
FORM_COOKIE = "accueil_connexion"
_FORM_SECONDS = 3600
_WRONG = "L’adresse e-mail ou le mot de passe ne convient pas."
_STALE = "Cette page avait expiré, ou votre navigateur refuse les cookies. Recommencez."

type Endpoint = Callable[[Request], Awaitable[Response]]
type Handler = Callable[[Request, Signed], Awaitable[Response]]


class ConsoleAccess:
    """Sessions are kept by the server; the cookie holds their token and is for this path only."""

    def __init__(self, application: Application) -> None:
        self._app = application
        self._accounts = application.accounts
        self._attempts = Attempts()

    async def show_sign_in(self, request: Request) -> Response:
        """Show the form, or the agenda to who is signed in."""
        if await self._signed(request) is not None:
            return RedirectResponse(HOME, 303)
        return self._sign_in_page(request)

    async def sign_in(self, request: Request) -> Response:
        """Open a session; a wrong answer says nothing about which part was wrong."""
        require_same_site(request, self._app.settings.public_url)
        fields = await text_fields(request)
        email = fields.get("email", "")
        kept = request.cookies.get(FORM_COOKIE, "")
        if not kept or not hmac.compare_digest(kept.encode(), fields.get("jeton", "").encode()):
            return self._sign_in_page(request, 403, _STALE, email)
        token = await self._try(request, email, fields.get("mot_de_passe", ""))
        if token is None:
            return self._sign_in_page(request, 403, _WRONG, email)
        await self._end_session(request)
        response = self._opened(token)
        response.delete_cookie(FORM_COOKIE, HOME)
        return response

    async def extend(self, request: Request, _signed: Signed) -> Response:
        """Let the session last longer: RGAA 13.1 wants time limits that people can put off."""
        token = request.cookies[SESSION_COOKIE]
        await run_in_threadpool(self._accounts.extend, token)
        return self._opened(token, f"{HOME}?note=session#session")

    async def sign_out(self, request: Request, _signed: Signed) -> Response:
        """End the session."""
        await self._end_session(request)
        response = RedirectResponse(SIGN_IN, 303)
        response.delete_cookie(SESSION_COOKIE, HOME)
        return response

    def reading(self, handler: Handler) -> Endpoint:
        """Return an endpoint for who is signed in; others go to the sign-in page."""

        async def endpoint(request: Request) -> Response:
            signed = await self._signed(request)
            return await handler(request, signed) if signed else RedirectResponse(SIGN_IN, 303)

        return endpoint

    def changing(self, handler: Handler) -> Endpoint:
        """Return an endpoint for a form of this session, sent by one of our pages."""

        async def checked(request: Request, signed: Signed) -> Response:
            require_same_site(request, self._app.settings.public_url)
            if not signed.owns_form((await text_fields(request)).get("jeton", "")):
                raise HTTPException(403)
            return await handler(request, signed)

        return self.reading(checked)

    async def _try(self, request: Request, email: str, password: str) -> str | None:
        """Try to sign in, counted by address and by account. Raises 429."""
        account = self._app.tokens.hash(f"sign-in:{email.strip().lower()}")
        self._attempts.count(SIGN_INS_OF_ADDRESS, address_of(request))
        self._attempts.count(SIGN_INS_OF_ACCOUNT, account)
        token = await run_in_threadpool(self._accounts.sign_in, email, password)
        if token is not None:
            self._attempts.forgive(SIGN_INS_OF_ACCOUNT, account)
        return token

    async def _signed(self, request: Request) -> Signed | None:
        token = request.cookies.get(SESSION_COOKIE, "")
        return await run_in_threadpool(self._accounts.authenticate, token) if token else None

    def _opened(self, token: str, address: str = HOME) -> Response:
        """Lead to the agenda, with the cookie of the session."""
        response = RedirectResponse(address, 303)
        self._set_cookie(response, SESSION_COOKIE, token, int(SESSION_TIME.total_seconds()))
        return response

    async def _end_session(self, request: Request) -> None:
        token = request.cookies.get(SESSION_COOKIE, "")
        if token:
            await run_in_threadpool(self._accounts.sign_out, token)

    def _sign_in_page(
        self, request: Request, status: int = 200, error: str = "", email: str = ""
    ) -> Response:
        token = request.cookies.get(FORM_COOKIE) or self._app.tokens.new_token()
        response = page(
            "console/sign_in.html", status, token=token, error=error, email=email, signed=None
        )
        self._set_cookie(response, FORM_COOKIE, token, _FORM_SECONDS)
        return response

    def _set_cookie(self, response: Response, name: str, value: str, seconds: int) -> None:
        # Lax, not Strict: the agenda is opened from links in e-mails, and Strict would show the
        # sign-in page there to somebody who is signed in. Forms carry a token besides.
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=HOME,
            secure=self._app.settings.is_secure,
            httponly=True,
            samesite="lax",
        )
