"""What people make of a review beside the model, in words, ready for the parts of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.causes import list_causes
from db.gists import GIST_MOST, gists_of
from db.queries.case_work import CaseWork
from db.queries.improvements import open_for
from db.queries.reviews import ReviewDetail
from db.verdicts import Said, said_of
from db.wording import cut

from .accounts import me
from .alike import VAGUE, AuthorView, SimilarView, author_view, main_topic, similar_view
from .cause_lists import cause_words, topic_of
from .filters import Instant, in_words, when
from .i18n import gettext
from .labels import TOPICS, label
from .marking import angriest_sentence
from .rows import has_anger
from .shown import one_line


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
    actions: tuple[tuple[int, str, str], ...]  # id, title and day of those that are open on the chosen one here


@dataclass(frozen=True, slots=True, kw_only=True)
class GistView:
    """Facts and feeling: as somebody has saved them, else as a suggestion."""

    facts: str
    feeling: str
    version: int  # 0: nobody has saved anything of this wording
    saved_by: str
    saved: Instant | None
    from_earlier: bool  # suggested is what was saved of an earlier wording
    may_be_told: bool  # there are words to understand
    most: int = GIST_MOST

    @property
    def is_saved(self) -> bool:
        return self.version > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Of one review."""

    said: SaidView
    author: AuthorView
    similar: SimilarView | None  # None: there is no complaint to compare
    cause: CauseView
    gist: GistView


def judged_of(session: Session, detail: ReviewDetail, work: CaseWork, *, now: datetime) -> Judged:
    """Everything of it; as many statements for many as for few."""
    cause = _cause(session, detail, work)
    return Judged(
        said=_said(session, detail, now=now),
        author=author_view(session, detail, now=now),
        similar=similar_view(session, detail, cause_id=cause.chosen_id, cause=cause.chosen, now=now),
        cause=cause,
        gist=_gist(session, detail, now=now),
    )


def _cause(session: Session, detail: ReviewDetail, work: CaseWork) -> CauseView:
    chosen_id = work.cause_id
    causes = [one for one in list_causes(session, with_retired=True) if one.retired_at is None or one.id == chosen_id]
    words = {one.id: cause_words(one) for one in causes}
    topic = main_topic(detail.topics)
    fitting = next((one.id for one in causes if topic and topic_of(one) == topic), None)
    return CauseView(
        chosen_id=chosen_id,
        chosen=words.get(chosen_id, "") if chosen_id is not None else "",
        offered=tuple(words.items()),
        suggested=(fitting, words[fitting]) if fitting is not None and chosen_id is None else None,
        actions=tuple(
            (one.id, one.title, in_words(one.due_on)) for one in open_for(session, work.location_id, chosen_id)
        )
        if chosen_id is not None
        else (),
    )


def _gist(session: Session, detail: ReviewDetail, *, now: datetime) -> GistView:
    found = gists_of(session, detail.review_id)
    may_be_told = bool(detail.text) and not detail.erased_for
    known = found.present or found.earlier
    if known is not None:
        return GistView(
            facts=known.facts,
            feeling=known.feeling,
            version=found.present.version if found.present else 0,
            saved_by=found.present.person_name if found.present else "",
            saved=when(known.saved_at, now=now, timezone=detail.timezone) if found.present else None,
            from_earlier=found.present is None,
            may_be_told=may_be_told,
        )
    topics = [label(TOPICS, topic["topic"]) for topic in detail.topics if topic["topic"] != VAGUE]
    angriest = angriest_sentence(detail.text, detail.sentences).strip() if has_anger(detail) else ""
    return GistView(
        facts=gettext("About: %(topics)s", topics=", ".join(topics)) if topics else "",
        feeling=gettext("“%(words)s”", words=cut(one_line(angriest), GIST_MOST - 10)) if angriest else "",
        version=0,
        saved_by="",
        saved=None,
        from_earlier=False,
        may_be_told=may_be_told,
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
