"""Who is away and who stands in: by the calendar of each place, as many as are away, and nobody twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.absences import Absences, add_absence, coming_absences, end_absence
from db.acting import Actor
from db.assigning import give_by_rules
from db.assignment_rules import When, add_rule
from db.case_acts import assign
from db.clocks import set_stale
from db.deputies import away_here
from db.errors import BadValue
from db.escalations import take_due_steps
from db.models import Absence, Case, CaseEvent, MailKind, Person, StaffMail
from db.notes import edit_note, write_note
from db.people import disable_person
from db.queries.queue import QueueView, Reader, queue_counts, queue_page
from db.roles import Access, Role
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source

SUNDAY = date(2026, 11, 22)  # the day of `now`
DAY = timedelta(days=1)


class Desk:
    """A place in UTC where Ana, Ben and Cleo work, and Omar who owns it; Dora works elsewhere."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.place = make_location(session, name="Lanterna")
        here = Access(at={self.place.id: Role.STAFF})
        self.ana, self.ben, self.cleo = (
            make_person(session, name=name, access=here) for name in ("Ana", "Ben", "Cleo")
        )
        self.dora = make_person(session, name="Dora", access=Access(at={make_location(session).id: Role.STAFF}))
        self.omar = make_person(session, name="Omar")
        self.source = make_source(session, location=self.place)

    def away(self, who: Person, deputy: Person | None, first: date = SUNDAY, last: date = SUNDAY) -> None:
        add_absence(self.session, who.id, deputy.id if deputy else None, from_on=first, until_on=last, now=self.now)

    def case(self, **columns: object) -> Case:
        review = make_review(self.session, self.source)
        make_score(self.session, review, anger_level="furious")
        return make_case(self.session, review, **({"is_flagged": True} | columns))

    def mailed(self, kind: MailKind) -> list[tuple[str, str]]:
        """(to whom, for whom) of the mails that wait."""
        found = self.session.scalars(select(StaffMail).where(StaffMail.kind == kind).order_by(StaffMail.id))
        return [(self.session.get_one(Person, one.person_id).name, one.facts.get("for", "")) for one in found]


@pytest.fixture
def desk(session: Session, now: datetime) -> Desk:
    return Desk(session, now)


def test_days_count_by_the_calendar_of_the_place(session: Session, desk: Desk, now: datetime) -> None:
    """At noon of Sunday in UTC it is Monday in Auckland and still Sunday in Honolulu; the last day counts."""
    desk.away(desk.ana, desk.ben)
    absences = Absences(session, now=now)
    zones = ("UTC", "Pacific/Auckland", "Pacific/Honolulu", "no zone at all")
    assert [absences.acting(desk.ana.id, zone) for zone in zones] == [
        desk.ben.id,
        desk.ana.id,
        desk.ben.id,
        desk.ben.id,
    ]
    assert Absences(session, now=now + DAY).acting(desk.ana.id, "Pacific/Honolulu") == desk.ana.id
    assert Absences(session, now=now - DAY).acting(desk.ana.id, "Pacific/Auckland") == desk.ben.id
    assert not Absences(session, now=now + 9 * DAY)


def test_deputy_who_is_away_has_a_deputy(session: Session, desk: Desk, now: datetime) -> None:
    """As many are asked as are away. One who was shut out is none, and without one nobody acts."""
    desk.away(desk.ana, desk.ben, last=SUNDAY + DAY)
    desk.away(desk.ben, desk.cleo)
    assert Absences(session, now=now).acting(desk.ana.id, "UTC") == desk.cleo.id
    assert Absences(session, now=now + DAY).acting(desk.ana.id, "UTC") == desk.ben.id
    assert [one.name for one in Absences(session, now=now).stood_in_by(desk.cleo.id)] == ["Ben", "Ana"]
    assert Absences(session, now=now).stood_in_by(desk.ben.id) == []
    disable_person(session, desk.cleo)
    session.expire_all()
    assert Absences(session, now=now).acting(desk.ana.id, "UTC") is None


def test_nobody_stands_in_for_themselves(session: Session, desk: Desk, now: datetime) -> None:
    """Neither directly nor by a circle; one that two people enter at the same moment ends with nobody."""
    with pytest.raises(BadValue, match="circle"):
        desk.away(desk.ana, desk.ana)
    desk.away(desk.ben, desk.cleo)
    desk.away(desk.cleo, desk.ana, last=SUNDAY + DAY)
    with pytest.raises(BadValue, match="circle"):
        desk.away(desk.ana, desk.ben, first=SUNDAY - DAY)
    desk.away(desk.ana, desk.ben, first=SUNDAY + DAY, last=SUNDAY + DAY)  # Ben is back by then
    session.add(Absence(person_id=desk.ana.id, deputy_id=desk.ben.id, from_on=SUNDAY, until_on=SUNDAY, made_at=now))
    session.flush()
    assert [Absences(session, now=now).acting(one.id, "UTC") for one in (desk.ana, desk.ben, desk.cleo)] == [None] * 3


