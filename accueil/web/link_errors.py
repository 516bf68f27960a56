"""What a young person reads when a link leads nowhere, or when the database does not answer."""

from collections.abc import Awaitable, Callable
from functools import wraps

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import Response

from accueil.web.pages import page

type Endpoint = Callable[[Request], Awaitable[Response]]
_RETRY_SECONDS = "60"
_log = structlog.get_logger()


class UnknownLink(Exception):
    """Nothing has that link: it was never given, it was cut, or what it led to is erased."""


def explained(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint that answers 404 to an unknown link, 503 without a working database.

    Every change is one transaction, so nothing is half done. A connection lost in the middle of a
    change is the one case where nobody knows: the page says so.
    """

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except UnknownLink:
            return page("appointment/unknown.html", 404)
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            # The message may quote a statement: its kind is enough.
            _log.warning("database unavailable", kind=type(error).__name__)
            is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
            return page(
                "appointment/unavailable.html",
                503,
                {"Retry-After": _RETRY_SECONDS},
                is_sure=request.method != "POST" or not is_lost,
                again="/".join(request.url.path.split("/")[:3]),
            )

    return answer
