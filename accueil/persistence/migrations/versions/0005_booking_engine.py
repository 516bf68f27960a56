"""Recurring openings, absences, closures, seats as appointments, waiting list, ways of messages.

A seat of a group session becomes an appointment, with the same link, reminders and calendar entry.
Columns are added without copying the tables: SQLite would delete what refers to a copied one.
"""

import sqlalchemy as sa
from alembic import op

from accueil.persistence import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LIVE = "status IN ('held', 'confirmed', 'seen', 'no_show')"
_ALONE = f"{_LIVE} AND group_session_id IS NULL"
_GUARD = "uq_appointments_counsellor_start"
_EXCLUSION = "ex_appointments_no_overlap"

_ADDED: dict[str, list[sa.Column]] = {
    "openings": [
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        sa.Column("every_weeks", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("month_weeks", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("except_days", types.Days(), nullable=False, server_default="[]"),
        sa.Column(
            "modalities",
            types.Modalities(),
            nullable=False,
            server_default='["on_site", "phone"]',
        ),
    ],
    "counsellors": [sa.Column("left_at", types.UtcDateTime())],
    "appointments": [
        sa.Column("modality", sa.String(20), nullable=False, server_default="on_site"),
        sa.Column("discretion", sa.String(20), nullable=False, server_default="ordinary"),
        sa.Column("coming_at", types.UtcDateTime()),
        sa.Column("referrer", types.EncryptedText(), nullable=False, server_default=""),
    ],
    "outbox": [
        sa.Column("channel", sa.String(20), nullable=False, server_default="email"),
        sa.Column("provider_id", sa.String(64), nullable=False, server_default=""),
    ],
    "chat_sessions": [
        sa.Column("shared_note", types.EncryptedText(), nullable=False, server_default=""),
        sa.Column("discretion", sa.String(20), nullable=False, server_default="ordinary"),
        sa.Column("referrer", types.EncryptedText(), nullable=False, server_default=""),
    ],
}
_REFERENCES = (
    ("group_sessions", "counsellor_id", "counsellors"),
    ("appointments", "group_session_id", "group_sessions"),
)


def upgrade() -> None:
    for table, columns in _ADDED.items():
        for column in columns:
            op.add_column(table, column)
    for table, name, target in _REFERENCES:
        # Written out: SQLite takes a reference only within the column it belongs to.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} VARCHAR(64)"
            f" CONSTRAINT fk_{table}_{name} REFERENCES {target} (id)"
        )
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    op.create_index(op.f("ix_outbox_provider_id"), "outbox", ["provider_id"])
    _give_sessions_an_animator()
    # When accounts were closed before nobody wrote down: a year runs from now on.
    op.execute("UPDATE counsellors SET left_at = CURRENT_TIMESTAMP WHERE NOT is_active")
    _exclude(_ALONE)
    op.drop_table("group_registrations")
    _create_tables()


def downgrade() -> None:
    op.execute(
        "DELETE FROM outbox WHERE channel = 'sms'"
        " OR kind NOT IN ('confirmed', 'moved', 'cancelled', 'first_response')"
    )
    for table in ("heartbeats", "waiting_list", "site_closures", "absences"):
        op.drop_table(table)
    _delete_seats()
    _create_registrations()
    _exclude(_LIVE)
    op.drop_index(op.f("ix_outbox_provider_id"), "outbox")
    for table, name, _ in reversed(_REFERENCES):
        op.drop_index(op.f(f"ix_{table}_{name}"), table)
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)  # and the reference that belongs to it
    for table, columns in _ADDED.items():
        for column in columns:
            op.drop_column(table, column.name)


def _give_sessions_an_animator() -> None:
    """A session planned before had none: the first counsellor of its site, if there is one."""
    op.execute(
        "UPDATE group_sessions SET taken = 0, counsellor_id = (SELECT MIN(c.id) FROM counsellors c"
        " WHERE c.site_id = group_sessions.site_id AND c.is_active)"
    )


def _delete_seats() -> None:
    """The seats of a session begin at one time with one animator: the guard before forbids it."""
    op.execute(
        "DELETE FROM outbox WHERE appointment_id IN"
        " (SELECT id FROM appointments WHERE group_session_id IS NOT NULL)"
    )
    op.execute("DELETE FROM appointments WHERE group_session_id IS NOT NULL")
    op.execute("UPDATE group_sessions SET taken = 0")


def _exclude(where: str) -> None:
    """Renew both guards against double booking for the appointments that ``where`` chooses."""
    op.drop_index(_GUARD, "appointments")
    op.create_index(
        _GUARD,
        "appointments",
        ["counsellor_id", "starts_at"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE appointments DROP CONSTRAINT {_EXCLUSION}")
        op.execute(
            f"ALTER TABLE appointments ADD CONSTRAINT {_EXCLUSION} EXCLUDE USING gist"
            " (counsellor_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)"
            f" WHERE ({where})"
        )


def _create_tables() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("counsellor_id", sa.String(64), nullable=False),
        sa.Column("starts_at", types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_absences_order")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellors.id"], name=op.f("fk_absences_counsellor_id")
        ),
    )
    op.create_index(op.f("ix_absences_counsellor_id"), "absences", ["counsellor_id"])
    op.create_table(
        "site_closures",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_site_closures_order")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_closures_site_id")),
    )
    op.create_index(op.f("ix_site_closures_site_id"), "site_closures", ["site_id"])
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
    )
    _create_waiting_list()


def _create_waiting_list() -> None:
    op.create_table(
        "waiting_list",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("modality", sa.String(20), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("first_name", types.EncryptedText(), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("email", types.EncryptedText(), nullable=False),
        sa.Column("phone_key", sa.String(64)),
        sa.Column("email_key", sa.String(64)),
        sa.Column("shared_note", types.EncryptedText(), nullable=False),
        sa.Column("discretion", sa.String(20), nullable=False),
        sa.Column("referrer", types.EncryptedText(), nullable=False),
        sa.Column("offered_id", sa.String(32)),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_waiting_list_site_id")),
        sa.ForeignKeyConstraint(
            ["offered_id"], ["appointments.id"], name=op.f("fk_waiting_list_offered_id")
        ),
    )
    for name in ("site_id", "conversation_id", "status", "phone_key", "email_key", "offered_id"):
        op.create_index(op.f(f"ix_waiting_list_{name}"), "waiting_list", [name])


def _create_registrations() -> None:
    op.create_table(
        "group_registrations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("first_name", types.EncryptedText(), nullable=False),
        sa.Column("phone", types.EncryptedText(), nullable=False),
        sa.Column("email", types.EncryptedText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["group_sessions.id"], name=op.f("fk_group_registrations_session_id")
        ),
        sa.UniqueConstraint(
            "session_id",
            "conversation_id",
            name=op.f("uq_group_registrations_session_id_conversation_id"),
        ),
    )
    op.create_index(
        op.f("ix_group_registrations_conversation_id"), "group_registrations", ["conversation_id"]
    )
