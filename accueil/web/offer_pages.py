"""A time held for somebody on the waiting list: take it, leave it, or leave the list."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accueil.bootstrap import Application
from accueil.core.booking import NotAllowed, SlotTaken
from accueil.services.booking import AlreadyBooked, ContactNeeded
from accueil.services.past_offers import PastOffer
from accueil.web.appointment_reader import AppointmentReader
from accueil.web.appointment_view import AppointmentView
from accueil.web.links import Links, Offered, page_of
from accueil.web.pages import page
from accueil.web.security import require_same_site


class OfferPages:
    """What an offer's link shows; each button is a form of its own."""

    def __init__(self, application: Application, links: Links, reader: AppointmentReader) -> None:
        self._app = application
        self._links = links
        self._reader = reader

    async def show(self, offered: Offered) -> Response:
        """Show the time, the place, and until when it is held."""
        view = await self._reader.view(offered.booked)
        held_until = offered.booked.appointment.hold_expires_at or view.start
        return page(
            "appointment/offer.html", view=view, until=held_until.astimezone(view.start.tzinfo)
        )

    async def show_past(self, past: PastOffer, address: str, done: str, status: int) -> Response:
        """Say that the time is gone, and whether the place on the list is kept."""
        return page(
            "appointment/offer_past.html",
            status,
            past=past,
            start=past.held.local_start(),
            address=address,
            done=done,
        )

    async def accept(self, request: Request) -> Response:
        """Book the time held; doing it twice is the same as once."""
        require_same_site(request, self._app.settings.public_url)
        found = await self._links.find(request)
        if isinstance(found, PastOffer):
            return await self._accept(request, found.held.id)
        if isinstance(found, Offered):
            return await self._accept(request, found.booked.appointment.id)
        return RedirectResponse(f"{page_of(request)}?fait=pris", 303)

    async def decline(self, request: Request) -> Response:
        """Refuse the time, and keep the place on the list."""
        require_same_site(request, self._app.settings.public_url)
        found = await self._links.find(request)
        if isinstance(found, Offered):
            appointment_id = found.booked.appointment.id
            try:
                await run_in_threadpool(self._app.waiting_list.decline, appointment_id)
            except NotAllowed:
                return RedirectResponse(page_of(request), 303)
        return RedirectResponse(f"{page_of(request)}?fait=refuse", 303)

    async def leave(self, request: Request) -> Response:
        """Leave the waiting list; an appointment that is booked stays."""
        require_same_site(request, self._app.settings.public_url)
        found = await self._links.find(request)
        if isinstance(found, Offered):
            conversation_id = found.booked.appointment.conversation_id
        elif isinstance(found, PastOffer):
            conversation_id = found.held.conversation_id
        else:
            return RedirectResponse(page_of(request), 303)
        await run_in_threadpool(self._app.waiting_list.leave, conversation_id)
        return RedirectResponse(f"{page_of(request)}?fait=quitte", 303)

    async def _accept(self, request: Request, appointment_id: str) -> Response:
        try:
            await run_in_threadpool(self._app.waiting_list.accept, appointment_id)
        except AlreadyBooked:
            return await self._refused(request, "booked")
        except ContactNeeded:
            return await self._refused(request, "number")
        except (SlotTaken, NotAllowed):
            return await self._refused(request, "gone")
        return RedirectResponse(f"{page_of(request)}?fait=pris", 303)

    async def _refused(self, request: Request, why: str) -> Response:
        found = await self._links.find(request)
        if isinstance(found, PastOffer):
            return await self.show_past(found, page_of(request), "", 409)
        if isinstance(found, Offered):
            view: AppointmentView = await self._reader.view(found.booked)
            return page("appointment/offer_refused.html", 409, view=view, why=why)
        return RedirectResponse(f"{page_of(request)}?fait=pris", 303)
