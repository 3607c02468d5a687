"""Add what people make of a review: its anger, its cause, facts and feeling; and find others of its author and place.

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

_HAS_CAUSE = sa.text("cause_id IS NOT NULL")
_WITH_REF, _WITHOUT_REF = sa.text("author_ref <> ''"), sa.text("author_ref = ''")


def upgrade() -> None:
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("is_risky", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("said_angry", sa.Boolean(), nullable=True))
    op.execute(_RISKY)
    _add_causes()
    _add_verdicts()
    _add_gists()
    op.create_index("ix_review_source_id_published_at", "review", ["source_id", "published_at"])
    op.create_index(
        "ix_review_author_ref",
        "review",
        ["author_ref", "published_at"],
        sqlite_where=_WITH_REF,
        postgresql_where=_WITH_REF,
    )
    op.create_index(
        "ix_review_author_name",
        "review",
        ["source_id", "author_name", "published_at"],
        sqlite_where=_WITHOUT_REF,
        postgresql_where=_WITHOUT_REF,
    )


def _add_causes() -> None:
    op.create_table(
        "cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cause"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["cause.id"], name="fk_cause_merged_into_id_cause", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_cause_key", "cause", ["key"])
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("cause_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_case_cause_id_cause", "cause", ["cause_id"], ["id"], ondelete="SET NULL")
    op.create_index(
        "ix_case_cause_id", "case", ["cause_id", "review_id"], sqlite_where=_HAS_CAUSE, postgresql_where=_HAS_CAUSE
    )


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


def _add_gists() -> None:
    op.create_table(
        "gist",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("feeling", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("review_id", "content_hash", name="pk_gist"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_gist_review_id_review", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_gist_person_id_person", ondelete="SET NULL"),
    )
    op.create_index("ix_gist_person_id", "gist", ["person_id"])


def downgrade() -> None:
    for name in ("author_name", "author_ref", "source_id_published_at"):
        op.drop_index(f"ix_review_{name}", "review")
    op.drop_table("gist")
    op.drop_table("verdict")
    op.drop_index("ix_case_cause_id", "case")
    with op.batch_alter_table("case") as batch:
        batch.drop_constraint("fk_case_cause_id_cause", type_="foreignkey")
        batch.drop_column("cause_id")
        batch.drop_column("said_angry")
        batch.drop_column("is_risky")
    op.drop_table("cause")
