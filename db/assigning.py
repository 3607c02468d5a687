"""Gives cases that have come into the queue to whom the owner's rules name: once each, and never over a person's word.

A case waits for the rules from when it is opened, and again when its guest changed what it was about or its answer
went. They look at it once it is scored and in the queue, and only while nobody has it; whoever gives it to somebody or
to nobody by hand ends that. The worker does this in sets: the reviews are locked first (see `db.cases`), and the change
itself is a conditional UPDATE, so of several workers one gives it away, and a killed one leaves it as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, literal_column, or_, select, update
from sqlalchemy.orm import Session

from .absences import Absences
from .acting import Event, record
from .assigned_mails import put_assigned
from .assignment_rules import fits, rules_statement, when_of, with_scores
from .cases import lock_reviews
from .deputies import stand_in
from .models import NOT_JUDGED, AssignmentRule, Case, Location, Person, Review, RuleTaker, Score, Source
from .models.case import AWAITS_RULE
from .roles import Act
from .staff import Staff

AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of those that waited."""

    looked_at: int
    given: int


@dataclass(frozen=True, slots=True)
class Lot:
    """Cases that one rule gives to one person."""

    rule: AssignmentRule
    to_id: int
    to_name: str
    absent: str  # for whom they stand in; empty: for nobody

    @property
    def told(self) -> dict[str, Any]:
        """Why, as an event or a mail keeps it."""
        rule = self.rule
        place = rule.location.name if rule.location else ""
        named = {"place": place, "topic": rule.topic, "risk": rule.risk, "least": rule.least}
        return {"rule": named} | ({"for": self.absent} if self.absent else {})


def waiting_statement() -> Select[*tuple[Any, ...]]:
    """Ids and reviews of the cases that wait for the rules, from the index of those alone; scored ones."""
    waits: ColumnElement[bool] = literal_column(_of_case(AWAITS_RULE))  # as the index has it, without "= 1"
    is_judged = or_(Score.review_id.is_not(None), Review.scored_with == NOT_JUDGED)
    return with_scores(select(Case.id, Case.review_id)).where(waits, is_judged).order_by(Case.id)


def give_by_rules(session: Session, *, now: datetime, limit: int = AT_ONCE) -> Given:
    """Look at those that wait, and give away what a rule fits. Nothing is left to look at when `looked_at` is 0."""
    found = session.execute(waiting_statement().limit(limit)).all()
    if not found:
        return Given(looked_at=0, given=0)
    # Held until the end: of two workers the second takes the turns where the first has left them.
    rules = session.scalars(rules_statement().with_for_update(of=AssignmentRule)).all()
    lock_reviews(session, [row.review_id for row in found])
    ids = [row.id for row in found]
    lots = _lots(session, rules, ids, now=now) if rules else {}
    given = sum(_give(session, lot, lots[lot], now=now) for lot in lots)
    session.execute(
        update(Case).where(Case.id.in_(ids), Case.awaits_rule).values(awaits_rule=False),
        execution_options={"synchronize_session": False},
    )
    return Given(looked_at=len(ids), given=given)


def _lots(
    session: Session, rules: Sequence[AssignmentRule], ids: Sequence[int], *, now: datetime
) -> dict[Lot, list[int]]:
    which = [fits(when_of(rule)).label(f"fits_{at}") for at, rule in enumerate(rules)]
    still = waiting_statement().join(Location, Location.id == Source.location_id).where(Case.id.in_(ids))
    still = still.add_columns(Source.location_id, Location.timezone, *which)
    staff, absences = Staff(session), Absences(session, now=now)
    lots: dict[Lot, list[int]] = defaultdict(list)
    for row in session.execute(still):
        for rule, is_fitting in zip(rules, row[4:], strict=True):
            able = takers_at(rule, staff, absences, row.location_id, row.timezone) if is_fitting else []
            lot = next_lot(rule, able)
            if lot is not None:
                lots[lot].append(row.id)
                break
    return lots


def takers_at(
    rule: AssignmentRule, staff: Staff, absences: Absences, location_id: int, timezone: str
) -> list[tuple[RuleTaker, Person]]:
    """Those of a rule who may work at a place, each with whom a case of theirs goes to now: themselves or a deputy."""
    able: list[tuple[RuleTaker, Person]] = []
    for taker in rule.takers:
        to_id = stand_in(staff, absences, taker.person_id, Act.WORK, location_id, timezone)
        if to_id is not None and staff.may(taker.person_id, Act.WORK, location_id):
            able.append((taker, staff.person(to_id)))
    return able


def next_lot(rule: AssignmentRule, able: Sequence[tuple[RuleTaker, Person]]) -> Lot | None:
    """Whose turn it is of those who are able; it is then over. None where nobody is."""
    if not able:
        return None
    taker, to = min(able, key=lambda one: (one[0].last_turn, one[0].person_id))
    taker.last_turn = max(one.last_turn for one in rule.takers) + 1
    absent = taker.person.name if to.id != taker.person_id else ""
    return Lot(rule, to.id, to.name, absent)


def _give(session: Session, lot: Lot, ids: Sequence[int], *, now: datetime) -> int:
    given = session.scalars(
        update(Case)
        .where(Case.id.in_(ids), Case.awaits_rule, Case.assignee_id.is_(None))
        .values(assignee_id=lot.to_id, awaits_rule=False, version=Case.version + 1)
        .returning(Case.id),
        execution_options={"synchronize_session": False},
    ).all()
    facts = {"to_id": lot.to_id, "to_name": lot.to_name, **lot.told}
    record(session, sorted(given), Event.ASSIGNED, facts, by=None, now=now)
    put_assigned(session, given, lot.to_id, lot.told, now=now)
    return len(given)


def _of_case(condition: str) -> str:
    for name in ("awaits_rule", "in_queue", "assignee_id"):
        condition = condition.replace(name, f'"case".{name}')
    return condition
