"""Claims on answers that are due: one worker has one, each step is committed, and a lost worker loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db import audit
from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.models import Case, CaseEvent, CaseStage, CaseState, CrawlState, Reply, ReplyState, Review, StaffMail
from db.queries.queue import QueueView, Reader, queue_page
from db.replies import save_words
from db.reply_claims import (
    ASK_AFTER,
    ATTEMPTS_MOST,
    BACK_OFF,
    LEASE,
    PostClaim,
    arrived,
    ask_again,
    begin_sending,
    claim_post,
    confirm_replies,
    give_up,
    is_post_due,
    maybe_arrived,
    not_arrived,
    put_back,
)
from db.reply_flow import approve, hold, posted_by_hand, stop, submit
from db.roles import Access, Role
from db.wording import reply_hash
from tests.factories import NOW, make_case, make_person, make_reply, make_review, make_run

from .racers import race

SOON = NOW + timedelta(seconds=1)
LAPSED = NOW + LEASE + timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def reply(session: Session) -> Reply:
    made = make_reply(session)
    session.commit()
    return made


def claimed(session: Session, *, now: datetime = NOW) -> PostClaim:
    claim = claim_post(session, now=now)
    assert claim is not None
    return claim


def sending(session: Session) -> PostClaim:
    claim = claimed(session)
    assert begin_sending(session, claim, now=NOW)
    return claim


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)))


def test_what_is_due_is_claimed_by_one(session: Session, reply: Reply) -> None:
    """Not before its half minute is over, and not by a second worker until the claim lapses."""
    early = NOW - timedelta(seconds=1)
    assert (is_post_due(session, now=early), claim_post(session, now=early)) == (False, None)
    claim = claimed(session)
    assert (claim.reply_id, claim.body, claim.is_unsure) == (reply.id, reply.body, False)
    assert (is_post_due(session, now=SOON), claim_post(session, now=SOON)) == (False, None)
    again = claimed(session, now=LAPSED)
    assert (again.is_unsure, reply.state, again.token == claim.token) == (False, ReplyState.HELD, False)


def test_workers_that_race_have_each_answer_once(engine: Engine, database_url: str) -> None:
    """Four of them, and twelve answers."""
    with Session(engine) as session:
        wanted = sorted(make_reply(session).id for _ in range(12))
        session.commit()
    taken = race("claim_posts", database_url, [""] * 4)
    assert sorted(reply_id for one in taken for reply_id in one) == wanted


def test_the_way_that_goes_well(session: Session, reply: Reply) -> None:
    """Posting is written down before anything is sent, with the words and the last check."""
    claim, findings = claimed(session), [{"check": "B10", "severity": "block", "outcome": "passed"}]
    assert begin_sending(session, claim, now=NOW, findings=findings)
    assert (reply.state, reply.attempts, reply.posted_body, reply.findings) == (
        ReplyState.POSTING, 1, reply.body, findings
    )  # fmt: skip
    assert arrived(session, claim, now=SOON, receipt="r-1")
    assert (reply.state, reply.posted_at, reply.receipt, reply.claim) == (ReplyState.POSTED, SOON, "r-1", None)
    assert kinds(session) == ["reply_posting", "reply_posted"] == [line.kind for line in audit.lines(session)]


def test_a_worker_lost_while_sending_leaves_it_unsure(session: Session, reply: Reply) -> None:
    """It may have been sent: the next worker is told to ask, and can send only after it was found not to be there."""
    lost = sending(session)
    claim = claimed(session, now=LAPSED)
    assert (claim.is_unsure, reply.state) == (True, ReplyState.UNSURE)
    assert not begin_sending(session, claim, now=LAPSED)
    assert not arrived(session, lost, now=LAPSED)
    assert not_arrived(session, claim, "not there", now=LAPSED)
    assert (reply.state, reply.post_at) == (ReplyState.HELD, LAPSED + BACK_OFF[0])


def test_whoever_has_lost_the_claim_changes_nothing(session: Session, reply: Reply) -> None:
    """Not one of the steps."""
    lost = claimed(session)
    claimed(session, now=LAPSED)
    before = (reply.state, reply.version)
    results = [
        begin_sending(session, lost, now=LAPSED),
        arrived(session, lost, now=LAPSED),
        not_arrived(session, lost, "x", now=LAPSED),
        put_back(session, lost, now=LAPSED, after=DAY),
        maybe_arrived(session, lost, "x", now=LAPSED),
        ask_again(session, lost, now=LAPSED),
        give_up(session, lost, "x", now=LAPSED),
    ]
    assert results == [False] * 7
    assert (reply.state, reply.version) == before


def test_what_did_not_arrive_is_tried_less_and_less_often(session: Session, reply: Reply) -> None:
    """As the platform asks, but never sooner than our own pauses; after enough tries a person is asked."""
    waits, now = [], NOW
    for _ in range(ATTEMPTS_MOST):
        claim = claimed(session, now=now)
        assert begin_sending(session, claim, now=now)
        not_arrived(session, claim, "busy", now=now, after=timedelta(seconds=90))
        if reply.post_at is None:
            break
        waits.append(reply.post_at - now)
        now = reply.post_at
    assert waits == [timedelta(seconds=90), *BACK_OFF[1:]]
    assert (reply.state, reply.trouble) == (ReplyState.FAILED, "busy")


def test_a_platform_that_cannot_be_looked_at_counts_as_a_try(session: Session, reply: Reply) -> None:
    """Before anything was sent as well; waiting for one's turn at a host does not."""
    put_back(session, claimed(session), now=NOW, after=timedelta(seconds=5))
    assert (reply.attempts, reply.post_at, reply.claim) == (0, NOW + timedelta(seconds=5), None)
    now = NOW + DAY
    for _ in range(ATTEMPTS_MOST):
        not_arrived(session, claimed(session, now=now), "away", now=now)
        now += DAY
    assert (reply.state, reply.attempts) == (ReplyState.HELD, ATTEMPTS_MOST)
    not_arrived(session, claimed(session, now=now), "away", now=now)
    assert reply.state is ReplyState.FAILED


