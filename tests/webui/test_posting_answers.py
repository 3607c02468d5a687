"""What the worker makes of an answer that is due: looked at again, checked, sent once, and what comes of each fault."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from crawlers.standin import StandIn
from db.acting import Actor
from db.claims import claim_source
from db.errors import BadValue
from db.ingest import ingest
from db.models import Case, CaseState, Reply, ReplyState, Review, Source, SourceHealth
from db.replies import reply_of, save_words
from db.reply_findings import failed_ids
from db.reply_flow import approve, hold, submit, write_anew
from db.session import session_scope
from db.wording import reply_hash
from tests.answers import UNANSWERED, Answers
from tests.factories import make_person
from tests.flow.running import until
from webui.jobs.posting import confirm, fits_platform, post_due, post_until

PUT = {"prefix": "/api/google/accounts", "method": "PUT"}
BLOCKED = {"check": "B06", "severity": "block", "override": "approver", "outcome": "failed"}


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC)) as started:
        yield started


@pytest.fixture
def answers(engine: Engine, database_url: str, tmp_path: Path, standin: StandIn) -> Answers:
    """One answer, to a review at Google."""
    return Answers(standin, engine, database_url, tmp_path, platforms=("google",))


def outcome(answers: Answers) -> tuple[ReplyState, str, int]:
    """Its state, why a person is asked, and how often it has arrived."""
    reply = answers.state("google")
    return reply.state, reply.trouble, answers.arrived()["google"]


def review_of(answers: Answers, platform: str = "google") -> Review:
    with session_scope(answers.engine) as session:
        case = session.get_one(Case, answers.state(platform).case_id)
        return session.get_one(Review, case.review_id)


def change(answers: Answers, table: type, **columns: Any) -> None:
    with session_scope(answers.engine) as session:
        session.execute(update(table).values(**columns))


def test_an_answer_goes_out_once_with_its_last_check(answers: Answers) -> None:
    """The check made at the last moment stays with what is published."""
    assert post_due(answers.services) == 1
    assert outcome(answers) == (ReplyState.POSTED, "", 1)
    reply = answers.state("google")
    assert (reply.posted_body, [one["check"] for one in reply.findings]) == (reply.body, ["B10"])
    assert post_due(answers.services) == 0


def test_seen_by_a_reading_it_is_live(answers: Answers) -> None:
    """Not while Google looks at it; then with its words. Its case is answered."""
    post_due(answers.services)
    states = []
    for _ in range(2):
        read(answers)
        confirm(answers.services)
        states.append(answers.state("google").state)
    assert states == [ReplyState.POSTED, ReplyState.LIVE]
    reply = answers.state("google")
    with session_scope(answers.engine) as session:
        case = session.get_one(Case, reply.case_id)
    assert (reply.live_body, case.state) == (reply.body, CaseState.ANSWERED)


def test_refused_by_moderation_it_comes_back_with_the_reason(answers: Answers) -> None:
    """As the platform gives it."""
    answers.standin.set_moderation("google", polls=0, verdict="rejected", reason="OFF_TOPIC")
    post_due(answers.services)
    read(answers)
    confirm(answers.services)
    assert outcome(answers) == (ReplyState.REJECTED, "Off topic", 1)


def read(answers: Answers) -> None:
    """What a crawl of this one review does."""
    from crawlers.posters import Answered
    from db.reply_claims import PostClaim
    from db.reply_target import target_of
    from webui.jobs.posting import poster_of

    reply, review = answers.state("google"), review_of(answers)
    claim = PostClaim(
        reply_id=reply.id,
        case_id=reply.case_id,
        review_id=review.id,
        source_id=review.source_id,
        token="",
        is_unsure=False,
        attempts=0,
        body="",
        content_hash="",
    )
    with session_scope(answers.engine) as session:
        target = target_of(session, claim)
        assert target is not None
        poster = poster_of(answers.services, claim, target)
        assert poster is not None
        seen = poster.look(Answered(review_id=review.external_id)).review
        assert seen is not None
        ingest(session, review.source_id, [seen], run_id=None, now=datetime.now(UTC) + timedelta(hours=1))


def test_a_review_that_was_changed_meanwhile_stops_it(answers: Answers) -> None:
    """The new words are stored, so whoever is asked can read them."""
    answers.standin.set_snapshot("t1")
    post_due(answers.services)
    state, trouble, count = outcome(answers)
    assert (state, count) == (ReplyState.FAILED, 0)
    assert "changed the review" in trouble
    assert review_of(answers).body == "Essen kalt. Der Wirt hat sich aber entschuldigt."


@pytest.mark.parametrize("table", [Review, Reply])
def test_a_text_that_is_kept_no_longer_stops_nothing(answers: Answers, table: type[Review] | type[Reply]) -> None:
    """Neither one that went since it was approved, nor one that was away then: nothing tells of an edit."""
    change(answers, table, content_hash="")
    post_due(answers.services)
    assert outcome(answers) == (ReplyState.POSTED, "", 1)


def test_a_review_that_was_answered_meanwhile_stops_it(answers: Answers) -> None:
    """By somebody on the platform itself; their answer is stored."""
    answers.standin.answer_by_hand("api-google", UNANSWERED["google"], "We were there first.")
    post_due(answers.services)
    state, trouble, count = outcome(answers)
    assert (state, count - 1) == (ReplyState.FAILED, 0)
    assert "an answer on the platform already" in trouble
    assert review_of(answers).reply_body == "We were there first."


def test_a_review_that_is_gone_stops_it(answers: Answers) -> None:
    """Nothing is sent into the void."""
    change(answers, Review, external_id="nobody")
    post_due(answers.services)
    state, trouble, count = outcome(answers)
    assert (state, count) == (ReplyState.FAILED, 0)
    assert "no longer there" in trouble


def test_the_very_words_are_there_already(answers: Answers) -> None:
    """Somebody has copied them meanwhile, or an attempt that was given up has arrived: it is posted, and not sent."""
    answers.standin.answer_by_hand("api-google", UNANSWERED["google"], "I am sorry,  google.")
    post_due(answers.services)
    assert outcome(answers) == (ReplyState.POSTED, "", 1)


def test_our_own_earlier_answer_is_replaced(answers: Answers) -> None:
    """Where the guest has written anew and our answer of before is still there."""
    answers.standin.answer_by_hand("api-google", UNANSWERED["google"], "Our first answer.")
    change(answers, Reply, live_body="Our first answer.")
    post_due(answers.services)
    assert outcome(answers) == (ReplyState.POSTED, "", 2)


def test_another_answer_takes_the_place_of_the_live_one(answers: Answers) -> None:
    """Begun from what is live, held and sent; without the platform's word that it replaces the first it is not held."""
    post_due(answers.services)
    for _ in range(2):
        read(answers)
        confirm(answers.services)
    case_id = answers.state("google").case_id
    with session_scope(answers.engine) as session:
        ana, ben = (Actor(person_id=make_person(session).id, name="", now=datetime.now(UTC)) for _ in range(2))
        write_anew(session, case_id, seen=seen(session, case_id), by=ana)
        save_words(session, case_id, "Our second answer.", seen=seen(session, case_id), by=ana)
        submit(session, case_id, seen=seen(session, case_id), findings=[], by=ana)
        approve(session, case_id, seen=seen(session, case_id), by=ben)
        with pytest.raises(BadValue, match="nothing to answer"):
            hold(session, case_id, seen=seen(session, case_id), by=ana)
        hold(session, case_id, seen=seen(session, case_id), by=ana, after=timedelta(0), is_replaced=True)
    post_due(answers.services)
    assert outcome(answers) == (ReplyState.POSTED, "", 2)
    assert answers.standin.arrivals()[-1].text == "Our second answer."


