"""The owner's reply as the source shows it decides whether a case is answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.ingest import IngestCounts, ingest
from db.models import Case, CaseState, Review, Revision
from tests.factories import an_item, make_score, make_source

HOUR = timedelta(hours=1)


def test_replies_move_the_case_and_keep_the_wording(session: Session, now: datetime) -> None:
    """A reply that appears answers, one that changes stays an answer, one that goes opens again; never a revision."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    make_score(session, session.scalars(select(Review)).one())
    seen = []
    for turn, body in enumerate(["Sorry.", "Sorry.", "Very sorry.", ""], start=1):
        item = an_item(reply=OwnerReply(body=body, published_at=now) if body else None)
        counts = ingest(session, source.id, [item], run_id=None, now=now + turn * HOUR)
        review, case = session.scalars(select(Review)).one(), session.scalars(select(Case)).one()
        seen.append((counts.replied, review.reply_body, review.reply_published_at, case.state, review.scored_with))
        assert (counts.changed, counts.unchanged) == (0, 1)
    assert seen == [
        (1, "Sorry.", now, CaseState.ANSWERED, "m1"),
        (0, "Sorry.", now, CaseState.ANSWERED, "m1"),
        (1, "Very sorry.", now, CaseState.ANSWERED, "m1"),
        (1, "", None, CaseState.OPEN, "m1"),
    ]
    assert session.scalars(select(Revision)).all() == []


def test_answer_takes_a_flagged_case_from_the_queue(session: Session, now: datetime) -> None:
    """Answered cases are out of the queue and age no more; when the reply goes they are back, their priority due."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    case.is_flagged = case.in_queue = True
    case.priority_due_at = now
    ingest(session, source.id, [an_item(reply=OwnerReply(body="Sorry."))], run_id=None, now=now + HOUR)
    answered: tuple[object, ...] = (case.in_queue, case.priority_due_at, case.reopened_at)
    assert answered == (False, None, None)
    assert ingest(session, source.id, [an_item()], run_id=None, now=now + 2 * HOUR) == IngestCounts(
        unchanged=1, replied=1
    )
    session.refresh(case)
    back: tuple[object, ...] = (case.in_queue, case.priority_due_at, case.reopened_at)
    assert back == (True, now + 2 * HOUR, None)