def test_an_unsure_one_is_asked_for_until_a_person_has_to(session: Session, reply: Reply) -> None:
    """After a moment for what is on its way, and not for ever."""
    maybe_arrived(session, sending(session), "no answer", now=NOW)
    assert (reply.state, reply.post_at) == (ReplyState.UNSURE, NOW + ASK_AFTER)
    now = NOW
    for _ in range(3 * ATTEMPTS_MOST):
        now += DAY
        claim = claim_post(session, now=now)
        if claim is None:
            break
        assert claim.is_unsure
        ask_again(session, claim, now=now)
    assert reply.state is ReplyState.FAILED
    assert "Look there" in reply.trouble


def test_what_may_be_there_is_looked_for_before_it_goes_again(session: Session, reply: Reply) -> None:
    """By a person, where the platform shows it late: also when it was changed and approved anew meanwhile."""
    maybe_arrived(session, sending(session), "no answer", now=NOW)
    give_up(session, claimed(session, now=NOW + DAY), "Look there", now=NOW + DAY)
    ana, ben = (Actor(person_id=make_person(session).id, name=name, now=LAPSED) for name in ("Ana", "Ben"))
    save_words(session, reply.case_id, "I am sorry about the wait.", seen=reply.version, by=ana)
    submit(session, reply.case_id, seen=reply.version, findings=[], by=ana)
    approve(session, reply.case_id, seen=reply.version, by=ben)
    session.commit()
    late: dict[str, Any] = {"seen": reply.version, "by": ben, "shows_at_once": False}
    with pytest.raises(BadValue, match="Look at the platform first"):
        hold(session, reply.case_id, **late)
    session.rollback()
    hold(session, reply.case_id, **late, has_looked=True)
    assert (reply.state, reply.may_be_there) == (ReplyState.HELD, False)
    [*_, line] = audit.lines(session)
    assert line.facts["looked"] is True


def test_what_surely_did_not_arrive_may_go_again(session: Session, reply: Reply) -> None:
    """Refused at once, or asked for and not there."""
    by = Actor(person_id=make_person(session).id, name="Ana", now=LAPSED)
    maybe_arrived(session, sending(session), "no answer", now=NOW)
    unsure = reply.may_be_there
    not_arrived(session, claimed(session, now=NOW + DAY), "not there", now=NOW + DAY)
    assert (unsure, reply.may_be_there) == (True, False)
    give_up(session, claimed(session, now=NOW + 2 * DAY), "It refuses these words", now=NOW + 2 * DAY)
    hold(session, reply.case_id, seen=reply.version, by=by, shows_at_once=False)
    assert reply.state is ReplyState.HELD


