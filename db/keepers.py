"""Who alone may approve an answer to a review that leaves the normal path: the keepers of its matter.

Where somebody was harmed (an injury, an allergy, a life in danger) that is the responsible person: whoever an
assignment rule names for that very risk, or for any, and may approve at the place; where no rule names anybody, its
approvers. For all else (discrimination, law, press, extortion, a threat in the wording) it is the owners of the place,
who may always. Whoever stands in for a keeper who is away is one as well, if they may approve there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from .absences import Absences
from .assignment_rules import ANY_RISK
from .deputies import stand_in
from .models import AssignmentRule, Case, Location, Review, RuleTaker, Score, Source
from .people import Named
from .roles import Act, Role
from .scores import scored_text
from .staff import Staff

# Names as the model gives them; a test holds them against those of `scoring.suggest`, which composes what is said.
OF_RESPONSIBLE: Final = ("self_harm", "safety", "allergy")
OF_OWNER: Final = ("discrimination", "legal", "extortion", "press")
THREAT: Final = "threat"  # a reason of the anger, not a risk

WordRules = Callable[[str], Iterable[str]]  # names of the risks that the words of a text prove by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepers:
    """`risks` are those that lead off the normal path; none where the wording threatens."""

    risks: tuple[str, ...]
    people: tuple[Named, ...]

    def has(self, person_id: int) -> bool:
        return any(one.id == person_id for one in self.people)


def keepers_of(session: Session, case_id: int, *, now: datetime, by_words: WordRules | None = None) -> Keepers | None:
    """None for a review on the normal path.

    While no model has judged its present wording, what an earlier one was found to hold counts, with what `by_words`
    finds in this one.
    """
    row = session.execute(
        select(
            Score.risks,
            Score.reasons,
            Score.content_hash.label("judged_hash"),
            Review.content_hash,
            Review.title,
            Review.body,
            Location.id,
            Location.timezone,
        )
        .select_from(Case)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .outerjoin(Score, Score.review_id == Review.id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        return None
    told = {str(one.get("risk")) for one in row.risks or ()}
    if by_words is not None and row.judged_hash != row.content_hash:
        told.update(by_words(scored_text(row.title, row.body)))
    risks = tuple(risk for risk in (*OF_RESPONSIBLE, *OF_OWNER) if risk in told)
    is_threat = THREAT in (row.reasons or ())
    if not risks and not is_threat:
        return None
    staff = Staff(session)
    is_for_owner = bool(told.intersection(OF_OWNER)) or is_threat
    ids = [] if is_for_owner else _responsible(session, staff, risks, row.id)
    ids += staff.of_role(Role.OWNER, row.id)
    absences = Absences(session, now=now)
    ids += [to for id_ in ids if (to := stand_in(staff, absences, id_, Act.APPROVE, row.id, row.timezone)) is not None]
    people = [staff.person(id_) for id_ in dict.fromkeys(ids)]
    return Keepers(risks=risks, people=tuple(Named(id=one.id, name=one.name) for one in people))


def _responsible(session: Session, staff: Staff, risks: Iterable[str], location_id: int) -> list[int]:
    named = session.scalars(
        select(RuleTaker.person_id)
        .join(AssignmentRule, AssignmentRule.id == RuleTaker.rule_id)
        .where(
            AssignmentRule.deleted_at.is_(None),
            AssignmentRule.risk.in_((*risks, ANY_RISK)),
            AssignmentRule.topic == "",
            AssignmentRule.least == "",
            or_(AssignmentRule.location_id.is_(None), AssignmentRule.location_id == location_id),
        )
        .order_by(AssignmentRule.rank, RuleTaker.person_id)
    )
    able = [id_ for id_ in named if staff.may(id_, Act.APPROVE, location_id)]
    return able or staff.of_role(Role.APPROVER, location_id)
