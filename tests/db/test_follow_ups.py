"""Customers are asked again: the days agree with a plain count, whatever anybody does to offers and follow-ups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import UNDO_KEPT, Actor, undo
from db.case_acts import set_stage
from db.erasing import erase
from db.errors import BadValue, CaseChanged
from db.follow_ups import OUTCOMES, close_follow_up, reopen_follow_up, set_follow_up
from db.hours import Opening, stored_opening
from db.models import Case, CaseStage, CaseState, ErasedFor, FollowUp, FollowUpOutcome, Location, Offer, OfferState
from db.offer_policies import change_policy, policy
from db.offer_undo import take_back
from db.offers import step
from db.queries.case_work import events_of
from db.queries.follow_ups import Wanted, count_due, follow_ups_of, key_of, open_page
from db.queries.queue import QueueView, Reader, queue_page
from db.roles import Role
from tests.factories import NOW

from .offer_hands import Hands, led, make_hands, proposed

ROME = ZoneInfo("Europe/Rome")
DAY = timedelta(days=1)
SHUT = date(2026, 12, 8)  # a single day on which nobody works
OPENING = stored_opening(Opening(days={SHUT: ()}))  # else Monday to Friday


def plain_day(start: date, days: int) -> date:
    """Counted on the fingers."""
    day = start + days * DAY
    while day.weekday() >= 5 or day == SHUT:
        day += DAY
    return day


def given(session: Session, hands: Hands, *, case: int = 0, by: Actor) -> Offer:
    """A remedy, approved before and given by somebody now."""
    offer = proposed(session, hands, role=Role.OWNER, case=case, why="They come every week")
    return led(session, offer, OfferState.ISSUED, by=by)


@dataclass
class Plain:
    """A follow-up as the plain count has it."""

    case: int
    offer: int | None
    day: date
    outcome: FollowUpOutcome | None = None


class Asking(RuleBasedStateMachine):
    """Two cases of a place that is closed at weekends and on one day."""

    session: ClassVar[Session]

    @initialize()
    def begin(self) -> None:
        session = self.session
        self.hands = make_hands(session, cases=2)
        session.get_one(Location, self.hands.location_id).opening = OPENING
        for number in range(2):  # as many as the policy lets one customer have; an owner may give more
            session.get_one(Case, self.hands.case_ids[number]).state = CaseState.ANSWERED
        self.now = NOW
        self.plain: dict[int, Plain] = {}
        self.offers: list[int] = []

    @property
    def by(self) -> Actor:
        return self.hands.actor(Role.OWNER, self.now)

    def _ids(self, session: Session) -> set[int]:
        rows = select(FollowUp.id).where(FollowUp.case_id.in_(self.hands.case_ids))
        return set(session.scalars(rows)) - self.plain.keys()

    @rule(case=st.integers(0, 1))
    def give(self, case: int) -> None:
        session = self.session
        offer = given(session, self.hands, case=case, by=self.by)
        self.offers.append(offer.id)
        today = self.now.astimezone(ROME).date()
        days = sorted({plain_day(today, 3), plain_day(today, 14)})
        new = sorted(self._ids(session))
        assert len(new) == len(days)
        self.plain |= {id_: Plain(case, offer.id, day) for id_, day in zip(new, days, strict=True)}

    @rule(data=st.data(), is_undone=st.booleans())
    def cancel(self, data: st.DataObject, is_undone: bool) -> None:
        if not self.offers:
            return
        at = data.draw(st.sampled_from(self.offers))
        session = self.session
        seen = session.get_one(Offer, at).version
        offer = step(session, at, OfferState.CANCELLED, seen=seen, by=self.by, reason="They want nothing")
        if is_undone:  # what was taken back comes again, what was asked stays asked
            take_back(session, at, seen=offer.version, by=self.by)
            return
        self.offers.remove(at)
        for one in self.plain.values():
            if one.offer == at and one.outcome is None:
                one.outcome = FollowUpOutcome.TAKEN_BACK

    @rule()
    def give_and_take_back(self) -> None:
        session = self.session
        offer = given(session, self.hands, by=self.by)
        take_back(session, offer.id, seen=offer.version, by=self.by)
        assert self._ids(session) == set(), "nothing was given, so nobody asks"

    @rule(case=st.integers(0, 1), days=st.integers(0, 20), is_undone=st.booleans())
    def set_by_hand(self, case: int, days: int, is_undone: bool) -> None:
        today = self.now.astimezone(ROME).date()
        session = self.session
        placed = set_follow_up(session, self.hands.case_ids[case], today + days * DAY, by=self.by)
        assert placed.due_on == plain_day(today, days)
        if is_undone:
            assert undo(session, placed.done.undo or "", by=self.by)
        else:
            [new] = self._ids(session)
            self.plain[new] = Plain(case, None, placed.due_on)

    @rule(data=st.data(), outcome=st.sampled_from(OUTCOMES), is_undone=st.booleans())
    def ask(self, data: st.DataObject, outcome: FollowUpOutcome, is_undone: bool) -> None:
        ids = [id_ for id_, one in self.plain.items() if one.outcome is None]
        if not ids:
            return
        id_ = data.draw(st.sampled_from(ids))
        session = self.session
        case_id = self.hands.case_ids[self.plain[id_].case]
        done = close_follow_up(session, case_id, id_, outcome, by=self.by)
        if is_undone:
            assert undo(session, done.undo or "", by=self.by)
        else:
            self.plain[id_].outcome = outcome

    @rule(data=st.data(), is_undone=st.booleans())
    def open_again(self, data: st.DataObject, is_undone: bool) -> None:
        ids = [id_ for id_, one in self.plain.items() if one.outcome in OUTCOMES]
        if not ids:
            return
        id_ = data.draw(st.sampled_from(ids))
        session = self.session
        done = reopen_follow_up(session, self.hands.case_ids[self.plain[id_].case], id_, by=self.by)
        if is_undone:
            assert undo(session, done.undo or "", by=self.by)
        else:
            self.plain[id_].outcome = None

    @rule(hours=st.sampled_from([1, 24, 24 * 5]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def agrees(self) -> None:
        here, today = self.hands.location_id, self.now.astimezone(ROME).date()
        session = self.session
        session.flush()
        session.expire_all()
        rows = session.scalars(select(FollowUp).where(FollowUp.case_id.in_(self.hands.case_ids))).all()
        found = {row.id: (self.hands.case_ids.index(row.case_id), row.due_on, row.outcome) for row in rows}
        assert found == {id_: (one.case, one.day, one.outcome) for id_, one in self.plain.items()}
        opened = sorted((one.day, id_) for id_, one in self.plain.items() if one.outcome is None)
        listed, after = [], None
        while True:
            page = open_page(session, Wanted(places=[here]), after=after, limit=3)
            listed += [(row.due_on, row.id) for row in page.rows]
            if page.next is None:
                break
            after = key_of(str(page.next))
        assert listed == opened
        due = count_due(session, Wanted(places=[here]), now=self.now)
        days = [day for day, _ in opened]
        assert due.overdue == sum(day < today for day in days)
        assert due.today == days.count(today)
        assert due.coming == sum(day > today for day in days)
        for number, case_id in enumerate(self.hands.case_ids):
            case = session.get_one(Case, case_id)
            own = [one.day for one in self.plain.values() if one.case == number and one.outcome is None]
            if case.unsettled_at is None:
                first = datetime.combine(min(own), time(9), tzinfo=ROME).astimezone(UTC) if own else None
                assert case.asks_at == first
            else:
                assert case.asks_at is not None


def test_days_agree_with_a_plain_count(session: Session) -> None:
    """Number, days, list, counts and the queue's moment, after any acts in any order, each also taken back."""
    hands = make_hands(session)
    terms = replace(policy(session).terms, customer_offers=500, customer_minor=10_000_000, budget_minor=10_000_000)
    change_policy(session, terms, seen=policy(session).number, by=hands.actor(Role.OWNER))
    Asking.session = session
    count = 10 if session.get_bind().dialect.name == "sqlite" else 5
    run_state_machine_as_test(Asking, settings=settings(max_examples=count, stateful_step_count=12, deadline=None))


