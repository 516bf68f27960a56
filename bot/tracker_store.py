"""Tracker store: Rasa's SQL store, with live conversations kept in memory.

Rasa reads and replays a whole conversation at each turn, so a turn costs more the longer the
conversation gets. Here the tracker of a live conversation waits in a bounded cache between two
turns. The database stays the truth, and the cache is only ever allowed to hold what a fresh read
would give:

* a tracker is *lent*: taken out of the cache when retrieved, put back when saved. A turn that
  fails half-way leaves no half-changed tracker behind, the next turn reads the database;
* a tracker in which a session just started is not kept, because Rasa reads back only the events
  since the start of the last session;
* a tracker that somebody changed after saving it is thrown away (its events are counted).
"""

import itertools
import logging
import os
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, NamedTuple, Optional, Text
from weakref import ReferenceType, ref

import sqlalchemy as sa
import sqlalchemy.orm
import sqlalchemy.pool
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_erasure import SWEEP_SECONDS, delete_events, silent_conversations

logger = logging.getLogger(__name__)

DISTRESS = "detresse"
MASKED = "[message masqué]"
DATABASE_ENV = "ACCUEIL_RASA_DB"
DEFAULT_CACHE_SIZE = 500


class _Kept(NamedTuple):
    tracker: DialogueStateTracker
    events: int  # how many of its events the database holds


class _Lent(NamedTuple):
    tracker: "ReferenceType[DialogueStateTracker]"
    events: int


def _location(host: Optional[Text], db: Text, dialect: Text) -> Dict[Text, Any]:
    """Where the database is: a path or a full SQLAlchemy URL from the environment comes first."""
    override = os.environ.get(DATABASE_ENV)
    if override and "://" in override:
        return {"host": override}
    path = override or db
    if dialect == "sqlite" and not host and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return {"host": host, "db": path}


def _set_up_connection(connection: Any, _record: Any) -> None:
    """Deleted texts are overwritten on disk; a reader never blocks the writer."""
    for pragma in ("secure_delete=ON", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA busy_timeout=5000")


def mask_distress(events: Iterable[Event]) -> None:
    """Take away the words of messages understood as distress, before they are ever stored.

    The application sees most of them first and never sends them here; this is for the others.
    """
    for event in events:
        if isinstance(event, UserUttered) and event.intent_name == DISTRESS:
            event.text = MASKED
            event.entities = []
            event.parse_data = {"text": MASKED, "intent": event.intent, "entities": []}
            event.message_id = None


class CachedSQLTrackerStore(SQLTrackerStore):
    """SQL tracker store with a bounded cache of live conversations and true erasure.

    Made for one Rasa process, as Rasa itself is with its default lock store. `cache_size` is a
    number of conversations (endpoints.yml); environment variable ACCUEIL_RASA_DB overrides `db`
    with a path or a SQLAlchemy URL.
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        dialect: Text = "sqlite",
        host: Optional[Text] = None,
        db: Text = "var/rasa.db",
        cache_size: int = DEFAULT_CACHE_SIZE,
        **kwargs: Any,
    ) -> None:
        """Open (and create when missing) the database; see SQLTrackerStore for the rest."""
        self._cache: "OrderedDict[Text, _Kept]" = OrderedDict()
        self._lent: "OrderedDict[Text, _Lent]" = OrderedDict()
        self._cache_size = max(0, int(cache_size))
        self._swept_at = 0.0
        super().__init__(domain, dialect, **_location(host, db, dialect), **kwargs)
        if self.engine.dialect.name == "sqlite":
            self._reopen_sqlite()

    @property
    def cached_conversations(self) -> int:
        """Number of conversations now in the cache."""
        return len(self._cache)

    def _reopen_sqlite(self) -> None:
        """Keep one connection open with our settings: Rasa's engine opens a file at each turn."""
        url = self.engine.url
        if url.database in (None, "", ":memory:"):
            return  # such a database lives and dies with its connection
        self.engine.dispose()
        self.engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, pool_size=1)
        sa.event.listen(self.engine, "connect", _set_up_connection)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    async def create_tracker(
        self, sender_id: Text, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """A new tracker; an empty one is not written, since there is nothing to write yet."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
            await self.save(tracker)
        self._lend(tracker)
        return tracker

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The latest session of a conversation, from the cache when it is there."""
        kept = self._cache.pop(sender_id, None)
        usable = kept is not None and len(kept.tracker.events) == kept.events
        tracker = kept.tracker if kept and usable else await super().retrieve(sender_id)
        if tracker is not None:
            self._lend(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events, then keep the tracker for the next turn."""
        sender_id = tracker.sender_id
        self._cache.pop(sender_id, None)
        new_from = self._stored_events(tracker)
        mask_distress(itertools.islice(tracker.events, new_from or 0, None))
        await super().save(tracker)
        self._lent.pop(sender_id, None)
        await self._sweep_now_and_then()
        if new_from is None:
            return  # a foreign tracker: we cannot tell what a fresh read would give
        new_events = itertools.islice(tracker.events, new_from, None)
        if not any(isinstance(event, SessionStarted) for event in new_events):
            self._keep(tracker)

    async def erase(self, sender_id: Text) -> int:
        """Delete every event of a conversation from memory and from disk; returns how many."""
        self._cache.pop(sender_id, None)
        self._lent.pop(sender_id, None)
        return delete_events(self, sender_id)

    async def sweep(self, now: float) -> int:
        """Erase the conversations silent for two days (`now` in Unix seconds); how many events."""
        return sum([await self.erase(one) for one in silent_conversations(self, now)])

    async def _sweep_now_and_then(self) -> None:
        now = time.time()
        if now - self._swept_at < SWEEP_SECONDS:
            return
        self._swept_at = now
        try:
            await self.sweep(now)
        except sa.exc.SQLAlchemyError as error:  # the turn itself is saved: it must not fail
            logger.error("The sweep failed: %s", type(error).__name__)

    def _lend(self, tracker: DialogueStateTracker) -> None:
        self._lent[tracker.sender_id] = _Lent(ref(tracker), len(tracker.events))
        self._lent.move_to_end(tracker.sender_id)
        while len(self._lent) > max(self._cache_size, 1):
            self._lent.popitem(last=False)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        self._cache[tracker.sender_id] = _Kept(tracker, len(tracker.events))
        while len(self._cache) > self._cache_size:
            self._cache.popitem(last=False)

    def _stored_events(self, tracker: DialogueStateTracker) -> Optional[int]:
        """How many of this very tracker's events the database holds; None for a foreign one."""
        lent = self._lent.get(tracker.sender_id)
        return lent.events if lent is not None and lent.tracker() is tracker else None

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator:
        stored = self._stored_events(tracker)
        if stored is None:
            return super()._additional_events(session, tracker)
        return itertools.islice(tracker.events, stored, len(tracker.events))
