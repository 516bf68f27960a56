"""What a secret link leads to, looked up within the limits on guessing."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.attempts import ALL_UNKNOWN_LINKS, UNKNOWN_LINKS, Attempts, Guesses
from accueil.services.appointments import Booked
from accueil.services.past_offers import PastOffer
from accueil.web.link_errors import UnknownLink

HOME = "/rdv"


@dataclass(frozen=True, slots=True)
class Offered:
    """A time that is held for somebody on the waiting list."""

    booked: Booked


type Found = Booked | Offered | PastOffer


class Links:
    """Opens links. An appointment, an offer and what became of an offer have one address each."""

    def __init__(self, application: Application, attempts: Attempts) -> None:
        self._app = application
        self._guesses = Guesses(attempts, UNKNOWN_LINKS, ALL_UNKNOWN_LINKS, spare=1)

    async def find(self, request: Request) -> Found:
        """Return what the link leads to. Raises ``UnknownLink``, 429 after too many."""
        visitor = address_of(request)
        async with self._guesses.turn(visitor):
            found = await run_in_threadpool(self._find, token_of(request))
            if found is None:
                self._guesses.missed(visitor)
                raise UnknownLink
        return found

    async def booked(self, request: Request) -> Booked:
        """Return the link's appointment. Raises as ``find``."""
        found = await self.find(request)
        if not isinstance(found, Booked):
            raise UnknownLink
        return found

    def _find(self, token: str) -> Found | None:
        booked = self._app.appointments.by_link(token)
        if booked is not None:
            return booked
        offered = self._app.waiting_list.offer_by_link(token)
        if offered is not None:
            return Offered(offered)
        return self._app.waiting_list.past_offer_by_link(token)


def token_of(request: Request) -> str:
    """Return the secret of a link."""
    return str(request.path_params["token"])


def page_of(request: Request) -> str:
    """Return the address of the page to which a link leads."""
    return f"{HOME}/{token_of(request)}"