@pytest.fixture
def hands(session: Session) -> Hands:
    made = make_hands(session)
    session.get_one(Case, made.case_ids[0]).state = CaseState.ANSWERED
    session.flush()
    return made


def view_of(session: Session, view: QueueView, now: datetime, person_id: int | None = None) -> set[int]:
    return {row.case_id for row in queue_page(session, view, reader=Reader(person_id=person_id, now=now)).rows}


def test_who_is_not_content_is_to_do_again(session: Session, hands: Hands) -> None:
    """Also where it was answered and done: it stands among what is to be followed up until something is planned."""
    by, case_id = hands.actor(Role.STAFF), hands.case_ids[0]
    placed = set_follow_up(session, case_id, NOW.date(), by=by)
    set_stage(session, [case_id], CaseStage.DONE, by=by)
    [row] = follow_ups_of(session, case_id)
    done = close_follow_up(session, case_id, row.id, FollowUpOutcome.NOT_CONTENT, " Still cold. ", seen=0, by=by)
    case = session.get_one(Case, case_id)
    assert (case.stage, case.unsettled_at) == (CaseStage.TODO, NOW)
    assert case_id in view_of(session, QueueView.FOLLOW_UP, NOW)
    assert case_id not in view_of(session, QueueView.DONE, NOW)
    assert undo(session, done.undo or "", by=by)
    assert (case.stage, case.unsettled_at) == (CaseStage.DONE, None)
    assert follow_ups_of(session, case_id)[0].note == "Still cold.", "what was typed is not lost"
    close_follow_up(session, case_id, row.id, FollowUpOutcome.NOT_CONTENT, "Still cold.", by=by)
    later = replace(by, now=NOW + timedelta(hours=1))
    led(session, proposed(session, hands), OfferState.ISSUED, by=later)
    assert case_id not in view_of(session, QueueView.FOLLOW_UP, later.now), "it was given something, and will be asked"
    assert case_id in view_of(session, QueueView.FOLLOW_UP, later.now + 8 * DAY)
    kinds = [event.kind for event in events_of(session, case_id)]
    assert kinds.count("followed_up") == 2
    assert placed.due_on.weekday() < 5


