"""Server time of the queue, a search, a filter and a review's page at 10,000 and 100,000 reviews, on both databases.

Two kinds of figures. The pages as a browser asks for them, through the whole application: median (p50), 95th of a
hundred (p95) and the number of SQL statements, which no size may change. And the first and fiftieth page and the counts
alone, at the largest size against the smallest.

`AMENDS_BENCH_MILLION=1 python -m tests.bench queue` adds a million reviews (some ten minutes a database);
`AMENDS_BENCH_ON=postgresql` or `sqlite` measures one database alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text, true

from db.kept import Kept, keep
from db.queries.queue import QueueView, queue_counts, queue_page
from db.rank import set_ranks
from db.search import index_older
from db.session import read_scope, session_scope
from db.settings import DbSettings
from tests.factories import make_source
from tests.webui.signing import signed_in
from webui import create_app
from webui.settings import WebSettings

from .databases import KINDS, cluster, database
from .harness import Measure, at_most, noted, seconds

SIZES = (10_000, 100_000)
MILLION = "AMENDS_BENCH_MILLION"
ON = "AMENDS_BENCH_ON"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCES = 20
PAGE, PAGES = 50, 50
WARM_UP, ROUNDS = 5, 60
REQUESTS = {
    "queue": "/",
    "everything": "/?view=all",
    "done": "/?view=done",
    "search.rare": "/?view=all&q=nowhere",
    "search.common": "/?view=all&q=table+nobody",
    "search.phrase.newest": "/?view=all&q=%22fifty+minutes%22&sort=newest",
    "search.none": "/?view=all&q=zebra",
    "filter.many": "/?view=all&anger=angry&topic=waiting&stars=2",
    "filter.few": "/?view=all&source=source-3&risk=legal&q=table",
    "filter.none": "/?view=all&stars=4&anger=angry&language=fi",
    "review": "/reviews/77",
}

_SERIES = {
    "sqlite": "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < :count)",
    "postgresql": "WITH series(i) AS (SELECT generate_series(1, CAST(:count AS integer)))",
}
# A fifth is answered; two fifths are flagged; a tenth has no score yet and so the same priority, 0.
_REVIEWS = """
    INSERT INTO review (id, source_id, external_id, id_kind, url, author_name, author_ref, title, body, rating_raw,
        rating, rating_max, rating_kind, stars, language, published_at, published_precision, reply_body, reply_author,
        content_hash, reply_hash, first_seen_at, last_seen_at, missed_runs, scored_with, positive, negative,
        translation, reply_state, reply_note, reply_event, standing, erased_for)
    {series} SELECT i, 1 + i % :sources, 'review-' || i, 'platform', 'https://reviews.example/' || i, 'Guest ' || i, '',
        'Visit ' || i, 'We waited fifty minutes for a table that we had booked, and nobody said a word to us. '
            || CASE WHEN i % 1013 = 7 THEN 'Nowhere else. ' ELSE '' END || i,
        '2', 2.0, 5.0, 'stars', 2.0, 'en', {published}, 'day', '', '', 'hash-' || i, '',
        '2026-11-22 12:00:00', '2026-11-22 12:00:00', 0, CASE WHEN i % 10 = 0 THEN NULL ELSE 'm1' END, '', '', '', '',
        '', '', 'public', ''
    FROM series
"""
_PUBLISHED = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', '2026-11-22 12:00:00', '-' || (i % 500000) || ' minutes') || '.000000'",
    "postgresql": "timestamptz '2026-11-22 12:00:00+00' - (i % 500000) * interval '1 minute'",
}
_CASES = """
    INSERT INTO "case" (review_id, state, stage, version, reason, is_flagged, in_queue, priority, priority_parts,
        opened_at)
    SELECT id, CASE WHEN id % 5 = 1 THEN 'answered' ELSE 'open' END, 'todo', 0, '', id % 5 IN (1, 2, 3),
        id % 5 IN (2, 3),
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
_LABELS = """
    INSERT INTO score_label (review_id, kind, name)
    SELECT review_id, 'topic', 'waiting' FROM score
    UNION ALL SELECT review_id, 'risk', 'legal' FROM score WHERE review_id % 97 = 2
"""


def run() -> list[Measure]:
    sizes = (*SIZES, 1_000_000) if os.environ.get(MILLION) == "1" else SIZES
    measures = []
    with cluster() as server:
        for kind in [one for one in KINDS if one == os.environ.get(ON, one)]:
            with ExitStack() as stack:
                engines = [stack.enter_context(database(kind, server)) for _ in sizes]
                for engine, size in zip(engines, sizes, strict=True):
                    print(f"  {size:,} reviews on {kind} …", file=sys.stderr, flush=True)
                    seed(engine, size)
                    measures += _requests(engine, f"{kind}.{size // 1000}k")
                small, large = _pages(engines[0]), _pages(engines[-1])
                for name in small:
                    baseline, value = _medians_ms(small[name], large[name])
                    measures.append(at_most(f"queue.{name}.{kind}", value, "ms", baseline=baseline, wanted=1.5))
    return measures


def seed(engine: Engine, count: int) -> None:
    """Fill an empty database with this many scored reviews in a few statements, and index their words."""
    dialect = engine.dialect.name
    with session_scope(engine) as session:
        for number in range(SOURCES):
            make_source(session, slug=f"source-{number}")
        series = _SERIES[dialect]
        statement = _REVIEWS.format(series=series, published=_PUBLISHED[dialect])
        session.execute(text(statement), {"count": count, "sources": SOURCES})
        session.execute(text(_CASES))
        set_ranks(session, true())
        session.execute(text(_SCORES))
        session.execute(text(_LABELS))
        keep(session, Kept.INDEXING, {"done": 0, "to": count}, now=NOW)
    left = count
    while left:
        with session_scope(engine) as session:
            left = index_older(session, now=NOW, limit=5000)
    if dialect == "postgresql":  # the server does so by itself a minute later
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _requests(engine: Engine, where: str) -> list[Measure]:
    """p50, p95 and the number of statements of each request."""
    with TemporaryDirectory(prefix="amends-bench-") as folder:
        database = DbSettings(data_dir=Path(folder), _env_file=None)
        app = create_app(WebSettings(_env_file=None), engine, database=database, clock=lambda: NOW)
        return _timed(engine, signed_in(app), where)


def _timed(engine: Engine, client: FlaskClient, where: str) -> list[Measure]:
    measures = []
    for name, address in REQUESTS.items():
        for _ in range(WARM_UP):
            _get(client, address)
        asked = _statements(engine, lambda address=address: _get(client, address))  # type: ignore[misc]
        times = [1000 * seconds(lambda address=address: _get(client, address)) for _ in range(ROUNDS)]  # type: ignore[misc]
        measures += [
            noted(f"{name}.p50.{where}", median(times), "ms"),
            at_most(f"{name}.p95.{where}", quantiles(times, n=20)[-1], "ms", wanted=150),
            noted(f"{name}.statements.{where}", asked, "statements"),
        ]
    return measures


def _get(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _statements(engine: Engine, work: Callable[[], None]) -> int:
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return sum(not statement.startswith(("PRAGMA", "BEGIN")) for statement in asked)


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
