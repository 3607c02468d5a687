"""Add whether a score calls for an alert, since when a way of alerts is broken, and the mail about it.

Revision ID: 0033
Revises: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    # Old rows: not until they are judged anew. What lies there already is no news.
    op.add_column("score", sa.Column("reaches_alert", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("alert_route", sa.Column("broken_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("staff_mail") as batch:
        batch.add_column(sa.Column("alert_route_id", sa.Integer()))
        batch.create_foreign_key(
            "fk_staff_mail_alert_route_id_alert_route", "alert_route", ["alert_route_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_unique_constraint("uq_staff_mail_alert_route_id", ["alert_route_id"])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM staff_mail WHERE alert_route_id IS NOT NULL"))
    with op.batch_alter_table("staff_mail") as batch:
        batch.drop_constraint("uq_staff_mail_alert_route_id", type_="unique")
        batch.drop_constraint("fk_staff_mail_alert_route_id_alert_route", type_="foreignkey")
        batch.drop_column("alert_route_id")
    op.drop_column("alert_route", "broken_at")
    op.drop_column("score", "reaches_alert")
