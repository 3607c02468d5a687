"""The index of all words, and what of it a query finds: one behaviour on SQLite (FTS5) and PostgreSQL (tsvector).

The table `review_words` holds the words of `db.words` for each review that has any. Whoever writes texts indexes them
in the same transaction. Taking them out needs nobody: triggers drop the entry of a review as soon as one of its texts
changes or the review goes, so an erased text is never found again, whoever erased it.

SQLite: what FTS5 drops stays in its older segments until they are merged; `forget_words` does that, and `secure_delete`
then overwrites them. PostgreSQL: dead rows wait for VACUUM, and the index keeps single words without their reviews
until it is built anew; `rebuild_words` does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, bindparam, cast, column, select, table, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from .cases import lock_reviews
from .kept import Kept, keep, kept
from .models import Location, Review, Setting, Source
from .session import once, read_scope, session_scope
from .words import FIELD, Term, indexed_words, source_word, terms_of, words_of

TABLE = "review_words"
INDEXED = ("title", "body", "author_name", "reply_body")
NAMES_MOST = 200  # sources that one term may find by their names
MERGE_PAGES = 2000  # of the index in one transaction: some milliseconds
REBUILD_EVERY = timedelta(days=1)
_TRIGGERS = ("review_words_reworded", "review_words_deleted")  # PostgreSQL does the second by its foreign key

_WORDS = table(TABLE, column("rowid"), column("review_id"), column("words"))
_INSERTS = {
    "sqlite": text(f"INSERT OR REPLACE INTO {TABLE} (rowid, words) VALUES (:id, :words)"),  # noqa: S608 - no value
    "postgresql": text(
        f"INSERT INTO {TABLE} (review_id, words) "  # noqa: S608 - no value
        "SELECT given.id, CAST(given.words AS tsvector) "
        "FROM unnest(CAST(:ids AS integer[]), CAST(:words AS text[])) AS given (id, words) "
        "ON CONFLICT (review_id) DO UPDATE SET words = excluded.words"
    ),
}


def index_reviews(session: Session, reviews: Iterable[tuple[int, int, Mapping[str, Any]]]) -> None:
    """Index reviews, given as id, id of the source and row. Call it in the transaction that writes their texts."""
    found = [(id_, indexed_words(source_id, (row[name] for name in INDEXED))) for id_, source_id, row in reviews]
    if not found:
        return
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(_INSERTS["sqlite"], [{"id": id_, "words": " ".join(words)} for id_, words in found])
        return
    ids, words = [id_ for id_, _ in found], [_vector(words) for _, words in found]
    connection.execute(_INSERTS["postgresql"], {"ids": ids, "words": words})


def index_stored(session: Session, review_ids: Sequence[int]) -> None:
    """Index reviews by what the database holds of them; erased ones have nothing to be found by."""
    session.flush()
    columns = [getattr(Review, name) for name in INDEXED]
    stored = select(Review.id, Review.source_id, *columns).where(Review.id.in_(review_ids), Review.erased_at.is_(None))
    rows = [dict(row) for row in session.execute(stored).mappings()]
    index_reviews(session, ((row["id"], row["source_id"], row) for row in rows))


def found_by(session: Session, query: str) -> Select[int] | None:
    """The ids of the reviews that a query finds, as a select; None where it holds no word at all."""
    terms = terms_of(query)
    if not terms:
        return None
    names = _names(session)
    sources = [[id_ for id_, words in names if term.is_in(words)][:NAMES_MOST] for term in terms]
    if session.get_bind().dialect.name == "sqlite":
        matched = " AND ".join(_fts5(*pair) for pair in zip(terms, sources, strict=True))
        return select(_WORDS.c.rowid).where(text(f"{TABLE} MATCH :matched").bindparams(matched=matched))
    asked = " & ".join(_tsquery(*pair) for pair in zip(terms, sources, strict=True))
    wanted = cast(bindparam("asked", asked), postgresql.TSQUERY)
    return select(_WORDS.c.review_id).where(_WORDS.c.words.bool_op("@@")(wanted))


def is_found_by(session: Session, query: str) -> ColumnElement[bool] | None:
    """Whether a review is among them, for whoever walks along an index and stops soon; None: there is no word at all.

    PostgreSQL looks each review up by itself, so that all that a frequent word finds is never gathered. FTS5 would read
    the list of a word from its beginning for each review, which takes far longer than to gather it once.
    """
    found = found_by(session, query)
    if found is None:
        return None
    if session.get_bind().dialect.name == "sqlite":
        return Review.id.in_(found)
    [own] = found.selected_columns
    return found.where(own == Review.id).offset(0).correlate(Review).exists()


def note_dropped(session: Session, *, now: datetime) -> None:
    """Have the index forget what has just been taken out; `forget_words` and `rebuild_words` do it afterwards."""
    words = kept(session, Kept.WORDS)
    keep(session, Kept.WORDS, words | {"dropped": words.get("dropped", 0) + 1}, now=now)


def forget_words(engine: Engine) -> None:
    """Make FTS5 forget what was dropped. Others write in between."""
    if engine.dialect.name != "sqlite" or (dropped := _dropped(engine)) is None:
        return
    merge = text(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('merge', :pages)")  # noqa: S608 - no value
    pages, changed = -MERGE_PAGES, 2  # below zero: start on all segments, however few there are
    while changed >= 2:  # SQLite's own sign that something was left to merge
        with session_scope(engine) as session:
            before = session.scalar(text("SELECT total_changes()")) or 0
            session.execute(merge, {"pages": pages})
            changed = (session.scalar(text("SELECT total_changes()")) or 0) - before
        pages = MERGE_PAGES
    _note_forgotten(engine, {"forgotten": dropped})


def rebuild_words(engine: Engine, *, now: datetime) -> None:
    """Make PostgreSQL's index forget the single words of what was dropped: once a day, for it reads all of it."""
    if engine.dialect.name != "postgresql" or (dropped := _dropped(engine)) is None:
        return
    with read_scope(engine) as session:
        last = kept(session, Kept.WORDS).get("rebuilt_at")
    if last is not None and now - datetime.fromisoformat(last) < REBUILD_EVERY:
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM {TABLE}"))
        connection.execute(text(f"REINDEX INDEX CONCURRENTLY ix_{TABLE}_words"))
    _note_forgotten(engine, {"forgotten": dropped, "rebuilt_at": now.isoformat()})


