"""Add answers with their wordings, saved replies, and the log that only grows.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None

_TO_APPROVE_BEFORE = "approval_asked_at IS NOT NULL"
_TO_APPROVE = "approval_asked_at IS NOT NULL OR reply_state = 'submitted'"
_PARTS = (
    ("ix_reply_held", ["post_at"], "state = 'held'"),
    ("ix_reply_underway", ["claimed_until"], "state IN ('posting', 'unsure')"),
    ("ix_reply_posted", ["posted_at"], "state = 'posted'"),
    ("ix_reply_submitted", ["submitted_at"], "state = 'submitted'"),
)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def _of(table: str, column: str, other: str, *, goes_with: bool = False) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=f"fk_{table}_{column}_{other}",
        ondelete="CASCADE" if goes_with else "SET NULL",
    )


def upgrade() -> None:
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("reply_state", sa.String(length=24), nullable=True))
    _index_to_approve(_TO_APPROVE)
    with op.batch_alter_table("location") as batch:
        batch.add_column(sa.Column("contact", sa.String(length=300), nullable=False, server_default=""))
        batch.add_column(sa.Column("is_protected", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("signature", sa.String(length=160), nullable=False, server_default=""))
    _add_saved_replies()
    _add_replies()
    _add_audit()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_stays ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_stays()")
    for table in ("audit_entry", "reply_version", "reply", "saved_reply"):
        op.drop_table(table)
    _index_to_approve(_TO_APPROVE_BEFORE)
    with op.batch_alter_table("person") as batch:
        batch.drop_column("signature")
    with op.batch_alter_table("location") as batch:
        batch.drop_column("is_protected")
        batch.drop_column("contact")
    with op.batch_alter_table("case") as batch:
        batch.drop_column("reply_state")


def _index_to_approve(only: str) -> None:
    op.drop_index("ix_case_to_approve", "case")
    op.create_index(
        "ix_case_to_approve", "case", ["priority", "id"], sqlite_where=sa.text(only), postgresql_where=sa.text(only)
    )


def _add_saved_replies() -> None:
    people = ("approved_by_id", "made_by_id", "edited_by_id")
    op.create_table(
        "saved_reply",
        _number("id"),
        _words("name", 80),
        _words("body"),
        _words("language", 16),
        _words("topic", 32),
        _words("anger_level", 16),
        _number("location_id", nullable=True),
        _number("version"),
        _instant("approved_at"),
        *(_number(name, nullable=True) for name in people),
        _instant("edited_at", nullable=False),
        _number("used"),
        _instant("used_at"),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_reply"),
        _of("saved_reply", "location_id", "location", goes_with=True),
        *(_of("saved_reply", name, "person") for name in people),
    )
    op.create_index("ix_saved_reply_language_topic", "saved_reply", ["language", "topic"])
    for name in ("location_id", *people):
        op.create_index(f"ix_saved_reply_{name}", "saved_reply", [name])


def _add_replies() -> None:
    people = ("submitted_by_id", "approved_by_id", "post_by_id")
    op.create_table(
        "reply",
        _number("id"),
        _number("case_id"),
        _words("state", 24),
        _words("body"),
        _number("version"),
        _number("number"),
        sa.Column("author_ids", sa.JSON(), nullable=False),
        _number("saved_reply_id", nullable=True),
        _words("content_hash", 64),
        sa.Column("findings", sa.JSON(), nullable=False),
        _words("lift_reason"),
        _instant("submitted_at"),
        _instant("approved_at"),
        _words("sent_back_reason"),
        _instant("post_at"),
        *(_number(name, nullable=True) for name in people),
        sa.Column("claim", sa.String(length=36), nullable=True),
        _instant("claimed_until"),
        _number("attempts"),
        _words("trouble", 500),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        _words("receipt", 400),
        _instant("posted_at"),
        _words("posted_body"),
        _instant("live_at"),
        _words("live_body"),
        sa.PrimaryKeyConstraint("id", name="pk_reply"),
        sa.UniqueConstraint("case_id", name="uq_reply_case_id"),
        _of("reply", "case_id", "case", goes_with=True),
        _of("reply", "saved_reply_id", "saved_reply"),
        *(_of("reply", name, "person") for name in people),
    )
    for name in ("saved_reply_id", *people):
        op.create_index(f"ix_reply_{name}", "reply", [name])
    for index, columns, only in _PARTS:
        op.create_index(index, "reply", columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))
    op.create_table(
        "reply_version",
        _number("id"),
        _number("reply_id"),
        _number("number"),
        _words("kind", 24),
        _words("body"),
        _number("person_id", nullable=True),
        _words("person_name", 200),
        _instant("begun_at", nullable=False),
        _instant("saved_at", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reply_version"),
        sa.UniqueConstraint("reply_id", "number", name="uq_reply_version_reply_id_number"),
        _of("reply_version", "reply_id", "reply", goes_with=True),
        _of("reply_version", "person_id", "person"),
    )
    op.create_index("ix_reply_version_person_id", "reply_version", ["person_id"])


def _add_audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        _instant("happened_at", nullable=False),
        _number("person_id", nullable=True),
        _words("person_name", 200),
        _words("kind", 32),
        _number("case_id", nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        _words("digest", 64),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_case_id_id", "audit_entry", ["case_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stays()"
    )
