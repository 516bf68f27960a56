"""Group sessions as they are proposed: those to come, animated, with a seat left."""

from datetime import datetime

from accueil.core.booking import GroupSession, Slot, Wish, propose
from accueil.core.clock import Clock
from accueil.services.appointments import site_of
from accueil.services.ports import Store
from accueil.services.slots import Offer


class GroupFinder:
    """Reads group sessions, and proposes them as slots are."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def to_come(self, site_id: str) -> list[GroupSession]:
        """Return the sessions of a site in which a seat can be taken, soonest first."""
        with self._store.read() as uow:
            sessions = uow.groups.of_site(site_id, self._clock.now())
        return [one for one in sessions if one.seats_left() and one.counsellor_id is not None]

    def offer(self, site_id: str, wish: Wish) -> Offer:
        """Return the best sessions for a wish. Raises ``UnknownSite``."""
        with self._store.read() as uow:
            site = site_of(uow, site_id)
        slots = [
            Slot(one.starts_at, one.ends_at, one.counsellor_id or "")
            for one in self.to_come(site_id)
        ]
        return Offer(site, propose(slots, wish, site.zone()))

    def at(self, site_id: str, start: datetime) -> GroupSession | None:
        """Return the session of a site that begins at an instant, if a seat is left."""
        return next((one for one in self.to_come(site_id) if one.starts_at == start), None)

    def by_id(self, session_id: str | None) -> GroupSession | None:
        """Return a known session."""
        if session_id is None:
            return None
        with self._store.read() as uow:
            return uow.groups.get(session_id)
