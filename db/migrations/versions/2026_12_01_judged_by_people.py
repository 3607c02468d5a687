"""Add what people say of the anger of a review.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

# Those of webui.jobs.judging.FLAGGING_RISKS are all but this one.
_RISKY = (
    'UPDATE "case" SET is_risky = (1 = 1) WHERE EXISTS (SELECT 1 FROM score_label '
    "WHERE score_label.review_id = \"case\".review_id AND score_label.kind = 'risk' AND score_label.name <> 'churn')"
)


def upgrade() -> None:
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("is_risky", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("said_angry", sa.Boolean(), nullable=True))
    op.execute(_RISKY)
    _add_verdicts()


def _add_verdicts() -> None:
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_angry", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("anger", sa.Double(), nullable=True),
        sa.Column("was_flagged", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
        sa.UniqueConstraint(
            "review_id", "content_hash", "person_id", name="uq_verdict_review_id_content_hash_person_id"
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_verdict_review_id_review", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_verdict_person_id_person", ondelete="SET NULL"),
    )
    op.create_index("ix_verdict_said_at", "verdict", ["said_at"])
    op.create_index("ix_verdict_person_id", "verdict", ["person_id"])


def downgrade() -> None:
    op.drop_table("verdict")
    with op.batch_alter_table("case") as batch:
        batch.drop_column("said_angry")
        batch.drop_column("is_risky")
