"""The tables. Personal columns are ``EncryptedText``; instants are ``UtcDateTime``."""

from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from accueil.core.booking import LIVE_STATUSES, AppointmentStatus, Discretion, WaitingStatus
from accueil.core.outbox import Channel, DeliveryStatus, MessageKind, Recipient
from accueil.core.platforms import Platform
from accueil.core.territory import Modality
from accueil.persistence.types import (
    Days,
    EncryptedJson,
    EncryptedText,
    Hours,
    Modalities,
    UtcDateTime,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

LIVE = "status IN (" + ", ".join(f"'{status}'" for status in LIVE_STATUSES) + ")"
ALONE = f"{LIVE} AND group_session_id IS NULL"
"""Which appointments exclude any other at the same time: all but the seats of a group session."""


def _choice(of: type[StrEnum]) -> Enum:
    return Enum(of, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])


organisations = Table(
    "organisations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("email", String(200), nullable=False),
    Column("website", String(300), nullable=False),
    Column("is_example", Boolean, nullable=False),
)

first_response = Table(
    "first_response",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id"), primary_key=True),
)

sites = Table(
    "sites",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("address", String(300), nullable=False),
    Column("postal_code", String(10), nullable=False),
    Column("city", String(120), nullable=False),
    Column("insee", String(5), nullable=False, index=True),
    Column("phone", String(40), nullable=False),
    Column("email", String(200), nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("time_zone", String(40), nullable=False),
    Column("hours", Hours, nullable=False),
    Column("accessibility", String(300), nullable=False),
    Column("is_example", Boolean, nullable=False),
)

imported_sites = Table(
    "imported_sites",
    metadata,
    Column("site_id", ForeignKey("sites.id"), primary_key=True),
    Column("source", String(40), nullable=False, index=True),
    Column("source_id", String(64), nullable=False),
    Column("values", JSON, nullable=False),
)

coverage = Table(
    "coverage",
    metadata,
    Column("insee", String(5), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False, index=True),
)

counsellors = Table(
    "counsellors",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("display_name", String(120), nullable=False),
    Column("email", String(200), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("left_at", UtcDateTime),
)

openings = Table(
    "openings",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("counsellor_id", ForeignKey("counsellors.id"), nullable=False),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("every_weeks", Integer, nullable=False),
    Column("month_weeks", JSON, nullable=False),
    Column("except_days", Days, nullable=False),
    Column("modalities", Modalities, nullable=False),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("counsellor_id", ForeignKey("counsellors.id"), nullable=False, index=True),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    CheckConstraint("starts_at < ends_at", name="order"),
)

site_closures = Table(
    "site_closures",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("label", String(120), nullable=False),
    CheckConstraint("first_day <= last_day", name="order"),
)

group_sessions = Table(
    "group_sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("counsellor_id", ForeignKey("counsellors.id"), index=True),
    CheckConstraint("taken >= 0 AND taken <= capacity", name="capacity"),
)

appointments = Table(
    "appointments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("counsellor_id", ForeignKey("counsellors.id"), nullable=False),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("reason", String(40), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("time_zone", String(40), nullable=False),
    Column("status", _choice(AppointmentStatus), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("uid", String(80), nullable=False, unique=True),
    Column("link_token_hash", String(64), nullable=False, unique=True),
    Column("link_token", EncryptedText, nullable=False),
    Column("code_hash", String(64), nullable=False, index=True),
    Column("hold_expires_at", UtcDateTime),
    Column("sequence", Integer, nullable=False),
    Column("first_name", EncryptedText, nullable=False),
    Column("phone", EncryptedText, nullable=False),
    Column("email", EncryptedText, nullable=False),
    Column("phone_key", String(64), index=True),
    Column("email_key", String(64), index=True),
    Column("shared_note", EncryptedText, nullable=False),
    Column("consented_at", UtcDateTime),
    Column("modality", _choice(Modality), nullable=False),
    Column("group_session_id", ForeignKey("group_sessions.id"), index=True),
    Column("discretion", _choice(Discretion), nullable=False),
    Column("coming_at", UtcDateTime),
    Column("referrer", EncryptedText, nullable=False),
    Column("platform_user_id", String(32), index=True),
    CheckConstraint("starts_at < ends_at", name="order"),
    # The second guard of booking.md: the first is the overlap check in the same transaction
    # (SQLite) or an exclusion constraint that the migration adds (PostgreSQL).
    Index(
        "uq_appointments_counsellor_start",
        "counsellor_id",
        "starts_at",
        unique=True,
        sqlite_where=text(ALONE),
        postgresql_where=text(ALONE),
    ),
)

waiting_list = Table(
    "waiting_list",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("reason", String(40), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("status", _choice(WaitingStatus), nullable=False, index=True),
    Column("modality", _choice(Modality), nullable=False),
    Column("wish", JSON, nullable=False),
    Column("first_name", EncryptedText, nullable=False),
    Column("phone", EncryptedText, nullable=False),
    Column("email", EncryptedText, nullable=False),
    Column("phone_key", String(64), index=True),
    Column("email_key", String(64), index=True),
    Column("shared_note", EncryptedText, nullable=False),
    Column("discretion", _choice(Discretion), nullable=False),
    Column("referrer", EncryptedText, nullable=False),
    Column("offered_id", ForeignKey("appointments.id"), index=True),
    Column("unanswered", Integer, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id"), index=True),
    Column("callback_id", ForeignKey("callback_requests.id"), index=True),
    Column("kind", _choice(MessageKind), nullable=False),
    Column("recipient", _choice(Recipient), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("counsellor_id", String(64), nullable=False),
    Column("status", _choice(DeliveryStatus), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("was_at", UtcDateTime),
    Column("channel", _choice(Channel), nullable=False),
    Column("provider_id", String(64), nullable=False, index=True),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

chat_sessions = Table(
    "chat_sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("channel", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("first_name", EncryptedText, nullable=False),
    Column("phone", EncryptedText, nullable=False),
    Column("email", EncryptedText, nullable=False),
    Column("bad_contacts", Integer, nullable=False),
    Column("age", Integer),
    Column("disability", Boolean, nullable=False),
    Column("safety_type", String(40), nullable=False),
    Column("safety_variant", Integer),
    Column("third_person", Boolean, nullable=False),
    Column("had_safety_reply", Boolean, nullable=False),
    Column("shared_note", EncryptedText, nullable=False),
    Column("discretion", _choice(Discretion), nullable=False),
    Column("referrer", EncryptedText, nullable=False),
    Column("territory", String(8), nullable=False),
    Column("moved_token_hash", String(64), index=True),
)

chat_messages = Table(
    "chat_messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session_id", ForeignKey("chat_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("author", String(10), nullable=False),
    Column("text", EncryptedText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("cards", EncryptedJson, nullable=False),
    Column("request_key", String(80)),
    UniqueConstraint("session_id", "position"),
    UniqueConstraint("session_id", "request_key"),
)

chat_buttons = Table(
    "chat_buttons",
    metadata,
    Column("token", String(32), primary_key=True),
    Column(
        "session_id",
        ForeignKey("chat_sessions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("title", String(200), nullable=False),
    Column("payload", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

safety_events = Table(
    "safety_events",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("type", String(40), nullable=False),
    Column("channel", String(20), nullable=False),
)

transfers = Table(
    "transfers",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column(
        "session_id",
        ForeignKey("chat_sessions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

answer_feedback = Table(
    "answer_feedback",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("message_key", String(64), nullable=False, unique=True),
    Column("answer", String(120), nullable=False, index=True),
    Column("useful", Boolean, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

platform_users = Table(
    "platform_users",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("platform", _choice(Platform), nullable=False),
    Column("address_key", String(64), nullable=False, unique=True),
    Column("address", EncryptedText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_heard_at", UtcDateTime, nullable=False),
    Column("session_id", String(32), nullable=False, index=True),
    Column("session_token", EncryptedText, nullable=False),
    Column("blocked_at", UtcDateTime),
)

platform_events = Table(
    "platform_events",
    metadata,
    Column("event_key", String(64), primary_key=True),
    Column("user_id", ForeignKey("platform_users.id", ondelete="SET NULL"), index=True),
    Column("received_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("body", EncryptedJson, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answered_at", UtcDateTime, index=True),
)

platform_deliveries = Table(
    "platform_deliveries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column(
        "user_id",
        ForeignKey("platform_users.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("created_at", UtcDateTime, nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", EncryptedJson, nullable=False),
    Column("status", _choice(DeliveryStatus), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("is_uncertain", Boolean, nullable=False),
)

callback_requests = Table(
    "callback_requests",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("first_name", EncryptedText, nullable=False),
    Column("phone", EncryptedText, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("is_first_response", Boolean, nullable=False),
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("counsellor_id", ForeignKey("counsellors.id"), nullable=False),
    Column("csrf_token", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
