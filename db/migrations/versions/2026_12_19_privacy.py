"""Add how long is kept what tells who a customer is, cases that must be kept, and wishes of customers.

Revision ID: 0027
Revises: 0026
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)
_NAME = "keeping"
_SETTING = sa.table("setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", _WHEN))


def upgrade() -> None:
    op.add_column("source", sa.Column("keep_months", sa.Integer()))
    op.create_table(
        "legal_hold",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("placed_at", _WHEN, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_legal_hold"),
        _foreign("legal_hold", "case_id", "case", "CASCADE"),
        _foreign("legal_hold", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_legal_hold_person_id", "legal_hold", ["person_id"])
    op.create_table(
        "privacy_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("review_ids", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", _WHEN, nullable=False),
        sa.Column("expires_at", _WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_privacy_wish"),
        sa.UniqueConstraint("token", name="uq_privacy_wish_token"),
        _foreign("privacy_wish", "person_id", "person", "SET NULL"),
    )
    op.create_index("ix_privacy_wish_made_at", "privacy_wish", ["made_at"])
    op.create_index("ix_privacy_wish_person_id", "privacy_wish", ["person_id"])
    op.bulk_insert(_SETTING, [{"name": _NAME, "value": {}, "changed_at": datetime.now(UTC)}])


def downgrade() -> None:
    op.execute(_SETTING.delete().where(_SETTING.c.name == _NAME))
    op.drop_table("privacy_wish")
    op.drop_table("legal_hold")
    op.drop_column("source", "keep_months")


def _foreign(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)
