"""Complaints that the people of the demo have taken themselves, with what was said and promised since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from db.acting import Actor
from db.complaints import Noted, take_complaint
from db.contacts import log_contact, promise
from db.judging import case_of
from db.messages import Typed, save_message
from db.models import Channel
from db.queries.places import CasePlace

from .filters import zone

ANGRY = Noted(
    channel=Channel.COUNTER,
    words="He had booked for eight, his wife's birthday. We seated them at half past nine, beside the kitchen door. "
    "He raised his voice, said that nobody had even told them how long it would be, and left without dessert.",
    name="Paolo Bianchi",
    contact="+39 010 555 0142",
    heard_level="furious",
)
BY_PHONE = Noted(
    channel=Channel.PHONE,
    words="Her mother has a nut allergy. The waiter said that he would ask in the kitchen, came back with the cake and "
    "had not asked. Nothing happened, but she wants to know how that can be.",
    name="Ingrid Solberg",
    contact="ingrid@solberg.example",
)
BY_MAIL = Noted(
    channel=Channel.MAIL,
    words="The bill had two bottles of water on it that we never had. It is not about the money.",
    contact="k.mertens@post.example",
    heard_level="annoyed",
)
AGAIN = "Thank you for telling us. I have asked the kitchen, and will write again when I know. Olivia Ferri, owner"
MESSAGE = (
    "Dear Ingrid Solberg, I am sorry that nobody asked in the kitchen before the cake came to your mother's table. "
    "We should have asked, and told you so. I will call you tomorrow at ten. Olivia Ferri, owner"
)


def lay_out_by_hand(session: Session, place: CasePlace, *, owner: Actor, approver: Actor, now: datetime) -> None:
    """At one place: one with a talk and promises of which one is overdue, one with a message begun, one untouched."""
    earlier, today = now - timedelta(days=2), now.astimezone(zone(place.timezone)).date()
    dinner = datetime.combine(earlier.astimezone(zone(place.timezone)).date(), time(20), tzinfo=zone(place.timezone))
    at_eight = dinner if dinner < earlier else dinner - timedelta(days=1)
    angry = _taken(session, place, replace(ANGRY, visited_at=at_eight), by=replace(approver, now=earlier))
    log_contact(
        session,
        angry,
        channel=Channel.PHONE,
        happened_at=now - timedelta(hours=20),
        said="He has calmed down. He wants to hear that it will not happen to the next couple, and why it did.",
        agreed="Olivia calls him when the new seating plan is in use.",
        by=approver,
    )
    overdue, ahead = today - timedelta(days=1), today + timedelta(days=3)
    for what, due_on in (("Write the new seating plan", overdue), ("Call Paolo Bianchi about it", ahead)):
        owner_id = owner.person_id
        promise(
            session, angry, what, owner_id=owner_id, due_on=due_on, today=overdue, by=replace(approver, now=earlier)
        )
    phoned = _taken(session, place, BY_PHONE, by=replace(owner, now=now - timedelta(hours=3)))
    typed = Typed(address=BY_PHONE.contact, subject="Your mother's cake", body=MESSAGE)
    save_message(session, phoned, typed, seen=0, by=owner)
    _taken(session, place, BY_MAIL, by=replace(owner, now=now - timedelta(hours=1)))


def know_again(session: Session, case_id: int, *, by: Actor) -> None:
    """Somebody was written to about a review at the address that a complaint by mail has: one customer, two cases."""
    typed = Typed(address=BY_MAIL.contact, subject="Your evening with us", body=AGAIN)
    save_message(session, case_id, typed, seen=0, by=by)


def _taken(session: Session, place: CasePlace, noted: Noted, *, by: Actor) -> int:
    """The id of its case."""
    case = case_of(session, take_complaint(session, place.location_id, noted, by=by))
    assert case is not None  # noqa: S101 - it was taken in this transaction
    return case.id
