"""Add the row of the settings of the model that writes.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    setting = sa.table(
        "setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", sa.DateTime(timezone=True))
    )
    op.bulk_insert(setting, [{"name": "redrafting", "value": {}, "changed_at": datetime.now(UTC)}])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM setting WHERE name = 'redrafting'"))
