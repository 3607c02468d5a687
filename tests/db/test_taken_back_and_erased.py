"""Withdrawn by its platform, or erased at its writer's wish: name and text go, counts and staff work stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import IdKind, OwnerReply, ReplyState, ReviewItem, Standing
from db.erasing import TEXTS, erase_at_request
from db.ingest import ingest
from db.models import NOT_JUDGED, Case, CaseState, Review, Revision, Score, Source
from db.scores import claim_unscored, count_unscored
from db.vault import Vault
from tests.factories import an_item, make_score, make_source

HOUR = timedelta(hours=1)
VAULT = Vault("a key of sixteen characters")
FULL: dict[str, Any] = {
    "positive": "Nice view",
    "negative": "Cold soup",
    "translation": "Larga espera",
    "author_ref": "guest-1",
    "url": "https://reviews.example/r1",
    "reply": OwnerReply(body="Sorry, Guest One.", author_name="Anna"),
}


def _see(session: Session, source: Source, item: ReviewItem, *, at: datetime) -> tuple[Review, Case]:
    ingest(session, source.id, [item], run_id=None, now=at, vault=VAULT)
    return session.scalars(select(Review)).one(), session.scalars(select(Case)).one()


def _judged(session: Session, source: Source, *, now: datetime, **fields: Any) -> tuple[Review, Case]:
    _see(session, source, an_item(body="We waited."), at=now - HOUR)
    review, case = _see(session, source, an_item(**(FULL | fields)), at=now)
    risk = {"risk": "legal", "probability": 1.0, "origin": "rule", "evidence": "my lawyer"}
    make_score(session, review, risks=[risk])
    case.is_flagged, case.priority = True, 55.0
    session.flush()
    return review, case


def _texts(review: Review) -> set[str]:
    return {getattr(review, name) for name in TEXTS}


def test_withdrawn_review_keeps_its_counts_and_nothing_to_read(session: Session, now: datetime) -> None:
    """At once, without waiting for a second crawl: texts, name, earlier wordings and quotes of the score."""
    source = make_source(session)
    _judged(session, source, now=now)
    assert len(session.scalars(select(Revision)).all()) == 1
    counts = ingest(session, source.id, [an_item(standing=Standing.WITHDRAWN)], run_id=None, now=now + HOUR)
    review, case = session.scalars(select(Review)).one(), session.scalars(select(Case)).one()
    score = session.scalars(select(Score)).one()
    assert counts.withdrawn == 1
    assert _texts(review) == {""}
    assert (review.standing, review.erased_for, review.erased_at) == ("withdrawn", "withdrawn", now + HOUR)
    assert (review.stars, review.rating_raw, review.missing_since_at) == (2.0, "2", now + HOUR)
    assert (case.state, case.in_queue, case.priority) == (CaseState.GONE, False, 55.0)
    assert (score.anger_level, score.sentences, score.reasons, score.risks[0]["evidence"]) == ("angry", [], [], "")
    assert session.scalars(select(Revision)).all() == []
    assert ingest(session, source.id, [an_item(standing=Standing.WITHDRAWN)], run_id=None, now=now + 2 * HOUR)
    assert session.scalars(select(Review.missing_since_at)).one() == now + HOUR


def test_review_withdrawn_before_it_was_seen_is_counted_only(session: Session, now: datetime) -> None:
    """Nothing of it is stored, and no model looks at it."""
    review, case = _see(session, make_source(session), an_item(**FULL, standing=Standing.WITHDRAWN), at=now)
    assert _texts(review) == {""}
    assert (case.state, review.scored_with) == (CaseState.GONE, NOT_JUDGED)
    assert count_unscored(session) == count_unscored(session, "m2") == 0
    assert claim_unscored(session, "m2", limit=9, now=now, lease_s=9) == []


def test_withdrawn_review_shown_again_is_taken_back_in(session: Session, now: datetime) -> None:
    """With its text, its case open, to be judged anew, and no revision of nothing."""
    source = make_source(session)
    _judged(session, source, now=now)
    _see(session, source, an_item(standing=Standing.WITHDRAWN), at=now + HOUR)
    review, case = _see(session, source, an_item(), at=now + 2 * HOUR)
    assert (review.body, review.author_name, review.erased_for, review.erased_at) == (
        an_item().body,
        "Guest One",
        "",
        None,
    )
    assert (case.state, case.in_queue, review.scored_with, review.missing_since_at) == (
        CaseState.OPEN,
        True,
        None,
        None,
    )
    assert session.scalars(select(Revision)).all() == []


@pytest.mark.parametrize(
    ("external_id", "kind"),
    [("r1", IdKind.PLATFORM), ("https://a.example/guest-one-was-here", IdKind.URL), ("guest-77", IdKind.PLATFORM)],
)
def test_erased_review_is_not_brought_back(session: Session, now: datetime, external_id: str, kind: IdKind) -> None:
    """The next crawls know it by its id, or by a digest where the id names its writer, and leave it empty."""
    source = make_source(session)
    item = an_item(external_id, id_kind=kind, **FULL)
    review, case = _see(session, source, item, at=now)
    case.is_flagged = case.in_queue = True
    session.flush()
    assert erase_at_request(session, review.id, now=now + HOUR, vault=VAULT)
    for turn in (2, 3):
        review, case = _see(
            session, source, an_item(external_id, id_kind=kind, body="Other words"), at=now + turn * HOUR
        )
        assert _texts(review) == {""}
        assert (review.erased_for, review.stars, review.last_seen_at) == ("request", 2.0, now + turn * HOUR)
        assert case.in_queue is False
    assert (review.external_id == external_id) is (external_id == "r1")
    assert "guest" not in review.external_id


def test_erasing_what_is_not_there_says_so(session: Session, now: datetime) -> None:
    """A mistyped number erases nothing."""
    assert not erase_at_request(session, 77, now=now, vault=VAULT)


def test_moderated_review_waits_outside_the_queue(session: Session, now: datetime) -> None:
    """Stored and judged, but nobody has to act before the public sees it."""
    source = make_source(session)
    review, case = _see(session, source, an_item(standing=Standing.MODERATED), at=now)
    case.is_flagged = True
    session.flush()
    review, case = _see(session, source, an_item(body="Changed.", standing=Standing.MODERATED), at=now + HOUR)
    assert (review.body, case.state, case.in_queue) == ("Changed.", CaseState.OPEN, False)
    review, case = _see(session, source, an_item(body="Changed."), at=now + 2 * HOUR)
    assert (review.standing, case.in_queue) == ("public", True)


def test_reply_counts_once_it_is_published(session: Session, now: datetime) -> None:
    """One that the platform still looks at, or has refused, answers nobody; what happened to it last is kept."""
    source = make_source(session)
    _see(session, source, an_item(), at=now)
    seen = []
    told = [("Sorry.", "pending"), ("Sorry.", "rejected"), ("So sorry.", "published"), ("", "")]
    for turn, (body, state) in enumerate(told, start=1):
        reply = OwnerReply(body=body, state=ReplyState(state), note="why" * (state == "rejected")) if body else None
        review, case = _see(session, source, an_item(reply=reply), at=now + turn * HOUR)
        seen.append((case.state, review.reply_state, review.reply_note, review.reply_event, review.reply_event_at))
    assert seen == [
        (CaseState.OPEN, "pending", "", "seen", now + HOUR),
        (CaseState.OPEN, "rejected", "why", "seen", now + HOUR),
        (CaseState.ANSWERED, "published", "", "changed", now + 3 * HOUR),
        (CaseState.OPEN, "", "", "gone", now + 4 * HOUR),
    ]


def test_new_review_with_a_waiting_reply_is_open(session: Session, now: datetime) -> None:
    """The same holds for the first sight of a review."""
    reply = OwnerReply(body="Sorry.", state=ReplyState.PENDING)
    _, case = _see(session, make_source(session), an_item(reply=reply), at=now)
    assert case.state is CaseState.OPEN
