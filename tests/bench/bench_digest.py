"""Time of the weekly digest over 200 places with 10,000 and 100,000 reviews, on both databases, and its growth.

Three figures at each size: the owner's digest of all the places together, one place's digest (the mean over 20 of them;
200 times that is what a Monday morning costs where each place has somebody of its own), and the number of SQL
statements of the first, which no size may change. A fifth of the reviews is answered, within hours. Whatever the size,
they are spread evenly over half a year: the week that is told and the twelve it is compared with hold ten times as many
where there are ten times as many in all, so what grows by ten may take ten times as long and no more.

`AMENDS_BENCH_MILLION=1 python -m tests.bench digest` adds a million reviews.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median

from sqlalchemy import Engine, event, text

from db.causes import add_cause
from db.queries.places import named_places
from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.factories import make_source
from webui.digest.build import build_digest
from webui.digest.html import html_of
from webui.digest.letter import letter
from webui.digest.short import short
from webui.digest.text import text_of
from webui.i18n import speaking

from .bench_queue import MILLION, NOW, SIZES, SOURCES, seed
from .databases import KINDS, cluster, database
from .harness import Measure, at_most, noted, seconds

PLACES = 200
WEEK = "2026-W46"  # the last one that is over
ROUNDS = 3
ASKED = 20
OWNER = Access(everywhere=Role.OWNER)
SPREAD_MIN = 26 * 7 * 24 * 60  # minutes over which the reviews are spread
_PUBLISHED = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', '2026-11-22 12:00:00', '-' || (id * :minutes / :count) || ' minutes') "
    "|| '.000000'",
    "postgresql": "timestamptz '2026-11-22 12:00:00+00' "
    "- (CAST(id AS bigint) * :minutes / :count) * interval '1 minute'",
}
_LATER = {
    "sqlite": "datetime(published_at, '+5 hours') || '.000000'",
    "postgresql": "published_at + interval '5 hours'",
}


def run() -> list[Measure]:
    sizes = (*SIZES, 1_000_000) if os.environ.get(MILLION) == "1" else SIZES
    measures = []
    with cluster() as server:
        for kind in KINDS:
            before: dict[str, float] = {}
            for size in sizes:
                with database(kind, server) as engine:
                    spread(engine, size)
                    found = _measured(engine)
                    if size == SIZES[-1]:
                        measures.append(noted(f"digest.week_of_50k.{kind}", _crowded(engine), "s"))
                where = f"{kind}.{size // 1000}k"
                for name, (value, unit) in found.items():
                    if name in before and unit != "statements":
                        grown = at_most(f"digest.{name}.{where}", value, unit, baseline=before[name], wanted=10)
                        measures.append(grown)
                    else:
                        measures.append(noted(f"digest.{name}.{where}", value, unit))
                    before[name] = value
    return measures


def spread(engine: Engine, count: int) -> None:
    """Reviews as the benchmark of the queue has them, over 200 places, with answers and causes."""
    seed(engine, count)
    with session_scope(engine) as session:
        for number in range(SOURCES, PLACES):
            make_source(session, slug=f"source-{number}")
        for number in range(10):
            add_cause(session, f"Cause {number}", words={}, now=NOW)
        session.execute(text("UPDATE review SET source_id = 1 + id % :places"), {"places": PLACES})
        published = f"UPDATE review SET published_at = {_PUBLISHED[engine.dialect.name]}"  # noqa: S608
        session.execute(text(published), {"minutes": SPREAD_MIN, "count": count})
        answered = f"UPDATE review SET reply_published_at = {_LATER[engine.dialect.name]} WHERE id % 5 = 1"  # noqa: S608
        session.execute(text(answered))
        session.execute(
            text(
                'UPDATE "case" SET clock_target_min = 600, cause_id = CASE WHEN is_flagged AND id % 3 > 0 '
                "THEN (SELECT min(id) FROM cause) + id % 10 END, "
                "opened_at = (SELECT published_at FROM review WHERE review.id = review_id)"
            )
        )
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _measured(engine: Engine) -> dict[str, tuple[float, str]]:
    with read_scope(engine) as session:
        ids = [place.id for place in named_places(session, places=None)]

    def write(place_ids: list[int] | None) -> None:
        with read_scope(engine) as session:
            found = build_digest(session, access=OWNER, week=WEEK, now=NOW, place_ids=place_ids)
        with speaking("en"):
            words = letter(found)
            assert text_of(words, base="")
            assert html_of(short(found), words, (), base="")

    def each() -> None:
        for id_ in asked:
            write([id_])

    asked = ids[:: PLACES // ASKED]
    everywhere = median(seconds(lambda: write(None)) for _ in range(ROUNDS))
    return {
        "all_places": (everywhere, "s"),
        "one_place": (seconds(each) / len(asked), "s"),
        "statements": (float(_statements(engine, lambda: write(None))), "statements"),
    }


def _crowded(engine: Engine) -> float:
    """Of a week in which half of the reviews was written: 50,000."""
    with session_scope(engine) as session:
        session.execute(text("UPDATE review SET published_at = '2026-11-11 12:00:00.000000' WHERE id % 2 = 0"))
    with read_scope(engine) as session:
        taken = seconds(lambda: build_digest(session, access=OWNER, week=WEEK, now=NOW))
        assert build_digest(session, access=OWNER, week=WEEK, now=NOW).now.written >= SIZES[-1] // 2
    return taken


def _statements(engine: Engine, work: Callable[[], None]) -> int:
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return sum(not statement.startswith(("PRAGMA", "BEGIN")) for statement in asked)
