"""What the services need from the outside: the database, Rasa, the post. Others implement it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self

from accueil.core.booking import Appointment, GroupSession, Interval, WaitingEntry
from accueil.core.console import ConsoleSession
from accueil.core.conversation import (
    AnswerFeedback,
    CallbackRequest,
    ChatButton,
    ChatMessage,
    ChatSession,
    SafetyEvent,
    Transfer,
)
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, OutboxMessage
from accueil.core.territory import (
    Absence,
    Counsellor,
    Coverage,
    Opening,
    Organisation,
    Site,
    SiteClosure,
)
from accueil.core.territory_imported import ImportedSite
from accueil.services.platforms.ports import PlatformRecords

type TerritoryRecord = Organisation | Site | ImportedSite | Coverage | Counsellor | Opening


class Territory(Protocol):
    """Missions Locales, sites, coverage, counsellors and their openings."""

    def site(self, site_id: str) -> Site | None: ...
    def sites(self) -> Sequence[Site]: ...
    def sites_of(self, organisation_id: str) -> Sequence[Site]: ...
    def sites_around(self, latitude: float, longitude: float, km: float) -> Sequence[Site]:
        """Return the sites within a square around a point in degrees, ``km`` to each side."""
        ...

    def organisation(self, organisation_id: str) -> Organisation | None: ...
    def wants_first_response(self, organisation_id: str) -> bool:
        """Tell whether a Mission Locale wants its teams told of who must be called back first."""
        ...

    def set_first_response(self, organisation_id: str, wanted: bool) -> None: ...
    def organisations(self) -> Sequence[Organisation]: ...
    def organisations_with_coverage(self) -> frozenset[str]: ...
    def organisation_covering(self, insee: str) -> Organisation | None: ...
    def counsellor(self, counsellor_id: str) -> Counsellor | None: ...
    def counsellor_by_email(self, email: str) -> Counsellor | None: ...
    def counsellors_of(self, site_id: str) -> Sequence[Counsellor]: ...
    def counsellors(self) -> Sequence[Counsellor]:
        """Return every counsellor, inactive ones too."""
        ...

    def openings_of(self, site_id: str) -> Sequence[Opening]: ...
    def openings_of_counsellor(self, counsellor_id: str) -> Sequence[Opening]: ...
    def replace_openings(self, counsellor_id: str, openings: Iterable[Opening]) -> None:
        """Give a counsellor these openings and no other."""
        ...

    def coverage(self) -> dict[str, str]:
        """Return the Mission Locale (its identifier) of every covered commune, by INSEE code."""
        ...

    def imported_sites(self) -> Sequence[ImportedSite]:
        """Return what imports brought last."""
        ...

    def forget_organisations(self, organisation_ids: Iterable[str]) -> None:
        """Delete those of these Missions Locales that have no site, commune nor setting left."""
        ...

    def put(self, records: Iterable[TerritoryRecord]) -> None:
        """Insert or update by primary key."""
        ...


class Appointments(Protocol):
    """Appointments, holds and seats included."""

    def get(self, appointment_id: str) -> Appointment | None: ...
    def by_link(self, token_hash: str) -> Appointment | None: ...
    def by_code(self, code_hash: str) -> Appointment | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[Appointment]: ...
    def of_platform_user(self, user_id: str) -> Sequence[Appointment]:
        """Return the appointments of which somebody is told in a messaging app, soonest first."""
        ...

    def future_of_contact(self, keys: Sequence[str], now: datetime) -> Sequence[Appointment]: ...
    def of_site(self, site_id: str, start: datetime, end: datetime) -> Sequence[Appointment]: ...
    def to_come_with(self, counsellor_id: str, now: datetime) -> Sequence[Appointment]:
        """Return a counsellor's confirmed appointments to come, and holds that still run."""
        ...

    def busy(
        self, site_id: str, start: datetime, end: datetime, now: datetime
    ) -> dict[str, list[Interval]]:
        """Return the appointments of each counsellor of a site, holds that ran out left out."""
        ...

    def add(self, appointment: Appointment) -> None:
        """Insert. Raises ``SlotTaken`` when the counsellor's time is occupied."""
        ...

    def flush(self) -> None:
        """Send pending changes to the database. Raises ``SlotTaken``."""
        ...

    def lock_people(self, keys: Iterable[str]) -> None:
        """Queue up behind whoever books or waits for these people; before ``lock_sites``."""
        ...

    def lock_sites(self, site_ids: Iterable[str]) -> None:
        """Queue up behind whoever books at these sites, or with those who receive there.

        What was read before is read afresh. Once in a transaction, with every site concerned.
        """
        ...

    def is_busy(self, counsellor_id: str, span: Interval, now: datetime) -> bool:
        """Tell whether somebody receives then, alone, at any site; holds that ran out left out."""
        ...

    def require_free(self, appointment: Appointment, now: datetime) -> None:
        """Raise ``SlotTaken`` when another live appointment overlaps; expire old holds first."""
        ...


