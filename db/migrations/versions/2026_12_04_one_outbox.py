"""Put the mails about notes and about time that runs out into one table; those that wait go along.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "staff_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_mail"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_staff_mail_person_id_person", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_staff_mail_case_id_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_staff_mail_note_id_note", ondelete="CASCADE"),
        sa.UniqueConstraint("note_id", "person_id", name="uq_staff_mail_note_id_person_id"),
    )
    op.create_index("ix_staff_mail_due_at", "staff_mail", ["due_at"])
    op.create_index("ix_staff_mail_person_id_kind", "staff_mail", ["person_id", "kind"])
    op.create_index("ix_staff_mail_case_id", "staff_mail", ["case_id"])
    op.create_index("ix_staff_mail_batch", "staff_mail", ["batch"])
    op.execute(
        sa.text(
            "INSERT INTO staff_mail (kind, person_id, case_id, note_id, facts, made_at, due_at) "
            "SELECT CASE WHEN m.is_mention THEN 'mention' ELSE 'note' END, m.person_id, n.case_id, m.note_id, '{}', "
            "n.written_at, m.due_at FROM note_mail m JOIN note n ON n.id = m.note_id"
        )
    )
    op.execute(
        sa.text(
            "INSERT INTO staff_mail (kind, person_id, case_id, facts, made_at, due_at) "
            "SELECT 'escalation', person_id, case_id, '{}', made_at, coalesce(claimed_until, made_at) "
            "FROM escalation_mail"
        )
    )
    op.drop_table("note_mail")
    op.drop_table("escalation_mail")


def downgrade() -> None:
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
    op.execute(
        sa.text(
            "INSERT INTO note_mail (note_id, person_id, is_mention, due_at) "
            "SELECT note_id, person_id, kind = 'mention', due_at FROM staff_mail "
            "WHERE note_id IS NOT NULL AND kind IN ('mention', 'note')"
        )
    )
    op.execute(
        sa.text(
            "INSERT INTO escalation_mail (case_id, person_id, made_at, claimed_until) "
            "SELECT case_id, person_id, made_at, due_at FROM staff_mail WHERE kind = 'escalation'"
        )
    )
    op.drop_table("staff_mail")
