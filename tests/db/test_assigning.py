"""Rules give away what comes into the queue: the first that fits, once, and never over what a person decided."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.acting import Actor, undo
from db.assigning import Given, give_by_rules, waiting_statement
from db.assignment_rules import (
    ANY_RISK,
    KEPT,
    RULES_MOST,
    When,
    add_rule,
    change_rule,
    count_fits,
    delete_rule,
    list_rules,
    move_rule,
    restore_rule,
)
from db.case_acts import assign
from db.cases import move_cases, settle
from db.errors import BadValue
from db.models import AssignmentRule, Case, CaseEvent, CaseState, Location, Person, Review, Score, Source, StaffMail
from db.people import disable_person, set_access
from db.roles import Access, Role
from db.scores import set_may_judge
from db.session import session_scope
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source


class Desk:
    """Two places; Ana and Ben work at both, Cleo at the second alone, Vera may only read."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.here, self.there = make_location(session, name="Here"), make_location(session, name="There")
        self.sources = {place.id: make_source(session, location=place) for place in (self.here, self.there)}
        self.ana, self.ben = (self.person(name, Access(everywhere=Role.STAFF)) for name in ("Ana", "Ben"))
        self.cleo = self.person("Cleo", Access(at={self.there.id: Role.STAFF}))
        self.vera = self.person("Vera", Access(everywhere=Role.VIEWER))
        self.olivia = self.person("Olivia", Access(everywhere=Role.OWNER))

    def person(self, name: str, access: Access) -> Person:
        return make_person(self.session, name=name, access=access)

    def case(self, place: Location | None = None, *, score: dict[str, Any] | None = None, **columns: Any) -> Case:
        review = make_review(self.session, self.sources[(place or self.here).id])
        make_score(self.session, review, **(score or {}))
        return make_case(self.session, review, **({"is_flagged": True} | columns))


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def taker(session: Session, case: Case) -> str | None:
    session.expire_all()
    return case.assignee.name if case.assignee else None


def test_first_rule_that_fits_gives_the_case_away_and_says_so(session: Session, desk: Desk, now: datetime) -> None:
    """By Amends itself, with the rule as it was then; whoever got it hears of it by mail."""
    add_rule(session, When(location_id=desk.there.id), [desk.cleo.id], now=now)
    add_rule(session, When(location_id=desk.here.id, topic="waiting", least="angry"), [desk.ana.id], now=now)
    add_rule(session, When(), [desk.ben.id], now=now)
    cases = [desk.case(), desk.case(desk.there), desk.case(score={"topics": []}), desk.case(is_flagged=False)]
    assert give_by_rules(session, now=now) == Given(looked_at=3, given=3)
    assert [taker(session, case) for case in cases] == ["Ana", "Cleo", "Ben", None]
    event = session.scalars(select(CaseEvent).where(CaseEvent.case_id == cases[0].id)).one()
    rule = {"place": "Here", "topic": "waiting", "risk": "", "least": "angry"}
    assert (event.person_id, event.kind) == (None, "assigned")
    assert event.facts == {"to_id": desk.ana.id, "to_name": "Ana", "rule": rule}
    mail = session.scalars(select(StaffMail).where(StaffMail.case_id == cases[0].id)).one()
    assert (mail.person_id, mail.facts) == (desk.ana.id, {"to_id": desk.ana.id, "rule": rule})
    assert cases[0].version == 1
    assert give_by_rules(session, now=now) == Given(looked_at=0, given=0)


@pytest.mark.parametrize(
    ("when", "score", "columns", "is_given"),
    [
        (When(least="angry"), {"anger_level": "furious"}, {}, True),
        (When(least="angry"), {"anger_level": "annoyed"}, {}, False),
        (When(least="furious"), {"anger_level": "angry"}, {}, False),
        (When(least="angry"), {"anger_level": "calm"}, {"said_angry": True}, True),
        (When(least="furious"), {"anger_level": "furious"}, {"said_angry": True}, True),
        (When(least="annoyed"), {"anger_level": "furious"}, {"said_angry": False, "is_risky": True}, False),
        (When(topic="staff"), {}, {}, False),
        (When(risk="allergy"), {"risks": [{"risk": "allergy"}]}, {}, True),
        (When(risk="allergy"), {"risks": [{"risk": "legal"}]}, {}, False),
        (When(risk=ANY_RISK), {"risks": [{"risk": "legal"}]}, {}, True),
        (When(risk=ANY_RISK), {}, {}, False),
        (When(risk="legal", topic="waiting"), {"risks": [{"risk": "legal"}]}, {}, True),
    ],
)
def test_all_that_a_rule_names_must_hold(
    session: Session,
    desk: Desk,
    now: datetime,
    when: When,
    score: dict[str, Any],
    columns: dict[str, Any],
    is_given: bool,
) -> None:
    """People's word on the anger goes before the model's. The preview counts by the same rule."""
    case = desk.case(score=score, **columns)
    case.in_queue = True
    add_rule(session, when, [desk.ana.id], now=now)
    assert [fits.count for fits in count_fits(session, [when])] == [int(is_given)]
    assert give_by_rules(session, now=now) == Given(looked_at=1, given=int(is_given))
    assert taker(session, case) == ("Ana" if is_given else None)


