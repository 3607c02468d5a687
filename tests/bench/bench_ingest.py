"""Reviews stored per second, against plain bulk inserts of the same rows into the same table in the same batches.

The baseline inserts ready rows of the review table and nothing else: no hashes, no comparison, no cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
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
            for _ in range(ROUNDS):
                with database(kind, server) as plain, database(kind, server) as ours:
                    rounds.append(_one_round(plain, ours, items))
            plainly, fresh, again = (REVIEWS / median(column) for column in zip(*rounds, strict=True))
            measures.append(at_least(f"ingest.fresh.{kind}", fresh, "reviews/s", baseline=plainly, wanted=0.5))
            measures.append(at_least(f"ingest.unchanged.{kind}", again, "reviews/s", baseline=fresh, wanted=1.0))
    return measures


def _one_round(plain: Engine, ours: Engine, items: list[ReviewItem]) -> tuple[float, float, float]:
    """Seconds for plain inserts, for the first crawl, and for the same crawl an hour later.

    The first two take turns batch by batch: what else the machine does disturbs both alike.
    """
    plain_id, source_id = _source(plain), _source(ours)
    inserted = fresh = 0.0
    for batch in _batches(items):
        rows = [review_row(item, source_id=plain_id, run_id=None, now=NOW) for item in batch]
        inserted += seconds(partial(_insert, plain, rows))
        fresh += seconds(partial(_crawl, ours, source_id, batch, hours=0))
    again = sum(seconds(partial(_crawl, ours, source_id, batch, hours=1)) for batch in _batches(items))
    return inserted, fresh, again


def _insert(engine: Engine, rows: list[dict[str, Any]]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(Review.__table__), rows)  # type: ignore[arg-type]


def _crawl(engine: Engine, source_id: int, batch: list[ReviewItem], *, hours: int) -> None:
    with session_scope(engine) as session:
        ingest(session, source_id, batch, run_id=None, now=NOW + timedelta(hours=hours))


def _source(engine: Engine) -> int:
    with session_scope(engine) as session:
        return make_source(session).id


def _batches(items: list[ReviewItem]) -> Iterator[list[ReviewItem]]:
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