def test_it_can_be_stopped_until_a_worker_has_it(session: Session, reply: Reply) -> None:
    """And again when that worker is lost; one that comes back late sends nothing then, even if it is held anew."""
    by = Actor(person_id=make_person(session).id, name="Ana", now=SOON)
    late = claimed(session)
    with pytest.raises(CaseChanged, match="Too late"):
        stop(session, reply.case_id, by=by)
    session.rollback()
    stop(session, reply.case_id, by=replace(by, now=LAPSED))
    session.commit()
    assert not begin_sending(session, late, now=LAPSED)
    hold(session, reply.case_id, seen=reply.version, by=replace(by, now=LAPSED))
    session.commit()
    assert not begin_sending(session, late, now=LAPSED)


def posted(
    session: Session,
    *,
    shown: str = "",
    told: str = "",
    of_case: Mapping[str, object] | None = None,
    **columns: object,
) -> Reply:
    """An answer that is out, and its review as a reading an hour later has found it."""
    review = make_review(
        session,
        reply_body=shown,
        reply_state=told,
        reply_note="Advertising" if told == "rejected" else "",
        last_seen_at=NOW + timedelta(hours=1),
        reply_event_at=NOW + timedelta(hours=1) if shown else None,
    )
    given: dict[str, object] = {
        "state": ReplyState.POSTED, "posted_at": NOW, "body": "I am sorry.", "posted_body": "I am sorry.",
    }  # fmt: skip
    case = make_case(session, review, **({"is_flagged": True} if of_case is None else dict(of_case)))
    return make_reply(session, case, **(given | columns))


def test_a_reading_tells_what_became_of_it(session: Session) -> None:
    """Seen is live, with the words as they are shown; refused comes back with the reason; waiting waits."""
    live, refused = posted(session, shown="I am sorry!", told="published"), posted(session, shown="x", told="rejected")
    pending, unseen = posted(session, shown="x", told="pending"), posted(session)
    assert confirm_replies(session, now=LAPSED, limit=1) == 2  # in as many goes as it takes
    assert (live.state, live.live_body) == (ReplyState.LIVE, "I am sorry!")
    assert (refused.state, refused.trouble) == (ReplyState.REJECTED, "Advertising")
    assert {pending.state, unseen.state} == {ReplyState.POSTED}
    assert confirm_replies(session, now=LAPSED) == 0


def test_by_hand_and_not_seen_twice_comes_back(session: Session) -> None:
    """To its author, who looks whether it is there; one reading is not enough, and posted by API it waits."""
    by_hand, by_api = posted(session, by_hand=True), posted(session)
    for reply, runs in ((by_hand, 1), (by_api, 2)):
        source = session.get_one(Review, review_of(session, reply)).source
        for number in range(runs):
            make_run(session, source, state=CrawlState.FINISHED, started_at=NOW + timedelta(minutes=number + 1))
    assert confirm_replies(session, now=LAPSED) == 0
    source = session.get_one(Review, review_of(session, by_hand)).source
    make_run(session, source, state=CrawlState.FINISHED, started_at=NOW + timedelta(minutes=9))
    assert confirm_replies(session, now=LAPSED) == 1
    assert (by_hand.state, by_api.state) == (ReplyState.APPROVED, ReplyState.POSTED)
    assert "Two readings" in by_hand.trouble
    assert (by_hand.may_be_there, by_api.may_be_there) == (True, False)


def test_one_that_was_given_up_and_is_there_after_all(session: Session) -> None:
    """Its own words are shown: it has arrived. Somebody else's answer says nothing of it."""
    own = posted(session, shown="I am  sorry.", told="published", state=ReplyState.FAILED)
    other = posted(session, shown="Thanks", told="published", state=ReplyState.FAILED)
    assert confirm_replies(session, now=LAPSED) == 1
    assert (own.state, other.state) == (ReplyState.LIVE, ReplyState.FAILED)
    assert session.get_one(Review, review_of(session, own)).reply_hash == reply_hash("I am sorry.")


LONG = "Dear Sam, I am sorry that you waited an hour for a cold dinner on Friday. We had two cooks too few. Ana, owner"
CHANGED = [
    LONG.replace("an hour", "*** hour").replace(", owner", ""),  # masked
    f"{LONG[:40].rstrip()}…",  # cut
    f"Response from the owner: {LONG.replace('. ', '.  ').upper()}",
]


