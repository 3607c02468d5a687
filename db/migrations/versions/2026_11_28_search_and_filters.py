"""Add the index of words, labels of scores to filter by, indexes for views and filters, and kept settings.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

_INDEXED = ("title", "body", "author_name", "reply_body")
_PARTS = (
    ("ix_case_changed", ["in_queue", "priority", "id"], sa.text("reopened_at IS NOT NULL")),
    ("ix_case_done", ["priority", "id"], sa.text("state <> 'open'")),
)


def upgrade() -> None:
    _add_settings()
    _add_labels()
    op.create_index("ix_score_language", "score", ["language"])
    op.create_index("ix_review_stars", "review", ["stars"])
    for name, columns, only in _PARTS:
        op.create_index(name, "case", columns, sqlite_where=only, postgresql_where=only)
    if op.get_bind().dialect.name == "sqlite":
        _add_words_of_sqlite()
    else:
        _add_words_of_postgresql()


def _add_settings() -> None:
    setting = op.create_table(
        "setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    # Reviews that are there already are indexed afterwards, in small steps: up to the last of them.
    last = op.get_bind().scalar(sa.text("SELECT max(id) FROM review")) or 0
    values = {"weights": {}, "reranking": {}, "indexing": {"done": 0, "to": last}, "words": {}}
    now = datetime.now(UTC)
    op.bulk_insert(setting, [{"name": name, "value": value, "changed_at": now} for name, value in values.items()])


def _add_labels() -> None:
    op.create_table(
        "score_label",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["score.review_id"], name="fk_score_label_review_id_score", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "kind", "name", name="pk_score_label"),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for kind, column in (("topic", "topics"), ("risk", "risks")):
        if is_sqlite:
            found = f"json_each(score.{column}) AS found"
            name = f"CASE found.type WHEN 'object' THEN json_extract(found.value, '$.{kind}') END"
        else:
            found = f"json_array_elements(score.{column}) AS found (value)"
            name = f"found.value ->> '{kind}'"
        op.execute(
            "INSERT INTO score_label (review_id, kind, name) "  # noqa: S608 - nothing of it comes from outside
            f"SELECT DISTINCT score.review_id, '{kind}', {name} FROM score, {found} WHERE {name} IS NOT NULL"
        )
    op.create_index("ix_score_label_kind_name_review_id", "score_label", ["kind", "name", "review_id"])


def _add_words_of_sqlite() -> None:
    # The words come folded and set apart by blanks: this tokenizer leaves them as they are.
    op.execute("CREATE VIRTUAL TABLE review_words USING fts5 (words, tokenize = 'ascii', columnsize = 0)")
    differs = " OR ".join(f"old.{name} <> new.{name}" for name in _INDEXED)
    op.execute(
        f"CREATE TRIGGER review_words_reworded AFTER UPDATE OF {', '.join(_INDEXED)} "  # noqa: S608 - our own names
        f"ON review WHEN {differs} "
        "BEGIN DELETE FROM review_words WHERE rowid = old.id; END"
    )
    op.execute(
        "CREATE TRIGGER review_words_deleted AFTER DELETE ON review "
        "BEGIN DELETE FROM review_words WHERE rowid = old.id; END"
    )


def _add_words_of_postgresql() -> None:
    op.execute(
        "CREATE TABLE review_words (review_id integer CONSTRAINT pk_review_words PRIMARY KEY "
        "CONSTRAINT fk_review_words_review_id_review REFERENCES review (id) ON DELETE CASCADE, words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_review_words_words ON review_words USING gin (words)")
    op.execute(
        "CREATE FUNCTION forget_review_words() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN DELETE FROM review_words WHERE review_id = OLD.id; RETURN NULL; END $$"
    )
    differs = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _INDEXED)
    op.execute(
        f"CREATE TRIGGER review_words_reworded AFTER UPDATE OF {', '.join(_INDEXED)} ON review FOR EACH ROW "
        f"WHEN ({differs}) EXECUTE FUNCTION forget_review_words()"
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER review_words_reworded" + ("" if is_sqlite else " ON review"))
    op.execute("DROP TRIGGER review_words_deleted" if is_sqlite else "DROP FUNCTION forget_review_words()")
    op.execute("DROP TABLE review_words")
    for name, _, _ in _PARTS:
        op.drop_index(name, "case")
    op.drop_index("ix_review_stars", "review")
    op.drop_index("ix_score_language", "score")
    op.drop_table("score_label")
    op.drop_table("setting")
