"""The work on one review: where it stands, whose it is, when it comes back, what happened and who did it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from ..types import stored_by_value
from .person import Person
from .reply_state import ReplyState
from .review import Review


class CaseState(StrEnum):
    """What the source shows of it. Readings set it, and nobody else but for the last."""

    OPEN = "open"  # nobody has answered in public yet
    ANSWERED = "answered"  # the source shows a reply of the owner
    GONE = "gone"  # the review is no longer at the source
    NOT_US = "not_us"  # a mention that is about somebody else, says a person


class CaseStage(StrEnum):
    """How far people are with it. A reading changes it only where the guest changed what the work was about."""

    TODO = "todo"
    WAITING = "waiting"  # for the guest; the clock rests
    DONE = "done"
    NOT_PURSUED = "not_pursued"  # with a reason, which a second person agreed to


IS_REOPENED = "reopened_at IS NOT NULL"
# Whatever nobody has to do anything about. One that is answered in public and waits for the guest is not done.
IS_DONE = "(stage = 'todo' AND state <> 'open' AND unsettled_at IS NULL) OR stage IN ('done', 'not_pursued')"
IS_WAITING = "stage = 'waiting'"
ASKS = "asks_at IS NOT NULL"
IS_SNOOZED = "snoozed_until IS NOT NULL"
IS_UNASSIGNED = "assignee_id IS NULL"
IS_ASSIGNED = "assignee_id IS NOT NULL"
HAS_CAUSE = "cause_id IS NOT NULL"
IS_TO_APPROVE = "approval_asked_at IS NOT NULL OR reply_state = 'submitted'"
# To do now: also an answer that was to replace the one that stands there, and did not.
IS_SOMEBODYS = (
    "(state = 'open' OR (state = 'answered' AND reply_state = 'failed'))"
    " AND stage = 'todo' AND assignee_id IS NOT NULL AND snoozed_until IS NULL"
)
IS_CLOCK_STALE = "clock_is_stale"
ESCALATES = "escalate_at IS NOT NULL"
HAS_CLOCK = "due_at IS NOT NULL"
AWAITS_RULE = "awaits_rule AND in_queue AND assignee_id IS NULL"


def _only(which: str) -> dict[str, Any]:
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class Case(Base):
    """`in_queue` is true exactly when somebody should act on it now; `db.cases.settle` sees to it.

    What people change goes through `db.acting`, which raises `version` each time, tells the timeline and keeps the
    way back.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index(None, "in_queue", "rank", "id"),
        Index(None, "state", "rank", "id", "stage"),
        Index(None, "rank", "id"),
        Index(None, "priority_due_at"),
        # Parts of the queue that are small beside it, each in its order.
        Index("ix_case_changed", "in_queue", "rank", "id", **_only(IS_REOPENED)),
        Index("ix_case_done", "rank", "id", **_only(IS_DONE)),
        Index("ix_case_waiting", "rank", "id", **_only(IS_WAITING)),
        Index("ix_case_unassigned", "in_queue", "rank", "id", **_only(IS_UNASSIGNED)),
        Index("ix_case_assigned", "assignee_id", "rank", "id", **_only(IS_ASSIGNED)),
        Index("ix_case_mine", "assignee_id", "rank", "id", **_only(IS_SOMEBODYS)),
        Index("ix_case_to_approve", "rank", "id", **_only(IS_TO_APPROVE)),
        Index("ix_case_snoozed", "snoozed_until", **_only(IS_SNOOZED)),
        Index("ix_case_asks", "rank", "id", **_only(ASKS)),
        Index("ix_case_asks_at", "asks_at", **_only(ASKS)),
        Index("ix_case_cause_id", "cause_id", "review_id", **_only(HAS_CAUSE)),
        Index("ix_case_clock_stale", "id", **_only(IS_CLOCK_STALE)),
        Index("ix_case_escalate_at", "escalate_at", **_only(ESCALATES)),
        Index("ix_case_due_at", "due_at", **_only(HAS_CLOCK)),
        Index("ix_case_awaits_rule", "id", **_only(AWAITS_RULE)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), unique=True)
    state: Mapped[CaseState] = mapped_column(stored_by_value(CaseState), default=CaseState.OPEN)
    stage: Mapped[CaseStage] = mapped_column(stored_by_value(CaseStage), default=CaseStage.TODO)
    is_flagged: Mapped[bool] = mapped_column(default=False)  # angry or furious, or carries a risk
    is_risky: Mapped[bool] = mapped_column(default=False)  # carries a risk that needs a person whatever its tone
    said_angry: Mapped[bool | None]  # what people say of this wording, over what the model says of its tone
    in_queue: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[float] = mapped_column(default=0.0)  # of the priority and the due time; see db.rank
    priority: Mapped[float] = mapped_column(default=0.0)  # 0..100
    priority_parts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # [{name, points, most}]
    priority_due_at: Mapped[datetime | None]  # when the priority changes by age alone
    opened_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]  # the wording changed after the case was opened
    version: Mapped[int] = mapped_column(default=0)  # of what people changed
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    awaits_rule: Mapped[bool] = mapped_column(default=True)  # no rule has looked at it yet; see db.assigning
    snoozed_until: Mapped[datetime | None]  # out of the queue until then, or until something happens
    follow_up_at: Mapped[datetime | None]  # while waiting: when somebody should ask again
    unsettled_at: Mapped[datetime | None]  # since when the customer is known not to be content with what was done
    asks_at: Mapped[datetime | None]  # from when on it stands among what is to be followed up; see db.cases.asks
    due_at: Mapped[datetime | None]  # when the public answer should be there; None while no clock runs
    clock_from_at: Mapped[datetime | None]  # since when it runs without a break; None while it rests or stands
    # Working minutes left then, or while it rests; below 0: overdue; None: it stands.
    clock_left_min: Mapped[int | None]
    clock_target_min: Mapped[int | None]  # what it was given, in working minutes
    clock_is_stale: Mapped[bool] = mapped_column(default=False)  # a set change touched it: the worker sets it anew
    escalated: Mapped[int] = mapped_column(default=0)  # steps of the chain that this clock has passed
    escalate_at: Mapped[datetime | None]  # when the next one is due
    approval_asked_at: Mapped[datetime | None]  # not to pursue it: somebody else has to agree
    approval_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("cause.id", ondelete="SET NULL"))  # chosen by a person
    reason: Mapped[str] = mapped_column(Text, default="")  # why it shall not be pursued
    reply_state: Mapped[ReplyState | None] = mapped_column(
        stored_by_value(ReplyState)
    )  # of its answer; None: no answer

    review: Mapped[Review] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    approval_asked_by: Mapped[Person | None] = relationship(foreign_keys=[approval_asked_by_id])


