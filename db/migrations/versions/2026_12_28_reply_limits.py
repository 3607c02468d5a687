"""Add what owners have found platforms to let an answer hold.

Revision ID: 0036
Revises: 0035
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | None = None
depends_on: str | None = None

_NAME = "reply_limits"
_SETTING = sa.table(
    "setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", sa.DateTime(timezone=True))
)


def upgrade() -> None:
    op.bulk_insert(_SETTING, [{"name": _NAME, "value": {}, "changed_at": datetime.now(UTC)}])


def downgrade() -> None:
    op.execute(_SETTING.delete().where(_SETTING.c.name == _NAME))
