"""Remind those who approve answers.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("reply", sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
    only = sa.text("remind_at IS NOT NULL")
    op.create_index("ix_reply_remind_at", "reply", ["remind_at"], sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    op.drop_index("ix_reply_remind_at", "reply")
    op.drop_column("reply", "remind_at")
