"""What people make of a review beside the model, in words, ready for the parts of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.case_acts import Actor
from db.causes import cause_of, list_causes
from db.queries.reviews import ReviewDetail
from db.verdicts import Said, said_of

from .accounts import me
from .alike import AuthorView, SimilarView, author_view, main_topic, similar_view
from .cause_lists import cause_words, topic_of
from .filters import Instant, when


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """What people said of the anger."""

    mine: Said | None
    others: tuple[tuple[Said, Instant], ...]  # the last first
    reads_angry: bool  # as it counts now: by people's last word, else by the model
    may_be_said: bool  # there are words to judge

    @property
    def wrong(self) -> bool:
        """What the one key says: the other of what counts now."""
        return not self.reads_angry


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseView:
    """Where the complaint comes from, by what a person has chosen."""

    chosen_id: int | None
    chosen: str  # in words; empty: nothing yet
    offered: tuple[tuple[int, str], ...]  # with the chosen one, were it retired
    suggested: tuple[int, str] | None  # by the topic, while nothing is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Of one review."""

    said: SaidView
    author: AuthorView
    similar: SimilarView | None  # None: there is no complaint to compare
    cause: CauseView


def judged_of(session: Session, detail: ReviewDetail, *, now: datetime) -> Judged:
    """Everything of it; as many statements for many as for few."""
    cause = _cause(session, detail)
    return Judged(
        said=_said(session, detail, now=now),
        author=author_view(session, detail, now=now),
        similar=similar_view(session, detail, cause_id=cause.chosen_id, cause=cause.chosen, now=now),
        cause=cause,
    )


def actor(now: datetime) -> Actor:
    """Whoever asks, as acts on cases name them."""
    who = me()
    assert who is not None  # noqa: S101 - every view of acts needs one
    return Actor(person_id=who.person_id, name=who.name, now=now)


def _cause(session: Session, detail: ReviewDetail) -> CauseView:
    found = cause_of(session, detail.review_id)
    chosen_id = found.cause_id if found else None
    causes = [one for one in list_causes(session, with_retired=True) if one.retired_at is None or one.id == chosen_id]
    words = {one.id: cause_words(one) for one in causes}
    topic = main_topic(detail.topics)
    fitting = next((one.id for one in causes if topic and topic_of(one) == topic), None)
    return CauseView(
        chosen_id=chosen_id,
        chosen=words.get(chosen_id, "") if chosen_id is not None else "",
        offered=tuple(words.items()),
        suggested=(fitting, words[fitting]) if fitting is not None and chosen_id is None else None,
    )


def _said(session: Session, detail: ReviewDetail, *, now: datetime) -> SaidView:
    said = said_of(session, detail.review_id)
    who = me()
    mine = next((one for one in said if who is not None and one.person_id == who.person_id), None)
    return SaidView(
        mine=mine,
        others=tuple((one, when(one.said_at, now=now, timezone=detail.timezone)) for one in said if one is not mine),
        reads_angry=said[0].is_angry if said else detail.anger_level in {"angry", "furious"},
        may_be_said=bool(detail.text) and not detail.erased_for,
    )
