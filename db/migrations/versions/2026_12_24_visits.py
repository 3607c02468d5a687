"""Add to reviews when the customer was there.

Revision ID: 0032
Revises: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | None = None
depends_on: str | None = None

_KNOWN = sa.text("visited_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("review", sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("review", sa.Column("visited_precision", sa.String(length=16), nullable=False, server_default=""))
    op.create_index("ix_review_visited_at", "review", ["visited_at"], sqlite_where=_KNOWN, postgresql_where=_KNOWN)


def downgrade() -> None:
    op.drop_index("ix_review_visited_at", table_name="review")
    op.drop_column("review", "visited_precision")
    op.drop_column("review", "visited_at")