def test_another_answer_does_not_replace_what_is_not_ours(answers: Answers) -> None:
    """Somebody has changed it on the platform since ours was live, and a reading has told so."""
    change(answers, Reply, live_body="Our first answer.")
    change(answers, Case, state=CaseState.ANSWERED)
    change(answers, Review, reply_body="Theirs.", reply_hash=reply_hash("Theirs."))
    post_due(answers.services)
    state, trouble, count = outcome(answers)
    assert (state, count) == (ReplyState.FAILED, 0)
    assert "nothing to answer here any more" in trouble


def seen(session: Session, case_id: int) -> int:
    found = reply_of(session, case_id)
    assert found is not None
    return found.version


@pytest.mark.parametrize(
    ("lifted", "state"), [([], ReplyState.FAILED), ([BLOCKED], ReplyState.POSTED)], ids=["new", "lifted"]
)
def test_the_last_check_holds_it_back(lifted: list[dict[str, Any]], state: ReplyState, answers: Answers) -> None:
    """Unless it is what an approver has read and lifted."""
    change(answers, Reply, findings=lifted)
    post_due(answers.services, check=lambda *_: [BLOCKED])
    assert outcome(answers)[0] is state
    assert ("B06" in outcome(answers)[1]) is (state is ReplyState.FAILED)


def test_an_answer_that_does_not_fit_is_not_even_sent(answers: Answers) -> None:
    """Google takes 4,096 bytes, of which an accent takes two."""
    change(answers, Reply, body="é" * 2049)
    post_due(answers.services)
    assert outcome(answers)[::2] == (ReplyState.FAILED, 0)
    assert not any("PUT" in one.method for one in answers.standin.request_log())