def test_days_that_cannot_be_are_refused(session: Session, desk: Desk, now: datetime) -> None:
    """Past, turned round, too many, or entered already; and what was taken off is gone."""
    for first, last, words in (
        (SUNDAY + DAY, SUNDAY, "before the first"),
        (SUNDAY - 3 * DAY, SUNDAY - 2 * DAY, "past"),
        (SUNDAY, SUNDAY + 400 * DAY, "more than a year"),
    ):
        with pytest.raises(BadValue, match=words):
            desk.away(desk.ana, desk.ben, first, last)
    desk.away(desk.ana, None, SUNDAY + 3 * DAY, SUNDAY + 5 * DAY)
    with pytest.raises(BadValue, match="already"):
        desk.away(desk.ana, None, SUNDAY + 5 * DAY, SUNDAY + 9 * DAY)
    desk.away(desk.ana, desk.ben, SUNDAY, SUNDAY + 2 * DAY)
    (soon, later) = coming_absences(session, [desk.ana.id, desk.ben.id], now=now)[desk.ana.id]
    assert (soon.deputy_name, later.deputy_name, later.from_on) == ("Ben", "", SUNDAY + 3 * DAY)
    assert end_absence(session, desk.ben.id, soon.id) is None
    assert end_absence(session, desk.ana.id, soon.id) == soon
    assert coming_absences(session, [desk.ana.id], now=now)[desk.ana.id] == [later]


def test_rule_gives_the_share_of_whoever_is_away_to_who_stands_in(session: Session, desk: Desk, now: datetime) -> None:
    """The case says for whom. Where nobody stands in who works there, the rule is passed over."""
    add_rule(session, When(), [desk.ana.id], now=now)
    add_rule(session, When(), [desk.cleo.id], now=now)
    desk.away(desk.ana, desk.ben)
    case = desk.case()
    give_by_rules(session, now=now)
    event = session.scalars(select(CaseEvent)).one()
    assert (event.facts["to_name"], event.facts["for"]) == ("Ben", "Ana")
    assert desk.mailed(MailKind.ASSIGNED) == [("Ben", "Ana")]
    session.expire_all()
    assert case.assignee_id == desk.ben.id
    (away,) = coming_absences(session, [desk.ana.id], now=now)[desk.ana.id]
    end_absence(session, desk.ana.id, away.id)
    desk.away(desk.ana, desk.dora)
    second = desk.case()
    give_by_rules(session, now=now)
    session.expire_all()
    assert second.assignee_id == desk.cleo.id


def test_mails_go_to_who_stands_in(session: Session, desk: Desk, now: datetime) -> None:
    """Of notes and of cases that are given; never of what they did themselves, and not where they may not read."""
    omar, ben = (Actor(person_id=one.id, name=one.name, now=now) for one in (desk.omar, desk.ben))
    desk.away(desk.ana, desk.ben)
    desk.away(desk.cleo, desk.dora)
    case = desk.case()
    note_id = write_note(session, case.id, "@Ana @Cleo", [desk.ana.id, desk.cleo.id], by=omar)
    assert desk.mailed(MailKind.MENTION) == [("Cleo", ""), ("Ben", "Ana")]
    edit_note(session, case.id, note_id, "@Cleo", [desk.cleo.id], by=omar, seen=0)
    assert desk.mailed(MailKind.MENTION) == [("Cleo", "")]
    assign(session, [case.id], desk.ana.id, by=omar)
    assign(session, [desk.case().id], desk.ana.id, by=ben)
    assert desk.mailed(MailKind.ASSIGNED) == [("Ben", "Ana")]
    write_note(session, case.id, "Look, @Ben", [desk.ben.id], by=omar)
    assert desk.mailed(MailKind.MENTION) == [("Cleo", ""), ("Ben", "")], "once, in his own name"
    assert desk.mailed(MailKind.NOTE) == [("Cleo", "")], "who was named watches it"


def test_escalation_goes_to_who_stands_in(session: Session, desk: Desk, now: datetime) -> None:
    """And the case says that they heard of it; whoever is away hears of it where nobody stands in."""
    desk.away(desk.ana, desk.ben, last=SUNDAY + 9 * DAY)
    desk.away(desk.cleo, None, last=SUNDAY + 9 * DAY)
    for one in (desk.ana, desk.cleo):
        desk.case(assignee_id=one.id, clock_is_stale=True)
    set_stale(session, now=now)
    due = min(filter(None, session.scalars(select(Case.escalate_at))))
    assert take_due_steps(session, now=due) == 2
    assert desk.mailed(MailKind.ESCALATION) == [("Ben", "Ana"), ("Cleo", "")]
    told = session.scalars(select(CaseEvent).where(CaseEvent.kind == "escalated").order_by(CaseEvent.case_id))
    assert [event.facts["names"] for event in told] == [["Ben"], ["Cleo"]]


def test_cases_of_whoever_is_away_stand_with_who_stands_in(session: Session, desk: Desk, now: datetime) -> None:
    """They stay theirs, and are counted with one's own."""
    desk.away(desk.ana, desk.ben)
    mine, hers = desk.case(assignee_id=desk.ben.id), desk.case(assignee_id=desk.ana.id)
    desk.case(assignee_id=desk.cleo.id)
    absent = [one.person_id for one in Absences(session, now=now).stood_in_by(desk.ben.id)]
    reader = Reader(person_id=desk.ben.id, now=now, stands_in_for=tuple(absent))
    page = queue_page(session, QueueView.MINE, reader=reader)
    assert {row.case_id for row in page.rows} == {mine.id, hers.id}
    assert queue_counts(session, reader=reader).mine == 2
    assert queue_counts(session, reader=Reader(person_id=desk.ben.id, now=now)).mine == 1
    away = away_here(session, Absences(session, now=now), location_id=desk.place.id, timezone="UTC")
    assert [(id_, one.until_on, one.stand_in) for id_, one in away.items()] == [(desk.ana.id, SUNDAY, "Ben")]