class Absences(Protocol):
    """When nobody is received: absences of counsellors, closures of sites."""

    def get(self, absence_id: str) -> Absence | None: ...
    def of_counsellor(self, counsellor_id: str) -> Sequence[Absence]: ...
    def closures_of(self, site_id: str) -> Sequence[SiteClosure]: ...
    def closure(self, closure_id: str) -> SiteClosure | None: ...
    def closures(self) -> Sequence[SiteClosure]:
        """Return the closures of every site, past ones too, soonest first."""
        ...

    def add(self, record: Absence | SiteClosure) -> None: ...
    def delete(self, record: Absence | SiteClosure) -> None: ...
    def away(self, site_id: str, start: datetime, end: datetime) -> dict[str, list[Interval]]:
        """Return when each counsellor of a site is absent, or animates a group session."""
        ...


class GroupSessions(Protocol):
    """Group sessions and their seats."""

    def get(self, session_id: str) -> GroupSession | None: ...
    def of_site(self, site_id: str, after: datetime) -> Sequence[GroupSession]: ...
    def of_counsellor(self, counsellor_id: str, after: datetime) -> Sequence[GroupSession]:
        """Return the sessions that somebody animates, at any site, not over at an instant."""
        ...

    def put(self, session: GroupSession) -> None:
        """Insert or update by primary key, never the seats taken."""
        ...

    def take_seat(self, session_id: str, now: datetime) -> bool:
        """Take one seat in one statement; False when the session is full."""
        ...

    def expire_holds(self, session_id: str, now: datetime) -> None:
        """Give back the seats held by people who did not go on."""
        ...

    def give_back_seat(self, session_id: str) -> None: ...
    def seats(self, session_id: str) -> Sequence[Appointment]:
        """Return the seats that were confirmed and not cancelled, oldest first."""
        ...


class WaitingList(Protocol):
    """Who waits for a first appointment."""

    def add(self, entry: WaitingEntry) -> None: ...
    def get(self, entry_id: str) -> WaitingEntry | None: ...
    def of_site(self, site_id: str) -> Sequence[WaitingEntry]:
        """Return who waits at a site and is not being asked, first come first."""
        ...

    def present_of(self, conversation_id: str, keys: Sequence[str]) -> Sequence[WaitingEntry]:
        """Return the places that a conversation, a phone number or an address has."""
        ...

    def present(self) -> Sequence[WaitingEntry]: ...
    def of_offer(self, appointment_id: str) -> WaitingEntry | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[WaitingEntry]: ...


class Chats(Protocol):
    """Conversations."""

    def get(self, session_id: str) -> ChatSession | None: ...
    def by_token(self, token_hash: str) -> ChatSession | None: ...
    def by_moved_token(self, token_hash: str) -> ChatSession | None:
        """Return the session that a token opened before the conversation moved."""
        ...

    def add_session(self, session: ChatSession) -> None: ...
    def messages(self, session_id: str) -> Sequence[ChatMessage]: ...
    def message(self, session_id: str, message_id: str) -> ChatMessage | None: ...
    def by_request_key(self, session_id: str, key: str) -> ChatMessage | None: ...
    def next_position(self, session_id: str) -> int: ...
    def add_messages(self, messages: Iterable[ChatMessage]) -> None: ...
    def button(self, session_id: str, token: str) -> ChatButton | None: ...
    def add_buttons(self, buttons: Iterable[ChatButton]) -> None: ...
    def delete_messages(self, session_id: str) -> None: ...
    def delete(self, session_id: str) -> None: ...
    def expired(self, now: datetime) -> Sequence[ChatSession]: ...
    def add_transfer(self, transfer: Transfer) -> None: ...
    def take_transfer(self, code_hash: str, now: datetime) -> Transfer | None:
        """Return the transfer of a code and delete it: it serves once."""
        ...

    def drop_transfers(self, session_id: str) -> None: ...
    def note_feedback(self, feedback: AnswerFeedback) -> None:
        """Keep an opinion, in place of the one on the same message."""
        ...

    def feedback_counts(self) -> dict[str, tuple[int, int]]:
        """Return how many said yes and no to each answer, by its key."""
        ...

    def add_safety_event(self, event: SafetyEvent) -> None: ...
    def add_callback(self, request: CallbackRequest) -> None: ...
    def callback(self, request_id: str) -> CallbackRequest | None: ...
    def callbacks_of_site(self, site_id: str) -> Sequence[CallbackRequest]: ...
    def callbacks_of_conversation(self, conversation_id: str) -> Sequence[CallbackRequest]: ...


@dataclass(frozen=True, slots=True)
class SentSms:
    """An SMS that left: its row, whose appointment it speaks of, and their number now."""

    message_id: str
    appointment_id: str
    phone: str = field(repr=False)


