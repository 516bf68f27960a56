"""The start that a message takes back: the former counsellor is told of the former time."""

import sqlalchemy as sa
from alembic import op

from accueil.persistence import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("was_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("was_at")
