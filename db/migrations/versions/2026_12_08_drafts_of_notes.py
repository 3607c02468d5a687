"""Add the notes that people are still writing.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "note_draft",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "person_id", name="pk_note_draft"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_note_draft_case_id_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_note_draft_person_id_person", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_note_draft_person_id", "note_draft", ["person_id"])
    op.create_index("ix_note_draft_saved_at", "note_draft", ["saved_at"])


def downgrade() -> None:
    op.drop_table("note_draft")
