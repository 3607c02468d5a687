"""Add what APIs of platforms need, what their terms ask, and links between the same opinion at two sources.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


# Rows that are there get these defaults; the application writes its own, so the databases keep none.
def _source() -> list[sa.Column[Any]]:
    return [
        sa.Column("place_ref", sa.String(length=400), nullable=False, server_default=""),
        sa.Column("options", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("sealed_keys", sa.Text(), nullable=False, server_default=""),
        sa.Column("sealed_token", sa.Text(), nullable=False, server_default=""),
        sa.Column("hook_digest", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("host", sa.String(length=260), nullable=False, server_default=""),
        sa.Column("may_judge", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("notices_edits", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("last_full_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("twins_sought_to", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("empty_runs", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _review() -> list[sa.Column[Any]]:
    return [
        sa.Column("positive", sa.Text(), nullable=False, server_default=""),
        sa.Column("negative", sa.Text(), nullable=False, server_default=""),
        sa.Column("translation", sa.Text(), nullable=False, server_default=""),
        sa.Column("reply_state", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("reply_note", sa.String(length=300), nullable=False, server_default=""),
        sa.Column("reply_event", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("reply_event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("standing", sa.String(length=16), nullable=False, server_default="public"),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_for", sa.String(length=16), nullable=False, server_default=""),
    ]


def _run() -> list[sa.Column[Any]]:
    return [
        sa.Column("is_full", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("gone", sa.Integer(), nullable=False, server_default="0"),
    ]


def upgrade() -> None:
    for table, columns in (("source", _source()), ("review", _review()), ("crawl_run", _run())):
        for column in columns:
            op.add_column(table, column)
    _fill_hosts()
    op.execute("UPDATE review SET reply_state = 'published' WHERE reply_body <> ''")
    op.create_index("ix_source_hook_digest", "source", ["hook_digest"])
    op.create_index("ix_source_host", "source", ["host"])
    op.create_table(
        "twin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_denied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name="fk_twin_review_id_review", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["review.id"], name="fk_twin_other_id_review", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_twin"),
        sa.UniqueConstraint("review_id", "other_id", name="uq_twin_review_id_other_id"),
    )
    op.create_index("ix_twin_other_id", "twin", ["other_id"])
    op.create_table(
        "erased_mark",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name="fk_erased_mark_review_id_review", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_erased_mark_source_id_source", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", name="pk_erased_mark"),
    )
    op.create_index("ix_erased_mark_source_id", "erased_mark", ["source_id"])


def _fill_hosts() -> None:
    """Sources that are there all ask the address they are registered with."""
    source = sa.table("source", sa.column("id", sa.Integer), sa.column("url", sa.String), sa.column("host", sa.String))
    connection = op.get_bind()
    for source_id, url in connection.execute(sa.select(source.c.id, source.c.url)).all():
        connection.execute(sa.update(source).where(source.c.id == source_id).values(host=_host_of(url)))


def _host_of(url: str) -> str:
    # Written out: a migration must not change when the code does.
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    return f"{host}:{port or (80 if parts.scheme == 'http' else 443)}"[:260] if host else ""


def downgrade() -> None:
    op.drop_index("ix_erased_mark_source_id", "erased_mark")
    op.drop_table("erased_mark")
    op.drop_index("ix_twin_other_id", "twin")
    op.drop_table("twin")
    op.drop_index("ix_source_host", "source")
    op.drop_index("ix_source_hook_digest", "source")
    for table, columns in (("crawl_run", _run()), ("review", _review()), ("source", _source())):
        for column in reversed(columns):
            op.drop_column(table, column.name)
