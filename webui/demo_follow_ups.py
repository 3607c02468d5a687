"""Customers of the demo to be asked again, or asked already: one of each kind, beside those of its offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.follow_ups import close_follow_up, set_follow_up
from db.models import FollowUp, FollowUpOutcome, OfferKind, OfferState
from db.offers import step
from db.queries.places import places_of_cases

from .demo_offers import lay_out_offer
from .filters import zone

BEGAN = timedelta(days=9)  # ago, so that every day to ask is past or near
# Days from today on which somebody asks or has asked, what came of it, and what the customer said.
ASKED: Sequence[tuple[int, FollowUpOutcome | None, str]] = (
    (-4, None, ""),
    (0, None, ""),
    (5, None, ""),
    (-3, FollowUpOutcome.CONTENT, "She was surprised that anybody called, and comes again with her parents."),
    (-5, FollowUpOutcome.NOT_CONTENT, "The voucher is no use to him: he lives two hours away."),
    (-4, FollowUpOutcome.NO_ANSWER, ""),
    (-6, FollowUpOutcome.NOT_PURSUED, "He asked not to be called again."),
)


def lay_out_follow_ups(session: Session, case_ids: Sequence[int], *, owner: Actor, approver: Actor) -> None:
    """One to each case, as far as there are cases; the last of them taken back with its offer."""
    earlier = replace(owner, now=owner.now - BEGAN)
    for case_id, (days, outcome, note) in zip(case_ids, ASKED, strict=False):
        place = places_of_cases(session, [case_id])[0]
        today = owner.now.astimezone(zone(place.timezone)).date()
        by = replace(approver, now=earlier.now) if outcome is FollowUpOutcome.NO_ANSWER else earlier
        set_follow_up(session, case_id, today + timedelta(days=days), by=by)
        if outcome is not None:
            row_id = session.scalars(select(FollowUp.id).where(FollowUp.case_id == case_id)).one()
            close_follow_up(session, case_id, row_id, outcome, note, by=replace(by, now=owner.now - timedelta(hours=5)))
    for case_id in case_ids[len(ASKED) : len(ASKED) + 1]:
        words = "Coffee and cake for two"
        made = lay_out_offer(session, case_id, OfferKind.ITEM, 1_400, words, OfferState.ISSUED, by=owner)
        step(session, made.id, OfferState.CANCELLED, seen=made.version, by=owner, reason="They wanted nothing.")