def index_older(session: Session, *, now: datetime, limit: int = 500) -> int:
    """Index up to `limit` of the reviews that were there before there was a search; how many ids are still to go."""
    indexing = kept(session, Kept.INDEXING)
    done, last = int(indexing.get("done", 0)), int(indexing.get("to", 0))
    if done >= last:
        return 0
    ids = session.scalars(select(Review.id).where(Review.id > done, Review.id <= last).order_by(Review.id).limit(limit))
    found = list(ids)
    lock_reviews(session, found)
    index_stored(session, found)
    done = found[-1] if len(found) == limit else last
    keep(session, Kept.INDEXING, indexing | {"done": done}, now=now)
    return last - done


def still_to_index(session: Session) -> int:
    """How many reviews, about, a search does not find yet."""
    indexing = kept(session, Kept.INDEXING)
    return max(0, int(indexing.get("to", 0)) - int(indexing.get("done", 0)))


def _dropped(engine: Engine) -> int | None:
    with read_scope(engine) as session:
        words = kept(session, Kept.WORDS)
    dropped: int = words.get("dropped", 0)
    return dropped if dropped > words.get("forgotten", 0) else None


def _note_forgotten(engine: Engine, values: dict[str, Any]) -> None:
    with session_scope(engine) as session:
        words = kept(session, Kept.WORDS)
        session.execute(update(Setting).where(Setting.name == Kept.WORDS).values(value=words | values))


def is_of_models(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether Alembic is to compare this with the models. The index has a form of its own on each database."""
    return kind != "table" or not (name or "").startswith(TABLE)


def missing_triggers(connection: Connection) -> list[str]:
    """Names of those that keep the index true and are not there: a table made anew loses them."""
    is_sqlite = connection.dialect.name == "sqlite"
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if is_sqlite else "SELECT tgname FROM pg_trigger"
    wanted = _TRIGGERS if is_sqlite else _TRIGGERS[:1]
    return sorted(set(wanted) - set(connection.scalars(text(names))))


@once
def _names(session: Session) -> list[tuple[int, list[str]]]:
    rows = session.execute(select(Source.id, Source.name, Location.name).join(Location)).all()
    return [(id_, [*words_of(source), FIELD, *words_of(place)]) for id_, source, place in rows]


def _fts5(term: Term, sources: list[int]) -> str:
    words = " ".join(term.words)
    found = [f'"{words}"{"*" if term.is_prefix else ""}', *(f'"{source_word(id_)}"' for id_ in sources)]
    return f"({' OR '.join(found)})"


def _tsquery(term: Term, sources: list[int]) -> str:
    phrase = " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.is_prefix else "")
    found = [f"({phrase})", *(f"'{source_word(id_)}'" for id_ in sources)]
    return f"({' | '.join(found)})"


def _vector(words: list[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
