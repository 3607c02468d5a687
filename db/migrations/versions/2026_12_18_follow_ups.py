"""Ask customers again after a remedy, and remind of promises.

Revision ID: 0026
Revises: 0025
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)
_BEFORE = "(stage = 'todo' AND state <> 'open') OR stage IN ('done', 'not_pursued')"
_AFTER = "(stage = 'todo' AND state <> 'open' AND unsettled_at IS NULL) OR stage IN ('done', 'not_pursued')"


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer()),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", _WHEN, nullable=False),
        sa.Column("remind_at", _WHEN),
        sa.Column("outcome", sa.String(length=24)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", _WHEN, nullable=False),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("closed_at", _WHEN),
        sa.Column("closed_by_id", sa.Integer()),
        sa.Column("closed_by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sa.UniqueConstraint("offer_id", "due_on", name="uq_follow_up_offer_id_due_on"),
        _foreign("case_id", "case", "CASCADE"),
        _foreign("offer_id", "offer", "SET NULL"),
        _foreign("made_by_id", "person", "SET NULL"),
        _foreign("closed_by_id", "person", "SET NULL"),
    )
    for column in ("case_id", "made_by_id", "closed_by_id"):
        op.create_index(f"ix_follow_up_{column}", "follow_up", [column])
    _part("ix_follow_up_open", "follow_up", ["due_on", "id"], "outcome IS NULL")
    _part("ix_follow_up_remind_at", "follow_up", ["remind_at"], "remind_at IS NOT NULL")
    op.add_column("promise", sa.Column("remind_at", _WHEN, nullable=True))
    _remind_of_promises()
    _part("ix_promise_remind_at", "promise", ["remind_at"], "remind_at IS NOT NULL AND done_at IS NULL")
    op.drop_index("ix_case_done", "case")
    op.drop_index("ix_case_follow_up_at", "case")
    op.add_column("case", sa.Column("unsettled_at", _WHEN, nullable=True))
    op.add_column("case", sa.Column("asks_at", _WHEN, nullable=True))
    op.execute(sa.text("UPDATE \"case\" SET asks_at = follow_up_at WHERE stage = 'waiting' AND state <> 'not_us'"))
    _part("ix_case_done", "case", ["rank", "id"], _AFTER)
    _part("ix_case_asks", "case", ["rank", "id"], "asks_at IS NOT NULL")
    _part("ix_case_asks_at", "case", ["asks_at"], "asks_at IS NOT NULL")


def downgrade() -> None:
    for name in ("ix_case_done", "ix_case_asks", "ix_case_asks_at"):
        op.drop_index(name, "case")
    op.drop_column("case", "asks_at")
    op.drop_column("case", "unsettled_at")
    _part("ix_case_done", "case", ["rank", "id"], _BEFORE)
    _part("ix_case_follow_up_at", "case", ["follow_up_at", "stage"], "stage = 'waiting'")
    op.drop_index("ix_promise_remind_at", "promise")
    op.drop_column("promise", "remind_at")
    op.drop_table("follow_up")


def _remind_of_promises() -> None:
    """What is promised already and not due yet reminds its owner as well, on the morning of its day at its place."""
    connection, now = op.get_bind(), datetime.now(UTC)
    promise = sa.table("promise", sa.column("id", sa.Integer), sa.column("remind_at", _WHEN))
    rows = connection.execute(
        sa.text(
            'SELECT p.id, p.due_on, l.timezone FROM promise p JOIN "case" c ON c.id = p.case_id '
            "JOIN review r ON r.id = c.review_id JOIN source s ON s.id = r.source_id "
            "JOIN location l ON l.id = s.location_id WHERE p.done_at IS NULL"
        ).columns(due_on=sa.Date())
    ).all()
    for row in rows:
        try:
            zone = ZoneInfo(row.timezone)
        except (KeyError, ValueError, OSError):
            zone = ZoneInfo("UTC")
        at = datetime.combine(row.due_on, time(9), tzinfo=zone).astimezone(UTC)
        if at > now:
            connection.execute(sa.update(promise).where(promise.c.id == row.id).values(remind_at=at))


def _foreign(column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_follow_up_{column}_{to}", ondelete=ondelete)


def _part(name: str, table: str, columns: list[str], which: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(which), postgresql_where=sa.text(which))
