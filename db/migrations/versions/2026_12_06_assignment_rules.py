"""Add the rules by which cases are given away. Cases of before are left as they are: no rule looks at them.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

_WAITS = sa.text("awaits_rule AND in_queue AND assignee_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("awaits_rule", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_case_awaits_rule", "case", ["id"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_table(
        "assignment_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("risk", sa.String(length=40), nullable=False),
        sa.Column("least", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignment_rule"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_assignment_rule_location_id_location", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_assignment_rule_location_id", "assignment_rule", ["location_id"])
    op.create_table(
        "rule_taker",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("last_turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "person_id", name="pk_rule_taker"),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["assignment_rule.id"], name="fk_rule_taker_rule_id_assignment_rule", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_rule_taker_person_id_person", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_rule_taker_person_id", "rule_taker", ["person_id"])


def downgrade() -> None:
    op.drop_table("rule_taker")
    op.drop_table("assignment_rule")
    op.drop_index("ix_case_awaits_rule", "case")
    with op.batch_alter_table("case") as batch:
        batch.drop_column("awaits_rule")
