"""Add customers that were merged by hand, the contact of messages to look them up by, and webhooks.

Revision ID: 0025
Revises: 0024
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)
_PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    _customers()
    _webhooks()
    _outbox()


def downgrade() -> None:
    for table in ("webhook_attempt", "webhook_delivery", "webhook_message", "webhook", "customer_merge"):
        op.drop_table(table)
    with op.batch_alter_table("private_message") as batch:
        batch.drop_index("ix_private_message_address_key")
        batch.drop_column("address_key")


def _foreign(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)


def _customers() -> None:
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", _WHEN, nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer_merge"),
        sa.UniqueConstraint("review_id", "other_id", name="uq_customer_merge_review_id_other_id"),
        _foreign("customer_merge", "review_id", "review", "CASCADE"),
        _foreign("customer_merge", "other_id", "review", "CASCADE"),
        _foreign("customer_merge", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_customer_merge_other_id", "customer_merge", ["other_id"])
    op.create_index("ix_customer_merge_person_id", "customer_merge", ["person_id"])
    op.add_column("private_message", sa.Column("address_key", sa.String(length=320), nullable=False, server_default=""))
    op.create_index("ix_private_message_address_key", "private_message", ["address_key"])
    table = sa.table("private_message", sa.column("case_id"), sa.column("address"), sa.column("address_key"))
    connection = op.get_bind()
    for case_id, address in connection.execute(sa.select(table.c.case_id, table.c.address)).all():
        connection.execute(sa.update(table).where(table.c.case_id == case_id).values(address_key=_key(address)))


def _key(contact: str) -> str:
    """As db.complaints.contact_key was when this was written."""
    if "@" in contact:
        return contact.strip().lower()
    digits = re.sub(r"\D", "", contact)
    return digits if len(digits) >= 6 else ""


def _webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("sealed_earlier", sa.Text(), nullable=False),
        sa.Column("earlier_until_at", _WHEN),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("off_for", sa.String(length=24)),
        sa.Column("off_at", _WHEN),
        sa.Column("off_told_at", _WHEN),
        sa.Column("failing_since_at", _WHEN),
        sa.Column("delivered_at", _WHEN),
        sa.Column("made_at", _WHEN, nullable=False),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
        _foreign("webhook", "made_by_id", "person", "SET NULL"),
    )
    op.create_index("ix_webhook_made_by_id", "webhook", ["made_by_id"])


def _outbox() -> None:
    op.create_table(
        "webhook_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", _WHEN, nullable=False),
        sa.Column("case_id", sa.Integer()),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_message"),
        sa.UniqueConstraint("name", name="uq_webhook_message_name"),
        _foreign("webhook_message", "case_id", "case", "CASCADE"),
    )
    op.create_index("ix_webhook_message_happened_at", "webhook_message", ["happened_at"])
    op.create_index("ix_webhook_message_case_id", "webhook_message", ["case_id"])
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", _WHEN, nullable=False),
        sa.Column("claim", sa.String(length=36)),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
        sa.UniqueConstraint("message_id", "webhook_id", name="uq_webhook_delivery_message_id_webhook_id"),
        _foreign("webhook_delivery", "message_id", "webhook_message", "CASCADE"),
        _foreign("webhook_delivery", "webhook_id", "webhook", "CASCADE"),
    )
    op.create_index("ix_webhook_delivery_webhook_id_id", "webhook_delivery", ["webhook_id", "id"])
    op.create_index(
        "ix_webhook_delivery_due_at", "webhook_delivery", ["due_at"], sqlite_where=_PENDING, postgresql_where=_PENDING
    )
    op.create_table(
        "webhook_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", _WHEN, nullable=False),
        sa.Column("took_ms", sa.Integer()),
        sa.Column("status", sa.Integer()),
        sa.Column("trouble", sa.String(length=400), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_attempt"),
        _foreign("webhook_attempt", "delivery_id", "webhook_delivery", "CASCADE"),
    )
    op.create_index("ix_webhook_attempt_delivery_id_id", "webhook_attempt", ["delivery_id", "id"])