def test_what_people_decided_stays(session: Session, desk: Desk, now: datetime) -> None:
    """Given by hand, or given back by hand: no rule touches it. What is taken back waits for the rules again."""
    by = Actor(person_id=desk.olivia.id, name="Olivia", now=now)
    given, freed, undone = desk.case(), desk.case(), desk.case()
    assign(session, [given.id], desk.ben.id, by=by)
    assign(session, [freed.id], desk.ben.id, by=by)
    assign(session, [freed.id], None, by=by)
    step = assign(session, [undone.id], desk.ben.id, by=by)
    add_rule(session, When(), [desk.ana.id], now=now)
    assert give_by_rules(session, now=now).given == 0
    assert undo(session, step.undo or "", by=by) is not None
    assert give_by_rules(session, now=now).given == 1
    assert [taker(session, case) for case in (given, freed, undone)] == ["Ben", None, "Ana"]


def test_cases_of_before_the_rules_are_left_alone(session: Session, desk: Desk, now: datetime) -> None:
    """Without a rule they were looked at all the same."""
    case = desk.case()
    assert give_by_rules(session, now=now) == Given(looked_at=1, given=0)
    add_rule(session, When(), [desk.ana.id], now=now)
    assert give_by_rules(session, now=now).looked_at == 0
    assert taker(session, case) is None


def test_case_that_comes_back_is_looked_at_again(session: Session, desk: Desk, now: datetime) -> None:
    """Reworded, or its answer gone. One that somebody has stays theirs, and one that waits for its score waits on."""
    cases = [desk.case(), desk.case(), desk.case()]
    give_by_rules(session, now=now)
    add_rule(session, When(), [desk.ana.id], now=now)
    cases[2].assignee_id = desk.ben.id
    session.flush()
    review = session.get_one(Review, cases[0].review_id)
    review.content_hash = "another wording"
    session.flush()
    move_cases(session, [cases[0].review_id, cases[2].review_id], CaseState.OPEN, now=now, is_reworded=True)
    move_cases(session, [cases[1].review_id], CaseState.ANSWERED, now=now)
    move_cases(session, [cases[1].review_id], CaseState.OPEN, now=now)
    assert give_by_rules(session, now=now).given == 1
    assert [taker(session, case) for case in cases] == [None, "Ana", "Ben"]
    session.get_one(Score, review.id).content_hash = review.content_hash
    session.flush()
    assert give_by_rules(session, now=now).given == 1
    assert taker(session, cases[0]) == "Ana"


def test_review_that_no_model_may_read_counts_as_angry(session: Session, desk: Desk, now: datetime) -> None:
    """As for its clock; it has no topic and no risk."""
    source = session.get_one(Source, desk.sources[desk.here.id].id)
    case = make_case(session, make_review(session, source, stars=1.0))
    set_may_judge(session, source.id, may_judge=False)
    settle(session, [case.review_id])
    add_rule(session, When(topic="waiting"), [desk.ben.id], now=now)
    add_rule(session, When(least="angry"), [desk.ana.id], now=now)
    assert give_by_rules(session, now=now).given == 1
    assert taker(session, case) == "Ana"


def test_several_take_turns_and_who_is_gone_is_passed_over(session: Session, desk: Desk, now: datetime) -> None:
    """Cleo does not work here, Ben is shut out later; a rule with nobody left lets the next one try."""
    add_rule(session, When(), [desk.ana.id, desk.ben.id, desk.cleo.id], now=now)
    cases = [desk.case() for _ in range(4)]
    give_by_rules(session, now=now)
    assert [taker(session, case) for case in cases] == ["Ana", "Ben", "Ana", "Ben"]
    disable_person(session, desk.ben)
    (rule,) = list_rules(session)
    assert [(one.name, one.is_able) for one in rule.takers] == [("Ana", True), ("Ben", False), ("Cleo", True)]
    set_access(session, desk.ana, Access(everywhere=Role.VIEWER))
    add_rule(session, When(), [desk.olivia.id], now=now)
    last, there = desk.case(), desk.case(desk.there)
    give_by_rules(session, now=now)
    assert [taker(session, case) for case in (last, there)] == ["Olivia", "Cleo"]
    set_access(session, desk.cleo, Access())
    assert [rule.is_skipped for rule in list_rules(session)] == [True, False]


