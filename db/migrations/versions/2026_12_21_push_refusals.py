"""Add the last push of a source that was refused.

Revision ID: 0029
Revises: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "push_refusal",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_push_refusal"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_push_refusal_source_id_source", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("push_refusal")
