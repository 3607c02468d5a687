"""Add to whom the digest of a week has gone, and when it goes out.

Revision ID: 0031
Revises: 0030
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | None = None
depends_on: str | None = None

_WHEN = sa.DateTime(timezone=True)
_NAME = "digest"
_SETTING = sa.table("setting", sa.column("name"), sa.column("value", sa.JSON), sa.column("changed_at", _WHEN))


def upgrade() -> None:
    op.create_table(
        "digest_issue",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("issued_at", _WHEN, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "week", name="pk_digest_issue"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_digest_issue_person_id_person", ondelete="CASCADE"
        ),
    )
    op.bulk_insert(_SETTING, [{"name": _NAME, "value": {}, "changed_at": datetime.now(UTC)}])


def downgrade() -> None:
    op.execute(_SETTING.delete().where(_SETTING.c.name == _NAME))
    op.execute(sa.text("DELETE FROM staff_mail WHERE kind = 'digest'"))
    op.drop_table("digest_issue")
