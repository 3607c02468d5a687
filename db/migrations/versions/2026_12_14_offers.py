"""Add what customers are offered, with every step, and the policy of it.

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | None = None
depends_on: str | None = None

_LOCK = "offers"  # the row that whoever decides about an offer holds
_SETTING = sa.table(
    "setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", sa.DateTime(timezone=True))
)
_EXPIRES = "state IN ('approved', 'offered', 'accepted', 'issued')"


def _instant(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=nullable)


def _of(table: str, column: str, other: str, *, goes_with: bool = False) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=f"fk_{table}_{column}_{other}",
        ondelete="CASCADE" if goes_with else "SET NULL",
    )


def upgrade() -> None:
    op.create_table(
        "offer",
        _number("id"),
        _number("case_id", nullable=True),
        _number("location_id"),
        _words("kind", 24),
        _words("state", 24),
        _number("version"),
        _words("severity", 24),
        _words("severity_of_case", 24),
        _number("value_minor"),
        _number("cost_minor"),
        _number("price_minor", nullable=True),
        _words("currency", 3),
        _number("cause_id", nullable=True),
        _words("description", 200),
        _words("reason"),
        sa.Column("valid_until_on", sa.Date(), nullable=False),
        _words("channel", 24, nullable=True),
        _number("policy_number"),
        sa.Column("outside", sa.JSON(), nullable=False),
        _words("exception_reason"),
        _words("month", 7, nullable=True),
        _words("code", 12, nullable=True),
        _instant("proposed_at", nullable=False),
        _number("proposed_by_id", nullable=True),
        _instant("approved_at"),
        _number("approved_by_id", nullable=True),
        _instant("issued_at"),
        _instant("redeemed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
        sa.UniqueConstraint("code", name="uq_offer_code"),
        _of("offer", "case_id", "case"),
        _of("offer", "location_id", "location", goes_with=True),
        _of("offer", "cause_id", "cause"),
        _of("offer", "proposed_by_id", "person"),
        _of("offer", "approved_by_id", "person"),
    )
    op.create_index("ix_offer_location_id_month", "offer", ["location_id", "month"])
    for name in ("case_id", "cause_id", "proposed_by_id", "approved_by_id"):
        op.create_index(f"ix_offer_{name}", "offer", [name])
    op.create_index(
        "ix_offer_valid_until_on",
        "offer",
        ["valid_until_on"],
        sqlite_where=sa.text(_EXPIRES),
        postgresql_where=sa.text(_EXPIRES),
    )
    op.create_table(
        "offer_step",
        _number("id"),
        _number("offer_id"),
        _instant("happened_at", nullable=False),
        _number("person_id", nullable=True),
        _words("person_name", 200),
        _words("before", 24, nullable=True),
        _words("state", 24),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offer_step"),
        _of("offer_step", "offer_id", "offer", goes_with=True),
        _of("offer_step", "person_id", "person"),
    )
    op.create_index("ix_offer_step_offer_id_id", "offer_step", ["offer_id", "id"])
    op.create_index("ix_offer_step_person_id", "offer_step", ["person_id"])
    op.create_table(
        "offer_policy",
        _number("id"),
        _number("number"),
        sa.Column("terms", sa.JSON(), nullable=False),
        _instant("changed_at", nullable=False),
        _number("person_id", nullable=True),
        _words("person_name", 200),
        sa.PrimaryKeyConstraint("id", name="pk_offer_policy"),
        sa.UniqueConstraint("number", name="uq_offer_policy_number"),
        _of("offer_policy", "person_id", "person"),
    )
    op.create_index("ix_offer_policy_person_id", "offer_policy", ["person_id"])
    op.bulk_insert(_SETTING, [{"name": _LOCK, "value": {}, "changed_at": datetime.now(UTC)}])


def downgrade() -> None:
    op.execute(_SETTING.delete().where(_SETTING.c.name == _LOCK))
    for table in ("offer_policy", "offer_step", "offer"):
        op.drop_table(table)
