"""Move an appointment to another time, or a seat to another group session."""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accueil.bootstrap import Application
from accueil.core.booking import NotAllowed, SlotTaken, TooLate
from accueil.web.appointment_reader import AppointmentReader
from accueil.web.appointment_view import AppointmentView
from accueil.web.forms import text_fields
from accueil.web.links import Links
from accueil.web.pages import page
from accueil.web.security import require_same_site

DAYS_ON_A_PAGE = 5
_TAKEN = "Quelqu’un vient de prendre cet horaire, désolé. Voici ceux qui sont encore libres."
_FULL = "Cette séance vient de se remplir, désolé. Voici celles où il reste de la place."
_NO_CHOICE = "Choisis un horaire dans la liste, puis valide."
_NO_SESSION = "Choisis une séance dans la liste, puis valide."


class MovePages:
    """``/rdv/{token}/deplacer``."""

    def __init__(self, application: Application, links: Links, reader: AppointmentReader) -> None:
        self._app = application
        self._links = links
        self._reader = reader

    async def ask(self, request: Request) -> Response:
        """Show the free times, or the other sessions, of the site."""
        view = await self._view(request)
        if not view.can_move:
            return refusal(view, "move")
        return await self._choices(view, request)

    async def move(self, request: Request) -> Response:
        """Move to what was chosen, if it is still free."""
        require_same_site(request, self._app.settings.public_url)
        view = await self._view(request)
        fields = await text_fields(request)
        chosen = fields.get("seance" if view.is_seat else "debut", "")
        if not view.can_move:
            return refusal(view, "move")
        try:
            is_moved = await run_in_threadpool(self._move, view, chosen)
        except SlotTaken:
            error = _FULL if view.is_seat else _TAKEN
            return await self._choices(view, None, 409, error)
        except (TooLate, NotAllowed):
            return refusal(await self._view(request), "move")
        if not is_moved:
            error = _NO_SESSION if view.is_seat else _NO_CHOICE
            return await self._choices(view, request, 422, error)
        return RedirectResponse(f"{view.address}?fait=deplace", 303)

    def _move(self, view: AppointmentView, chosen: str) -> bool:
        """Return False when nothing readable was chosen."""
        if view.is_seat:
            if chosen:
                self._app.changes.move_seat(view.appointment.id, chosen)
            return bool(chosen)
        start = _read_instant(chosen)
        if start is not None:
            self._app.changes.move(view.appointment.id, start)
        return start is not None

    async def _view(self, request: Request) -> AppointmentView:
        return await self._reader.view(await self._links.booked(request))

    async def _choices(
        self, view: AppointmentView, request: Request | None, status: int = 200, error: str = ""
    ) -> Response:
        if view.is_seat:
            sessions = await self._reader.sessions(view)
            return page(
                "appointment/move_seat.html", status, view=view, sessions=sessions, error=error
            )
        days = await self._reader.days(view)
        number = _page_number(request)
        first = (number - 1) * DAYS_ON_A_PAGE
        return page(
            "appointment/move.html",
            status,
            view=view,
            days=days[first : first + DAYS_ON_A_PAGE],
            number=number,
            has_more=len(days) > first + DAYS_ON_A_PAGE,
            error=error,
        )


def refusal(view: AppointmentView, wanted: str) -> Response:
    """Say why it can no longer be moved or cancelled here, and whom to call."""
    return page("appointment/refused.html", 409, view=view, wanted=wanted)


def _page_number(request: Request | None) -> int:
    text = request.query_params.get("page", "1") if request is not None else "1"
    return min(max(int(text), 1), 99) if text.isascii() and text.isdigit() else 1


def _read_instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None
