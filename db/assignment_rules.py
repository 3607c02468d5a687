"""The owner's rules of who gets a case that nobody has: kept, ordered, counted. `db.assigning` gives cases by them.

There is one order for all places. A rule of one place concerns nobody else, so whoever owns that place may change it
and move it among their own. Functions flush and never commit; who may change a rule is for the caller to check.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from .clock_rules import LEVELS, UNJUDGED
from .errors import BadValue
from .models import AssignmentRule, Case, LabelKind, Review, RuleTaker, Score, ScoreLabel, Source
from .phrases import say
from .roles import Act
from .staff import Staff

ANY_RISK: Final = "any"
RULES_MOST: Final = 50
COUNTED_MOST: Final = 5000  # cases of the queue, the most urgent: a page must not wait for a queue of a million
KEPT: Final = timedelta(minutes=1)  # after it was deleted: its button is shown for ten seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What must hold of a case; empty: whatever."""

    location_id: int | None = None
    topic: str = ""
    risk: str = ""
    least: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """One of those to whom a rule gives cases. Who may not work there any more is passed over."""

    id: int
    name: str
    is_able: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    id: int
    when: When
    location_name: str  # empty: all places
    takers: tuple[Taker, ...]

    @property
    def is_skipped(self) -> bool:
        """Whether there is nobody left to whom it could give anything."""
        return not any(one.is_able for one in self.takers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """How many cases of the queue a rule fits."""

    count: int
    earlier: int  # of them, that a rule before it fits as well
    free: int  # of them, that nobody has and no rule before it fits
    of: int  # that were looked at
    is_all: bool  # False: the queue is longer


def list_rules(session: Session) -> list[RuleRow]:
    """Those there are, in their order."""
    staff = Staff(session)
    return [_row(rule, staff) for rule in session.scalars(rules_statement())]


def get_rule(session: Session, rule_id: int) -> RuleRow | None:
    """One of them, also while it can still come back."""
    rule = session.get(AssignmentRule, rule_id)
    return None if rule is None else _row(rule, Staff(session))


def rules_statement() -> Select[AssignmentRule]:
    """Those that count, first to last."""
    return (
        select(AssignmentRule)
        .where(AssignmentRule.deleted_at.is_(None))
        .options(
            selectinload(AssignmentRule.takers).selectinload(RuleTaker.person), selectinload(AssignmentRule.location)
        )
        .order_by(AssignmentRule.rank, AssignmentRule.id)
    )


def add_rule(session: Session, when: When, people: Collection[int], *, now: datetime) -> int:
    """A new one, at the end; its id.

    Raises:
        BadValue: nobody is named, somebody who does not work there, or there are too many rules.
    """
    _forget_deleted(session, now=now)
    rules = session.scalars(rules_statement()).all()
    if len(rules) >= RULES_MOST:
        raise BadValue(say("There are %(most)s rules already. Delete one that you do not need.", most=RULES_MOST))
    rule = AssignmentRule(rank=max((one.rank for one in rules), default=0) + 1, made_at=now, takers=[])
    _set(session, rule, when, people)
    session.add(rule)
    session.flush()
    return rule.id


def change_rule(session: Session, rule_id: int, when: When, people: Collection[int]) -> None:
    """Have it say something else; who was named before keeps their turn.

    Raises:
        BadValue: there is no such rule any more, nobody is named, or somebody who does not work there.
    """
    rule = session.get(AssignmentRule, rule_id, with_for_update=True)
    if rule is None or rule.deleted_at is not None:
        raise BadValue(say("This rule is gone. Somebody has deleted it."))
    _set(session, rule, when, people)
    session.flush()


def move_rule(session: Session, rule_id: int, *, up: bool, among: Collection[int]) -> None:
    """Change places with the one before or after it, of those `among` which whoever asks may change."""
    rules = [one for one in session.scalars(rules_statement().with_for_update(of=AssignmentRule)) if one.id in among]
    at = next((at for at, one in enumerate(rules) if one.id == rule_id), None)
    to = -1 if at is None else at + (-1 if up else 1)
    if at is not None and 0 <= to < len(rules):
        rules[at].rank, rules[to].rank = rules[to].rank, rules[at].rank
        session.flush()


def delete_rule(session: Session, rule_id: int, *, now: datetime) -> bool:
    """Take it away; it can come back for a while. False where it was gone."""
    rule = session.get(AssignmentRule, rule_id)
    if rule is None or rule.deleted_at is not None:
        return False
    _forget_deleted(session, now=now)
    rule.deleted_at = now
    session.flush()
    return True


def restore_rule(session: Session, rule_id: int, *, now: datetime) -> bool:
    """Bring it back to where it stood. False where it is gone for good, or was never deleted."""
    rule = session.get(AssignmentRule, rule_id)
    if rule is None or rule.deleted_at is None or rule.deleted_at <= now - KEPT:
        return False
    rule.deleted_at = None
    session.flush()
    return True


def fits(when: When) -> ColumnElement[bool]:
    """Whether it fits a case, for a statement that has Case, Review, Source and the Score of its present wording."""
    found: list[ColumnElement[bool]] = [Case.id.is_not(None)]
    if when.location_id is not None:
        found.append(Source.location_id == when.location_id)
    if when.topic:
        found.append(_labelled(LabelKind.TOPIC, when.topic))
    if when.risk:
        found.append(_labelled(LabelKind.RISK, None if when.risk == ANY_RISK else when.risk))
    if when.least:
        enough = LEVELS[: LEVELS.index(when.least) + 1] if when.least in LEVELS else ()
        found.append(_level().in_(enough))
    return and_(*found)


def with_scores(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Join what `fits` needs to a statement on cases."""
    is_current = and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash)
    return (
        statement.join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Score, is_current)
    )


def count_fits(session: Session, rules: Sequence[When], *, places: Collection[int] | None = None) -> list[Fits]:
    """How many cases of the queue each of these rules fits, of those at these places; in one pass over them."""
    if not rules:
        return []
    here = [Source.location_id.in_(places)] if places is not None else []
    queued = with_scores(select(Case.id)).where(Case.in_queue, *here).order_by(Case.rank.desc(), Case.id.desc())
    some = queued.limit(COUNTED_MOST + 1).subquery()
    which = [fits(when).label(f"fits_{at}") for at, when in enumerate(rules)]
    is_free = Case.assignee_id.is_(None).label("is_free")
    found = with_scores(select(*which, is_free, Case.id)).where(Case.id.in_(select(some.c.id))).subquery()
    columns = [found.c.is_free, *(found.c[f"fits_{at}"] for at in range(len(rules)))]
    patterns = session.execute(select(func.count(), *columns).group_by(*columns)).all()
    of = sum(pattern[0] for pattern in patterns)
    counts, earlier, free = [0] * len(rules), [0] * len(rules), [0] * len(rules)
    for number, nobody_has_it, *fitting in patterns:
        for at in (at for at, fits_it in enumerate(fitting) if fits_it):
            counts[at] += number
            if any(fitting[:at]):
                earlier[at] += number
            elif nobody_has_it:
                free[at] += number
    return [
        Fits(count=count, earlier=before, free=left, of=min(of, COUNTED_MOST), is_all=of <= COUNTED_MOST)
        for count, before, left in zip(counts, earlier, free, strict=True)
    ]


def _labelled(kind: LabelKind, name: str | None) -> ColumnElement[bool]:
    named = [ScoreLabel.name == name] if name is not None else []
    found = select(ScoreLabel.review_id).where(ScoreLabel.review_id == Score.review_id, ScoreLabel.kind == kind, *named)
    return found.correlate(Score).exists()


def _level() -> ColumnElement[str]:
    """How angry a case counts: people's word goes before the model's, as for the clock (`db.clock_rules`)."""
    is_raised = and_(Case.said_angry.is_(True), Score.anger_level.not_in(LEVELS[: LEVELS.index(UNJUDGED) + 1]))
    return case(
        (Case.said_angry.is_(False), LEVELS[-1]),
        (or_(Score.anger_level.is_(None), is_raised), UNJUDGED),
        else_=Score.anger_level,
    )


def _set(session: Session, rule: AssignmentRule, when: When, people: Collection[int]) -> None:
    staff = Staff(session)
    if not people:
        raise BadValue(say("Choose who gets the cases."))
    if not all(_is_able(staff, id_, when.location_id) for id_ in people):
        raise BadValue(say("Somebody of those does not work there. Choose others, or another place."))
    rule.location_id, rule.topic, rule.risk, rule.least = when.location_id, when.topic, when.risk, when.least
    last = max((one.last_turn for one in rule.takers), default=0)
    kept = {one.person_id: one for one in rule.takers}
    rule.takers = [kept.get(id_) or RuleTaker(person_id=id_, last_turn=last) for id_ in sorted(people)]


def _is_able(staff: Staff, person_id: int, location_id: int | None) -> bool:
    if location_id is None:
        return staff.may_anywhere(person_id, Act.WORK)
    return staff.may(person_id, Act.WORK, location_id)


def _row(rule: AssignmentRule, staff: Staff) -> RuleRow:
    return RuleRow(
        id=rule.id,
        when=when_of(rule),
        location_name=rule.location.name if rule.location else "",
        takers=tuple(
            Taker(id=one.person_id, name=one.person.name, is_able=_is_able(staff, one.person_id, rule.location_id))
            for one in rule.takers
        ),
    )


def when_of(rule: AssignmentRule) -> When:
    """What must hold, of a stored rule."""
    return When(location_id=rule.location_id, topic=rule.topic, risk=rule.risk, least=rule.least)


def _forget_deleted(session: Session, *, now: datetime) -> None:
    session.execute(delete(AssignmentRule).where(AssignmentRule.deleted_at <= now - KEPT))