@pytest.mark.parametrize(
    ("scenario", "states"),
    [
        ({"kind": "429", "retry_after": 300}, [ReplyState.HELD, ReplyState.POSTED]),
        ({"kind": "drop"}, [ReplyState.UNSURE, ReplyState.HELD, ReplyState.POSTED]),
        ({"kind": "drop", "after": True}, [ReplyState.UNSURE, ReplyState.POSTED]),
        ({"kind": "cut"}, [ReplyState.UNSURE, ReplyState.POSTED]),
        ({"kind": "503"}, [ReplyState.UNSURE, ReplyState.HELD, ReplyState.POSTED]),
        ({"kind": "409"}, [ReplyState.UNSURE, ReplyState.HELD, ReplyState.POSTED]),
        ({"kind": "403"}, [ReplyState.FAILED]),
    ],
    ids=lambda value: "".join(map(str, value.values())) if isinstance(value, dict) else None,
)
def test_a_fault_while_sending_doubles_nothing(
    scenario: dict[str, Any], states: list[ReplyState], answers: Answers
) -> None:
    """Step by step, as time passes: whatever the platform does, it gets the answer once, or a person is asked."""
    answers.standin.set_scenario(**PUT, **scenario, first=1)
    seen = []
    for _ in states:
        post_due(answers.services)
        seen.append(answers.state("google").state)
        answers.later()
    assert seen == states
    assert answers.arrived()["google"] == (states[-1] is ReplyState.POSTED)


def test_the_wait_that_a_platform_asks_for_is_kept(answers: Answers) -> None:
    """By the second; nothing is asked of it before."""
    answers.standin.set_scenario(**PUT, kind="429", retry_after=3000)
    began = datetime.now(UTC)
    post_due(answers.services)
    at = answers.state("google").post_at
    assert at is not None
    assert timedelta(seconds=3000) <= at - began < timedelta(seconds=3600)


def test_one_request_at_a_time_goes_to_a_host(answers: Answers) -> None:
    """Where a crawl reads from it the answer waits for its turn, a moment, and no try counts."""
    with session_scope(answers.engine) as session:
        assert claim_source(session, review_of(answers).source_id, now=datetime.now(UTC), lease_s=60)
    answers.standin.forget_requests()
    post_due(answers.services)
    reply = answers.state("google")
    assert (reply.state, reply.attempts, reply.claim, answers.standin.requests()) == (ReplyState.HELD, 0, None, {})
    change(answers, Source, claim=None, claimed_until=None)
    answers.later()
    post_due(answers.services)
    assert outcome(answers) == (ReplyState.POSTED, "", 1)


def test_a_platform_that_asked_to_be_left_alone_is(answers: Answers) -> None:
    """As long as its reading waits, so does the answer."""
    until = datetime.now(UTC) + timedelta(hours=2)
    change(answers, Source, health=SourceHealth.THROTTLED, next_crawl_at=until)
    answers.standin.forget_requests()
    post_due(answers.services)
    reply = answers.state("google")
    assert reply.post_at is not None
    assert abs(reply.post_at - until) < timedelta(minutes=1)
    assert answers.standin.requests() == {}


@pytest.mark.parametrize(
    ("table", "columns", "words"),
    [
        (Source, {"is_enabled": False}, "switched off"),
        (Source, {"sealed_keys": ""}, "is missing"),
        (Source, {"sealed_keys": "gAAAAAx"}, "cannot be read"),
        (Source, {"platform": "schemaorg"}, "answered by hand"),
        (Case, {"state": CaseState.GONE}, "nothing to answer here any more"),
        (Review, {"erased_for": "request"}, "nothing to answer here any more"),
    ],
    ids=["off", "keys", "sealed", "hand", "closed", "erased"],
)
def test_what_only_a_person_can_mend_asks_one(
    table: type, columns: dict[str, Any], words: str, answers: Answers
) -> None:
    """In a sentence, and without having sent anything."""
    change(answers, table, **columns)
    post_due(answers.services)
    state, trouble, count = outcome(answers)
    assert (state, count) == (ReplyState.FAILED, 0)
    assert words in trouble


def test_two_workers_at_once_post_each_answer_once(
    engine: Engine, database_url: str, tmp_path: Path, standin: StandIn
) -> None:
    """On eight platforms; Booking shows its answer later, and asks nobody meanwhile."""
    answers = Answers(standin, engine, database_url, tmp_path)
    workers = [answers.worker() for _ in range(2)]
    for worker in workers:
        worker.join()
    answers.close()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert {platform: answers.state(platform).state for platform in answers.platforms} == dict.fromkeys(
        answers.platforms, ReplyState.POSTED
    )
    assert answers.arrived() == dict.fromkeys(answers.platforms, 1)


def test_the_worker_sees_by_itself_what_is_due(answers: Answers) -> None:
    """Whoever has held an answer for half a minute need not wait for a full one."""
    stop = threading.Event()
    worker = threading.Thread(target=post_until, args=(answers.services, stop))
    worker.start()
    try:
        until(lambda: answers.state("google").state is ReplyState.POSTED, within_s=60, what="it is posted")
    finally:
        stop.set()
        worker.join()
    assert outcome(answers) == (ReplyState.POSTED, "", 1)


def test_limits_are_those_of_the_platform(answers: Answers) -> None:
    """Findings as the flow of answers has them."""
    from db.reply_claims import claim_post
    from db.reply_target import target_of

    with session_scope(answers.engine) as session:
        claim = claim_post(session, now=datetime.now(UTC))
        assert claim is not None
        target = target_of(session, claim)
    assert target is not None
    assert failed_ids(fits_platform(answers.services, claim, target)) == []