@pytest.mark.parametrize("state", [ReplyState.POSTED, ReplyState.FAILED])
@pytest.mark.parametrize("shown", CHANGED)
def test_words_that_the_platform_has_changed_are_still_ours(session: Session, shown: str, state: ReplyState) -> None:
    """Masked, cut short or set anew: seen live, as it is shown; that it was given up changes nothing."""
    reply = posted(session, shown=shown, told="published", body=LONG, posted_body=LONG, state=state)
    assert confirm_replies(session, now=LAPSED) == 1
    assert (reply.state, reply.live_body) == (ReplyState.LIVE, shown)


OTHERS = "Hello Sam, please call me at the desk, we have kept your scarf. The house manager"


def test_words_of_somebody_else_are_not_called_ours(session: Session) -> None:
    """Its author is asked; whoever then says that it is there is believed, and the next reading sees it live."""
    ana = make_person(session, name="Ana").id
    done = {"state": CaseState.ANSWERED, "stage": CaseStage.DONE}
    reply = posted(session, shown=OTHERS, told="published", of_case=done, submitted_by_id=ana, by_hand=True)
    assert confirm_replies(session, now=LAPSED) == 1
    assert (reply.state, reply.live_body, "another answer" in reply.trouble) == (ReplyState.FAILED, "", True)
    assert mine(session, ana) == [reply.case_id]
    assert kinds(session) == ["reply_other", "assigned"]
    assert confirm_replies(session, now=LAPSED) == 0
    by = Actor(person_id=ana, name="Ana", now=LAPSED)
    posted_by_hand(session, reply.case_id, seen=reply.version, findings=[], by=by, has_looked=True)
    session.get_one(Review, review_of(session, reply)).last_seen_at = LAPSED + DAY
    assert confirm_replies(session, now=LAPSED + DAY) == 1
    assert (reply.state, reply.live_body) == (ReplyState.LIVE, OTHERS)


@pytest.mark.parametrize("shown", ["Dear Sam, thank you!", "Dear Sam, I am sorry.", "Dear Sam, I am sorry you lie."])
def test_a_short_answer_that_begins_as_ours_is_not_ours(session: Session, shown: str) -> None:
    """Many begin with thanks."""
    reply = posted(session, shown=shown, told="published", body=LONG, posted_body=LONG)
    assert confirm_replies(session, now=LAPSED) == 1
    assert (reply.state, reply.live_body) == (ReplyState.FAILED, "")


def test_one_that_was_refused_does_not_come_live_by_anothers(session: Session) -> None:
    """The platform has taken somebody else's since."""
    refused = posted(session, shown=OTHERS, told="published", state=ReplyState.REJECTED, live_at=NOW)
    assert confirm_replies(session, now=LAPSED) == 0
    assert refused.state is ReplyState.REJECTED


def test_the_one_that_it_replaces_is_not_taken_for_it(session: Session) -> None:
    """It may be shown for a while, and be nearly the same; after two readings whoever said it is there is asked."""
    ana = make_person(session, name="Ana").id
    answered = {"state": CaseState.ANSWERED, "stage": CaseStage.DONE}
    before = {"live_body": "I am sory.", "live_at": NOW - DAY, "submitted_by_id": ana}
    by_hand, by_api = (
        posted(session, shown="I am sory.", told="published", of_case=answered, by_hand=is_by_hand, **before)
        for is_by_hand in (True, False)
    )
    assert confirm_replies(session, now=LAPSED) == 0
    source = session.get_one(Review, review_of(session, by_hand)).source
    for number in range(2):
        make_run(session, source, state=CrawlState.FINISHED, started_at=NOW + timedelta(minutes=number + 1))
    assert confirm_replies(session, now=LAPSED) == 1
    assert (by_hand.state, by_api.state) == (ReplyState.FAILED, ReplyState.POSTED)
    assert mine(session, ana) == [by_hand.case_id]


def test_words_that_may_not_be_kept_are_taken_for_ours(session: Session) -> None:
    """That there is an answer is all that is known then."""
    reply = posted(session)
    review = session.get_one(Review, review_of(session, reply))
    review.reply_hash, review.reply_state = "shown", "published"
    assert confirm_replies(session, now=LAPSED) == 1
    assert reply.state is ReplyState.LIVE


