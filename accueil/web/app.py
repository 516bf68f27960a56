"""The web application: everything that people reach by HTTP."""

from contextlib import nullcontext

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from accueil.bootstrap import Application
from accueil.channels import messenger, telegram, whatsapp
from accueil.channels.chat_api import routes as chat_routes
from accueil.channels.limits import ChatLimits
from accueil.channels.origins import Origins
from accueil.channels.platform_door import PlatformDoor
from accueil.core.french import show_hours
from accueil.core.proof import Proofs
from accueil.web import answer_pages, appointment_pages, console, plain_chat
from accueil.web.body_limit import BodyLimit
from accueil.web.errors import show_crash, show_http_error
from accueil.web.pages import STATIC, page
from accueil.web.security import SecurityHeaders
from accueil.web.static_files import StaticFiles


def create_app(application: Application, limits: ChatLimits | None = None) -> Starlette:
    """Return the ASGI application. ``limits`` are those of every way in."""
    settings = application.settings
    front = FrontPages(application)
    limits = limits or ChatLimits(Proofs(application.tokens, application.clock))
    platforms = PlatformDoor(application, limits) if application.platform_gateways else None
    return Starlette(
        routes=[
            Route("/", front.demonstration, methods=["GET"]),
            Route("/health", front.health, methods=["GET"]),
            Route("/health/messages", front.messages_health, methods=["GET"]),
            Mount("/static", StaticFiles(STATIC)),
            *chat_routes(application, limits),
            *plain_chat.routes(application, limits),
            *answer_pages.routes(application, limits),
            *(webhooks(application, platforms) if platforms else ()),
            *console.routes(application),
            *appointment_pages.routes(application),
        ],
        middleware=[
            Middleware(
                SecurityHeaders,
                origins=Origins(settings.public_url, settings.embed_origins),
                embed_origins=settings.embed_origins,
                is_secure=settings.is_secure,
            ),
            Middleware(BodyLimit),
        ],
        lifespan=lambda _: platforms.at_work() if platforms else nullcontext(),
        exception_handlers={HTTPException: show_http_error, Exception: show_crash},
    )


def webhooks(application: Application, door: PlatformDoor) -> list[Route]:
    """Return the addresses at which messaging apps tell what people wrote."""
    return [
        route
        for channel in (telegram, messenger, whatsapp)
        for route in channel.routes(application, door.receive)
    ]


class FrontPages:
    """The demonstration page and the health checks."""

    def __init__(self, application: Application) -> None:
        # Taken now: a cached property has no lock, and two first requests would build it twice.
        self._store, self._engine = application.store, application.engine
        self._watchdog = application.watchdog

    async def demonstration(self, _request: Request) -> Response:
        """Show the widget on the page of a made-up Mission Locale."""
        return page("demo.html", sites=await run_in_threadpool(self._example_sites))

    async def health(self, _request: Request) -> Response:
        """Answer 200 when the database answers, 503 otherwise.

        The worker has a field of its own: without it, people can still converse and book.
        """
        if not await run_in_threadpool(self._database_answers):
            return JSONResponse({"status": "down"}, 503)
        is_silent = await run_in_threadpool(self._watchdog.worker_is_silent)
        return JSONResponse({"status": "ok", "worker": "silent" if is_silent else "ok"})

    async def messages_health(self, _request: Request) -> Response:
        """Answer 200 when messages leave, 503 with what is wrong otherwise: for an alarm."""
        if not await run_in_threadpool(self._database_answers):
            return JSONResponse({"status": "down", "problems": ["database"]}, 503)
        watch = await run_in_threadpool(self._watchdog.look)
        if watch.problems:
            return JSONResponse({"status": "down", "problems": list(watch.problems)}, 503)
        return JSONResponse({"status": "ok", "problems": []})

    def _example_sites(self) -> list[dict[str, str]]:
        with self._store.read() as uow:
            sites = [site for site in uow.territory.sites() if site.is_example]
        return [
            {
                "name": site.name,
                "address": f"{site.address}, {site.postal_code} {site.city}",
                "hours": "\u202f; ".join(show_hours(site.hours)),
            }
            for site in sites
        ]

    def _database_answers(self) -> bool:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True
