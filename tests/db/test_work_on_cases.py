"""What people do with cases: whose it is, how far it is, when it comes back, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.acting import UNDO_KEPT, Actor, Done, undo
from db.case_acts import (
    agree_not_to_pursue,
    ask_not_to_pursue,
    assign,
    refuse_not_to_pursue,
    set_stage,
    snooze,
    wake,
    wake_due,
)
from db.clocks import set_clocks
from db.errors import BadValue, CaseChanged
from db.ingest import ingest
from db.models import Case, CaseEvent, CaseStage, Person
from db.queries.queue import QueueView, queue_counts, queue_page
from tests.factories import NOW, an_item, make_case, make_person, make_review, make_source

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    person = make_person(session, name="Ana")
    return Actor(person_id=person.id, name=person.name, now=now)


@pytest.fixture
def ben(session: Session, now: datetime) -> Actor:
    person = make_person(session, name="Ben")
    return Actor(person_id=person.id, name=person.name, now=now)


def a_case(session: Session) -> Case:
    """One whose clock runs."""
    case = make_case(session, make_review(session), is_flagged=True)
    set_clocks(session, [case.id], now=NOW)
    session.expire(case)
    return case


def told(session: Session, case: Case) -> list[tuple[str, str]]:
    rows = select(CaseEvent.kind, CaseEvent.person_name).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    return [(kind, name) for kind, name in session.execute(rows)]


def test_assigning_changes_those_that_are_not_theirs_yet(session: Session, ana: Actor, ben: Actor) -> None:
    """What is so already is left alone and not told again."""
    cases = [a_case(session) for _ in range(3)]
    assign(session, [cases[0].id], ben.person_id, by=ana)
    done = assign(session, [case.id for case in cases] + [9_999], ben.person_id, by=ana)
    assert (done.changed, done.untouched) == (2, 2)
    assert {case.assignee_id for case in cases} == {ben.person_id}
    assert told(session, cases[0]) == [("assigned", "Ana")]
    assert assign(session, [case.id for case in cases], ben.person_id, by=ana) == Done(
        changed=0, untouched=3, undo=None
    )


def test_nobody_gets_work_who_cannot_sign_in(session: Session, ana: Actor, ben: Actor) -> None:
    """Disabled or never there: told, nothing done."""
    case = a_case(session)
    session.get_one(Person, ben.person_id).is_active = False
    for id_ in (ben.person_id, 9_999):
        with pytest.raises(BadValue, match="works here"):
            assign(session, [case.id], id_, by=ana)
    assert case.assignee_id is None


@pytest.mark.parametrize(
    "act",
    [
        lambda session, case, by: assign(session, [case.id], by.person_id, by=by),
        lambda session, case, by: set_stage(session, [case.id], CaseStage.DONE, by=by),
        lambda session, case, by: set_stage(
            session, [case.id], CaseStage.WAITING, by=by, follow_up_at=by.now + 3 * DAY
        ),
        lambda session, case, by: snooze(session, [case.id], by.now + HOUR, by=by),
        lambda session, case, by: ask_not_to_pursue(session, case.id, "A competitor wrote it.", by=by),
    ],
    ids=["assign", "done", "waiting", "snooze", "ask"],
)
def test_every_act_can_be_taken_back(
    session: Session, ana: Actor, ben: Actor, act: Callable[[Session, Case, Actor], Done]
) -> None:
    """Once, by whoever did it; all is as it was, and the timeline tells both."""
    case = a_case(session)
    columns = [column.name for column in Case.__table__.c if column.name != "version"]
    before = {name: getattr(case, name) for name in columns}
    done = act(session, case, ana)
    assert done.undo is not None
    assert {name: getattr(case, name) for name in columns} != before
    assert undo(session, done.undo, by=ben) is None
    back = undo(session, done.undo, by=ana)
    assert back is not None
    assert (back.changed, back.kept) == (1, 0)
    session.refresh(case)
    assert {name: getattr(case, name) for name in columns} == before
    assert [kind for kind, _ in told(session, case)][-1] == "undone"
    assert undo(session, done.undo, by=ana) is None


def test_undo_keeps_what_somebody_else_did_since(session: Session, ana: Actor, ben: Actor) -> None:
    """Of two cases only the untouched one goes back."""
    first, second = a_case(session), a_case(session)
    done = assign(session, [first.id, second.id], ana.person_id, by=ana)
    assign(session, [second.id], ben.person_id, by=ben)
    back = undo(session, str(done.undo), by=ana)
    assert back is not None
    assert (back.changed, back.kept) == (1, 1)
    assert (first.assignee_id, second.assignee_id) == (None, ben.person_id)


def test_undo_ends(session: Session, ana: Actor) -> None:
    """The button is shown for seconds; long after, nothing happens."""
    done = assign(session, [a_case(session).id], ana.person_id, by=ana)
    late = Actor(person_id=ana.person_id, name="Ana", now=ana.now + UNDO_KEPT)
    assert undo(session, str(done.undo), by=late) is None


def test_act_on_what_was_shown_before_somebody_changed_it(session: Session, ana: Actor, ben: Actor) -> None:
    """Nothing is done, and it is said."""
    case = a_case(session)
    shown = case.version
    assign(session, [case.id], ben.person_id, by=ben)
    with pytest.raises(CaseChanged, match="Look at it again"):
        set_stage(session, [case.id], CaseStage.DONE, by=ana, seen={case.id: shown})
    assert case.stage is CaseStage.TODO


@pytest.mark.parametrize(
    ("stage", "views"),
    [
        (CaseStage.TODO, {QueueView.NOW, QueueView.UNASSIGNED, QueueView.OPEN}),
        (CaseStage.WAITING, {QueueView.WAITING, QueueView.OPEN}),
        (CaseStage.DONE, {QueueView.DONE}),
    ],
)
def test_stage_decides_the_view(session: Session, ana: Actor, stage: CaseStage, views: set[QueueView]) -> None:
    """Done work leaves the queue; what waits for the guest is neither to do nor done."""
    case = a_case(session)
    set_stage(session, [case.id], stage, by=ana)
    shown = {view for view in QueueView if view is not QueueView.ALL and queue_page(session, view).rows}
    assert shown == views
    counts = queue_counts(session)
    assert {view for view in shown if getattr(counts, view) == 1} == views


def test_snoozed_case_comes_back_by_itself(session: Session, ana: Actor) -> None:
    """Not before its time; and by hand at any."""
    case, other = a_case(session), a_case(session)
    snooze(session, [case.id, other.id], ana.now + HOUR, by=ana)
    assert queue_counts(session).now == 0
    wake(session, [other.id], by=ana)
    assert queue_counts(session).now == 1
    assert wake_due(session, now=ana.now + HOUR - timedelta(seconds=1)) == 0
    assert wake_due(session, now=ana.now + HOUR) == 1
    session.refresh(case)
    assert (case.snoozed_until, case.in_queue) == (None, True)
    assert told(session, case) == [("snoozed", "Ana"), ("woken", "")]


def test_snooze_into_the_past_is_refused(session: Session, ana: Actor) -> None:
    """It would come back at once."""
    with pytest.raises(BadValue, match="past"):
        snooze(session, [a_case(session).id], ana.now, by=ana)


def test_not_pursuing_takes_two(session: Session, ana: Actor, ben: Actor) -> None:
    """A reason, and somebody else who agrees; until then it rests."""
    case = a_case(session)
    with pytest.raises(BadValue, match="Say why"):
        ask_not_to_pursue(session, case.id, "  ", by=ana)
    with pytest.raises(BadValue, match="somebody else who agrees"):
        set_stage(session, [case.id], CaseStage.NOT_PURSUED, by=ana)
    with pytest.raises(CaseChanged):
        agree_not_to_pursue(session, case.id, by=ben)
    ask_not_to_pursue(session, case.id, "A competitor wrote it.", by=ana)
    assert queue_counts(session).now == 0
    with pytest.raises(BadValue, match="somebody else has to agree"):
        agree_not_to_pursue(session, case.id, by=ana)
    agree_not_to_pursue(session, case.id, by=ben)
    assert (case.stage, case.reason) == (CaseStage.NOT_PURSUED, "A competitor wrote it.")
    assert queue_counts(session).done == 1
    assert told(session, case) == [("approval_asked", "Ana"), ("approved", "Ben")]


def test_not_pursuing_is_sent_back(session: Session, ana: Actor, ben: Actor) -> None:
    """With a reason; then it is to do again."""
    case = a_case(session)
    ask_not_to_pursue(session, case.id, "Too long ago.", by=ana)
    refuse_not_to_pursue(session, case.id, "It is from last week.", by=ben)
    assert (case.approval_asked_at, case.in_queue) == (None, True)


def test_edited_review_is_to_do_again(session: Session, now: datetime, ana: Actor) -> None:
    """Whatever was done about the old wording: the guest says something else now."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    acts: list[Callable[[], Done]] = [
        lambda: set_stage(session, [case.id], CaseStage.DONE, by=ana),
        lambda: set_stage(session, [case.id], CaseStage.WAITING, by=ana, follow_up_at=now + DAY),
        lambda: snooze(session, [case.id], now + DAY, by=ana),
        lambda: ask_not_to_pursue(session, case.id, "Why not.", by=ana),
    ]
    for put_off in acts:
        put_off()
        body = f"Wording {case.version}."
        ingest(session, source.id, [an_item(body=body)], run_id=None, now=now + HOUR)
        session.refresh(case)
        rests = (case.snoozed_until, case.follow_up_at, case.approval_asked_at)
        assert (case.stage, case.in_queue, rests) == (CaseStage.TODO, True, (None, None, None))


def test_case_that_was_done_with_a_reply_is_open_without_it(session: Session, now: datetime, ana: Actor) -> None:
    """A reply that vanished from the source takes the work that rested on it along; other work stays done."""
    source = make_source(session)
    reply = OwnerReply(body="We are sorry.", author_name="The owner")
    ingest(session, source.id, [an_item(reply=reply)], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    set_stage(session, [case.id], CaseStage.DONE, by=ana)
    ingest(session, source.id, [an_item()], run_id=None, now=now + HOUR)
    assert _stage(session, case) is CaseStage.TODO
    set_stage(session, [case.id], CaseStage.DONE, by=ana)
    ingest(session, source.id, [an_item()], run_id=None, now=now + 2 * HOUR)
    assert _stage(session, case) is CaseStage.DONE


def _stage(session: Session, case: Case) -> CaseStage:
    session.refresh(case)
    return case.stage
