"""Add alerts, the ways on which people hear of them, and what became of each on each.

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)
_NAME = "alerts"
_SETTING = sa.table("setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", _WHEN))
_OPEN_SOURCE = sa.text("reason = 'source' AND ended_at IS NULL")
_WAITING = sa.text("state = 'waiting'")
_HAS_CLOCK = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "alert_route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("sealed_address", sa.Text(), nullable=False),
        sa.Column("service", sa.String(length=80), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("place_ids", sa.JSON()),
        sa.Column("quiet_from_min", sa.Integer()),
        sa.Column("quiet_to_min", sa.Integer()),
        sa.Column("passes_quiet", sa.Boolean(), nullable=False),
        sa.Column("bundle_min", sa.Integer(), nullable=False),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("failing_since_at", _WHEN),
        sa.Column("sent_at", _WHEN),
        sa.Column("removed_at", _WHEN),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_at", _WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_route"),
        _foreign("alert_route", "person_id", "person"),
    )
    op.create_index("ix_alert_route_person_id", "alert_route", ["person_id"])
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer()),
        sa.Column("source_id", sa.Integer()),
        sa.Column("follow_up_id", sa.Integer()),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("found_at", _WHEN, nullable=False),
        sa.Column("ended_at", _WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("key", name="uq_alert_key"),
        _foreign("alert", "location_id", "location"),
        _foreign("alert", "review_id", "review"),
        _foreign("alert", "source_id", "source"),
        _foreign("alert", "follow_up_id", "follow_up"),
    )
    for column in ("found_at", "location_id", "review_id", "source_id", "follow_up_id"):
        op.create_index(f"ix_alert_{column}", "alert", [column])
    op.create_index(
        "ix_alert_open_source", "alert", ["source_id"], sqlite_where=_OPEN_SOURCE, postgresql_where=_OPEN_SOURCE
    )
    op.create_table(
        "alert_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("made_at", _WHEN, nullable=False),
        sa.Column("not_before_at", _WHEN, nullable=False),
        sa.Column("due_at", _WHEN, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=36)),
        sa.Column("batch", sa.String(length=32)),
        sa.Column("trouble", sa.String(length=400), nullable=False),
        sa.Column("settled_at", _WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_alert_delivery"),
        sa.UniqueConstraint("alert_id", "route_id", name="uq_alert_delivery_alert_id_route_id"),
        _foreign("alert_delivery", "alert_id", "alert"),
        _foreign("alert_delivery", "route_id", "alert_route"),
    )
    op.create_index("ix_alert_delivery_route_id_id", "alert_delivery", ["route_id", "id"])
    op.create_index("ix_alert_delivery_batch", "alert_delivery", ["batch"])
    op.create_index(
        "ix_alert_delivery_due_at", "alert_delivery", ["due_at"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    op.create_index("ix_case_due_at", "case", ["due_at"], sqlite_where=_HAS_CLOCK, postgresql_where=_HAS_CLOCK)
    op.bulk_insert(_SETTING, [{"name": _NAME, "value": {}, "changed_at": datetime.now(UTC)}])


def downgrade() -> None:
    op.execute(_SETTING.delete().where(_SETTING.c.name == _NAME))
    op.drop_index("ix_case_due_at", "case")
    for table in ("alert_delivery", "alert", "alert_route"):
        op.drop_table(table)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete="CASCADE")
