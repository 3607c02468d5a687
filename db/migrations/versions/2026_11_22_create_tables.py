"""Create the tables of places, sources, crawls, reviews, scores and cases.

Revision ID: 0001
Revises: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
        sa.UniqueConstraint("slug", name="uq_location_slug"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("syntax", sa.String(length=20), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("reach", sa.Double(), nullable=False),
        sa.Column("retention", sa.String(length=24), nullable=False),
        sa.Column("basis_note", sa.Text(), nullable=False),
        sa.Column("delay_s", sa.Double(), nullable=False),
        sa.Column("max_pages", sa.Integer(), nullable=False),
        sa.Column("crawl_every_s", sa.Integer(), nullable=False),
        sa.Column("next_crawl_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.String(length=36), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("health", sa.String(length=24), nullable=False),
        sa.Column("health_note", sa.String(length=500), nullable=False),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_source_location_id_location", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("slug", name="uq_source_slug"),
    )
    op.create_index("ix_source_is_enabled_next_crawl_at", "source", ["is_enabled", "next_crawl_at"])
    op.create_index("ix_source_location_id", "source", ["location_id"])
    op.create_table(
        "crawl_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("advertised_total", sa.Integer(), nullable=True),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("block_kind", sa.String(length=40), nullable=False),
        sa.Column("robots_verdict", sa.String(length=40), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_crawl_run_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_crawl_run"),
    )
    op.create_index("ix_crawl_run_source_id_started_at", "crawl_run", ["source_id", "started_at"])
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=400), nullable=False),
        sa.Column("id_kind", sa.String(length=16), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("author_name", sa.String(length=300), nullable=False),
        sa.Column("author_ref", sa.String(length=400), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rating_raw", sa.String(length=80), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("rating_min", sa.Double(), nullable=True),
        sa.Column("rating_max", sa.Double(), nullable=True),
        sa.Column("rating_kind", sa.String(length=16), nullable=False),
        sa.Column("stars", sa.Double(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_precision", sa.String(length=16), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_verified", sa.Boolean(), nullable=True),
        sa.Column("reply_body", sa.Text(), nullable=False),
        sa.Column("reply_author", sa.String(length=300), nullable=False),
        sa.Column("reply_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reply_hash", sa.String(length=64), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_run_id", sa.Integer(), nullable=True),
        sa.Column("missed_runs", sa.Integer(), nullable=False),
        sa.Column("missing_since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scored_with", sa.String(length=64), nullable=True),
        sa.Column("score_claim", sa.String(length=36), nullable=True),
        sa.Column("score_claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["last_run_id"], ["crawl_run.id"], name="fk_review_last_run_id_crawl_run", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_review_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_review_source_id_external_id"),
    )
    op.create_index("ix_review_published_at_id", "review", ["published_at", "id"])
    op.create_index("ix_review_scored_with_published_at", "review", ["scored_with", "published_at"])
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("in_queue", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("priority_parts", sa.JSON(), nullable=False),
        sa.Column("priority_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_case_review_id_review", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        sa.UniqueConstraint("review_id", name="uq_case_review_id"),
    )
    op.create_index("ix_case_in_queue_priority_id", "case", ["in_queue", "priority", "id"])
    op.create_index("ix_case_priority_due_at", "case", ["priority_due_at"])
    op.create_index("ix_case_priority_id", "case", ["priority", "id"])
    op.create_index("ix_case_state_priority_id", "case", ["state", "priority", "id"])
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rating_raw", sa.String(length=80), nullable=False),
        sa.Column("stars", sa.Double(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("seen_from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_revision_review_id_review", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("review_id", "number", name="uq_revision_review_id_number"),
    )
    op.create_table(
        "score",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("anger", sa.Double(), nullable=False),
        sa.Column("anger_level", sa.String(length=16), nullable=False),
        sa.Column("sentiment", sa.Double(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("risks", sa.JSON(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_score_review_id_review", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("review_id", name="pk_score"),
    )
    op.create_index("ix_score_anger_level", "score", ["anger_level"])


def downgrade() -> None:
    op.drop_index("ix_score_anger_level", "score")
    op.drop_table("score")
    op.drop_table("revision")
    op.drop_index("ix_case_state_priority_id", "case")
    op.drop_index("ix_case_priority_id", "case")
    op.drop_index("ix_case_priority_due_at", "case")
    op.drop_index("ix_case_in_queue_priority_id", "case")
    op.drop_table("case")
    op.drop_index("ix_review_scored_with_published_at", "review")
    op.drop_index("ix_review_published_at_id", "review")
    op.drop_table("review")
    op.drop_index("ix_crawl_run_source_id_started_at", "crawl_run")
    op.drop_table("crawl_run")
    op.drop_index("ix_source_location_id", "source")
    op.drop_index("ix_source_is_enabled_next_crawl_at", "source")
    op.drop_table("source")
    op.drop_table("location")
