"""Pages that a young person opens by a link, without an account: see, come, move, cancel."""

from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.attempts import Attempts
from accueil.core.booking import AppointmentStatus, NotAllowed, TooLate
from accueil.core.calendar import CalendarMethod, calendar_part
from accueil.core.messages.place import place_of
from accueil.services.past_offers import PastOffer
from accueil.web.appointment_reader import AppointmentReader
from accueil.web.appointment_view import AppointmentView
from accueil.web.code_pages import CodePages
from accueil.web.link_errors import Endpoint, explained
from accueil.web.links import HOME, Links, Offered, page_of
from accueil.web.move_pages import MovePages, refusal
from accueil.web.offer_pages import OfferPages
from accueil.web.pages import page
from accueil.web.security import require_same_site


class AppointmentPages:
    """The pages under ``/rdv``. The token in the address is the secret; GET changes nothing."""

    def __init__(
        self, application: Application, links: Links, reader: AppointmentReader, offers: OfferPages
    ) -> None:
        self._app = application
        self._links = links
        self._reader = reader
        self._offers = offers
        self._organiser = parseaddr(application.settings.mail_from)[1]

    async def show(self, request: Request) -> Response:
        """Show the appointment, or the time held for somebody on the waiting list."""
        found = await self._links.find(request)
        done = request.query_params.get("fait", "")
        if isinstance(found, Offered):
            return await self._offers.show(found)
        if isinstance(found, PastOffer):
            return await self._offers.show_past(found, page_of(request), done, 200)
        return page("appointment/show.html", view=await self._reader.view(found), done=done)

    async def calendar(self, request: Request) -> Response:
        """Give the appointment as a calendar object."""
        booked = await self._links.booked(request)
        is_cancelled = booked.appointment.status is AppointmentStatus.CANCELLED
        content = calendar_part(
            booked.appointment,
            place=place_of(booked.appointment, booked.site),
            organiser=self._organiser,
            method=CalendarMethod.CANCEL if is_cancelled else CalendarMethod.PUBLISH,
            stamp=self._app.clock.now(),
            url=f"{self._app.settings.public_url}{page_of(request)}",
        )
        disposition = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"'}
        return Response(content, 200, disposition, media_type="text/calendar")

    async def ask_cancel(self, request: Request) -> Response:
        """Ask before anything is cancelled."""
        view = await self._view(request)
        if view.is_cancelled:
            return RedirectResponse(view.address, 303)
        if not view.can_cancel:
            return refusal(view, "cancel")
        return page("appointment/cancel.html", view=view)

    async def cancel(self, request: Request) -> Response:
        """Cancel; doing it twice is the same as once."""
        require_same_site(request, self._app.settings.public_url)
        view = await self._view(request)
        try:
            await run_in_threadpool(self._app.changes.cancel, view.appointment.id)
        except (TooLate, NotAllowed):
            return refusal(await self._view(request), "cancel")
        return RedirectResponse(f"{view.address}?fait=annule", 303)

    async def coming(self, request: Request) -> Response:
        """Note "je viens"; the page says what is true, whether or not it could be noted."""
        require_same_site(request, self._app.settings.public_url)
        booked = await self._links.booked(request)
        if booked.appointment.coming_at is None:
            await _try(self._app.changes.coming, booked.appointment.id)
        return RedirectResponse(f"{page_of(request)}?fait=viens", 303)

    async def report(self, request: Request) -> Response:
        """Note "j’ai un souci": the site is asked to call back."""
        require_same_site(request, self._app.settings.public_url)
        booked = await self._links.booked(request)
        await _try(self._app.changes.ask_call_back, booked.appointment.id)
        return RedirectResponse(f"{page_of(request)}?fait=souci", 303)

    async def back(self, request: Request) -> Response:
        """Lead back to the page whoever reloads the address of a button."""
        return RedirectResponse(page_of(request), 303)

    async def _view(self, request: Request) -> AppointmentView:
        return await self._reader.view(await self._links.booked(request))


def routes(application: Application) -> list[Route]:
    """Return the routes of the appointment pages."""
    attempts = Attempts()
    links, reader = Links(application, attempts), AppointmentReader(application)
    offers = OfferPages(application, links, reader)
    pages = AppointmentPages(application, links, reader, offers)
    moves, codes = MovePages(application, links, reader), CodePages(application, attempts)
    link = f"{HOME}/{{token}}"
    buttons = {
        "viens": pages.coming,
        "souci": pages.report,
        "prendre": offers.accept,
        "laisser": offers.decline,
        "quitter": offers.leave,
    }
    return [
        _route("GET", HOME, codes.ask),
        _route("POST", HOME, codes.open),
        _route("GET", link, pages.show),
        _route("GET", f"{link}/rendez-vous.ics", pages.calendar),
        _route("GET", f"{link}/deplacer", moves.ask),
        _route("POST", f"{link}/deplacer", moves.move),
        _route("GET", f"{link}/annuler", pages.ask_cancel),
        _route("POST", f"{link}/annuler", pages.cancel),
        *(_route("POST", f"{link}/{name}", button) for name, button in buttons.items()),
        *(_route("GET", f"{link}/{name}", pages.back) for name in buttons),
    ]


def _route(method: str, path: str, endpoint: Endpoint) -> Route:
    return Route(path, explained(endpoint), methods=[method])


async def _try(change: Callable[[str], None], appointment_id: str) -> None:
    """Make a change that may no longer make sense."""
    with suppress(NotAllowed):
        await run_in_threadpool(change, appointment_id)
