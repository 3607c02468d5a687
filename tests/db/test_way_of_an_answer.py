"""From draft to live: who may take which step, what stops it, and that every step is told and logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit
from db.acting import Actor
from db.cases import settle
from db.erasing import erase
from db.errors import BadValue, CaseChanged
from db.models import Case, CaseEvent, CaseStage, CaseState, ErasedFor, Reply, ReplyState, Review
from db.replies import keep_findings, reply_of, save_words
from db.reply_flow import (
    HOLD,
    approve,
    hold,
    posted_by_hand,
    send_back,
    stop,
    submit,
    why_look_first,
    write_anew,
)
from db.saved_replies import Fields, approve_saved, filled, keep_reply
from db.second_person import needs_no_second
from db.wording import reply_hash
from tests.factories import NOW, make_case, make_person, make_review, make_score

OK: list[dict[str, Any]] = [{"check": "B01", "severity": "block", "override": "never", "outcome": "passed"}]
NEVER: list[dict[str, Any]] = [{"check": "B01", "severity": "block", "override": "never", "outcome": "failed"}]
WARNED: list[dict[str, Any]] = [{"check": "W04", "severity": "warn", "override": "author", "outcome": "failed"}]
LIFTED: list[dict[str, Any]] = [{"check": "B06", "severity": "block", "override": "approver", "outcome": "failed"}]
BEFORE: list[dict[str, Any]] = [LIFTED[0] | {"severity": "warn"}]  # the same check, when it only warned


@pytest.fixture
def ana(session: Session) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=NOW)


@pytest.fixture
def ben(session: Session) -> Actor:
    return Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=NOW)


@pytest.fixture
def case(session: Session, ana: Actor) -> Case:
    """With an answer that Ana has written."""
    made = make_case(session, make_review(session), is_flagged=True)
    save_words(session, made.id, "I am sorry that you waited.", seen=0, by=ana)
    return made


def the_reply(session: Session, case: Case) -> Reply:
    found = reply_of(session, case.id)
    assert found is not None
    return found


def seen(session: Session, case: Case) -> int:
    return the_reply(session, case).version


def submitted(session: Session, case: Case, by: Actor, findings: list[dict[str, Any]] = OK, reason: str = "") -> None:
    submit(session, case.id, seen=seen(session, case), findings=findings, by=by, lift_reason=reason)


def approved(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    submitted(session, case, ana)
    approve(session, case.id, seen=seen(session, case), by=ben)


def test_the_whole_way_is_told_and_logged(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Submitted, approved, held, stopped, posted by hand: one line each in the timeline and in the log, which holds."""
    settle(session, [case.review_id])
    submitted(session, case, ana)
    assert (case.reply_state, case.in_queue) == (ReplyState.SUBMITTED, False)
    approve(session, case.id, seen=seen(session, case), by=ben)
    assert (case.reply_state, case.in_queue) == (ReplyState.APPROVED, True)  # somebody has to post it
    hold(session, case.id, seen=seen(session, case), by=ana)
    assert the_reply(session, case).post_at == NOW + HOLD
    stop(session, case.id, by=ana)
    posted_by_hand(session, case.id, seen=seen(session, case), findings=OK, by=ana)
    assert (case.reply_state, case.in_queue, case.due_at) == (ReplyState.POSTED, False, None)
    kinds = ["reply_submitted", "reply_approved", "reply_held", "reply_stopped", "reply_posted"]
    told = select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    assert list(session.scalars(told)) == kinds
    assert [line.kind for line in audit.lines(session)] == kinds
    assert audit.verify(session).broken_at is None


