"""Cases with offers, and the people who make them: what tests of offers begin with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.acting import Actor
from db.models import Channel, Offer, OfferKind, OfferState, Severity
from db.offers import Proposal, propose, step
from db.roles import Role
from tests.factories import NOW, make_case, make_location, make_person, make_review, make_source

USUAL_ONE = Proposal(
    kind=OfferKind.VOUCHER,
    severity=Severity.SERIOUS,
    severity_of_case=Severity.SERIOUS,
    value_minor=3_000,
    reason="They waited for an hour",
)


@dataclass(frozen=True)
class Hands:
    """A place with cases of different guests, and somebody of each role."""

    location_id: int
    case_ids: tuple[int, ...]
    people: dict[Role, int]

    def actor(self, role: Role, now: datetime = NOW) -> Actor:
        """Somebody of this role."""
        return Actor(person_id=self.people[role], name=role.value, now=now)


def make_hands(session: Session, *, cases: int = 3, authors: int = 2) -> Hands:
    """Cases in turn by the authors, at one source of one place."""
    place = make_location(session, timezone="Europe/Rome")
    source = make_source(session, location=place)
    guests = [f"guest-{source.id}-{at}" for at in range(authors)]
    made = [make_case(session, make_review(session, source, author_ref=guests[at % authors])) for at in range(cases)]
    people = {role: make_person(session, name=role.value).id for role in (Role.STAFF, Role.APPROVER, Role.OWNER)}
    return Hands(location_id=place.id, case_ids=tuple(case.id for case in made), people=people)


def proposed(
    session: Session, hands: Hands, *, role: Role = Role.STAFF, case: int = 0, why: str = "", **changes: Any
) -> Offer:
    """An offer in a case, as somebody of this role proposes it."""
    return propose(
        session,
        hands.case_ids[case],
        replace(USUAL_ONE, **changes),
        by=hands.actor(role),
        role=role,
        is_unconditional=True,
        exception_reason=why,
    )


def led(session: Session, offer: Offer, to: OfferState, *, by: Actor) -> Offer:
    """From approved along the usual way."""
    for state in (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ISSUED):
        step(session, offer.id, state, seen=offer.version, by=by, channel=Channel.MAIL)
        if state is to:
            break
    return offer


def made_offer(session: Session, case_id: int, *, by: Actor, state: OfferState = OfferState.ISSUED) -> Offer:
    """An offer inside the policy, led on to this state by one person."""
    made = propose(session, case_id, USUAL_ONE, by=by, role=Role.STAFF, is_unconditional=True)
    return made if state is OfferState.APPROVED else led(session, made, state, by=by)