def test_who_waits_and_who_is_not_pursued(session: Session, hands: Hands) -> None:
    """The first of two days counts; nobody asks about what is let go; a day in the past cannot be chosen."""
    by, case_id = hands.actor(Role.STAFF), hands.case_ids[1]
    set_follow_up(session, case_id, NOW.date() + 7 * DAY, by=by)
    ask_on = NOW + 2 * DAY
    set_stage(session, [case_id], CaseStage.WAITING, by=by, follow_up_at=ask_on)
    assert session.get_one(Case, case_id).asks_at == ask_on
    set_stage(session, [case_id], CaseStage.TODO, by=by)
    assert session.get_one(Case, case_id).asks_at == datetime(2026, 11, 30, 8, tzinfo=UTC)
    session.get_one(Case, case_id).stage = CaseStage.NOT_PURSUED
    assert open_page(session, Wanted()).rows == []
    for day in (NOW.date() - DAY, NOW.date() + 400 * DAY):
        with pytest.raises(BadValue, match="within a year"):
            set_follow_up(session, case_id, day, by=by)


def test_two_who_ask_at_once(session: Session, hands: Hands) -> None:
    """The second is told; what was taken back with its offer opens no more; an undo comes too late."""
    by, case_id = hands.actor(Role.STAFF), hands.case_ids[0]
    offer = led(session, proposed(session, hands), OfferState.ISSUED, by=by)
    first, second = follow_ups_of(session, case_id)
    done = close_follow_up(session, case_id, first.id, FollowUpOutcome.CONTENT, seen=0, by=by)
    with pytest.raises(CaseChanged, match="Somebody else"):
        close_follow_up(session, case_id, first.id, FollowUpOutcome.NO_ANSWER, seen=0, by=by)
    with pytest.raises(CaseChanged, match="asked already"):
        close_follow_up(session, case_id, first.id, FollowUpOutcome.NO_ANSWER, seen=1, by=by)
    assert undo(session, done.undo or "", by=replace(by, now=NOW + UNDO_KEPT * 2)) is None
    step(session, offer.id, OfferState.CANCELLED, seen=offer.version, by=by, reason="They want nothing")
    assert [one.outcome for one in follow_ups_of(session, case_id)] == [
        FollowUpOutcome.TAKEN_BACK,
        FollowUpOutcome.CONTENT,
    ]
    with pytest.raises(CaseChanged, match="taken back"):
        reopen_follow_up(session, case_id, second.id, by=by)


def test_who_wants_to_be_forgotten_is_asked_nothing(session: Session, hands: Hands) -> None:
    """What they said goes, nobody asks again, and no undo brings it back."""
    by, case_id = hands.actor(Role.STAFF), hands.case_ids[0]
    led(session, proposed(session, hands), OfferState.ISSUED, by=by)
    first, _ = follow_ups_of(session, case_id)
    done = close_follow_up(session, case_id, first.id, FollowUpOutcome.NO_ANSWER, "Ada Rossi did not pick up", by=by)
    review_id = session.get_one(Case, case_id).review_id
    erase(session, [review_id], ErasedFor.REQUEST, now=NOW)
    undo(session, done.undo or "", by=by)
    session.expire_all()
    rows = follow_ups_of(session, case_id)
    assert {(one.outcome, one.note) for one in rows} == {
        (FollowUpOutcome.NO_ANSWER, ""),
        (FollowUpOutcome.TAKEN_BACK, ""),
    }
    assert session.get_one(Case, case_id).asks_at is None
    with pytest.raises(BadValue, match="forgotten"):
        set_follow_up(session, case_id, NOW.date(), by=by)
    led(session, proposed(session, hands), OfferState.ISSUED, by=by)
    assert len(follow_ups_of(session, case_id)) == 2


def test_days_that_the_owner_sets(session: Session, hands: Hands) -> None:
    """They hold for what is given from then on, with the history of the policy; none at all asks nobody."""
    owner = hands.actor(Role.OWNER)
    terms = policy(session).terms
    for days, match in (((0,), "from 1 to"), ((3, 3), "another day"), (tuple(range(1, 7)), "at most")):
        with pytest.raises(BadValue, match=match):
            change_policy(session, replace(terms, follow_up_days=days), seen=0, by=owner)
    change_policy(session, replace(terms, follow_up_days=(1,)), seen=0, by=owner)
    led(session, proposed(session, hands), OfferState.ISSUED, by=owner)
    assert [one.due_on for one in follow_ups_of(session, hands.case_ids[0])] == [plain_day(NOW.date(), 1)]
    change_policy(session, replace(terms, follow_up_days=()), seen=1, by=owner)
    led(session, proposed(session, hands, case=1), OfferState.ISSUED, by=owner)
    assert follow_ups_of(session, hands.case_ids[1]) == []
