"""What people do with cases, one or many at once: give them, put them off, say how far they are, let them go.

Each goes through `db.acting`, which says what they have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .acting import Actor, Done, Event, act, keep_way_back, record
from .assigned_mails import put_assigned
from .cases import chunks, lock_reviews, settle
from .clocks import set_clocks
from .errors import BadValue, CaseChanged
from .models import Case, CaseStage, Person
from .phrases import say
from .tags import TagRow, get_tag, put_tag, tag_named, take_tag, with_tag

REASON_MOST: Final = 2000


def assign(
    session: Session, case_ids: Iterable[int], to_id: int | None, *, by: Actor, seen: Mapping[int, int] | None = None
) -> Done:
    """Give them to somebody, or with None to nobody.

    `seen` are the versions that were shown, by case; without it whatever there is now is changed.

    Raises:
        CaseChanged: one has changed since it was shown.
        BadValue: there is nobody of this id, or they cannot sign in any more.
    """
    to = session.get(Person, to_id) if to_id is not None else None
    if to_id is not None and (to is None or not to.is_active):
        raise BadValue(say("Nobody of that name works here any more. Choose somebody else."))
    given: list[int] = []

    def give(case: Case) -> dict[str, Any]:
        if case.assignee_id == to_id:
            return {}
        given.append(case.id)
        return {"assignee_id": to_id, "awaits_rule": False}  # a person has decided: no rule does any more

    facts = {"to_id": to_id, "to_name": to.name if to else None}
    done = act(session, case_ids, Event.ASSIGNED, give, facts, by=by, seen=seen)
    if to_id is not None and to_id != by.person_id:
        put_assigned(session, given, to_id, {"by": by.name}, by_id=by.person_id, now=by.now)
    return done


def set_stage(
    session: Session,
    case_ids: Iterable[int],
    stage: CaseStage,
    *,
    by: Actor,
    follow_up_at: datetime | None = None,
    seen: Mapping[int, int] | None = None,
) -> Done:
    """Say how far people are: to do, waiting for the guest, done. Not pursuing one takes two (`ask_not_to_pursue`).

    Raises:
        CaseChanged: one has changed since it was shown.
        BadValue: not to pursue it was asked for; or a day to ask again without waiting.
    """
    if stage is CaseStage.NOT_PURSUED:
        raise BadValue(say("Not pursuing a case needs a reason, and somebody else who agrees."))
    if follow_up_at is not None and stage is not CaseStage.WAITING:
        raise BadValue(say("A day to ask again belongs to a case that waits for the guest."))
    values: dict[str, Any] = {"stage": stage, "follow_up_at": follow_up_at, **_RESTS_NO_MORE, **_NOT_ASKED}
    facts = {"stage": stage.value, "follow_up_at": follow_up_at.isoformat() if follow_up_at else None}
    return act(session, case_ids, Event.STAGE, lambda _: values, facts, by=by, seen=seen)


def snooze(
    session: Session, case_ids: Iterable[int], until: datetime, *, by: Actor, seen: Mapping[int, int] | None = None
) -> Done:
    """Out of the queue until then, or until something happens.

    Raises:
        CaseChanged: one has changed since it was shown.
        BadValue: that is past.
    """
    if until <= by.now:
        raise BadValue(say("That time is past. Choose one that is still to come."))
    facts = {"until": until.isoformat()}
    return act(session, case_ids, Event.SNOOZED, lambda _: {"snoozed_until": until}, facts, by=by, seen=seen)


def wake(session: Session, case_ids: Iterable[int], *, by: Actor) -> Done:
    """Back into the queue before its time."""
    return act(session, case_ids, Event.WOKEN, lambda _: {"snoozed_until": None}, {"by_hand": True}, by=by)


def wake_due(session: Session, *, now: datetime, limit: int = 500) -> int:
    """Bring back those whose time has come; how many. Done by the worker, so nobody can take it back."""
    due = select(Case.id, Case.review_id).where(Case.snoozed_until <= now).order_by(Case.snoozed_until).limit(limit)
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    return wake_these(session, dict(session.execute(due).all()), {"by_hand": False}, now=now)


def wake_these(session: Session, reviews: Mapping[int, int], facts: Mapping[str, Any], *, now: datetime) -> int:
    """Bring back snoozed cases, given with the ids of their reviews, which are locked; how many."""
    if reviews:
        session.execute(update(Case).where(Case.id.in_(reviews)).values(snoozed_until=None, version=Case.version + 1))
        record(session, sorted(reviews), Event.WOKEN, facts, by=None, now=now)
        settle(session, reviews.values())
        set_clocks(session, sorted(reviews), now=now)
    return len(reviews)


def ask_not_to_pursue(session: Session, case_id: int, reason: str, *, by: Actor, seen: int | None = None) -> Done:
    """Ask somebody else to agree that nothing more is done about it.

    Raises:
        CaseChanged: it has changed since it was shown.
        BadValue: there is no reason, or a book of it.
    """
    reason = _reason(reason)
    values = {"approval_asked_at": by.now, "approval_asked_by_id": by.person_id, "reason": reason}
    versions = None if seen is None else {case_id: seen}
    return act(session, [case_id], Event.APPROVAL_ASKED, lambda _: values, {"reason": reason}, by=by, seen=versions)


def agree_not_to_pursue(session: Session, case_id: int, *, by: Actor, seen: int | None = None) -> Done:
    """The second person agrees.

    Raises:
        CaseChanged: it has changed since it was shown, or nobody asks any more.
        BadValue: it is the same person.
    """
    _asked_by_another(session, case_id, by)
    values = {"stage": CaseStage.NOT_PURSUED, "follow_up_at": None, **_RESTS_NO_MORE, **_NOT_ASKED}
    versions = None if seen is None else {case_id: seen}
    return act(session, [case_id], Event.APPROVED, lambda _: values, {}, by=by, seen=versions)


def refuse_not_to_pursue(session: Session, case_id: int, reason: str, *, by: Actor, seen: int | None = None) -> Done:
    """The second person sends it back, and says why. Whoever asked may take it back by this as well.

    Raises:
        CaseChanged: it has changed since it was shown, or nobody asks any more.
        BadValue: there is no reason, or a book of it.
    """
    reason = _reason(reason)
    _asked(session, case_id)
    versions = None if seen is None else {case_id: seen}
    return act(
        session, [case_id], Event.SENT_BACK, lambda _: dict(_NOT_ASKED), {"reason": reason}, by=by, seen=versions
    )


def withdraw_not_to_pursue(session: Session, case_id: int, *, by: Actor, seen: int | None = None) -> Done:
    """Whoever asked does so no more.

    Raises:
        CaseChanged: it has changed since it was shown, or nobody asks any more.
        BadValue: somebody else asked.
    """
    if _asked(session, case_id) != by.person_id:
        raise BadValue(say("Somebody else asked for this: an approver agrees or sends it back."))
    versions = None if seen is None else {case_id: seen}
    return act(session, [case_id], Event.WITHDRAWN, lambda _: dict(_NOT_ASKED), {}, by=by, seen=versions)


def tag(session: Session, case_ids: Iterable[int], name: str, *, by: Actor) -> Done:
    """Put a tag on them.

    Raises:
        BadValue: the name is empty or too long.
    """
    wanted = set(case_ids)
    there = {id_ for some in chunks(wanted) for id_ in session.scalars(select(Case.id).where(Case.id.in_(some)))}
    one = tag_named(session, name)
    new = there - with_tag(session, one.id, there)
    put_tag(session, one.id, new)
    return _tagged(session, Event.TAGGED, one, new, untouched=len(wanted) - len(new), by=by)


def untag(session: Session, case_ids: Iterable[int], tag_id: int, *, by: Actor) -> Done:
    """Take a tag from them."""
    wanted = set(case_ids)
    one = get_tag(session, tag_id)
    gone = with_tag(session, tag_id, wanted) if one else set()
    if one is None or not gone:
        return Done(changed=0, untouched=len(wanted), undo=None)
    take_tag(session, tag_id, gone)
    return _tagged(session, Event.UNTAGGED, one, gone, untouched=len(wanted) - len(gone), by=by)


_NOT_ASKED: Final[Mapping[str, Any]] = {"approval_asked_at": None, "approval_asked_by_id": None}
_RESTS_NO_MORE: Final[Mapping[str, Any]] = {"snoozed_until": None, "unsettled_at": None}


def _tagged(session: Session, kind: Event, one: TagRow, ids: set[int], *, untouched: int, by: Actor) -> Done:
    if not ids:
        return Done(changed=0, untouched=untouched, undo=None)
    record(session, sorted(ids), kind, {"name": one.name}, by=by, now=by.now)
    before = [{"case_id": id_, "tag_id": one.id, "was_on": kind is Event.UNTAGGED} for id_ in sorted(ids)]
    return Done(changed=len(ids), untouched=untouched, undo=keep_way_back(session, kind, before, by=by))


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise BadValue(say("Say why: a sentence is enough. Whoever reads this case later will want to know."))
    if len(text) > REASON_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=REASON_MOST))
    return text


def _asked(session: Session, case_id: int) -> int | None:
    row = session.execute(select(Case.approval_asked_at, Case.approval_asked_by_id).where(Case.id == case_id)).first()
    if row is None or row.approval_asked_at is None:
        raise CaseChanged(say("Nobody asks about this case any more. Look at it again."))
    asker: int | None = row.approval_asked_by_id
    return asker


def _asked_by_another(session: Session, case_id: int, by: Actor) -> None:
    if _asked(session, case_id) == by.person_id:
        raise BadValue(say("You asked for this yourself: somebody else has to agree."))
