"""Who alone may approve an answer to a review that leaves the normal path: the keepers of its matter.

Where somebody was harmed (an injury, an allergy, a life in danger) that is the responsible person: whoever an
assignment rule names for that very risk, or for any, and may approve at the place; where no rule names anybody, its
approvers. For all else (discrimination, law, press, extortion, a threat in the wording) it is the owners of the place,
who may always. Whoever stands in for a keeper who is away is one as well, if they may approve there.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from .staff import Staff

# Names as the model gives them; a test holds them against those of `scoring.suggest`, which composes what is said.
OF_RESPONSIBLE: Final = ("self_harm", "safety", "allergy")
OF_OWNER: Final = ("discrimination", "legal", "extortion", "press")
THREAT: Final = "threat"  # a reason of the anger, not a risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepers:
    """`risks` are those that lead off the normal path; none where the wording threatens."""

    risks: tuple[str, ...]
    people: tuple[Named, ...]

    def has(self, person_id: int) -> bool:
        return any(one.id == person_id for one in self.people)


def keepers_of(session: Session, case_id: int, *, now: datetime) -> Keepers | None:
    """None for a review on the normal path, or one that nobody has judged yet."""
    row = session.execute(
        select(Score.risks, Score.reasons, Location.id, Location.timezone)
        .join(Review, Review.id == Score.review_id)
        .join(Case, Case.review_id == Review.id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        return None
    told = {str(one.get("risk")) for one in row.risks}
    risks = tuple(risk for risk in (*OF_RESPONSIBLE, *OF_OWNER) if risk in told)
    if not risks and THREAT not in row.reasons:
        return None
    staff = Staff(session)
    is_for_owner = bool(told.intersection(OF_OWNER)) or THREAT in row.reasons
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
