"""Add complaints taken by hand, what came with them, and what is said to their customers.

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)
_OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    _complaints()
    _attachments()
    _contacts()
    _promises()
    _messages()


def downgrade() -> None:
    for table in ("private_message", "promise", "contact", "attachment", "complaint_link", "complaint"):
        op.drop_table(table)


def _foreign(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)


def _complaints() -> None:
    op.create_table(
        "complaint",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("contact", sa.String(length=320), nullable=False),
        sa.Column("heard_level", sa.String(length=16), nullable=False),
        sa.Column("taken_by_id", sa.Integer()),
        sa.Column("taken_by_name", sa.String(length=200), nullable=False),
        sa.Column("taken_at", _WHEN, nullable=False),
        sa.PrimaryKeyConstraint("review_id", name="pk_complaint"),
        _foreign("complaint", "review_id", "review", "CASCADE"),
        _foreign("complaint", "taken_by_id", "person", "SET NULL"),
    )
    op.create_index("ix_complaint_taken_by_id_taken_at", "complaint", ["taken_by_id", "taken_at"])
    op.create_table(
        "complaint_link",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", _WHEN, nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("ended_case_id", sa.Integer()),
        sa.Column("ended_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", name="pk_complaint_link"),
        _foreign("complaint_link", "complaint_id", "review", "CASCADE"),
        _foreign("complaint_link", "review_id", "review", "CASCADE"),
        _foreign("complaint_link", "person_id", "person", "SET NULL"),
        _foreign("complaint_link", "ended_case_id", "case", "SET NULL"),
    )
    for column in ("review_id", "person_id", "ended_case_id"):
        op.create_index(f"ix_complaint_link_{column}", "complaint_link", [column])


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("added_at", _WHEN, nullable=False),
        sa.Column("removed_at", _WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        _foreign("attachment", "review_id", "review", "CASCADE"),
        _foreign("attachment", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_attachment_review_id_id", "attachment", ["review_id", "id"])
    op.create_index("ix_attachment_removed_at", "attachment", ["removed_at"])
    op.create_index("ix_attachment_person_id", "attachment", ["person_id"])


def _contacts() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("happened_at", _WHEN, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("is_message", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("written_at", _WHEN, nullable=False),
        sa.Column("deleted_at", _WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        _foreign("contact", "case_id", "case", "CASCADE"),
        _foreign("contact", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_contact_case_id_happened_at", "contact", ["case_id", "happened_at"])
    op.create_index("ix_contact_person_id", "contact", ["person_id"])


def _promises() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", _WHEN, nullable=False),
        sa.Column("done_at", _WHEN),
        sa.Column("done_by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        _foreign("promise", "case_id", "case", "CASCADE"),
        _foreign("promise", "owner_id", "person", "SET NULL"),
        _foreign("promise", "made_by_id", "person", "SET NULL"),
    )
    op.create_index("ix_promise_open", "promise", ["due_on"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    for column in ("case_id", "owner_id", "made_by_id"):
        op.create_index(f"ix_promise_{column}", "promise", [column])


def _messages() -> None:
    op.create_table(
        "private_message",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("saved_at", _WHEN, nullable=False),
        sa.Column("findings", sa.JSON()),
        sa.Column("ready_version", sa.Integer(), nullable=False),
        sa.Column("has_offer", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_private_message"),
        _foreign("private_message", "case_id", "case", "CASCADE"),
        _foreign("private_message", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_private_message_person_id", "private_message", ["person_id"])
