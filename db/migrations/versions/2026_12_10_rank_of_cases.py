"""Order cases by whole points of their priority and then by the time left.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None

_DUE = {"sqlite": "CAST(strftime('%s', due_at) AS INTEGER)", "postgresql": "EXTRACT(epoch FROM due_at)"}
_RANK = """
    UPDATE "case" SET rank = round(priority + 0.000001) * 17179869184.0
        + coalesce(17179869184.0 - CAST({due} AS DOUBLE PRECISION), 0.0)
    WHERE priority <> 0 OR due_at IS NOT NULL
"""
_WHOLE = (("in_queue", "{}", "id"), ("state", "{}", "id", "stage"), ("{}", "id"))
_IS_DONE = "(stage = 'todo' AND state <> 'open') OR stage IN ('done', 'not_pursued')"
_IS_MINE = "state = 'open' AND stage = 'todo' AND assignee_id IS NOT NULL AND snoozed_until IS NULL"
_PARTS = (
    ("ix_case_changed", ("in_queue", "{}", "id"), "reopened_at IS NOT NULL"),
    ("ix_case_done", ("{}", "id"), _IS_DONE),
    ("ix_case_waiting", ("{}", "id"), "stage = 'waiting'"),
    ("ix_case_unassigned", ("in_queue", "{}", "id"), "assignee_id IS NULL"),
    ("ix_case_assigned", ("assignee_id", "{}", "id"), "assignee_id IS NOT NULL"),
    ("ix_case_mine", ("assignee_id", "{}", "id"), _IS_MINE),
    ("ix_case_to_approve", ("{}", "id"), "approval_asked_at IS NOT NULL OR reply_state = 'submitted'"),
)


def upgrade() -> None:
    _drop_indexes("priority")
    op.add_column("case", sa.Column("rank", sa.Double(), nullable=False, server_default="0"))
    op.execute(_RANK.format(due=_DUE[op.get_bind().dialect.name]))
    _create_indexes("rank")


def downgrade() -> None:
    _drop_indexes("rank")
    with op.batch_alter_table("case") as batch:
        batch.drop_column("rank")
    _create_indexes("priority")


def _drop_indexes(key: str) -> None:
    for name in [_name(columns, key) for columns in _WHOLE] + [name for name, _, _ in _PARTS]:
        op.drop_index(name, "case")


def _create_indexes(key: str) -> None:
    for columns in _WHOLE:
        op.create_index(_name(columns, key), "case", [column.format(key) for column in columns])
    for name, columns, only in _PARTS:
        which = sa.text(only)
        names = [column.format(key) for column in columns]
        op.create_index(name, "case", names, sqlite_where=which, postgresql_where=which)


def _name(columns: tuple[str, ...], key: str) -> str:
    return "_".join(["ix_case", *columns]).format(key)
