"""Reviews stored per second, against plain bulk inserts of the same rows into the same table in the same batches.

The baseline inserts ready rows of the review table and nothing else: no hashes, no comparison, no cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import Engine, insert

from crawlers.items import OwnerReply, ReviewItem
from db.incoming import review_row
from db.ingest import BATCH, ingest
from db.models import Review
from db.session import session_scope
from tests.factories import NOW, an_item, make_source

from .databases import KINDS, cluster, database
from .harness import Measure, at_least, seconds

REVIEWS = 100_000
ROUNDS = 3
SENTENCES = (
    "We waited fifty minutes for a table that we had booked.",
    "Die Bedienung war freundlich, aber überfordert.",
    "La cuenta tenía dos platos que no pedimos.",
    "Le dessert était délicieux, merci à toute l'équipe !",
    "Nobody answered the phone for three days.",
)


def run() -> list[Measure]:
    items = [_item(number) for number in range(REVIEWS)]
    measures = []
    with cluster() as server:
        for kind in KINDS:
            rounds = []
            for _ in range(ROUNDS):  # interleaved, so that a busy minute of the machine hits both sides
                with database(kind, server) as engine:
                    plain = _plain(engine, items)
                with database(kind, server) as engine:
                    rounds.append((plain, *_ours(engine, items)))
            plain, fresh, again = (REVIEWS / median(column) for column in zip(*rounds, strict=True))
            measures.append(at_least(f"ingest.fresh.{kind}", fresh, "reviews/s", baseline=plain, wanted=0.5))
            measures.append(at_least(f"ingest.unchanged.{kind}", again, "reviews/s", baseline=fresh, wanted=1.0))
    return measures


def _ours(engine: Engine, items: list[ReviewItem]) -> tuple[float, float]:
    """Seconds for the first crawl and for the same one an hour later."""
    source_id = _source(engine)

    def crawl(hours: int) -> None:
        for batch in _batches(items):
            with session_scope(engine) as session:
                ingest(session, source_id, batch, run_id=None, now=NOW + timedelta(hours=hours))

    return seconds(lambda: crawl(0)), seconds(lambda: crawl(1))


def _plain(engine: Engine, items: list[ReviewItem]) -> float:
    source_id = _source(engine)
    batches = [
        [review_row(item, source_id=source_id, run_id=None, now=NOW) for item in batch] for batch in _batches(items)
    ]

    def store() -> None:
        for batch in batches:
            with engine.begin() as connection:
                connection.execute(insert(Review.__table__), batch)  # type: ignore[arg-type]

    return seconds(store)


def _source(engine: Engine) -> int:
    with session_scope(engine) as session:
        return make_source(session).id


def _batches(items: list[ReviewItem]) -> Iterator[list[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _item(number: int) -> ReviewItem:
    body = " ".join(SENTENCES[(number + turn) % len(SENTENCES)] for turn in range(1 + number % 6))
    return an_item(
        f"https://reviews.example/place/7#review-{number * 7919 % 1_000_003}",
        body=f"{body} ({number})",
        author_name=f"Guest {number}",
        url=f"https://reviews.example/place/7#review-{number}",
        language="en",
        published_at=NOW - timedelta(minutes=number),
        reply=OwnerReply(body="We are sorry to hear that.", published_at=NOW) if number % 5 == 0 else None,
    )
