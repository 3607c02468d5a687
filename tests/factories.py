"""One factory per table, and one for the items that crawlers hand over. Each takes the columns that matter to a test.

What a test does not name is filled in with something plausible; rows are flushed, never committed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, RatingKind, ReviewItem
from db.models import (
    Case,
    CaseStage,
    CaseState,
    CrawlRun,
    Location,
    Person,
    Reply,
    ReplyState,
    Review,
    Revision,
    Score,
    ScoreLabel,
    Source,
)
from db.people import add_person
from db.rank import rank
from db.roles import Access, Role
from db.scores import ReviewText, ScoreRow
from db.search import index_stored
from db.wording import content_hash, reply_hash

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_numbers = count(1)
Row = TypeVar("Row")


def make_location(session: Session, **columns: Any) -> Location:
    number = next(_numbers)
    defaults: dict[str, Any] = {"slug": f"place-{number}", "name": f"Trattoria {number}", "created_at": NOW}
    return _stored(session, Location(**(defaults | columns)))


def make_source(session: Session, **columns: Any) -> Source:
    number = next(_numbers)
    if "location" not in columns and "location_id" not in columns:
        columns["location"] = make_location(session)
    defaults: dict[str, Any] = {
        "slug": f"source-{number}",
        "name": f"Review page {number}",
        "platform": "schemaorg",
        "syntax": "jsonld",
        "url": f"https://reviews.example/{number}",
        "next_crawl_at": NOW,
        "created_at": NOW,
    }
    return _stored(session, Source(**(defaults | columns)))


def make_run(session: Session, source: Source, **columns: Any) -> CrawlRun:
    return _stored(session, CrawlRun(**({"source_id": source.id, "started_at": NOW} | columns)))


def make_review(session: Session, source: Source | None = None, **columns: Any) -> Review:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "source_id": (source or make_source(session)).id,
        "external_id": f"review-{number}",
        "id_kind": "platform",
        "title": "",
        "body": f"We waited {number} minutes for a table that we had booked.",
        "rating_raw": "2",
        "rating": 2.0,
        "rating_max": 5.0,
        "rating_kind": "stars",
        "stars": 2.0,
        "author_name": f"Guest {number}",
        "published_at": NOW - timedelta(days=1),
        "published_precision": "day",
        "first_seen_at": NOW,
        "last_seen_at": NOW,
    }
    values = defaults | columns
    hashed = {name: values[name] for name in ("title", "body", "rating", "rating_raw")}
    values.setdefault("content_hash", content_hash(**hashed))
    values.setdefault("reply_hash", reply_hash(values.get("reply_body", "")))
    review = _stored(session, Review(**values))
    index_stored(session, [review.id])
    return review


def make_revision(session: Session, review: Review, **columns: Any) -> Revision:
    defaults: dict[str, Any] = {
        "review_id": review.id,
        "number": 1,
        "title": "",
        "body": "We waited.",
        "rating_raw": "3",
        "stars": 3.0,
        "content_hash": content_hash(title="", body="We waited.", rating=3.0, rating_raw="3"),
        "seen_from_at": NOW - timedelta(days=1),
        "replaced_at": NOW,
    }
    return _stored(session, Revision(**(defaults | columns)))


def make_person(session: Session, *, name: str = "Ana", access: Access | None = None) -> Person:
    """Somebody who may do everything, unless told otherwise; without a password."""
    email = f"{name.lower()}-{next(_numbers)}@lanterna.example"
    return add_person(session, email, name=name, access=access or Access(everywhere=Role.OWNER), now=NOW)


def make_case(session: Session, review: Review | None = None, **columns: Any) -> Case:
    values: dict[str, Any] = {"review_id": (review or make_review(session)).id, "opened_at": NOW} | columns
    is_open = values.get("state", CaseState.OPEN) is CaseState.OPEN
    calls = bool(values.get("is_flagged") or values.get("reopened_at"))
    found = rank(values.get("priority", 0.0), values.get("due_at"))
    asks_at = values.get("follow_up_at") if values.get("stage") is CaseStage.WAITING else values.get("unsettled_at")
    return _stored(session, Case(**({"in_queue": is_open and calls, "rank": found, "asks_at": asks_at} | values)))


def make_reply(session: Session, case: Case | None = None, **columns: Any) -> Reply:
    """An answer that is due to be posted, unless told otherwise."""
    case = case or make_case(session, is_flagged=True)
    review = session.get_one(Review, case.review_id)
    defaults: dict[str, Any] = {
        "case_id": case.id,
        "state": ReplyState.HELD,
        "body": "I am sorry that you waited.",
        "version": 1,
        "number": 1,
        "author_ids": [],
        "findings": [],
        "content_hash": review.content_hash,
        "post_at": NOW,
    }
    reply = _stored(session, Reply(**(defaults | columns)))
    case.reply_state = reply.state
    session.flush()
    return reply


def make_score(session: Session, review: Review, **columns: Any) -> Score:
    defaults: dict[str, Any] = {
        "review_id": review.id,
        "model_version": "m1",
        "content_hash": review.content_hash,
        "scored_at": NOW,
        "anger": 0.8,
        "anger_level": "angry",
        "sentiment": 1.5,
        "language": "en",
        "topics": [{"topic": "waiting", "probability": 0.9}],
        "risks": [],
        "sentences": [{"start": 0, "end": 9, "anger": 0.8}],
        "reasons": ["waiting"],
        "reaches_alert": columns.get("anger_level") == "furious",  # as a model with a threshold for alerts has it
    }
    score = _stored(session, Score(**(defaults | columns)))
    for kind, of in (("topic", score.topics), ("risk", score.risks)):
        for name in {found[kind] for found in of}:
            _stored(session, ScoreLabel(review_id=review.id, kind=kind, name=name))
    review.scored_with = score.model_version
    session.flush()
    return score


def a_score(text: ReviewText, **columns: Any) -> ScoreRow:
    """A furious score of this wording by the model "m2"."""
    defaults: dict[str, Any] = {
        "review_id": text.review_id,
        "content_hash": text.content_hash,
        "model_version": "m2",
        "anger": 0.9,
        "anger_level": "furious",
        "reaches_alert": True,
        "sentiment": 1.0,
        "language": "en",
        "topics": [{"topic": "waiting", "probability": 0.9}],
        "risks": [],
        "sentences": [{"start": 0, "end": 4, "anger": 0.9}],
        "reasons": ["waiting"],
        "priority": 71.5,
        "priority_parts": [{"name": "anger", "points": 40, "most": 50}],
        "priority_due_at": text.published_at + timedelta(days=4),
        "is_flagged": True,
        "is_risky": False,
    }
    return ScoreRow(**(defaults | columns))


def an_item(external_id: str = "r1", **fields: Any) -> ReviewItem:
    """A review as a parser yields it."""
    defaults: dict[str, Any] = {
        "body": "Fifty minutes for a booked table.",
        "title": "Long wait",
        "author_name": "Guest One",
        "rating_raw": "2",
        "rating": 2.0,
        "rating_max": 5.0,
        "rating_kind": RatingKind.STARS,
        "stars": 2.0,
        "published_at": NOW - timedelta(days=20),
        "published_precision": DatePrecision.DAY,
    }
    return ReviewItem(external_id=external_id, **(defaults | fields))


def _stored(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
