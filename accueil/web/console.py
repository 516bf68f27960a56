"""The counsellors' console: the week, and what happened at each appointment."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.core.booking import AppointmentStatus, reason_of
from accueil.services.accounts import Signed
from accueil.services.agenda import NotInSite, Refused
from accueil.web.console_access import HOME, SIGN_IN, ConsoleAccess
from accueil.web.forms import identifier, text_fields
from accueil.web.pages import page, show_week

CHOICES = {
    "fait": AppointmentStatus.SEEN,
    "absence": AppointmentStatus.NO_SHOW,
    "excuse": AppointmentStatus.EXCUSED,
}
_WEEK = re.compile(r"(20\d\d)-W(\d\d)")


class Console:
    """The pages for who is signed in."""

    def __init__(self, application: Application) -> None:
        self._app = application
        self._watchdog = application.watchdog

    async def show_week(self, request: Request, signed: Signed) -> Response:
        """Show one week of the counsellor's site."""
        agenda = self._app.agenda
        today = await run_in_threadpool(agenda.today, signed.counsellor)
        chosen = _read_week(request.query_params.get("semaine", "")) or today
        week = await run_in_threadpool(agenda.week, signed.counsellor, chosen)
        watch = await run_in_threadpool(self._watchdog.look)
        stopped_at = watch.stopped_at()
        sunday = week.monday + timedelta(days=6)
        return page(
            "console/week.html",
            signed=signed,
            until=signed.until.astimezone(week.site.zone()),
            week=week,
            title=show_week(week.monday, sunday),
            today=today,
            is_this_week=week.monday <= today <= sunday,
            before=_week_address(week.monday - timedelta(days=7)),
            after=_week_address(week.monday + timedelta(days=7)),
            noted=request.query_params.get("note", ""),
            is_stopped=watch.is_stopped(),
            stopped_at=stopped_at.astimezone(week.site.zone()) if stopped_at else None,
            post=self._app.post.description,
            reason_of=reason_of,
        )

    async def mark(self, request: Request, signed: Signed) -> Response:
        """Record what happened at an appointment."""
        status = CHOICES.get((await text_fields(request)).get("statut", ""))
        if status is None:
            raise HTTPException(400)
        try:
            appointment = await run_in_threadpool(
                self._app.agenda.mark, identifier(request), signed.counsellor, status
            )
        except Refused as refusal:
            return _refusal(refusal)
        day = appointment.starts_at.astimezone(ZoneInfo(appointment.time_zone)).date()
        address = f"{_week_address(day)}&note={appointment.id}#rdv-{appointment.id}"
        return RedirectResponse(address, 303)

    async def close_callback(self, request: Request, signed: Signed) -> Response:
        """Record that somebody was called back."""
        try:
            await run_in_threadpool(
                self._app.agenda.close_callback, identifier(request), signed.counsellor
            )
        except Refused as refusal:
            return _refusal(refusal)
        return RedirectResponse(f"{HOME}?note=rappel#rappels", 303)


def routes(application: Application) -> list[Route]:
    """Return the console's routes."""
    access, console = ConsoleAccess(application), Console(application)
    reading, changing = access.reading, access.changing
    marked = f"{HOME}/rendez-vous/{{id}}/statut"
    called = f"{HOME}/rappels/{{id}}/fait"
    return [
        Route(SIGN_IN, access.show_sign_in, methods=["GET"]),
        Route(SIGN_IN, access.sign_in, methods=["POST"]),
        Route(f"{HOME}/deconnexion", changing(access.sign_out), methods=["POST"]),
        Route(f"{HOME}/prolonger", changing(access.extend), methods=["POST"]),
        Route(HOME, reading(console.show_week), methods=["GET"]),
        Route(marked, changing(console.mark), methods=["POST"]),
        Route(called, changing(console.close_callback), methods=["POST"]),
    ]


def _refusal(refusal: Refused) -> Response:
    status = 404 if isinstance(refusal, NotInSite) else 409
    link = (HOME, "Revenir à l’agenda")
    title = "Ce n’est pas possible"
    return page("error.html", status, title=title, advice=str(refusal), link=link)


def _read_week(text: str) -> date | None:
    """Read ``2026-W48`` (ISO 8601) as its Monday; anything else is ``None``."""
    match = _WEEK.fullmatch(text)
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None


def _week_address(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{HOME}?semaine={year}-W{week:02d}"
