"""Add mails about notes, the language they are written in, and cases whose guest has written again.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("language", sa.String(length=16), nullable=False, server_default=""))
    op.create_table(
        "case_call",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_call"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_call_case_id_case", ondelete="CASCADE"),
    )
    op.create_table(
        "note_mail",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_mention", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("note_id", "person_id", name="pk_note_mail"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_mail_note_id_note", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_note_mail_person_id_person", ondelete="CASCADE"),
    )
    op.create_index("ix_note_mail_due_at", "note_mail", ["due_at"])
    op.create_index("ix_note_mail_person_id", "note_mail", ["person_id"])


def downgrade() -> None:
    for table in ("note_mail", "case_call"):
        op.drop_table(table)
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_column("language")