def test_rules_are_moved_among_those_one_may_change(session: Session, desk: Desk, now: datetime) -> None:
    """The others keep their place."""
    ids = [add_rule(session, When(topic=topic), [desk.ana.id], now=now) for topic in ("staff", "price", "waiting")]

    def order() -> list[str]:
        return [rule.when.topic for rule in list_rules(session)]

    move_rule(session, ids[2], up=True, among=ids)
    assert order() == ["staff", "waiting", "price"]
    move_rule(session, ids[0], up=False, among=[ids[0], ids[1]])
    assert order() == ["price", "waiting", "staff"]
    move_rule(session, ids[1], up=True, among=ids)
    move_rule(session, ids[1], up=False, among=[ids[0]])
    assert order() == ["price", "waiting", "staff"]


def test_deleted_rule_gives_nothing_and_comes_back_to_its_place(session: Session, desk: Desk, now: datetime) -> None:
    """For a minute."""
    first, second = (add_rule(session, When(topic=topic), [desk.ana.id], now=now) for topic in ("waiting", "price"))
    assert delete_rule(session, first, now=now)
    assert not delete_rule(session, first, now=now)
    case = desk.case()
    give_by_rules(session, now=now)
    assert taker(session, case) is None
    assert restore_rule(session, first, now=now + KEPT / 2)
    assert [rule.id for rule in list_rules(session)] == [first, second]
    delete_rule(session, first, now=now)
    assert not restore_rule(session, first, now=now + KEPT)
    add_rule(session, When(), [desk.ana.id], now=now + 2 * KEPT)
    assert session.get(AssignmentRule, first) is None


def test_rule_names_those_who_work_there(session: Session, desk: Desk, now: datetime) -> None:
    """Somebody at least, and nobody who may only read; and there is an end to how many there may be."""
    for people in ([], [desk.vera.id], [desk.cleo.id], [desk.ana.id, desk.vera.id], [4711]):
        with pytest.raises(BadValue):
            add_rule(session, When(location_id=desk.here.id), people, now=now)
    rule = add_rule(session, When(), [desk.cleo.id], now=now)
    with pytest.raises(BadValue):
        change_rule(session, rule, When(location_id=desk.here.id), [desk.cleo.id])
    session.refresh(session.get_one(AssignmentRule, rule))
    change_rule(session, rule, When(location_id=desk.there.id, topic="price"), [desk.ben.id])
    assert [(one.when.topic, [taker.name for taker in one.takers]) for one in list_rules(session)] == [
        ("price", ["Ben"])
    ]
    for _ in range(RULES_MOST - 1):
        add_rule(session, When(), [desk.ana.id], now=now)
    with pytest.raises(BadValue, match="50 rules"):
        add_rule(session, When(), [desk.ana.id], now=now)


def test_preview_counts_what_a_rule_fits_and_what_an_earlier_one_takes(session: Session, desk: Desk) -> None:
    """Of the queue, at the places of whoever looks."""
    for place, level in ((desk.here, "furious"), (desk.here, "angry"), (desk.there, "angry")):
        desk.case(place, score={"anger_level": level})
    desk.case(score={"anger_level": "calm"}, is_flagged=False)
    rules = [When(location_id=desk.here.id), When(least="angry"), When(least="furious")]
    assert [(fits.count, fits.earlier) for fits in count_fits(session, rules)] == [(2, 0), (3, 2), (1, 1)]
    there = count_fits(session, rules, places=[desk.there.id])
    assert [(fits.count, fits.earlier, fits.of, fits.is_all) for fits in there] == [
        (0, 0, 1, True),
        (1, 0, 1, True),
        (0, 0, 1, True),
    ]
    assert count_fits(session, []) == []


def test_workers_at_the_same_time_give_each_case_once(engine: Engine, now: datetime) -> None:
    """Four of them at forty cases, with two people in turn: nobody gets one twice, and the turns are fair."""
    with session_scope(engine) as session:
        desk = Desk(session)
        add_rule(session, When(), [desk.ana.id, desk.ben.id], now=now)
        for _ in range(40):
            desk.case()
    given: list[int] = []

    def work() -> None:
        while True:
            with session_scope(engine) as session:
                done = give_by_rules(session, now=now + timedelta(seconds=1), limit=7)
            if not done.looked_at:
                return
            given.append(done.given)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(given) == 40
    with session_scope(engine) as session:
        events = session.scalars(select(CaseEvent).where(CaseEvent.kind == "assigned")).all()
        assert len(events) == len({event.case_id for event in events}) == 40
        assert Counter(event.facts["to_name"] for event in events) == {"Ana": 20, "Ben": 20}
        assert len(session.scalars(select(StaffMail)).all()) == 40
        assert session.execute(waiting_statement()).all() == []
