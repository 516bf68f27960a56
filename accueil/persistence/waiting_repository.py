"""The waiting list in the database."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accueil.core.booking import WaitingEntry, WaitingStatus
from accueil.persistence import tables

_w = tables.waiting_list.c
_PRESENT = (WaitingStatus.WAITING, WaitingStatus.OFFERED)


class WaitingRepository:
    """Implements ``services.ports.WaitingList``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: WaitingEntry) -> None:
        """Insert an entry."""
        self._session.add(entry)
        self._session.flush()

    def get(self, entry_id: str) -> WaitingEntry | None:
        """Return one entry."""
        return self._session.get(WaitingEntry, entry_id)

    def of_site(self, site_id: str) -> Sequence[WaitingEntry]:
        """Return who waits at a site, first come first, those who are being asked left out."""
        query = select(WaitingEntry).where(
            _w.site_id == site_id, _w.status == WaitingStatus.WAITING
        )
        return self._session.scalars(query.order_by(_w.created_at, _w.id)).all()

    def present_of(self, conversation_id: str, keys: Sequence[str]) -> Sequence[WaitingEntry]:
        """Return the places that a conversation, a phone number or an address has on the list."""
        mine = or_(
            _w.conversation_id == conversation_id, _w.phone_key.in_(keys), _w.email_key.in_(keys)
        )
        query = select(WaitingEntry).where(mine, _w.status.in_(_PRESENT))
        return self._session.scalars(query.order_by(_w.created_at, _w.id)).all()

    def present(self) -> Sequence[WaitingEntry]:
        """Return everybody on any list."""
        return self._session.scalars(
            select(WaitingEntry).where(_w.status.in_(_PRESENT)).order_by(_w.created_at, _w.id)
        ).all()

    def of_offer(self, appointment_id: str) -> WaitingEntry | None:
        """Return the entry for which an appointment is held."""
        query = select(WaitingEntry).where(_w.offered_id == appointment_id)
        return self._session.scalars(query).one_or_none()

    def of_conversation(self, conversation_id: str) -> Sequence[WaitingEntry]:
        """Return every entry of a conversation, whatever became of it."""
        query = select(WaitingEntry).where(_w.conversation_id == conversation_id)
        return self._session.scalars(query).all()
