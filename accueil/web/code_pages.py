"""From a recovery code to the appointment's own address."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.attempts import ALL_UNKNOWN_CODES, UNKNOWN_CODES, Attempts, Guesses
from accueil.core.french import NBSP
from accueil.core.tokens import read_code
from accueil.services.appointments import Booked
from accueil.web.forms import text_fields
from accueil.web.links import HOME
from accueil.web.pages import page
from accueil.web.security import require_same_site

LONGEST_CODE = 40
_NO_CODE = f"Ce n’est pas un code{NBSP}: huit signes, dont au moins un chiffre, comme K7QF-3M2P."
_UNKNOWN_CODE = (
    "On ne retrouve pas de rendez-vous avec ce code. Vérifie-le signe par signe, "
    "ou appelle ta Mission Locale."
)
_TOO_MANY = (
    "Il y a eu trop d’essais. Attends dix minutes, ouvre le lien de ton message, "
    "ou appelle ta Mission Locale."
)


class CodePages:
    """The form of ``/rdv``. A code has 40 bits: guesses are limited in all, without exception."""

    def __init__(self, application: Application, attempts: Attempts) -> None:
        self._app = application
        self._guesses = Guesses(attempts, UNKNOWN_CODES, ALL_UNKNOWN_CODES, spare=0)

    async def ask(self, _request: Request) -> Response:
        """Show the form."""
        return page("appointment/find.html", error="", code="")

    async def open(self, request: Request) -> Response:
        """Lead to the appointment."""
        require_same_site(request, self._app.settings.public_url)
        typed = (await text_fields(request)).get("code", "")[:LONGEST_CODE]
        code = read_code(typed)
        if code is None:
            return page("appointment/find.html", 422, error=_NO_CODE, code=typed)
        try:
            booked = await self._find(code, address_of(request))
        except HTTPException as error:
            return page(
                "appointment/find.html", error.status_code, error.headers, error=_TOO_MANY, code=""
            )
        if booked is None:
            return page("appointment/find.html", 404, error=_UNKNOWN_CODE, code=typed)
        return RedirectResponse(f"{HOME}/{booked.link_token}", 303)

    async def _find(self, code: str, visitor: str) -> Booked | None:
        async with self._guesses.turn(visitor):
            booked = await run_in_threadpool(self._app.appointments.by_code, code)
            if booked is None:
                self._guesses.missed(visitor)
        return booked