class CaseEvent(Base):
    """One thing that happened to a case. Written once, never changed: the timeline."""

    __tablename__ = "case_event"
    __table_args__ = (Index(None, "case_id", "happened_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    happened_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))  # None: Amends itself
    person_name: Mapped[str] = mapped_column(String(200), default="")  # as it was then, for when the person is gone
    kind: Mapped[str] = mapped_column(String(32))  # an Event of db.acting
    facts: Mapped[dict[str, Any]]  # what the sentence about it needs; no text of the guest


class UndoStep(Base):
    """The way back from one act, for a short while."""

    __tablename__ = "undo_step"
    __table_args__ = (Index(None, "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(32), unique=True)  # in the address of the button
    kind: Mapped[str] = mapped_column(String(32))
    before: Mapped[list[dict[str, Any]]]  # of each case: {case_id, version after the act, columns before it}
    expires_at: Mapped[datetime]


class CaseWatcher(Base):
    """Somebody who wants to hear of a case that is not theirs."""

    __tablename__ = "case_watcher"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class Note(Base):
    """What staff tell each other about a case. Never shown to a guest."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person_name: Mapped[str] = mapped_column(String(200))  # as it was then
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]  # kept for a while, so that it can come back


class Mention(Base):
    """Somebody named with @ in a note."""

    __tablename__ = "mention"

    note_id: Mapped[int] = mapped_column(ForeignKey("note.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    seen_at: Mapped[datetime | None]


class Tag(Base):
    """A word that staff sort cases by."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    folded: Mapped[str] = mapped_column(String(80), unique=True)  # without case and accents: "Terraza" is "terraza"


class CaseTag(Base):
    __tablename__ = "case_tag"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True, index=True)


class Presence(Base):
    """Who has a case open right now, and whether they write."""

    __tablename__ = "presence"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    is_writing: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]


class CaseCall(Base):
    """Its guest has written again: whoever reads sources says so here, and the worker wakes the case.

    A reading holds its own reviews already. Locking that of the case as well could have two readings wait for each
    other in a circle; a row here waits for nobody.
    """

    __tablename__ = "case_call"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
