"""Let a webhook hear of chosen places alone.

Revision ID: 0034
Revises: 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("webhook", sa.Column("place_ids", sa.JSON(), nullable=True))  # NULL: all places, as before


def downgrade() -> None:
    # What is limited to a place would hear of all of them.
    op.execute(sa.text("UPDATE webhook SET is_on = false, off_for = 'hand' WHERE place_ids IS NOT NULL"))
    op.drop_column("webhook", "place_ids")
