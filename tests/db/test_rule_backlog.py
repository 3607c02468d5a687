"""A rule on what waited before it: what nobody has and no earlier rule takes, in turn, and all of it back at once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor, undo
from db.assignment_rules import When, add_rule, count_fits
from db.case_acts import assign
from db.models import Case, CaseEvent, Location, StaffMail
from db.people import disable_person
from db.roles import Access, Role
from db.rule_backlog import backlog, give_backlog
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source

RISK = [{"risk": "legal", "probability": 1.0, "origin": "rule", "evidence": ""}]


def test_waiting_cases_are_given_in_turn_and_taken_back_together(session: Session, now: datetime) -> None:
    """Not what somebody has, is done or lies elsewhere; whoever was given one by hand meanwhile keeps it."""
    here, there = make_location(session, name="Here"), make_location(session, name="There")
    ana, ben = (make_person(session, name=name, access=Access(everywhere=Role.STAFF)) for name in ("Ana", "Ben"))
    olivia = make_person(session, name="Olivia", access=Access(everywhere=Role.OWNER))
    owner = Actor(person_id=olivia.id, name="Olivia", now=now)
    his = {"assignee_id": ben.id}
    others: list[tuple[Location, dict[str, Any]]] = [(here, his), (there, {}), (here, {"in_queue": False})]
    cases = []
    for place, columns in ((here, {}), (here, {}), *others):
        review = make_review(session, make_source(session, location=place))
        make_score(session, review)
        cases.append(make_case(session, review, **({"is_flagged": True, "awaits_rule": False} | columns)))
    rule = add_rule(session, When(least="angry"), [ana.id, ben.id], now=now)
    assert backlog(session, rule, places=None, now=now).count == 3
    assert backlog(session, rule, places=[here.id], now=now).count == 2
    assert count_fits(session, [When(least="angry")])[0].free == 3
    done = give_backlog(session, rule, places=[here.id], by=owner)
    session.expire_all()
    assert done.changed == 2
    assert Counter(case.assignee_id for case in cases) == {ana.id: 1, ben.id: 2, None: 2}
    assert {mail.person_id for mail in session.scalars(select(StaffMail))} == {ana.id, ben.id}
    told = list(session.scalars(select(CaseEvent.facts).where(CaseEvent.kind == "assigned")))
    assert [facts["rule"]["least"] for facts in told] == ["angry", "angry"]
    assert backlog(session, rule, places=[here.id], now=now).count == 0
    assert give_backlog(session, rule, places=[here.id], by=owner).undo is None
    kept = next(case for case in cases[:2] if case.assignee_id == ana.id)
    assign(session, [kept.id], ben.id, by=Actor(person_id=ana.id, name="Ana", now=now))
    undone = undo(session, done.undo or "", by=owner)
    session.expire_all()
    assert undone is not None
    assert (undone.changed, undone.kept) == (1, 1)
    assert [case.assignee_id for case in cases[:2] if case is not kept] == [None]
    assert kept.assignee_id == ben.id


def test_earlier_rules_come_first_where_they_have_somebody(session: Session, now: datetime) -> None:
    """What fits both is left to the first while somebody of it works there; a rule that is gone has nothing to give."""
    ana, ben = (make_person(session, name=name, access=Access(everywhere=Role.STAFF)) for name in ("Ana", "Ben"))
    for risks in (RISK, []):
        review = make_review(session)
        make_score(session, review, risks=risks)
        make_case(session, review, is_flagged=True)
    first = add_rule(session, When(risk="legal"), [ana.id], now=now)
    second = add_rule(session, When(), [ben.id], now=now)
    wheres = [When(risk="legal"), When()]
    assert [found.free for found in count_fits(session, wheres)] == [1, 1]
    assert [backlog(session, rule, places=None, now=now).count for rule in (first, second, 99)] == [1, 1, 0]
    disable_person(session, ana)
    session.expire_all()
    assert [backlog(session, rule, places=None, now=now).count for rule in (first, second)] == [0, 2]
    by = Actor(person_id=ben.id, name="Ben", now=now)
    assert give_backlog(session, second, places=None, by=by).changed == 2
    assert session.scalars(select(StaffMail)).all() == [], "who gives something to themselves knows of it"
    assert set(session.scalars(select(Case.assignee_id))) == {ben.id}
