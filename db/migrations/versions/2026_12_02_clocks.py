"""Add the clocks of cases: hours, targets and escalation of places, and where each clock stands.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

_OF_PLACES = ("opening", "targets", "chain")
_KEPT = ("clock", "recounting")
_STALE = sa.text("clock_is_stale")
_ESCALATES = sa.text("escalate_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("location") as batch:
        for name in _OF_PLACES:
            batch.add_column(sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("clock_from_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("clock_left_min", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("clock_target_min", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("clock_is_stale", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("escalated", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("escalate_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_case_clock_stale", "case", ["id"], sqlite_where=_STALE, postgresql_where=_STALE)
    op.create_index(
        "ix_case_escalate_at", "case", ["escalate_at"], sqlite_where=_ESCALATES, postgresql_where=_ESCALATES
    )
    # Whoever waits already has a clock from now on: the worker sets them, a batch at a time.
    op.execute(
        sa.text(
            "UPDATE \"case\" SET clock_is_stale = true WHERE state = 'open' AND stage IN ('todo', 'waiting') "
            "AND (is_flagged OR reopened_at IS NOT NULL)"
        )
    )
    op.create_table(
        "escalation_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_escalation_mail"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_escalation_mail_case_id_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_escalation_mail_person_id_person", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_escalation_mail_case_id", "escalation_mail", ["case_id"])
    op.create_index("ix_escalation_mail_person_id", "escalation_mail", ["person_id"])
    setting = sa.table(
        "setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", sa.DateTime(timezone=True))
    )
    now = datetime.now(UTC)
    op.bulk_insert(setting, [{"name": name, "value": {}, "changed_at": now} for name in _KEPT])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM setting WHERE name IN ('clock', 'recounting')"))
    op.drop_table("escalation_mail")
    op.drop_index("ix_case_escalate_at", "case")
    op.drop_index("ix_case_clock_stale", "case")
    with op.batch_alter_table("case") as batch:
        for name in (
            "clock_from_at",
            "clock_left_min",
            "clock_target_min",
            "clock_is_stale",
            "escalated",
            "escalate_at",
        ):
            batch.drop_column(name)
    with op.batch_alter_table("location") as batch:
        for name in _OF_PLACES:
            batch.drop_column(name)
