"""Have an answer that failed to replace another stand among what is somebody's to do.

Revision ID: 0035
Revises: 0034
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | None = None
depends_on: str | None = None

_NAME, _COLUMNS = "ix_case_mine", ["assignee_id", "rank", "id"]
_REST = "stage = 'todo' AND assignee_id IS NOT NULL AND snoozed_until IS NULL"
_BEFORE = f"state = 'open' AND {_REST}"
_AFTER = f"(state = 'open' OR (state = 'answered' AND reply_state = 'failed')) AND {_REST}"


def upgrade() -> None:
    _replace(_AFTER)


def downgrade() -> None:
    _replace(_BEFORE)


def _replace(which: str) -> None:
    only = sa.text(which)
    op.drop_index(_NAME, "case")
    op.create_index(_NAME, "case", _COLUMNS, sqlite_where=only, postgresql_where=only)
