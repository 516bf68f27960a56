"""The first tables, and the exclusion of overlapping appointments on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

from accueil.persistence import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("first_name", types.EncryptedText(), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("email", types.EncryptedText(), nullable=False),
        sa.Column("bad_contacts", sa.Integer(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("disability", sa.Boolean(), nullable=False),
        sa.Column("safety_type", sa.String(length=40), nullable=False),
        sa.Column("safety_variant", sa.Integer(), nullable=True),
        sa.Column("third_person", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_chat_sessions_token_hash")),
    )
    with op.batch_alter_table("chat_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chat_sessions_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    op.create_table(
        "safety_events",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_events")),
    )
    op.create_table(
        "chat_buttons",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["chat_sessions.id"],
            name=op.f("fk_chat_buttons_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_chat_buttons")),
    )
    with op.batch_alter_table("chat_buttons", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chat_buttons_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "chat_messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("text", types.EncryptedText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("cards", types.EncryptedJson(), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["chat_sessions.id"],
            name=op.f("fk_chat_messages_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_messages")),
        sa.UniqueConstraint(
            "session_id", "position", name=op.f("uq_chat_messages_session_id_position")
        ),
        sa.UniqueConstraint(
            "session_id", "request_key", name=op.f("uq_chat_messages_session_id_request_key")
        ),
    )
    op.create_table(
        "coverage",
        sa.Column("insee", sa.String(length=5), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_coverage_organisation_id")
        ),
        sa.PrimaryKeyConstraint("insee", name=op.f("pk_coverage")),
    )
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coverage_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "sites",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("insee", sa.String(length=5), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("hours", types.Hours(), nullable=False),
        sa.Column("accessibility", sa.String(length=300), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sites_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
    )
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sites_insee"), ["insee"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sites_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "callback_requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("first_name", types.EncryptedText(), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_callback_requests_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_requests")),
    )
    with op.batch_alter_table("callback_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_callback_requests_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_callback_requests_site_id"), ["site_id"], unique=False)

    op.create_table(
        "counsellors",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_counsellors_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsellors")),
        sa.UniqueConstraint("email", name=op.f("uq_counsellors_email")),
    )
    with op.batch_alter_table("counsellors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counsellors_site_id"), ["site_id"], unique=False)

    op.create_table(
        "group_sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", types.UtcDateTime(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "taken >= 0 AND taken <= capacity", name=op.f("ck_group_sessions_capacity")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_group_sessions_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_sessions")),
    )
    with op.batch_alter_table("group_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_sessions_site_id"), ["site_id"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("counsellor_id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("starts_at", types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", types.UtcDateTime(), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "held",
                "confirmed",
                "seen",
                "no_show",
                "excused",
                "cancelled",
                "expired",
                name="appointmentstatus",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("link_token_hash", sa.String(length=64), nullable=False),
        sa.Column("link_token", types.EncryptedText(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("hold_expires_at", types.UtcDateTime(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("first_name", types.EncryptedText(), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("email", types.EncryptedText(), nullable=False),
        sa.Column("phone_key", sa.String(length=64), nullable=True),
        sa.Column("email_key", sa.String(length=64), nullable=True),
        sa.Column("shared_note", types.EncryptedText(), nullable=False),
        sa.Column("consented_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointments_order")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellors.id"], name=op.f("fk_appointments_counsellor_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_appointments_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("link_token_hash", name=op.f("uq_appointments_link_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_appointments_uid")),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointments_code_hash"), ["code_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_phone_key"), ["phone_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_email_key"), ["email_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appointments_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appointments_site_id"), ["site_id"], unique=False)
        batch_op.create_index(
            "uq_appointments_counsellor_start",
            ["counsellor_id", "starts_at"],
            unique=True,
            sqlite_where=sa.text("status IN ('held', 'confirmed', 'seen', 'no_show')"),
            postgresql_where=sa.text("status IN ('held', 'confirmed', 'seen', 'no_show')"),
        )

    op.create_table(
        "console_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("counsellor_id", sa.String(length=64), nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellors.id"], name=op.f("fk_console_sessions_counsellor_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_console_sessions")),
    )
    op.create_table(
        "group_registrations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("first_name", types.EncryptedText(), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("email", types.EncryptedText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["group_sessions.id"], name=op.f("fk_group_registrations_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_registrations")),
        sa.UniqueConstraint(
            "session_id",
            "conversation_id",
            name=op.f("uq_group_registrations_session_id_conversation_id"),
        ),
    )
    with op.batch_alter_table("group_registrations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_group_registrations_conversation_id"), ["conversation_id"], unique=False
        )

    op.create_table(
        "openings",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("counsellor_id", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_openings_weekday")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellors.id"], name=op.f("fk_openings_counsellor_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_openings_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
    )
    with op.batch_alter_table("openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_openings_site_id"), ["site_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("appointment_id", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "confirmed", "moved", "cancelled", name="messagekind", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "recipient",
            sa.Enum("young_person", "counsellor", name="recipient", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("due_at", types.UtcDateTime(), nullable=False),
        sa.Column("counsellor_id", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "sent",
                "failed",
                "dropped",
                name="deliverystatus",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", types.UtcDateTime(), nullable=True),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_outbox_appointment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_appointment_id"), ["appointment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outbox_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_status"), ["status"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            "ALTER TABLE appointments ADD CONSTRAINT ex_appointments_no_overlap EXCLUDE USING gist"
            " (counsellor_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)"
            " WHERE (status IN ('held', 'confirmed', 'seen', 'no_show'))"
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_status"))
        batch_op.drop_index(batch_op.f("ix_outbox_due_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_appointment_id"))

    op.drop_table("outbox")
    with op.batch_alter_table("openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_openings_site_id"))

    op.drop_table("openings")
    with op.batch_alter_table("group_registrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_registrations_conversation_id"))

    op.drop_table("group_registrations")
    op.drop_table("console_sessions")
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appointments_counsellor_start",
            sqlite_where=sa.text("status IN ('held', 'confirmed', 'seen', 'no_show')"),
            postgresql_where=sa.text("status IN ('held', 'confirmed', 'seen', 'no_show')"),
        )
        batch_op.drop_index(batch_op.f("ix_appointments_site_id"))
        batch_op.drop_index(batch_op.f("ix_appointments_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_appointments_phone_key"))
        batch_op.drop_index(batch_op.f("ix_appointments_email_key"))
        batch_op.drop_index(batch_op.f("ix_appointments_code_hash"))

    op.drop_table("appointments")
    with op.batch_alter_table("group_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_sessions_site_id"))

    op.drop_table("group_sessions")
    with op.batch_alter_table("counsellors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counsellors_site_id"))

    op.drop_table("counsellors")
    with op.batch_alter_table("callback_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callback_requests_site_id"))
        batch_op.drop_index(batch_op.f("ix_callback_requests_conversation_id"))

    op.drop_table("callback_requests")
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sites_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_sites_insee"))

    op.drop_table("sites")
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coverage_organisation_id"))

    op.drop_table("coverage")
    op.drop_table("chat_messages")
    with op.batch_alter_table("chat_buttons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_buttons_session_id"))

    op.drop_table("chat_buttons")
    op.drop_table("safety_events")
    op.drop_table("organisations")
    with op.batch_alter_table("chat_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_sessions_expires_at"))

    op.drop_table("chat_sessions")
