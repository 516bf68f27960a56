"""First response: which networks want it, for whom, and the message that leaves."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "first_response",
        sa.Column("organisation_id", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_first_response_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_first_response")),
    )
    for table, name in (
        ("chat_sessions", "had_safety_reply"),
        ("callback_requests", "is_first_response"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("appointment_id", existing_type=sa.String(32), nullable=True)
        batch_op.add_column(sa.Column("callback_id", sa.String(32), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_outbox_callback_id"),
            "callback_requests",
            ["callback_id"],
            ["id"],
        )
        batch_op.create_index(op.f("ix_outbox_callback_id"), ["callback_id"])


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE appointment_id IS NULL")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_outbox_callback_id"))
        batch_op.drop_constraint(op.f("fk_outbox_callback_id"), type_="foreignkey")
        batch_op.drop_column("callback_id")
        batch_op.alter_column("appointment_id", existing_type=sa.String(32), nullable=False)
    for table, name in (
        ("callback_requests", "is_first_response"),
        ("chat_sessions", "had_safety_reply"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(name)
    op.drop_table("first_response")
