"""The work on a case in words: how far it is, whose it is, what can be done next."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.case_acts import REASON_MOST
from db.contacts import contacts_of
from db.deputies import away_here
from db.models import CaseStage, CaseState
from db.note_drafts import Draft, draft_of
from db.notes import BODY_MOST, notes_of
from db.people import Named, people_here
from db.presence import Present, others_at
from db.queries.case_work import CaseWork, events_of
from db.queries.reviews import ReviewDetail
from db.roles import Access, Act, allows
from db.tags import NAME_MOST, TagRow, suggested_tags, tags_of
from db.watching import watchers_of

from .away_words import away_words
from .filters import Instant, clock_or_date, in_words, when, zone
from .i18n import gettext
from .labels import CASE_STATES, STAGES, label
from .pages import absences
from .snoozing import FOLLOW_UP_DAYS, Moment, day_in, moments
from .timeline import Day, Latest, latest, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything that the page shows of the work."""

    work: CaseWork
    headline: str  # how far it is
    rests: str  # until when, or what it waits for; empty where it rests not
    is_mine: bool
    is_done: bool
    is_asked: bool  # not to pursue it: somebody has to agree
    is_asker: bool  # whoever reads asked
    workers: tuple[Named, ...]  # who may have it
    away: Mapping[int, str]  # who of them is away, in words
    readers: tuple[Named, ...]  # who may be named in notes
    watchers: tuple[Named, ...]
    is_watching: bool
    tags: tuple[TagRow, ...]
    suggestions: tuple[str, ...]  # of tags it does not carry
    moments: tuple[Moment, ...]  # to come back to it
    ask_on: date  # when to ask the guest again, unless told otherwise
    tomorrow: date
    days: tuple[Day, ...]
    latest: tuple[Latest, ...]
    note_count: int
    draft: Draft  # of the note that whoever reads is writing
    draft_kept: Instant | None  # since when; None where there are no words
    page: str  # a word of this page alone, for the draft
    present: tuple[Present, ...]
    here: str  # the same in words
    seen_at: str  # when this was read, for the forms: what happened since is told
    most: dict[str, int]  # letters that fit


def case_view(
    session: Session,
    work: CaseWork,
    detail: ReviewDetail,
    *,
    reader_id: int,
    access: Access,
    now: datetime,
) -> CaseView:
    """Read and tell the work."""
    here = people_here(session, work.location_id)
    readers = [one for one, role in here if allows(role, Act.READ)]
    may_work = access.may(Act.WORK, work.location_id)
    notes = notes_of(session, work.id, reader_id=reader_id)
    watchers = watchers_of(session, work.id)
    tags = tags_of(session, [work.id]).get(work.id, [])
    carried = {one.name for one in tags}
    suggestions = suggested_tags(session, work.location_id) if may_work else []
    present = others_at(session, work.id, reader_id=reader_id, now=now)
    told = (events_of(session, work.id), notes, contacts_of(session, work.id))
    days = timeline(detail, *told, readers, reader_id=reader_id, now=now)
    away = away_here(session, absences(session, now=now), location_id=work.location_id, timezone=work.timezone)
    draft = draft_of(session, work.id, reader_id)
    return CaseView(
        work=work,
        headline=_headline(work, detail),
        rests=_rests(work, detail.timezone, now=now),
        is_mine=work.assignee_id == reader_id,
        is_done=work.stage in (CaseStage.DONE, CaseStage.NOT_PURSUED),
        is_asked=work.approval_asked_at is not None,
        is_asker=work.approval_asked_at is not None and work.approval_asked_by_id == reader_id,
        workers=tuple(one for one, role in here if allows(role, Act.WORK)) if may_work else (),
        away={id_: away_words(one) for id_, one in away.items()},
        readers=tuple(readers),
        watchers=tuple(watchers),
        is_watching=any(one.id == reader_id for one in watchers),
        tags=tuple(tags),
        suggestions=tuple(name for name in suggestions if name not in carried),
        moments=tuple(moments(now, detail.timezone)),
        ask_on=day_in(FOLLOW_UP_DAYS, now=now, timezone=detail.timezone),
        tomorrow=day_in(1, now=now, timezone=detail.timezone),
        days=days,
        latest=latest(days, timezone=detail.timezone, now=now),
        note_count=len(notes),
        draft=draft,
        draft_kept=when(draft.saved_at, now=now, timezone=detail.timezone) if draft.body and draft.saved_at else None,
        page=secrets.token_urlsafe(12),
        present=tuple(present),
        here=here_words(present),
        seen_at=now.isoformat(),
        most={"note": BODY_MOST, "reason": REASON_MOST, "tag": NAME_MOST},
    )


def here_words(present: Sequence[Present]) -> str:
    """Who else has it open: "Ana is writing. Ben is here." """
    return " ".join(
        gettext("%(name)s is writing.", name=one.name)
        if one.is_writing
        else gettext("%(name)s is here.", name=one.name)
        for one in present
    )


def _headline(work: CaseWork, detail: ReviewDetail) -> str:
    if detail.state is CaseState.NOT_US:
        return label(CASE_STATES, detail.state)
    if work.approval_asked_at is not None:
        return gettext("Waiting for approval")
    if work.unsettled_at is not None:
        return gettext("Not content: to do again")
    if work.stage is CaseStage.TODO and detail.state is not CaseState.OPEN:
        return label(CASE_STATES, detail.state)
    return label(STAGES, work.stage)


def _rests(work: CaseWork, timezone: str, *, now: datetime) -> str:
    if work.snoozed_until is not None:
        time = clock_or_date(work.snoozed_until, now=now, timezone=timezone)
        return gettext("Put off until %(time)s", time=time)
    if work.stage is CaseStage.WAITING and work.follow_up_at is not None:
        day = in_words(work.follow_up_at.astimezone(zone(timezone)).date())
        if work.follow_up_at <= now:
            return gettext("Ask again: that was due on %(day)s", day=day)
        return gettext("Ask again on %(day)s", day=day)
    return ""
