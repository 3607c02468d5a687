"""A complaint and the review that its customer wrote all the same: found, linked, and taken apart again.

They are linked and never merged: each stays what it was, and both cases point to each other. One of them is worked on,
the other ends. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, or_, select, true, union_all
from sqlalchemy.orm import Session

from .acting import Actor, record
from .case_acts import set_stage
from .cases import lock_reviews
from .errors import BadValue
from .models import BY_HAND, Case, CaseStage, ComplaintLink, Review, Source
from .phrases import say
from .wording import likened

LINKED: Final = "linked"  # events of the timeline, on both cases; facts: complaint_id, review_id
UNLINKED: Final = "unlinked"
BEFORE: Final = timedelta(days=2)  # some write first and complain then, on the same evening
AFTER: Final = timedelta(days=60)
LOOKED_THROUGH: Final = 400  # of the newest
SHOWN: Final = 3
LEAST_SHARED: Final = 0.18  # of the weightier words; below that two complaints of one place are alike by chance
_SAME_NAME = 1.0
_WORD_FROM = 5  # letters: shorter words are in everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A review that may be by the customer of a complaint, or the complaint of whoever wrote a review."""

    review_id: int
    source_name: str
    author_name: str
    published_at: datetime
    beginning: str
    is_same_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link, seen from one of its two."""

    complaint_id: int
    review_id: int
    other_id: int  # the review of the other case
    other_source: str
    other_author: str
    other_published_at: datetime
    is_ended: bool  # this one's case was ended for the other
    person_name: str
    linked_at: datetime


def links_of(session: Session, review_id: int) -> list[LinkRow]:
    """What a complaint or a review is linked to, the newest link first."""
    links = session.scalars(
        select(ComplaintLink)
        .where(or_(ComplaintLink.complaint_id == review_id, ComplaintLink.review_id == review_id))
        .order_by(ComplaintLink.linked_at.desc(), ComplaintLink.complaint_id)
    ).all()
    own = session.scalar(select(Case.id).where(Case.review_id == review_id)) if links else None
    found = []
    for link in links:
        other_id = link.review_id if link.complaint_id == review_id else link.complaint_id
        other = session.execute(
            select(Source.name, Review.author_name, Review.published_at)
            .join(Review, Review.source_id == Source.id)
            .where(Review.id == other_id)
        ).one()
        found.append(
            LinkRow(
                complaint_id=link.complaint_id,
                review_id=link.review_id,
                other_id=other_id,
                other_source=other.name,
                other_author=other.author_name,
                other_published_at=other.published_at,
                is_ended=link.ended_case_id is not None and link.ended_case_id == own,
                person_name=link.person_name,
                linked_at=link.linked_at,
            )
        )
    return found


def likely(session: Session, review_id: int) -> list[Likely]:
    """Reviews of the place that may be by the customer of this complaint, or the other way round; the likeliest first.

    By the name as it was given, and by the weightier words that both have in common.
    """
    own = session.execute(
        select(Review.author_name, Review.body, Review.published_at, Source.location_id, Source.platform)
        .join(Source, Source.id == Review.source_id)
        .where(Review.id == review_id, Review.erased_at.is_(None))
    ).first()
    if own is None:
        return []
    is_complaint = own.platform == BY_HAND
    since, until = (own.published_at - BEFORE, own.published_at + AFTER) if is_complaint else (
        own.published_at - AFTER, own.published_at + BEFORE)  # fmt: skip
    others = Source.platform != BY_HAND if is_complaint else Source.platform == BY_HAND
    sources = session.execute(select(Source.id, Source.name).where(Source.location_id == own.location_id, others)).all()
    source_names = {row.id: row.name for row in sources}
    if not source_names:
        return []
    rows = session.execute(likely_statement(source_names, since=since, until=until, is_complaint=is_complaint)).all()
    rows = [row for row in rows if row.id != review_id]
    names, words = _names(own.author_name), _weighty(own.body)
    found: list[tuple[float, Likely]] = []
    for row in rows:
        is_same = bool(names) and (names <= _names(row.author_name) or (bool(_names(row.author_name)) and
                                   _names(row.author_name) <= names))  # fmt: skip
        text = f"{row.title} {row.body}".strip()
        shared = _shared(words, _weighty(text))
        if is_same or shared >= LEAST_SHARED:
            one = Likely(
                review_id=row.id,
                source_name=source_names[row.source_id],
                author_name=row.author_name,
                published_at=row.published_at,
                beginning=text[:240],
                is_same_name=is_same,
            )
            found.append((shared + (_SAME_NAME if is_same else 0.0), one))
    found.sort(key=lambda pair: (-pair[0], -pair[1].published_at.timestamp()))
    return [one for _, one in found[:SHOWN]]


def likely_statement(source_ids: Iterable[int], *, since: datetime, until: datetime, is_complaint: bool) -> Select[Any]:
    """What is compared: the newest reviews of each source, or complaints that no review is linked to; each source is
    read from its own index, whatever else was published in these days."""
    columns = (Review.id, Review.source_id, Review.author_name, Review.title, Review.body, Review.published_at)
    free = true() if is_complaint else Review.id.not_in(select(ComplaintLink.complaint_id))
    each = [
        select(
            select(*columns)
            .where(Review.source_id == id_, Review.published_at.between(since, until))
            .where(Review.erased_at.is_(None), free)
            .order_by(Review.published_at.desc())
            .limit(LOOKED_THROUGH)
            .subquery(f"of_{at}")
        )
        for at, id_ in enumerate(sorted(source_ids))
    ]
    every = union_all(*each).subquery("every")
    return select(every).order_by(every.c.published_at.desc()).limit(LOOKED_THROUGH)


def link(session: Session, complaint_id: int, review_id: int, *, goes_on: int, by: Actor) -> None:
    """Say that both are by the same customer; the case of `goes_on` (one of the two) is worked on, the other ends.

    Raises:
        BadValue: they are not a complaint and a review of one place, or the complaint is linked already.
    """
    lock_reviews(session, [complaint_id, review_id])
    rows = session.execute(
        select(Review.id, Source.platform, Source.location_id, Case.id.label("case_id"), Case.stage)
        .join(Source, Source.id == Review.source_id)
        .join(Case, Case.review_id == Review.id)
        .where(Review.id.in_([complaint_id, review_id]))
    ).all()
    by_id = {row.id: row for row in rows}
    complaint, review = by_id.get(complaint_id), by_id.get(review_id)
    if complaint is None or review is None or complaint.location_id != review.location_id:
        raise BadValue(say("Choose a review of the same place."))
    if complaint.platform != BY_HAND or review.platform == BY_HAND or goes_on not in by_id:
        raise BadValue(say("Link a complaint that was taken by hand with a review that was written in public."))
    if session.get(ComplaintLink, complaint_id) is not None:
        raise BadValue(say("This complaint is linked already. Take that apart first."))
    ended = complaint if goes_on == review_id else review
    linked = ComplaintLink(
        complaint_id=complaint_id,
        review_id=review_id,
        linked_at=by.now,
        person_id=by.person_id,
        person_name=by.name,
        ended_version=0,
    )
    if ended.stage in (CaseStage.TODO, CaseStage.WAITING):
        set_stage(session, [ended.case_id], CaseStage.DONE, by=by)
        linked.ended_case_id = ended.case_id
        linked.ended_version = session.scalar(select(Case.version).where(Case.id == ended.case_id)) or 0
    session.add(linked)
    facts = {"complaint_id": complaint_id, "review_id": review_id}
    record(session, [complaint.case_id, review.case_id], LINKED, facts, by=by, now=by.now)
    session.flush()


def unlink(session: Session, complaint_id: int, *, of: int, by: Actor) -> bool:
    """Take them apart, seen from the case of the review `of`; False where it has no such link.

    The case that was ended for the other goes on, unless somebody has worked on it since.
    """
    found = session.get(ComplaintLink, complaint_id)
    if found is None or of not in (found.complaint_id, found.review_id):
        return False
    ids = (found.complaint_id, found.review_id)
    lock_reviews(session, ids)
    cases: Sequence[Case] = session.scalars(select(Case).where(Case.review_id.in_(ids)).order_by(Case.id)).all()
    ended = next((case for case in cases if case.id == found.ended_case_id), None)
    if ended is not None and ended.version == found.ended_version:
        set_stage(session, [ended.id], CaseStage.TODO, by=by)
    facts = {"complaint_id": found.complaint_id, "review_id": found.review_id}
    session.delete(found)
    record(session, [case.id for case in cases], UNLINKED, facts, by=by, now=by.now)
    session.flush()
    return True


def _names(name: str) -> frozenset[str]:
    """The parts of a name that tell somebody apart: "Ada R." is "ada"."""
    return frozenset(part for part in likened(name).replace(".", " ").split() if len(part) > 2)


def _weighty(text: str) -> frozenset[str]:
    return frozenset(word[:7] for word in likened(text).split() if len(word) >= _WORD_FROM)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the fewer words that both have; 0 where there are too few to tell."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= 4 else 0.0
