"""Time of a page of the queue at ten thousand and at a million reviews: the first, the fiftieth, and the counts.

Each time is that of a fresh read, from opening the session to the finished rows. The baseline of the large database is
the same page of the small one.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from sqlalchemy import Engine, text

from db.queries.queue import QueueView, queue_counts, queue_page
from db.session import read_scope, session_scope
from tests.factories import make_source

from .databases import KINDS, cluster, database
from .harness import Measure, at_most, seconds

SMALL, LARGE = 10_000, 1_000_000
SOURCES = 20
PAGE, PAGES = 50, 50
WARM_UP, ROUNDS = 10, 101

_SERIES = {
    "sqlite": "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < :count)",
    "postgresql": "WITH series(i) AS (SELECT generate_series(1, CAST(:count AS integer)))",
}
# A fifth is answered; two fifths are flagged; a tenth has no score yet and so the same priority, 0.
_REVIEWS = """
    INSERT INTO review (id, source_id, external_id, id_kind, url, author_name, author_ref, title, body, rating_raw,
        rating, rating_max, rating_kind, stars, language, published_at, published_precision, reply_body, reply_author,
        content_hash, reply_hash, first_seen_at, last_seen_at, missed_runs, scored_with)
    {series} SELECT i, 1 + i % :sources, 'review-' || i, 'platform', 'https://reviews.example/' || i, 'Guest ' || i, '',
        'Visit ' || i, 'We waited fifty minutes for a table that we had booked, and nobody said a word to us. ' || i,
        '2', 2.0, 5.0, 'stars', 2.0, 'en', '2026-11-01 12:00:00', 'day', '', '', 'hash-' || i, '',
        '2026-11-22 12:00:00', '2026-11-22 12:00:00', 0, CASE WHEN i % 10 = 0 THEN NULL ELSE 'm1' END
    FROM series
"""
_CASES = """
    INSERT INTO "case" (review_id, state, is_flagged, in_queue, priority, priority_parts, opened_at)
    SELECT id, CASE WHEN id % 5 = 1 THEN 'answered' ELSE 'open' END, id % 5 IN (1, 2, 3), id % 5 IN (2, 3),
        CASE WHEN id % 10 = 0 THEN 0.0 ELSE (CAST(id AS bigint) * 7919 % 100003) / 1000.03 END,
        '[{"name": "anger", "points": 30, "most": 50}]', '2026-11-22 12:00:00'
    FROM review
"""
_SCORES = """
    INSERT INTO score (review_id, model_version, content_hash, scored_at, anger, anger_level, sentiment, language,
        topics, risks, sentences, reasons)
    SELECT id, 'm1', content_hash, '2026-11-22 12:00:00', 0.8, 'angry', 1.5, 'en',
        '[{"topic": "waiting", "probability": 0.9}]', '[]', '[{"start": 0, "end": 9, "anger": 0.8}]', '["waiting"]'
    FROM review WHERE scored_with IS NOT NULL
"""


def run() -> list[Measure]:
    measures = []
    with cluster() as server:
        for kind in KINDS:
            with database(kind, server) as small, database(kind, server) as large:
                seed(small, SMALL)
                seed(large, LARGE)
                pages = [_pages(small), _pages(large)]
                for name in pages[0]:
                    baseline, value = _medians_ms(*(page[name] for page in pages))
                    measures.append(at_most(f"queue.{name}.{kind}", value, "ms", baseline=baseline, wanted=1.5))
    return measures


def seed(engine: Engine, count: int) -> None:
    """Fill an empty database with this many scored reviews in a few statements."""
    with session_scope(engine) as session:
        for _ in range(SOURCES):
            make_source(session)
        series = _SERIES[engine.dialect.name]
        session.execute(text(_REVIEWS.format(series=series)), {"count": count, "sources": SOURCES})
        session.execute(text(_CASES))
        session.execute(text(_SCORES))
    if engine.dialect.name == "postgresql":  # the server does so by itself a minute later
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _pages(engine: Engine) -> dict[str, Callable[[], None]]:
    """What is timed, by name."""
    cursor = None
    with read_scope(engine) as session:
        for _ in range(PAGES - 1):
            cursor = queue_page(session, QueueView.NOW, after=cursor, limit=PAGE).next_cursor
            assert cursor, "the queue ends before its fiftieth page"

    def page(after: str | None) -> None:
        with read_scope(engine) as session:
            assert len(queue_page(session, QueueView.NOW, after=after, limit=PAGE).rows) == PAGE

    def counts() -> None:
        with read_scope(engine) as session:
            queue_counts(session)

    return {"first": lambda: page(None), "fiftieth": lambda: page(cursor), "counts": counts}


def _medians_ms(small: Callable[[], None], large: Callable[[], None]) -> tuple[float, float]:
    """Both in turns, so that what else the machine does disturbs both alike; the first ones warm up."""
    times = [(seconds(small), seconds(large)) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    before, after = (1000 * median(column) for column in zip(*times, strict=True))
    return before, after
