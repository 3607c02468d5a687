"""Add improvement actions with their history, and mails about them.

Revision ID: 0028
Revises: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("cause_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("opened_at", _WHEN, nullable=False),
        sa.Column("opened_by_id", sa.Integer()),
        sa.Column("opened_by_name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_improvement"),
        _foreign("improvement", "location_id", "location", "CASCADE"),
        _foreign("improvement", "cause_id", "cause", "CASCADE"),
        _foreign("improvement", "owner_id", "person", "SET NULL"),
        _foreign("improvement", "opened_by_id", "person", "SET NULL"),
    )
    op.create_index("ix_improvement_location_id_state_due_on", "improvement", ["location_id", "state", "due_on"])
    for column in ("cause_id", "owner_id", "opened_by_id"):
        op.create_index(f"ix_improvement_{column}", "improvement", [column])
    op.create_table(
        "improvement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("happened_at", _WHEN, nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_improvement_step"),
        _foreign("improvement_step", "improvement_id", "improvement", "CASCADE"),
        _foreign("improvement_step", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_improvement_step_improvement_id_id", "improvement_step", ["improvement_id", "id"])
    op.create_index("ix_improvement_step_person_id", "improvement_step", ["person_id"])
    with op.batch_alter_table("staff_mail") as batch:
        batch.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("improvement_id", sa.Integer()))
        batch.create_foreign_key(
            "fk_staff_mail_improvement_id_improvement", "improvement", ["improvement_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index("ix_staff_mail_improvement_id", ["improvement_id"])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM staff_mail WHERE case_id IS NULL"))
    with op.batch_alter_table("staff_mail") as batch:
        batch.drop_index("ix_staff_mail_improvement_id")
        batch.drop_constraint("fk_staff_mail_improvement_id_improvement", type_="foreignkey")
        batch.drop_column("improvement_id")
        batch.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
    for table in ("improvement_step", "improvement"):
        op.drop_table(table)


def _foreign(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)
