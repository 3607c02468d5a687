"""A rule of assignment on the cases that came into the queue before it: those that nobody has, when its owner says so.

The order of the rules holds here as well: what an earlier one would take is left to it. Functions flush and never
commit; who may do this with a rule is for the caller to check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .absences import Absences
from .acting import Actor, Done, Event, act, as_one
from .assigned_mails import put_assigned
from .assigning import Lot, next_lot, takers_at
from .assignment_rules import fits, rules_statement, when_of, with_scores
from .cases import lock_reviews
from .models import AssignmentRule, Case, Location, Source
from .staff import Staff

BACKLOG_MOST: Final = 500  # at once, the most urgent: a page must not wait for a queue of a million


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many cases that nobody has a rule would give away now."""

    count: int  # up to BACKLOG_MOST
    is_all: bool  # False: more wait, and it can be done again


@dataclass(frozen=True, slots=True)
class _Waiting:
    case_id: int
    review_id: int
    location_id: int
    timezone: str


def backlog(session: Session, rule_id: int, *, places: Collection[int] | None, now: datetime) -> Backlog:
    """Count them at these places, or at all."""
    _, found, is_all = _found(session, rules_statement(), rule_id, places, Staff(session), Absences(session, now=now))
    return Backlog(count=len(found), is_all=is_all)


def give_backlog(session: Session, rule_id: int, *, places: Collection[int] | None, by: Actor) -> Done:
    """Give them to whom the rule names, in turn, with one way back for all of them."""
    staff, absences = Staff(session), Absences(session, now=by.now)
    # Held until the end, as in `db.assigning`: of two the second takes the turns where the first has left them.
    held = rules_statement().with_for_update(of=AssignmentRule)
    rule, found, _ = _found(session, held, rule_id, places, staff, absences)
    if rule is None:
        return as_one(session, [])
    lock_reviews(session, [one.review_id for one in found])
    lots: dict[Lot, list[int]] = defaultdict(list)
    for one in found:
        lot = next_lot(rule, takers_at(rule, staff, absences, one.location_id, one.timezone))
        if lot is not None:
            lots[lot].append(one.case_id)
    return as_one(session, [_give(session, lot, lots[lot], by=by) for lot in lots])


def _give(session: Session, lot: Lot, ids: Sequence[int], *, by: Actor) -> Done:
    given: list[int] = []

    def give(case: Case) -> Mapping[str, Any]:
        if case.assignee_id is not None or not case.in_queue:
            return {}  # somebody was faster
        given.append(case.id)
        return {"assignee_id": lot.to_id, "awaits_rule": False}

    facts = {"to_id": lot.to_id, "to_name": lot.to_name, **lot.told}
    done = act(session, ids, Event.ASSIGNED, give, facts, by=by)
    if lot.to_id != by.person_id:
        put_assigned(session, given, lot.to_id, lot.told, by_id=by.person_id, now=by.now)
    return done


def _found(
    session: Session,
    statement: Select[AssignmentRule],
    rule_id: int,
    places: Collection[int] | None,
    staff: Staff,
    absences: Absences,
) -> tuple[AssignmentRule | None, list[_Waiting], bool]:
    """The rule, the cases that it is the first to fit and can give to somebody, and whether these are all."""
    rules = session.scalars(statement).all()
    at = next((at for at, rule in enumerate(rules) if rule.id == rule_id), None)
    if at is None:
        return None, [], True
    rule, earlier = rules[at], rules[:at]
    columns = [fits(when_of(one)).label(f"fits_{number}") for number, one in enumerate(earlier)]
    here = [Source.location_id.in_(places)] if places is not None else []
    waiting = (
        with_scores(select(Case.id, Case.review_id, Source.location_id, Location.timezone, *columns))
        .join(Location, Location.id == Source.location_id)
        .where(Case.in_queue, Case.assignee_id.is_(None), fits(when_of(rule)), *here)
        .order_by(Case.rank.desc(), Case.id.desc())
        .limit(BACKLOG_MOST + 1)
    )
    rows = session.execute(waiting).all()
    found = []
    for row in rows[:BACKLOG_MOST]:
        before = (one for one, is_fitting in zip(earlier, row[4:], strict=True) if is_fitting)
        able = [bool(takers_at(one, staff, absences, row.location_id, row.timezone)) for one in (*before, rule)]
        if able[-1] and not any(able[:-1]):
            found.append(_Waiting(row.id, row.review_id, row.location_id, row.timezone))
    return rule, found, len(rows) <= BACKLOG_MOST
