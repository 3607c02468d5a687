"""Tries in the practice room, and what the answers of one person miss, practised and submitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.practising import end_attempt, ended_attempt, ended_attempts, keep_attempt, open_attempt, standings
from db.queries.missed import practised, submitted
from db.replies import REPLY_MOST, reply_of, save_words
from db.reply_flow import send_back, submit
from tests.factories import make_case, make_person, make_review


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=now)


@pytest.fixture
def ben(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=now)


def failed(*checks: str, severity: str = "warn") -> list[dict[str, Any]]:
    override = "approver" if severity == "block" else "author"
    return [{"check": one, "severity": severity, "override": override, "outcome": "failed"} for one in checks]


def ended(session: Session, key: str, by: Actor, *checks: str) -> int:
    seen = keep_attempt(session, key, f"Sorry {by.now}.", seen=0, by=by)
    return end_attempt(session, key, seen=seen, findings=failed(*checks), passed=["S03"], by=by)


def test_try_is_kept_ended_and_begun_again(session: Session, ana: Actor, ben: Actor) -> None:
    """One is open at a time, of one person; after its end the next number begins, and both stay to be read."""
    assert keep_attempt(session, "hotel-1", "So\r\n", seen=0, by=ana) == 1
    assert keep_attempt(session, "hotel-1", "Sorry", seen=1, by=ana) == 2
    assert keep_attempt(session, "hotel-1", "Sorry", seen=1, by=ana) == 2, "the same again changes nothing"
    assert open_attempt(session, "hotel-1", person_id=ben.person_id) is None
    assert standings(session, person_id=ana.person_id)["hotel-1"].is_open
    assert end_attempt(session, "hotel-1", seen=2, findings=failed("S02"), passed=["S03"], by=ana) == 1
    assert ended(session, "hotel-1", ana) == 2
    one = standings(session, person_id=ana.person_id)["hotel-1"]
    assert (one.done, one.last_number, one.last_failed, one.is_open) == (2, 2, 0, False)
    assert [attempt.number for attempt in ended_attempts(session, "hotel-1", person_id=ana.person_id)] == [2, 1]
    first = ended_attempt(session, "hotel-1", 1, person_id=ana.person_id)
    assert first is not None
    assert (first.body, first.passed) == ("Sorry", ["S03"])
    assert ended_attempt(session, "hotel-1", 1, person_id=ben.person_id) is None
    assert standings(session, person_id=ben.person_id) == {}


def test_another_page_is_not_written_over(session: Session, ana: Actor) -> None:
    """Whoever has not seen the present words is told; so are an empty answer, a book, and one that was ended."""
    keep_attempt(session, "app-1", "At the desk", seen=0, by=ana)
    for seen in (0, 4):
        with pytest.raises(CaseChanged, match="on another page"):
            keep_attempt(session, "app-1", "On the phone", seen=seen, by=ana)
    with pytest.raises(CaseChanged):
        end_attempt(session, "app-1", seen=7, findings=[], passed=[], by=ana)
    with pytest.raises(BadValue, match="too long"):
        keep_attempt(session, "app-1", "x" * (REPLY_MOST + 1), seen=1, by=ana)
    assert keep_attempt(session, "app-1", " \n", seen=1, by=ana) == 2
    with pytest.raises(BadValue, match="Write one first"):
        end_attempt(session, "app-1", seen=2, findings=[], passed=[], by=ana)
    with pytest.raises(CaseChanged):
        end_attempt(session, "app-2", seen=0, findings=[], passed=[], by=ana)
    keep_attempt(session, "app-1", "Sorry", seen=2, by=ana)
    end_attempt(session, "app-1", seen=3, findings=[], passed=[], by=ana)
    with pytest.raises(CaseChanged):
        keep_attempt(session, "app-1", "More", seen=3, by=ana)


def test_only_what_came_first_counts(session: Session, ana: Actor, ben: Actor, now: datetime) -> None:
    """The first try at a case; the first time an answer was submitted, whoever mends it later, and of one person."""
    ended(session, "hotel-1", ana, "S02", "W05")
    ended(session, "hotel-1", replace(ana, now=now + timedelta(hours=1)), "B06")
    ended(session, "hotel-2", replace(ana, now=now + timedelta(hours=2)))
    keep_attempt(session, "hotel-3", "still open", seen=0, by=ana)
    ended(session, "hotel-1", ben, "B01")
    found = practised(session, person_id=ana.person_id, most=10)
    assert [sorted(one.failed) for one in found] == [[], ["S02", "W05"]]
    assert len(practised(session, person_id=ana.person_id, most=1)) == 1

    for checks, lift in ((["B06"], "A quotation."), (["W04"], "")):
        case = make_case(session, make_review(session), is_flagged=True)
        saved = save_words(session, case.id, "Sorry that you waited.", seen=0, by=ana)
        findings = failed(*checks, severity="block" if lift else "warn")
        submit(session, case.id, seen=saved.version, findings=findings, by=ana, lift_reason=lift)
    reply = reply_of(session, case.id)
    assert reply is not None
    send_back(session, case.id, "Too much.", seen=reply.version, by=ben)
    session.refresh(reply)
    submit(session, case.id, seen=reply.version, findings=[], by=ana)
    found = submitted(session, person_id=ana.person_id, most=10)
    assert [(sorted(one.failed), one.asked_to_lift) for one in found] == [(["W04"], False), (["B06"], True)]
    assert submitted(session, person_id=ben.person_id, most=10) == []
