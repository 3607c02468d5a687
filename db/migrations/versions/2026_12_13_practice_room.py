"""Add what people write in the practice room, and find what the log tells of one person.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "practice_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_practice_attempt"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_practice_attempt_person_id_person", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("person_id", "case_key", "number", name="uq_practice_attempt_person_id_case_key_number"),
    )
    op.create_index("ix_audit_entry_person_id_kind_id", "audit_entry", ["person_id", "kind", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_entry_person_id_kind_id", table_name="audit_entry")
    op.drop_table("practice_attempt")
