"""Causes of the demo, chosen as its people would have, and an action on them in every state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.absences import day_at
from db.acting import Actor, Event, act
from db.causes import list_causes
from db.improvements import Plan, move_improvement, note_work, open_improvement
from db.models import Case, ImprovementState
from db.queries.cursors import Sort
from db.queries.places import CasePlace, places_of_cases
from db.queries.queue import PAGE_MOST, QueueView, queue_page
from db.queries.rows import QueueRow

from .cause_lists import cause_words, topic_of

LEFT = 5  # every fifth is left for visitors to choose
FEW_STARS = 3
OPENED_DAYS = 60  # ago


@dataclass(frozen=True, slots=True)
class _Act:
    cause: str  # its key
    title: str
    state: ImprovementState
    days: int  # until it is due; of one that is closed, since then, below 0


ACTS = (
    _Act("understaffed", "A second person at the bar from Thursday to Saturday", ImprovementState.OPEN, -3),
    _Act("food_quality", "Food leaves the pass within two minutes, or is made again", ImprovementState.DONE, -40),
    _Act("rude_staff", "Five minutes on greeting guests at the start of every shift", ImprovementState.OPEN, 12),
    _Act("bill_wrong", "The bill is read out before the card is taken", ImprovementState.DONE, -6),
    _Act("too_loud", "Felt under every chair", ImprovementState.DROPPED, -20),
)
WORK = "Tried for two weeks, then put on the rota."


def lay_out_causes(session: Session, *, left: Collection[int], owner: Actor, approver: Actor) -> None:
    """Choose causes by the main topics of reviews that complain, but for the cases `left`; then open the actions."""
    chosen = _choose(session, left, by=owner)
    for one in ACTS:
        cause_id, places = chosen.get(one.cause, (0, []))
        if places:
            often = Counter(place.location_id for place in places).most_common(1)[0][0]
            place = next(place for place in places if place.location_id == often)
            _open(session, place, cause_id, one, owner=owner, approver=approver)


def _choose(session: Session, left: Collection[int], *, by: Actor) -> dict[str, tuple[int, list[CasePlace]]]:
    """The id of each cause by its key, with its cases."""
    causes = {str(topic_of(one)): one for one in reversed(list_causes(session))}
    of_topic: dict[str, list[int]] = {}
    for number, row in enumerate(_complaints(session)):
        topic = str(max(row.topics, key=lambda one: float(one["probability"]))["topic"])
        if topic in causes and number % LEFT != LEFT - 1 and row.case_id not in left:
            of_topic.setdefault(topic, []).append(row.case_id)
    found: dict[str, tuple[int, list[CasePlace]]] = {}
    for topic, case_ids in of_topic.items():
        cause = causes[topic]
        facts = {"cause_id": cause.id, "name": cause_words(cause)}
        found[cause.key] = (cause.id, places_of_cases(session, case_ids))
        act(session, case_ids, Event.CAUSE, _chosen(cause.id), facts, by=by)
    return found


def _chosen(cause_id: int) -> Callable[[Case], dict[str, Any]]:
    return lambda _: {"cause_id": cause_id}


def _complaints(session: Session) -> Iterator[QueueRow]:
    after: str | None = None
    while True:
        page = queue_page(session, QueueView.ALL, sort=Sort.NEWEST, after=after, limit=PAGE_MOST)
        for row in page.rows:
            if row.topics and (row.is_flagged or (row.stars is not None and row.stars <= FEW_STARS)):
                yield row
        after = page.next_cursor
        if after is None:
            return


def _open(session: Session, place: CasePlace, cause_id: int, one: _Act, *, owner: Actor, approver: Actor) -> None:
    then = replace(approver, now=approver.now - timedelta(days=OPENED_DAYS))
    today = day_at(approver.now, place.timezone)
    plan = Plan(title=one.title, owner_id=owner.person_id, due_on=today + timedelta(days=one.days))
    made = open_improvement(session, place.location_id, cause_id, plan, by=then)
    if one.state is ImprovementState.OPEN:
        return
    closed = replace(owner, now=owner.now + timedelta(days=one.days))
    if one.state is ImprovementState.DONE:
        note_work(session, made.id, WORK, seen=made.version, by=closed)
    move_improvement(session, made.id, one.state, seen=made.version, by=closed)
