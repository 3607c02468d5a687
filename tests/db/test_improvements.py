"""Improvement actions: opened, changed, closed, taken back; who hears of them; and what erasing takes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.absences import add_absence
from db.acting import UNDO_KEPT, Actor
from db.causes import add_cause, retire_cause
from db.erasing import erase
from db.errors import BadValue, CaseChanged
from db.improvements import (
    Plan,
    change_improvement,
    move_improvement,
    note_work,
    open_improvement,
    take_back,
)
from db.mail_contents import ImprovementContent, content_of
from db.models import (
    ErasedFor,
    Improvement,
    ImprovementChange,
    ImprovementState,
    ImprovementStep,
    MailKind,
    Person,
    StaffMail,
)
from db.outbox import MAILED_AFTER, claim_mail
from db.queries.improvements import improvement_row, open_for, steps_of
from db.roles import Access, Role
from tests.factories import make_case, make_location, make_person, make_review, make_source

DUE = date(2026, 12, 1)


@dataclass
class Desk:
    """A place with its approver and one who works there, and an action for them."""

    session: Session
    now: datetime

    def __post_init__(self) -> None:
        self.place = make_location(self.session, timezone="Europe/Madrid")
        self.cause = add_cause(self.session, "Waiting", words={}, now=self.now)
        self.ana = make_person(self.session, name="Ana")
        self.ben = self.works_here("Ben")
        self.by = Actor(person_id=self.ana.id, name="Ana", now=self.now)

    def works_here(self, name: str) -> Person:
        return make_person(self.session, name=name, access=Access(at={self.place.id: Role.STAFF}))

    def plan(self, **more: object) -> Plan:
        return replace(Plan(title="More hands", owner_id=self.ben.id, due_on=DUE), **more)  # type: ignore[arg-type]

    def opened(self) -> Improvement:
        return open_improvement(self.session, self.place.id, self.cause.id, self.plan(), by=self.by)

    def mailed(self) -> list[int]:
        return list(self.session.scalars(select(StaffMail.person_id).where(StaffMail.kind == MailKind.IMPROVEMENT)))

    def kinds(self, one: Improvement) -> list[ImprovementChange]:
        return [step.kind for step in steps_of(self.session, one.id)]


@pytest.fixture
def desk(session: Session, now: datetime) -> Desk:
    return Desk(session, now)


def test_an_action_goes_its_way_and_tells_each_step(desk: Desk) -> None:
    """Opened, noted, done since a day, open again, dropped: the history has the way back of each."""
    one = desk.opened()
    session, by = desk.session, desk.by
    assert note_work(session, one.id, " Found two.\r\n", seen=0, by=by)
    assert not note_work(session, one.id, "Found two.", seen=1, by=by)
    assert move_improvement(session, one.id, ImprovementState.DONE, done_on=date(2026, 11, 20), seen=1, by=by)
    assert open_for(session, desk.place.id, desk.cause.id) == []
    with pytest.raises(BadValue, match="no longer open"):
        change_improvement(session, one.id, desk.plan(title="Other"), seen=2, by=by)
    assert move_improvement(session, one.id, ImprovementState.OPEN, seen=2, by=by)
    assert one.done_on is None
    assert move_improvement(session, one.id, ImprovementState.DROPPED, seen=3, by=by)
    row = improvement_row(session, one.id)
    assert row is not None
    assert (row.state, row.work, row.version) == (ImprovementState.DROPPED, "Found two.", 4)
    found = [ImprovementChange(name) for name in ("dropped", "reopened", "done", "noted", "opened")]
    assert desk.kinds(one) == found


def test_last_step_is_taken_back_by_whoever_took_it(desk: Desk) -> None:
    """Soon, and not after somebody else; one that was just opened is gone with its mail."""
    session, by = desk.session, desk.by
    one = desk.opened()
    move_improvement(session, one.id, ImprovementState.DONE, seen=0, by=by)
    assert str(one.done_on) == "2026-11-22"
    with pytest.raises(CaseChanged, match="no longer"):
        take_back(session, one.id, seen=1, by=replace(by, person_id=desk.ben.id))
    with pytest.raises(CaseChanged, match="no longer"):
        take_back(session, one.id, seen=1, by=replace(by, now=by.now + UNDO_KEPT + timedelta(seconds=1)))
    assert take_back(session, one.id, seen=1, by=by)
    assert (one.state, one.done_on, one.version) == (ImprovementState.OPEN, None, 2)
    with pytest.raises(CaseChanged, match="no longer"):
        take_back(session, one.id, seen=2, by=by)
    change_improvement(session, one.id, desk.plan(title="Fewer tables", due_on=DUE + timedelta(1)), seen=2, by=by)
    assert take_back(session, one.id, seen=3, by=by)
    assert (one.title, one.due_on) == ("More hands", DUE)
    other = desk.opened()
    assert len(desk.mailed()) == 2
    assert not take_back(session, other.id, seen=0, by=by)
    assert len(desk.mailed()) == 1
    assert session.scalars(select(ImprovementStep).where(ImprovementStep.improvement_id == other.id)).all() == []


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        ({"title": "  "}, "shall change"),
        ({"title": "x" * 201}, "200"),
        ({"due_on": date(2026, 11, 21)}, "still to come"),
        ({"owner_id": 4711}, "works here"),
    ],
)
def test_what_cannot_be_done_is_refused(desk: Desk, spoilt: dict[str, object], words: str) -> None:
    """Nothing is stored."""
    plan = desk.plan(**spoilt)
    with pytest.raises(BadValue, match=words):
        open_improvement(desk.session, desk.place.id, desk.cause.id, plan, by=desk.by)
    assert desk.session.scalars(select(Improvement)).all() == []


def test_faster_hands_and_odd_days_are_refused(desk: Desk) -> None:
    """What somebody else has changed is not overwritten; nothing works since tomorrow."""
    one = desk.opened()
    with pytest.raises(BadValue, match="ahead"):
        move_improvement(desk.session, one.id, ImprovementState.DONE, done_on=date(2026, 11, 23), seen=0, by=desk.by)
    note_work(desk.session, one.id, "Found one.", seen=0, by=desk.by)
    with pytest.raises(CaseChanged, match="Somebody else"):
        note_work(desk.session, one.id, "Found two.", seen=0, by=desk.by)
    stranger = make_person(desk.session, access=Access()).id
    with pytest.raises(BadValue, match="works here"):
        change_improvement(desk.session, one.id, desk.plan(owner_id=stranger), seen=1, by=desk.by)
    retire_cause(desk.session, desk.cause.id, now=desk.now)
    with pytest.raises(BadValue, match="no more"):
        desk.opened()


def test_owner_hears_of_it_and_their_deputy_while_they_are_away(desk: Desk) -> None:
    """Nobody of what they took themselves, nor of what is somebody else's or closed by the time it is sent."""
    session, by = desk.session, desk.by
    one = desk.opened()
    assert desk.mailed() == [desk.ben.id]
    change_improvement(session, one.id, desk.plan(owner_id=desk.ana.id), seen=0, by=by)
    assert desk.mailed() == []
    cleo = desk.works_here("Cleo")
    day = by.now.date()
    add_absence(session, desk.ben.id, cleo.id, from_on=day, until_on=day, now=by.now)
    change_improvement(session, one.id, desk.plan(), seen=1, by=by)
    assert desk.mailed() == [cleo.id]
    due = by.now + MAILED_AFTER
    claimed = claim_mail(session, now=due)
    assert claimed is not None
    mail = content_of(session, claimed)
    assert mail is not None
    assert isinstance(mail.content, ImprovementContent)
    assert (mail.name, mail.absent, mail.content.row.title, mail.content.by) == ("Cleo", ("Ben",), "More hands", "Ana")
    move_improvement(session, one.id, ImprovementState.DROPPED, seen=2, by=by)
    assert content_of(session, claimed) is None


def test_erasing_masks_its_writer_in_the_words_of_their_place(desk: Desk) -> None:
    """In the action and in its history; elsewhere and for the platform's terms it stays."""
    session, by = desk.session, desk.by
    review = make_review(session, make_source(session, location=desk.place), author_name="Marta Ferri")
    make_case(session, review)
    one = desk.opened()
    note_work(session, one.id, "MARTA FERRI told us; Marta Ferrini did not.", seen=0, by=by)
    change_improvement(session, one.id, desk.plan(title="No queue as Marta Ferri had"), seen=1, by=by)
    erase(session, [review.id], ErasedFor.REQUEST, now=by.now)
    session.expire_all()
    assert one.title == "No queue as […] had"
    assert one.work == "[…] told us; Marta Ferrini did not."
    kept = str([(step.before, step.after) for step in steps_of(session, one.id)])
    assert "Marta Ferri " not in kept
    assert "MARTA" not in kept
