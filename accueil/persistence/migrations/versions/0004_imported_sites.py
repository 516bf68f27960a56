"""What an import brought last for each site, so that what people edit by hand is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_sites",
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("source_id", sa.String(64), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_imported_sites_site_id")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_imported_sites")),
    )
    op.create_index(op.f("ix_imported_sites_source"), "imported_sites", ["source"])


def downgrade() -> None:
    op.drop_index(op.f("ix_imported_sites_source"), table_name="imported_sites")
    op.drop_table("imported_sites")
