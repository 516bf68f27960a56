"""Pages that a young person opens by a link, without an account: see, move, cancel."""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.core.booking import AppointmentStatus, NotAllowed, SlotTaken, TooLate, reason_of
from accueil.core.calendar import CalendarMethod, calendar_part
from accueil.core.tokens import read_code
from accueil.services.appointments import Booked
from accueil.web.appointment_view import AppointmentView, DayOfSlots, days_of_slots
from accueil.web.attempts import CODES, UNKNOWN_LINKS, Attempts
from accueil.web.forms import text_fields
from accueil.web.pages import page
from accueil.web.security import require_same_site

HOME = "/rdv"
DAYS_ON_A_PAGE = 5
_TAKEN = "Quelqu’un vient de prendre cet horaire, désolé. Voici ceux qui sont encore libres."
_NO_CHOICE = "Choisis un horaire dans la liste, puis valide."
_NO_CODE = "Ce code n’est pas complet. Il a huit signes, comme K7QF-3M2P."
_UNKNOWN_CODE = (
    "On ne retrouve pas de rendez-vous avec ce code. Vérifie-le signe par signe, "
    "ou appelle ta Mission Locale."
)


class AppointmentPages:
    """The pages under ``/rdv``. The token in the address is the secret; GET changes nothing."""

    def __init__(self, application: Application) -> None:
        self._app = application
        self._attempts = Attempts()

    async def ask_code(self, _request: Request) -> Response:
        """Show the form for a recovery code."""
        return page("appointment/find.html", error="", code="")

    async def open_code(self, request: Request) -> Response:
        """Lead from a recovery code to the appointment's own address."""
        require_same_site(request, self._app.settings.public_url)
        self._attempts.count(CODES, address_of(request))
        typed = (await text_fields(request)).get("code", "")[:40]
        code = read_code(typed)
        if code is None:
            return page("appointment/find.html", 422, error=_NO_CODE, code=typed)
        booked = await run_in_threadpool(self._app.appointments.by_code, code)
        if booked is None:
            return page("appointment/find.html", 404, error=_UNKNOWN_CODE, code=typed)
        return RedirectResponse(f"{HOME}/{booked.link_token}", 303)

    async def show(self, request: Request) -> Response:
        """Show the appointment."""
        view = await self._view(request)
        done = request.query_params.get("fait", "")
        return page(
            "appointment/show.html",
            view=view,
            done=done,
            reason=reason_of(view.appointment.reason).title,
            is_past=view.end <= self._app.clock.now(),
        )

    async def calendar(self, request: Request) -> Response:
        """Give the appointment as a calendar object."""
        booked = await self._booked(request)
        site = booked.site
        is_cancelled = booked.appointment.status is AppointmentStatus.CANCELLED
        content = calendar_part(
            booked.appointment,
            place=f"{site.name}, {site.address}, {site.postal_code} {site.city}",
            organiser=site.email or self._app.settings.mail_from,
            method=CalendarMethod.CANCEL if is_cancelled else CalendarMethod.PUBLISH,
            stamp=self._app.clock.now(),
        )
        disposition = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"'}
        return Response(content, 200, disposition, media_type="text/calendar")

    async def ask_move(self, request: Request) -> Response:
        """Show the free times of the site."""
        view = await self._view(request)
        if not view.can_move:
            return _refusal(view, "move", 409)
        return await self._slots_page(view, _page_number(request))

    async def move(self, request: Request) -> Response:
        """Move to the chosen time, if it is still free."""
        require_same_site(request, self._app.settings.public_url)
        view = await self._view(request)
        start = _read_instant((await text_fields(request)).get("debut", ""))
        if not view.can_move:
            return _refusal(view, "move", 409)
        if start is None:
            return await self._slots_page(view, _page_number(request), 422, _NO_CHOICE)
        try:
            await run_in_threadpool(self._app.changes.move, view.appointment.id, start)
        except SlotTaken:
            return await self._slots_page(view, 1, 409, _TAKEN)
        except (TooLate, NotAllowed):
            return _refusal(await self._view(request), "move", 409)
        return RedirectResponse(f"{view.address}?fait=deplace", 303)

    async def ask_cancel(self, request: Request) -> Response:
        """Ask before anything is cancelled."""
        view = await self._view(request)
        if view.is_cancelled:
            return RedirectResponse(view.address, 303)
        if not view.can_cancel:
            return _refusal(view, "cancel", 409)
        return page("appointment/cancel.html", view=view)

    async def cancel(self, request: Request) -> Response:
        """Cancel; doing it twice is the same as once."""
        require_same_site(request, self._app.settings.public_url)
        view = await self._view(request)
        try:
            await run_in_threadpool(self._app.changes.cancel, view.appointment.id)
        except (TooLate, NotAllowed):
            return _refusal(await self._view(request), "cancel", 409)
        return RedirectResponse(f"{view.address}?fait=annule", 303)

    async def _booked(self, request: Request) -> Booked:
        """Return the link's appointment. Raises 404 for an unknown link, 429 after too many."""
        visitor = address_of(request)
        self._attempts.require_left(UNKNOWN_LINKS, visitor)
        booked = await run_in_threadpool(
            self._app.appointments.by_link, str(request.path_params["token"])
        )
        if booked is None:
            self._attempts.count(UNKNOWN_LINKS, visitor)
            raise HTTPException(404)
        return booked

    async def _view(self, request: Request) -> AppointmentView:
        booked = await self._booked(request)
        phone = booked.site.phone or await run_in_threadpool(self._phone_of_owner, booked)
        return AppointmentView.of(booked, phone, self._app.clock.now())

    def _phone_of_owner(self, booked: Booked) -> str:
        with self._app.store.read() as uow:
            owner = uow.territory.organisation(booked.site.organisation_id)
        return owner.phone if owner is not None else ""

    def _free_days(self, view: AppointmentView) -> list[DayOfSlots]:
        with self._app.store.read() as uow:
            slots = self._app.slots.free(uow, view.site, reason_of(view.appointment.reason))
        return days_of_slots(slots, view.site.zone())

    async def _slots_page(
        self, view: AppointmentView, number: int, status: int = 200, error: str = ""
    ) -> Response:
        days = await run_in_threadpool(self._free_days, view)
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


def routes(application: Application) -> list[Route]:
    """Return the routes of the appointment pages."""
    pages = AppointmentPages(application)
    link = f"{HOME}/{{token}}"
    return [
        Route(HOME, pages.ask_code, methods=["GET"]),
        Route(HOME, pages.open_code, methods=["POST"]),
        Route(link, pages.show, methods=["GET"]),
        Route(f"{link}/rendez-vous.ics", pages.calendar, methods=["GET"]),
        Route(f"{link}/deplacer", pages.ask_move, methods=["GET"]),
        Route(f"{link}/deplacer", pages.move, methods=["POST"]),
        Route(f"{link}/annuler", pages.ask_cancel, methods=["GET"]),
        Route(f"{link}/annuler", pages.cancel, methods=["POST"]),
    ]


def _refusal(view: AppointmentView, wanted: str, status: int) -> Response:
    return page("appointment/refused.html", status, view=view, wanted=wanted)


def _page_number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return min(max(int(text), 1), 99) if text.isascii() and text.isdigit() else 1


def _read_instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None