def test_one_that_failed_to_replace_ours_is_its_authors_to_do(session: Session) -> None:
    """Though the case is answered, by the one that stands there."""
    ana = make_person(session, name="Ana").id
    answered = {"state": CaseState.ANSWERED, "stage": CaseStage.DONE}
    held = {"state": ReplyState.HELD, "live_body": "I am sorry!", "live_at": NOW - DAY, "submitted_by_id": ana}
    reply = posted(session, shown="I am sorry!", told="published", of_case=answered, **held)
    session.commit()
    assert give_up(session, claimed(session), "The platform says no.", now=LAPSED)
    assert (reply.state, mine(session, ana)) == (ReplyState.FAILED, [reply.case_id])


def mine(session: Session, person_id: int) -> list[int]:
    page = queue_page(session, QueueView.MINE, reader=Reader(person_id=person_id, now=LAPSED))
    return [row.case_id for row in page.rows]


@pytest.mark.parametrize("how", ["failed", "rejected", "unseen"])
def test_what_comes_back_stands_among_what_its_author_has_to_do(how: str, session: Session) -> None:
    """Though the review is calm, and its case was set to done once the answer was posted."""
    ana = make_person(session, name="Ana")
    reply = come_back(session, how, submitted_by_id=ana.id)
    case = session.get_one(Case, reply.case_id)
    assert (case.stage, case.assignee_id, case.snoozed_until) == (CaseStage.TODO, ana.id, None)
    assert (case.version, case.in_queue, case.awaits_rule) == (1, False, False)
    page = queue_page(session, QueueView.MINE, reader=Reader(person_id=ana.id, now=LAPSED))
    assert [row.review_id for row in page.rows] == [case.review_id]
    assert kinds(session)[-2:] == [f"reply_{how}", "assigned"]
    assert [mail.person_id for mail in session.scalars(select(StaffMail))] == [ana.id]


def test_what_comes_back_stays_with_whoever_has_it(session: Session) -> None:
    """It is to do again for them; nobody is given what they may not work on, nor what two people let go or is over."""
    viewer = make_person(session, name="Vera", access=Access(everywhere=Role.VIEWER)).id
    ana, ben = make_person(session, name="Ana").id, make_person(session, name="Ben").id
    had = come_back(session, "failed", submitted_by_id=ana, of_case={"assignee_id": ben})
    lost = come_back(session, "failed", submitted_by_id=viewer)
    let_go = come_back(session, "failed", submitted_by_id=ana, of_case={"stage": CaseStage.NOT_PURSUED})
    over = come_back(session, "failed", submitted_by_id=ana, of_case={"state": CaseState.ANSWERED})
    cases = [session.get_one(Case, reply.case_id) for reply in (had, lost, let_go, over)]
    assert [(case.stage, case.assignee_id) for case in cases] == [
        (CaseStage.TODO, ben),
        (CaseStage.TODO, None),
        (CaseStage.NOT_PURSUED, None),
        (CaseStage.DONE, None),
    ]
    assert "assigned" not in kinds(session)


def come_back(
    session: Session, how: str, *, submitted_by_id: int, of_case: Mapping[str, object] | None = None
) -> Reply:
    """An answer to a calm review that failed, was refused or was not seen; its case was done, and put off."""
    columns = {"stage": CaseStage.DONE, "snoozed_until": NOW + DAY} | dict(of_case or {})
    by_hand, state = how == "unseen", ReplyState.HELD if how == "failed" else ReplyState.POSTED
    shown, told = ("x", how) if how == "rejected" else ("", "")
    of_reply = {"submitted_by_id": submitted_by_id, "by_hand": by_hand, "state": state}
    reply = posted(session, shown=shown, told=told, of_case=columns, **of_reply)
    if how == "failed":
        session.commit()
        assert give_up(session, claimed(session), "The platform says no.", now=LAPSED)
        return reply
    source = session.get_one(Review, review_of(session, reply)).source
    for number in range(2 * by_hand):
        make_run(session, source, state=CrawlState.FINISHED, started_at=NOW + timedelta(minutes=number + 1))
    assert confirm_replies(session, now=LAPSED) == 1
    return reply


def review_of(session: Session, reply: Reply) -> int:
    return session.get_one(Case, reply.case_id).review_id
