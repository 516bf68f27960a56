"""Messaging apps: who writes, what was received, what is on its way; codes that move a conversation.

And whether an answer was useful, which belongs to nobody.
"""

import sqlalchemy as sa
from alembic import op

from accueil.persistence import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = (
    "platform_deliveries",
    "platform_events",
    "answer_feedback",
    "transfers",
)


def upgrade() -> None:
    op.create_table(
        "platform_users",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("address_key", sa.String(64), nullable=False),
        sa.Column("address", types.EncryptedText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("last_heard_at", types.UtcDateTime(), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("session_token", types.EncryptedText(), nullable=False),
        sa.Column("blocked_at", types.UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_users")),
        sa.UniqueConstraint("address_key", name=op.f("uq_platform_users_address_key")),
    )
    op.create_index(op.f("ix_platform_users_session_id"), "platform_users", ["session_id"])
    _create_exchanges()
    _create_transfers()
    op.add_column(
        "chat_sessions",
        sa.Column("territory", sa.String(8), nullable=False, server_default=""),
    )
    op.add_column("chat_sessions", sa.Column("moved_token_hash", sa.String(64)))
    op.create_index(
        op.f("ix_chat_sessions_moved_token_hash"), "chat_sessions", ["moved_token_hash"]
    )
    op.add_column("appointments", sa.Column("platform_user_id", sa.String(32)))
    op.create_index(op.f("ix_appointments_platform_user_id"), "appointments", ["platform_user_id"])


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE channel = 'platform'")
    op.drop_index(op.f("ix_appointments_platform_user_id"), "appointments")
    op.drop_column("appointments", "platform_user_id")
    op.drop_index(op.f("ix_chat_sessions_moved_token_hash"), "chat_sessions")
    op.drop_column("chat_sessions", "moved_token_hash")
    op.drop_column("chat_sessions", "territory")
    for table in _TABLES:
        op.drop_table(table)
    op.drop_table("platform_users")


def _create_exchanges() -> None:
    op.create_table(
        "platform_events",
        sa.Column("event_key", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(32)),
        sa.Column("received_at", types.UtcDateTime(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("body", types.EncryptedJson(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answered_at", types.UtcDateTime()),
        sa.PrimaryKeyConstraint("event_key", name=op.f("pk_platform_events")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["platform_users.id"],
            name=op.f("fk_platform_events_user_id"),
            ondelete="SET NULL",
        ),
    )
    op.create_index(op.f("ix_platform_events_user_id"), "platform_events", ["user_id"])
    op.create_index(op.f("ix_platform_events_answered_at"), "platform_events", ["answered_at"])
    op.create_table(
        "platform_deliveries",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", types.EncryptedJson(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", types.UtcDateTime(), nullable=False),
        sa.Column("is_uncertain", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_deliveries")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["platform_users.id"],
            name=op.f("fk_platform_deliveries_user_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_platform_deliveries_user_id"), "platform_deliveries", ["user_id"])
    op.create_index(op.f("ix_platform_deliveries_status"), "platform_deliveries", ["status"])


def _create_transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_transfers")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["chat_sessions.id"],
            name=op.f("fk_transfers_session_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_transfers_session_id"), "transfers", ["session_id"])
    op.create_table(
        "answer_feedback",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("message_key", sa.String(64), nullable=False),
        sa.Column("answer", sa.String(120), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_feedback")),
        sa.UniqueConstraint("message_key", name=op.f("uq_answer_feedback_message_key")),
    )
    op.create_index(op.f("ix_answer_feedback_answer"), "answer_feedback", ["answer"])