class Outbox(Protocol):
    """Messages that must leave."""

    def add(self, messages: Iterable[OutboxMessage]) -> None: ...
    def get(self, message_id: str) -> OutboxMessage | None: ...
    def locked(self, message_id: str) -> OutboxMessage | None:
        """Return one message as it is once nobody else is changing it."""
        ...

    def claim_due(self, now: datetime, limit: int) -> Sequence[OutboxMessage]:
        """Return due messages, each claimed for this caller only."""
        ...

    def claim_receipts(self, now: datetime, limit: int) -> Sequence[OutboxMessage]:
        """Return sent SMS whose delivery is not known yet, each for this caller to ask about."""
        ...

    def sent_in_app(self, reference: str) -> OutboxMessage | None:
        """Return the message that left by a messaging app under this reference, not failed yet."""
        ...

    def sms_since(self, instant: datetime) -> Sequence[SentSms]:
        """Return the SMS about appointments that left since an instant, newest first."""
        ...

    def replied_since(self, appointment_id: str, kind: MessageKind, instant: datetime) -> bool:
        """Tell whether a message of this kind was written since, unless it was dropped."""
        ...

    def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the message that has waited longest should have left."""
        ...

    def outcomes_since(self, instant: datetime) -> dict[DeliveryStatus, int]:
        """Return how many messages due since an instant ended in each state.

        Of those dropped, only what was tried in vain before.
        """
        ...

    def last_tried(self, channel: Channel, number: int) -> Sequence[OutboxMessage]:
        """Return the newest messages of one way that were tried at least once."""
        ...

    def put_off(self, channel: Channel, attempts: int) -> Sequence[OutboxMessage]:
        """Return the messages of one way that wait after so many attempts."""
        ...

    def last_sent(self, channel: Channel) -> datetime | None:
        """Return when a message last left one way."""
        ...


class Heartbeats(Protocol):
    """When each program, or each of its duties, last went well."""

    def beat(self, name: str, at: datetime) -> None: ...
    def last(self, name: str) -> datetime | None: ...


class ConsoleSessions(Protocol):
    """Counsellors' signed-in sessions."""

    def get(self, token_hash: str) -> ConsoleSession | None: ...
    def add(self, session: ConsoleSession) -> None: ...
    def delete(self, token_hash: str) -> None: ...
    def delete_expired(self, now: datetime) -> None: ...
    def delete_of(self, counsellor_id: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without ``commit`` undoes everything."""

    @property
    def territory(self) -> Territory: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def groups(self) -> GroupSessions: ...
    @property
    def waiting(self) -> WaitingList: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def platforms(self) -> PlatformRecords: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def heartbeats(self) -> Heartbeats: ...
    @property
    def console(self) -> ConsoleSessions: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None: ...


class Store(Protocol):
    """Opens transactions."""

    def read(self) -> UnitOfWork:
        """Begin a transaction that only reads."""
        ...

    def write(self) -> UnitOfWork:
        """Begin a transaction that may write; on SQLite it waits for the one write lock."""
        ...


@dataclass(frozen=True, slots=True)
class BotMessage:
    """What the assistant says: ``buttons`` are ``{"title", "payload"}``, ``cards`` are data."""

    text: str = ""
    buttons: tuple[dict[str, str], ...] = ()
    cards: tuple[dict[str, Any], ...] = ()


class AssistantUnavailable(Exception):
    """The dialogue engine did not answer in time, or not at all."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the dialogue engine takes a message for."""

    intent: str
    confidence: float


class Assistant(Protocol):
    """The dialogue engine behind the door."""

    async def reply(self, conversation_id: str, text: str) -> list[BotMessage]:
        """Return the answer. Raises ``AssistantUnavailable``."""
        ...

    async def understand(self, text: str) -> Understanding:
        """Return the intent of a text, outside any conversation. Raises as ``reply`` does."""
        ...

    async def forget(self, conversation_id: str) -> None:
        """Delete what the engine remembers. Raises ``AssistantUnavailable``."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail ready to leave. ``calendar`` is an iCalendar object and its METHOD (RFC 5546).

    ``html`` says the same as ``text``. ``message_id`` is what comes before the ``@`` of the
    Message-ID, in letters, digits, ``_`` and ``-``: handed over twice, the message is one.
    """

    to: str
    subject: str
    text: str
    calendar: bytes = b""
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    html: str = ""
    message_id: str = ""


class MailNotSent(Exception):
    """The message could not be handed over; it may be tried again."""


class Post(Protocol):
    """Sends e-mail."""

    @property
    def description(self) -> str:
        """Say in French where messages go, for the console."""
        ...

    def send(self, mail: Mail) -> None:
        """Hand the message over. Raises ``MailNotSent``."""
        ...