def test_a_review_changed_while_it_was_read_is_read_again(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Before it is submitted, and before it is approved; words that are not kept hinder nothing."""
    review = case.review
    before = review.content_hash
    review.content_hash = "edited"
    session.flush()
    now: dict[str, Any] = {"findings": OK, "by": ana}
    with pytest.raises(CaseChanged, match="since you opened this page"):
        submit(session, case.id, seen=seen(session, case), shown=before, **now)
    submit(session, case.id, seen=seen(session, case), shown="edited", **now)
    case.review.content_hash = "edited again"
    session.flush()
    with pytest.raises(CaseChanged, match="Read it as it stands now"):
        approve(session, case.id, seen=seen(session, case), by=ben, shown="edited")
    case.review.content_hash = ""
    session.flush()
    approve(session, case.id, seen=seen(session, case), by=ben, shown="edited again")
    assert the_reply(session, case).state is ReplyState.APPROVED


def test_nobody_approves_their_own_words(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Neither who wrote a part of it nor who submitted it; an owner may, with a reason that is logged."""
    save_words(session, case.id, "I am sorry that you waited so long.", seen=seen(session, case), by=ben)
    submitted(session, case, ana)
    for own in (ana, ben):
        with pytest.raises(BadValue, match="somebody else has to approve"):
            approve(session, case.id, seen=seen(session, case), by=own)
    with pytest.raises(BadValue, match="Say why"):
        approve(session, case.id, seen=seen(session, case), by=ana, is_exception=True)
    approve(session, case.id, seen=seen(session, case), by=ana, is_exception=True, reason="Alone today")
    *_, last = audit.lines(session)
    assert (last.facts["exception"], last.facts["reason"]) == (True, audit.text_digest("Alone today"))


def test_begun_anew_the_words_are_still_those_of_their_author(
    session: Session, case: Case, ana: Actor, ben: Actor
) -> None:
    """Whoever begins another answer and submits the old words does not make their author a second person."""
    approved(session, case, ana, ben)
    write_anew(session, case.id, seen=seen(session, case), by=ben)
    submitted(session, case, ben)
    for own in (ana, ben):
        with pytest.raises(BadValue, match="somebody else has to approve"):
            approve(session, case.id, seen=seen(session, case), by=own)


def test_what_nobody_may_post_is_not_submitted(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """A block for good stops it at once; one that an approver may lift needs a reason from both."""
    with pytest.raises(BadValue, match="blocked"):
        submitted(session, case, ana, NEVER)
    with pytest.raises(BadValue, match="Say why"):
        submitted(session, case, ana, LIFTED)
    submitted(session, case, ana, LIFTED, "It quotes our own waiter")
    with pytest.raises(BadValue, match="Say why you lift it"):
        approve(session, case.id, seen=seen(session, case), by=ben)
    approve(session, case.id, seen=seen(session, case), by=ben, reason="It does")
    assert the_reply(session, case).state is ReplyState.APPROVED


def test_an_approver_may_mend_it(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Their words become the answer, after a check of their own; words that fail it do not."""
    submitted(session, case, ana)
    with pytest.raises(BadValue, match="may not be posted"):
        approve(session, case.id, seen=seen(session, case), by=ben, body="Delete it!", findings=NEVER)
    session.rollback()


def test_nobody_lifts_a_block_in_their_own_words(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """What an approver's words bring in would need a second person; what its author asked to lift, they may."""
    submitted(session, case, ana)
    with pytest.raises(BadValue, match="Your own words bring in"):
        approve(session, case.id, seen=seen(session, case), by=ben, body="Calm down.", findings=LIFTED, reason="True")
    session.rollback()


def test_a_block_that_its_author_asked_to_lift_stays_to_be_lifted(
    session: Session, case: Case, ana: Actor, ben: Actor
) -> None:
    """Mended or not, with a reason of the approver's."""
    submitted(session, case, ana, LIFTED, "It quotes our own waiter")
    approve(session, case.id, seen=seen(session, case), by=ben, body="Calm down.", findings=LIFTED, reason="It does")
    assert the_reply(session, case).state is ReplyState.APPROVED


def test_an_owner_alone_mends_and_lifts(session: Session, case: Case, ana: Actor) -> None:
    """Where nobody else may approve, their reason stands in the log."""
    submitted(session, case, ana)
    words = {"body": "Calm down.", "findings": LIFTED, "reason": "Alone today"}
    approve(session, case.id, seen=seen(session, case), by=ana, is_exception=True, **words)  # type: ignore[arg-type]
    assert the_reply(session, case).body == "Calm down."


def test_mended_words_are_the_approved_ones(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """What the approver wrote is what will be posted."""
    submitted(session, case, ana)
    approve(session, case.id, seen=seen(session, case), by=ben, body="We are sorry.", findings=OK)
    assert the_reply(session, case).body == "We are sorry."


def test_sent_back_it_can_be_written_again(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """With the reason; whoever submitted it takes it back without one."""
    submitted(session, case, ana)
    with pytest.raises(BadValue, match="what to mend"):
        send_back(session, case.id, " ", seen=seen(session, case), by=ben)
    send_back(session, case.id, "Name the wait", seen=seen(session, case), by=ben)
    reply = the_reply(session, case)
    assert (reply.state, reply.sent_back_reason) == (ReplyState.DRAFT, "Name the wait")
    submitted(session, case, ana)
    refused = save_words(session, case.id, "Other words", seen=seen(session, case), by=ana)
    assert "cannot be changed now" in refused.refused
    send_back(session, case.id, "", seen=seen(session, case), by=ana)
    assert not save_words(session, case.id, "Other words", seen=seen(session, case), by=ana).refused


def test_sent_back_it_is_for_its_author_to_do(session: Session, ana: Actor, ben: Actor) -> None:
    """Of a calm review as well, to which nobody is called; what one takes back oneself changes no case."""
    calm = make_case(session, make_review(session), stage=CaseStage.DONE)
    save_words(session, calm.id, "Thank you.", seen=0, by=ana)
    submitted(session, calm, ana)
    send_back(session, calm.id, "", seen=seen(session, calm), by=ana)
    assert (calm.stage, calm.assignee_id, calm.version) == (CaseStage.DONE, None, 0)
    submitted(session, calm, ana)
    send_back(session, calm.id, "Warmer", seen=seen(session, calm), by=ben)
    assert (calm.stage, calm.assignee_id, calm.version) == (CaseStage.TODO, ana.person_id, 1)
    *_, last = session.scalars(select(CaseEvent).order_by(CaseEvent.id))
    assert (last.kind, last.person_name, last.facts["to_name"]) == ("assigned", "Ben", "Ana")


def test_what_was_approved_for_other_words_is_not_posted(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """The guest has written anew since: it has to be read, and submitted again."""
    approved(session, case, ana, ben)
    session.get_one(Review, case.review_id).content_hash = "other"
    with pytest.raises(BadValue, match="changed the review"):
        hold(session, case.id, seen=seen(session, case), by=ana)


def test_a_text_that_is_kept_no_longer_does_not_count_as_an_edit(
    session: Session, case: Case, ana: Actor, ben: Actor
) -> None:
    """The answer was approved while it was there; what it was approved for is not forgotten with the text."""
    submitted(session, case, ana)
    review = session.get_one(Review, case.review_id)
    before = review.content_hash
    assert erase(session, [review.id], ErasedFor.RETENTION, now=ana.now) == 1
    approve(session, case.id, seen=seen(session, case), by=ben)
    assert (session.get_one(Review, case.review_id).content_hash, the_reply(session, case).content_hash) == ("", before)
    assert why_look_first(session, case.id) == ""
    hold(session, case.id, seen=seen(session, case), by=ana)
    assert the_reply(session, case).state is ReplyState.HELD
    stop(session, case.id, by=ana)
    session.get_one(Review, case.review_id).content_hash = "other"
    with pytest.raises(BadValue, match="changed the review"):
        hold(session, case.id, seen=seen(session, case), by=ana)


def by_hand(
    session: Session, case: Case, by: Actor, findings: list[dict[str, Any]] = OK, *, has_looked: bool = False
) -> None:
    version = seen(session, case)
    posted_by_hand(session, case.id, seen=version, findings=findings, by=by, has_looked=has_looked)


@pytest.mark.parametrize("state", [ReplyState.APPROVED, ReplyState.FAILED])
@pytest.mark.parametrize(
    ("found", "lifted"),
    [(NEVER, OK), (NEVER, NEVER), (LIFTED, OK), (LIFTED, BEFORE)],
    ids=["never", "never, seen before", "not lifted", "only warned"],
)
def test_what_the_last_check_blocks_is_not_posted_by_hand(
    session: Session, case: Case, ana: Actor, ben: Actor, state: ReplyState,
    found: list[dict[str, Any]], lifted: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Whatever the page has shown, and whoever says that they see it there; one that was lifted holds nothing back."""
    approved(session, case, ana, ben)
    reply = the_reply(session, case)
    reply.state, reply.findings = state, lifted
    session.flush()
    for has_looked in (False, True):
        with pytest.raises(BadValue, match="just before posting"):
            by_hand(session, case, ana, found, has_looked=has_looked)
    assert (the_reply(session, case).state, the_reply(session, case).posted_at) == (state, None)
    the_reply(session, case).findings = LIFTED
    by_hand(session, case, ana, LIFTED)
    assert (the_reply(session, case).state, the_reply(session, case).findings) == (ReplyState.POSTED, LIFTED)


def test_a_block_found_after_it_failed_is_not_lifted_by_looking(
    session: Session, case: Case, ana: Actor, ben: Actor
) -> None:
    """What the approver has seen stays what they lifted, however often it is checked again; a submission is anew."""
    submitted(session, case, ana, WARNED)
    approve(session, case.id, seen=seen(session, case), by=ben)
    the_reply(session, case).state = ReplyState.FAILED
    session.flush()
    keep_findings(session, case.id, [*WARNED, *LIFTED], seen=seen(session, case))
    assert the_reply(session, case).findings == WARNED
    with pytest.raises(BadValue, match="just before posting"):
        by_hand(session, case, ana, [*WARNED, *LIFTED])
    submitted(session, case, ana, LIFTED, "It quotes our own waiter")
    assert the_reply(session, case).findings == LIFTED


@pytest.mark.parametrize("what", ["changed", "gone", "answered", "refused"])
def test_by_hand_it_is_asked_about_a_review_that_is_not_what_it_was(
    session: Session, case: Case, ana: Actor, ben: Actor, what: str
) -> None:
    """It may have been put there before: whoever sees it there says so, and the last check is kept with it."""
    approved(session, case, ana, ben)
    assert why_look_first(session, case.id) == ""
    review = session.get_one(Review, case.review_id)
    if what == "changed":
        review.content_hash = "other"
    elif what == "gone":
        case.state = CaseState.GONE
    elif what == "answered":
        case.state, review.reply_body = CaseState.ANSWERED, "We were there first."
    else:
        review.reply_state, review.reply_body = "rejected", the_reply(session, case).body
    session.flush()
    why = why_look_first(session, case.id)
    assert why
    with pytest.raises(BadValue) as refused:
        by_hand(session, case, ana)
    assert str(refused.value) == why
    by_hand(session, case, ana, WARNED, has_looked=True)
    assert (the_reply(session, case).state, the_reply(session, case).findings) == (ReplyState.POSTED, WARNED)


def test_our_own_earlier_answer_may_be_replaced_by_hand(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """It stands there since before this one was approved; somebody else's in its place is asked about."""
    approved(session, case, ana, ben)
    review = session.get_one(Review, case.review_id)
    case.state, review.reply_hash = CaseState.ANSWERED, reply_hash("Our  first answer.")
    the_reply(session, case).live_body = "Our first answer."
    session.flush()
    assert why_look_first(session, case.id) == ""
    review.reply_hash = reply_hash("We were there first.")
    session.flush()
    assert "nothing to answer" in why_look_first(session, case.id)
    review.reply_hash = reply_hash("Our first answer.")
    by_hand(session, case, ana)
    assert the_reply(session, case).state is ReplyState.POSTED


def test_whoever_is_late_changes_nothing(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Every step carries what was seen; another's step in between refuses it."""
    before = seen(session, case)
    submitted(session, case, ana)
    for late in (
        lambda: submit(session, case.id, seen=before, findings=OK, by=ana),
        lambda: approve(session, case.id, seen=before, by=ben),
        lambda: send_back(session, case.id, "x", seen=before, by=ben),
        lambda: hold(session, case.id, seen=before, by=ben),
        lambda: hold(session, case.id, seen=before + 1, by=ben),
        lambda: posted_by_hand(session, case.id, seen=before + 1, findings=OK, by=ben),
        lambda: write_anew(session, case.id, seen=before + 1, by=ben),
        lambda: stop(session, case.id, by=ben),
    ):
        with pytest.raises(CaseChanged):
            late()
    assert the_reply(session, case).state is ReplyState.SUBMITTED


def free(session: Session, case: Case, by: Actor, **values: Any) -> bool:
    """Whether what this person has put in needs no second one; `values` of gaps, or findings."""
    findings = values.pop("findings", OK)
    return needs_no_second(session, case, the_reply(session, case), values=values, findings=findings, by=by)


def test_an_approved_saved_reply_to_a_calm_review_needs_no_second(session: Session, ana: Actor, ben: Actor) -> None:
    """Unchanged, and approved by somebody who did not write it; anger, a risk or one changed letter takes that away."""
    calm = make_case(session, make_review(session))
    score = make_score(session, calm.review, reasons=[])
    saved = keep_reply(session, None, Fields(name="Thanks", body="Thank you for the praise."), by=ana)
    with pytest.raises(BadValue, match="somebody else"):
        approve_saved(session, saved.id, seen=1, by=ana)
    approve_saved(session, saved.id, seen=1, by=ben)
    first = save_words(session, calm.id, saved.body, seen=0, by=ana, saved_reply_id=saved.id)
    assert free(session, calm, ana)
    assert not free(session, calm, ana, findings=NEVER)
    calm.is_risky = True
    assert not free(session, calm, ana)
    calm.is_risky = False
    score.reasons = ["threat"]
    assert not free(session, calm, ana)
    score.reasons, calm.review.content_hash = [], "edited"  # and not judged anew
    session.flush()
    assert not free(session, calm, ana)
    calm.review.content_hash = score.content_hash
    session.flush()
    save_words(session, calm.id, saved.body + "!", seen=first.version, by=ana)
    assert not free(session, calm, ana)
    save_words(session, calm.id, saved.body, seen=seen(session, calm), by=ana, saved_reply_id=saved.id)
    state = submit(session, calm.id, seen=seen(session, calm), findings=OK, by=ana, is_free=True)
    assert (state, saved.used, saved.used_at) == (ReplyState.APPROVED, 1, NOW)


def test_what_people_sign_with_is_free_until_somebody_else_has_approved_it(
    session: Session, ana: Actor, ben: Actor
) -> None:
    """Names and contacts may stand in the gaps; a signature nobody has seen may not, nor words that are no longer."""
    calm = make_case(session, make_review(session))
    make_score(session, calm.review, reasons=[])
    body = "Thank you, {name}. Write to {contact}. {signature}"
    values = {"name": "Sam", "contact": "hello@lanterna.example", "signature": "Ana Silva, host"}
    saved = keep_reply(session, None, Fields(name="Thanks", body=body), by=ana)
    approve_saved(session, saved.id, seen=1, by=ben)
    save_words(session, calm.id, filled(body, values), seen=0, by=ana, saved_reply_id=saved.id)
    assert not free(session, calm, ana, **values)
    other = make_case(session, make_review(session, external_id="other"))
    save_words(session, other.id, "I am sorry. Ana Silva, host", seen=0, by=ana)
    submitted(session, other, ana)
    assert not free(session, calm, ana, **values)
    approve(session, other.id, seen=seen(session, other), by=ben)
    assert free(session, calm, ana, **values)
    assert not free(session, calm, ben, **values)  # it is not his
    assert not free(session, calm, ana, **values | {"signature": "host"} | {"contact": "another@lanterna.example"})
    the_reply(session, other).state = ReplyState.DRAFT  # as when it was changed after it had failed
    assert not free(session, calm, ana, **values)


def test_time_passes_in_the_log_too(session: Session, case: Case, ana: Actor, now: datetime) -> None:
    """A line says who and when."""
    submitted(session, case, replace(ana, now=now))
    [line] = audit.lines(session, case_id=case.id)
    assert (line.person_name, line.happened_at, line.case_id) == ("Ana", now, case.id)
