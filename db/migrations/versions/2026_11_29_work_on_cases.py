"""Add the work of people on cases: stage, assignee, snooze, notes, tags, timeline, the way back.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_PEOPLE = ("assignee_id", "approval_asked_by_id")
_DONE_BEFORE = sa.text("state <> 'open'")
_PARTS = (
    ("ix_case_done", ["priority", "id"], "(stage = 'todo' AND state <> 'open') OR stage IN ('done', 'not_pursued')"),
    ("ix_case_waiting", ["priority", "id"], "stage = 'waiting'"),
    ("ix_case_unassigned", ["in_queue", "priority", "id"], "assignee_id IS NULL"),
    ("ix_case_assigned", ["assignee_id", "priority", "id"], "assignee_id IS NOT NULL"),
    ("ix_case_to_approve", ["priority", "id"], "approval_asked_at IS NOT NULL"),
    ("ix_case_snoozed", ["snoozed_until"], "snoozed_until IS NOT NULL"),
    ("ix_case_follow_up_at", ["follow_up_at"], "stage = 'waiting'"),
)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _of(table: str, column: str, other: str, *, goes_with: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=f"fk_{table}_{column}_{other}",
        ondelete="CASCADE" if goes_with else "SET NULL",
    )


def upgrade() -> None:
    op.drop_index("ix_case_done", "case")
    op.drop_index("ix_case_state_priority_id", "case")
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("stage", sa.String(length=24), nullable=False, server_default="todo"))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        for name in ("snoozed_until", "follow_up_at", "due_at", "approval_asked_at"):
            batch.add_column(_instant(name))
        for name in _PEOPLE:
            batch.add_column(_number(name, nullable=True))
            batch.create_foreign_key(f"fk_case_{name}_person", "person", [name], ["id"], ondelete="SET NULL")
    op.create_index("ix_case_state_priority_id_stage", "case", ["state", "priority", "id", "stage"])
    for name, columns, only in _PARTS:
        op.create_index(name, "case", columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))
    _add_timeline()
    _add_notes()
    _add_tags()
    _add_people_at_cases()


def _add_timeline() -> None:
    op.create_table(
        "case_event",
        _number("id"),
        _number("case_id"),
        _instant("happened_at", nullable=False),
        _number("person_id", nullable=True),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_event"),
        _of("case_event", "case_id", "case"),
        _of("case_event", "person_id", "person", goes_with=False),
    )
    op.create_index("ix_case_event_case_id_happened_at_id", "case_event", ["case_id", "happened_at", "id"])
    op.create_table(
        "undo_step",
        _number("id"),
        _number("person_id"),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        _instant("expires_at", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_undo_step"),
        sa.UniqueConstraint("token", name="uq_undo_step_token"),
        _of("undo_step", "person_id", "person"),
    )
    op.create_index("ix_undo_step_expires_at", "undo_step", ["expires_at"])
    op.create_index("ix_undo_step_person_id", "undo_step", ["person_id"])


def _add_notes() -> None:
    op.create_table(
        "note",
        _number("id"),
        _number("case_id"),
        _number("person_id", nullable=True),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _number("version"),
        _instant("written_at", nullable=False),
        _instant("edited_at"),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        _of("note", "case_id", "case"),
        _of("note", "person_id", "person", goes_with=False),
    )
    op.create_index("ix_note_case_id_id", "note", ["case_id", "id"])
    op.create_table(
        "mention",
        _number("note_id"),
        _number("person_id"),
        _instant("seen_at"),
        sa.PrimaryKeyConstraint("note_id", "person_id", name="pk_mention"),
        _of("mention", "note_id", "note"),
        _of("mention", "person_id", "person"),
    )
    op.create_index("ix_mention_person_id", "mention", ["person_id"])


def _add_tags() -> None:
    op.create_table(
        "tag",
        _number("id"),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("folded", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("folded", name="uq_tag_folded"),
    )
    op.create_table(
        "case_tag",
        _number("tag_id"),
        _number("case_id"),
        sa.PrimaryKeyConstraint("tag_id", "case_id", name="pk_case_tag"),
        _of("case_tag", "tag_id", "tag"),
        _of("case_tag", "case_id", "case"),
    )
    op.create_index("ix_case_tag_case_id", "case_tag", ["case_id"])


def _add_people_at_cases() -> None:
    for table, more in (
        ("case_watcher", ()),
        ("presence", (sa.Column("is_writing", sa.Boolean(), nullable=False), _instant("seen_at", nullable=False))),
    ):
        op.create_table(
            table,
            _number("case_id"),
            _number("person_id"),
            *more,
            sa.PrimaryKeyConstraint("case_id", "person_id", name=f"pk_{table}"),
            _of(table, "case_id", "case"),
            _of(table, "person_id", "person"),
        )
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def downgrade() -> None:
    for table in ("presence", "case_watcher", "case_tag", "tag", "mention", "note", "undo_step", "case_event"):
        op.drop_table(table)
    for name, _, _ in reversed(_PARTS):
        op.drop_index(name, "case")
    op.drop_index("ix_case_state_priority_id_stage", "case")
    with op.batch_alter_table("case") as batch:
        for name in reversed(_PEOPLE):
            batch.drop_constraint(f"fk_case_{name}_person", type_="foreignkey")
            batch.drop_column(name)
        for name in ("approval_asked_at", "due_at", "follow_up_at", "snoozed_until", "reason", "version", "stage"):
            batch.drop_column(name)
    op.create_index(
        "ix_case_done", "case", ["priority", "id"], sqlite_where=_DONE_BEFORE, postgresql_where=_DONE_BEFORE
    )
    op.create_index("ix_case_state_priority_id", "case", ["state", "priority", "id"])
