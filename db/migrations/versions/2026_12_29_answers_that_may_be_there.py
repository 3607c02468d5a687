"""Remember of an answer that it may be on the platform, whatever becomes of it here.

Revision ID: 0037
Revises: 0036
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | None = None
depends_on: str | None = None

# Sent, and not known to have arrived: those that failed were asked about until now, the others were not.
_SENT = (
    "UPDATE reply SET may_be_there = {true} WHERE posted_body <> '' AND"
    " (state IN ('unsure', 'failed') OR (state IN ('draft', 'submitted', 'approved') AND posted_at IS NULL))"
)


def upgrade() -> None:
    op.add_column("reply", sa.Column("may_be_there", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_SENT.format(true="1" if op.get_bind().dialect.name == "sqlite" else "true"))


def downgrade() -> None:
    op.drop_column("reply", "may_be_there")
