"""What an answer is compared with and built from: the last answers of the place, and what the case has on record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ..keepers import WordRules, keepers_of
from ..models import Case, Location, Note, Person, Reply, ReplyState, ReplyVersion, Review, Source

SCANNED_MOST = 200
COMPARED_MOST = 50  # published answers of the same place and platform: check W08


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """What a check or a first draft asks of a case, of its place and its review."""

    case_id: int
    review_id: int
    location_id: int
    location_name: str
    timezone: str
    platform: str
    author_name: str
    contact: str
    is_protected: bool
    is_flagged: bool
    cause_id: int | None


def answer_facts(session: Session, review_id: int) -> AnswerFacts | None:
    """None where there is no such review."""
    found = session.execute(
        select(
            Case.id.label("case_id"),
            Case.review_id,
            Location.id.label("location_id"),
            Location.name.label("location_name"),
            Location.timezone,
            Source.platform,
            Review.author_name,
            Location.contact,
            Location.is_protected,
            Case.is_flagged,
            Case.cause_id,
        )
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Case.review_id == review_id)
    ).mappings()
    row = found.first()
    return AnswerFacts(**row) if row is not None else None


def recent_answers(session: Session, facts: AnswerFacts, *, limit: int = COMPARED_MOST) -> Sequence[str]:
    """Published answers of the place on this platform, the newest first, without that of this very review.

    Those that readings have seen, and those that went out since and wait to be seen.
    """
    here = (Source.location_id == facts.location_id, Source.platform == facts.platform)
    seen = session.execute(
        select(Review.reply_published_at, Review.last_seen_at, Review.reply_body)
        .join(Source, Source.id == Review.source_id)
        .where(*here, Review.reply_body != "", Review.id != facts.review_id)
        .order_by(Review.published_at.desc(), Review.id.desc())
        .limit(limit)
    ).all()
    out = session.execute(
        select(Reply.posted_at, Reply.posted_body)
        .join(Case, Case.id == Reply.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(*here, Reply.state == ReplyState.POSTED, Review.reply_body == "", Review.id != facts.review_id)
        .order_by(Reply.posted_at.desc())
        .limit(limit)
    ).all()
    both = [(row[0] or row[1], row[2]) for row in seen]
    both += [(row[0], row[1]) for row in out if row[0] is not None]
    return [body for _, body in sorted(both, key=itemgetter(0), reverse=True)][:limit]


def last_answers(session: Session, facts: AnswerFacts, *, limit: int) -> Sequence[str]:
    """What the place has answered last on whatever platform, and is about to: the newest first, without this case's.

    Those that readings have seen, and every answer of ours that has words, from a draft on.
    """
    here = (Source.location_id == facts.location_id, Review.id != facts.review_id)
    seen = session.execute(
        select(Review.reply_published_at, Review.last_seen_at, Review.reply_body)
        .join(Source, Source.id == Review.source_id)
        .where(*here, Review.reply_body != "")
        .order_by(func.coalesce(Review.reply_published_at, Review.last_seen_at).desc(), Review.id.desc())
        .limit(limit)
    ).all()
    own = session.execute(
        select(ReplyVersion.saved_at, Reply.body)
        .join(ReplyVersion, and_(ReplyVersion.reply_id == Reply.id, ReplyVersion.number == Reply.number))
        .join(Case, Case.id == Reply.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(*here, Reply.body != "", Review.reply_body == "")
        .order_by(ReplyVersion.saved_at.desc(), Reply.id.desc())
        .limit(limit)
    ).all()
    both = [(row[0] or row[1], row[2]) for row in seen] + [(row[0], row[1]) for row in own]
    return [body for _, body in sorted(both, key=itemgetter(0), reverse=True)][:limit]


def on_record(session: Session, case_id: int) -> Sequence[str]:
    """The notes of a case, oldest first."""
    return session.scalars(
        select(Note.body).where(Note.case_id == case_id, Note.deleted_at.is_(None)).order_by(Note.id)
    ).all()


def signature_of(session: Session, person_id: int) -> str:
    """What a person signs answers with; empty where they have not said."""
    return session.scalar(select(Person.signature).where(Person.id == person_id)) or ""


def next_to_approve(
    session: Session,
    *,
    person_id: int,
    places: Collection[int] | None,
    now: datetime,
    by_words: WordRules | None = None,
) -> int | None:
    """The review whose answer has waited longest for this person, at these places; None for none.

    Not for those who wrote it, nor for whoever is no keeper of a matter that has some; `by_words` as for `keepers_of`.
    """
    waiting = (
        select(Case.id, Case.review_id, Reply.author_ids, Reply.submitted_by_id)
        .join(Case, Case.id == Reply.case_id)
        .where(Reply.state == ReplyState.SUBMITTED)
        .order_by(Reply.submitted_at, Reply.id)
        .limit(SCANNED_MOST)
    )
    if places is not None:
        waiting = (
            waiting.join(Review, Review.id == Case.review_id)
            .join(Source, Source.id == Review.source_id)
            .where(Source.location_id.in_(places))
        )
    for case_id, review_id, authors, submitted_by in session.execute(waiting).all():
        if person_id in authors or person_id == submitted_by:
            continue
        keepers = keepers_of(session, case_id, now=now, by_words=by_words)
        if keepers is None or keepers.has(person_id):
            return int(review_id)
    return None
