"""Add the index of what is somebody's to do, and the one that tells which scores are new.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_SOMEBODYS = "state = 'open' AND stage = 'todo' AND assignee_id IS NOT NULL AND snoozed_until IS NULL"


def upgrade() -> None:
    only = sa.text(_SOMEBODYS)
    columns = ["assignee_id", "priority", "id"]
    op.create_index("ix_case_mine", "case", columns, sqlite_where=only, postgresql_where=only)
    op.create_index("ix_score_scored_at", "score", ["scored_at"])
    _follow_ups(["follow_up_at", "stage"])  # with the stage, counting reads the index alone


def _follow_ups(columns: list[str]) -> None:
    only = sa.text("stage = 'waiting'")
    op.drop_index("ix_case_follow_up_at", "case")
    op.create_index("ix_case_follow_up_at", "case", columns, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    _follow_ups(["follow_up_at"])
    op.drop_index("ix_score_scored_at", "score")
    op.drop_index("ix_case_mine", "case")
