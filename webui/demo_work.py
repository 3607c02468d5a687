"""What the people of the demo have done already, so that no view of it is empty at the first look.

Nothing that stands in "Now" leaves it by this: it is the first thing that a visitor sees, and is left to them. Some
complaints by hand come to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.acting import Actor
from db.assigning import give_by_rules
from db.assignment_rules import When, add_rule
from db.case_acts import ask_not_to_pursue, assign, set_stage, tag
from db.causes import add_starters, list_causes
from db.models import CaseStage, Person
from db.notes import write_note
from db.people import find_person
from db.queries.places import places_of_cases
from db.queries.queue import PAGE_MOST, QueueView, queue_page
from scoring.types import Risk, Topic

from .cause_lists import STARTERS
from .demo_by_hand import know_again, lay_out_by_hand
from .demo_causes import lay_out_causes
from .demo_follow_ups import lay_out_follow_ups
from .demo_offers import OFFERS, lay_out_offers
from .demo_people import PEOPLE
from .demo_visits import lay_out_visits

BOOKED = "trattoria"  # the place that takes bookings
FEW = 10  # with fewer in "Now" there is nothing to show


def lay_out(session: Session, *, now: datetime) -> None:
    """Assign, note, tag, wait, offer, choose causes, ask and set up rules, once: with causes somebody has been here."""
    owner, approver, staff, _ = (find_person(session, email) for _, email, *_ in PEOPLE)
    if list_causes(session, with_retired=True) or owner is None or approver is None or staff is None:
        return
    add_starters(session, list(STARTERS["restaurant"]), now=now)
    urgent = [row.case_id for row in queue_page(session, QueueView.NOW, limit=PAGE_MOST).rows]
    rest = [
        row.case_id for row in queue_page(session, QueueView.OPEN, limit=PAGE_MOST).rows if row.case_id not in urgent
    ]
    places = [one.location_id for one in staff.memberships if one.location_id is not None]
    at_one = [row.case_id for row in queue_page(session, QueueView.NOW, limit=FEW, places=places).rows]
    of_staff = [id_ for id_ in at_one if id_ not in urgent[:4]][:2]
    if len(urgent) < FEW or len(of_staff) < 2 or len(rest) < 2:
        return
    assign(session, [urgent[0], urgent[3]], owner.id, by=_as(approver, now))
    assign(session, of_staff, staff.id, by=_as(staff, now))
    write_note(session, urgent[0], f"Who was on the shift that night? @{owner.name}", {owner.id}, by=_as(approver, now))
    tag(session, urgent[4:6], "refund", by=_as(approver, now))
    set_stage(session, rest[:1], CaseStage.WAITING, by=_as(owner, now), follow_up_at=now + timedelta(days=3))
    place = places_of_cases(session, [urgent[0]])[0]
    lay_out_by_hand(session, place, owner=_as(owner, now), approver=_as(approver, now), now=now)
    _add_rules(session, approver, staff, now=now)
    lay_out_causes(session, left=urgent[:FEW], owner=_as(owner, now), approver=_as(approver, now))
    lay_out_offers(session, rest[2:], owner=_as(owner, now), staff=_as(staff, now))
    know_again(session, rest[3], by=_as(owner, now))
    lay_out_visits(session, BOOKED)
    lay_out_follow_ups(session, rest[2 + len(OFFERS) :], owner=_as(owner, now), approver=_as(approver, now))
    ask_not_to_pursue(session, rest[1], "A former supplier wrote it, never a guest of ours.", by=_as(approver, now))


def _add_rules(session: Session, approver: Person, staff: Person, *, now: datetime) -> None:
    """They give away what is still to come: what stands there was looked at before there was a rule."""
    while give_by_rules(session, now=now).looked_at:
        pass
    place_id = next((one.location_id for one in staff.memberships), None)
    add_rule(session, When(risk=Risk.ALLERGY), [approver.id], now=now)
    add_rule(session, When(location_id=place_id, topic=Topic.WAITING, least="angry"), [staff.id], now=now)


def _as(person: Person, now: datetime) -> Actor:
    return Actor(person_id=person.id, name=person.name, now=now)
