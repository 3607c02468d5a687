"""The way of an answer on the pages after it was approved: posted by hand or by the worker, and begun anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.acting import Event, record
from db.models import Case, CaseState, Person, Reply, ReplyState
from db.session import session_scope
from tests.factories import NOW
from webui.timeline import ANSWERS, ANSWERS_ALONE

from .answers import (
    GOOD,
    GOOGLE_KEYS,
    WARNED,
    actor_of,
    answerable,
    approved,
    sent,
    submitted,
    the_reply,
)
from .approving import ana as ana  # noqa: PLC0414 - a fixture, as those that follow
from .approving import approval, state_of
from .approving import ben as ben  # noqa: PLC0414
from .approving import review_id as review_id  # noqa: PLC0414
from .html import Page
from .signing import client_of, make_person
from .test_case_page import case_of, form_of, page_of, send


def test_posting_by_hand(app: Flask, engine: Engine, ana: Person, ben: Person) -> None:
    """Copy, open, say so; then it waits to be seen; what failed is told with the same three steps."""
    with session_scope(engine) as session:
        id_ = answerable(session, url="javascript:alert(1)").id
        approved(session, id_, actor_of(ana.id), actor_of(ben.id))
        reply = the_reply(session, id_)
        reply.state = case_of(session, id_).reply_state = ReplyState.FAILED
        reply.trouble = "The platform <b>says no</b>."
    client = client_of(app, ana)
    page = page_of(client, id_)
    assert "javascript:" not in page.one(".by-hand").text
    assert [link.attrs["href"] for link in page.all(".by-hand a") if "javascript" in link.attrs["href"]] == []
    assert page.one(".answer-trouble").text == "The platform <b>says no</b>."
    assert page.one("[data-copy]").attrs["data-copy"] == GOOD
    form = form_of(page, "/posted")
    done = send(client, form)
    assert done.one(".answer-state").text == "Posted, not seen yet"
    assert "posted the answer" in done.one(".timeline").text
    late = send(client, form, status=409)
    assert "changed since you opened it" in late.one("#answer .fault").text


@pytest.mark.parametrize("is_failed", [False, True], ids=["approved", "failed"])
def test_a_block_takes_the_steps_by_hand_away(
    app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path, is_failed: bool
) -> None:
    """What is found now counts, not what was found when it was approved; the worker's refusal is no way round it."""
    with session_scope(engine) as session:
        keys = GOOGLE_KEYS if is_failed else None
        id_ = answerable(session, platform="google" if is_failed else "schemaorg", keys=keys, data_dir=data_dir).id
        reply = approved(session, id_, actor_of(ana.id), actor_of(ben.id), GOOD.replace("Hello", "Hello {name}"))
        if is_failed:
            failed(session, reply)
        version = reply.version
    client = client_of(app, ana)
    page = page_of(client, id_).one("#answer")
    assert "just before posting holds this answer back: Nothing unfinished (B09). Mend it" in page.text
    assert "{name}" in [one.text for one in page.all(".finding-block mark")]
    assert (page.all(".by-hand"), page.all("[data-copy]"), "by hand:" in page.text) == ([], [], False)
    token = page.find("input[name=csrf_token]").attrs["value"]
    for looked in ("", "yes"):
        given = {"csrf_token": token, "version": str(version), "looked": looked}
        refused = Page(client.post(f"/reviews/{id_}/answer/posted", data=given), status=422)
        assert "holds this answer back: Nothing unfinished (B09)" in refused.one("#answer .fault").text
    assert state_of(engine, id_) is (ReplyState.FAILED if is_failed else ReplyState.APPROVED)


def test_what_came_in_between_is_asked_before_it_is_posted_by_hand(
    app: Flask, engine: Engine, ana: Person, ben: Person
) -> None:
    """Gone while the steps were followed: who sees the answer there says so, and the last check stays with it."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        approved(session, id_, actor_of(ana.id), actor_of(ben.id), WARNED)
    client = client_of(app, ana)
    form = form_of(page_of(client, id_), "/posted")
    with session_scope(engine) as session:
        case_of(session, id_).state = CaseState.GONE
    asked = send(client, form, status=422)
    assert "nothing to answer here any more" in asked.one("#answer .fault").text
    assert asked.one("#answer").text.count("nothing to answer here any more") == 1
    page = page_of(client, id_)
    assert "nothing to answer here any more" in page.one("#answer").text
    assert (page.all(".by-hand"), page.all("[data-copy]")) == ([], [])
    form = form_of(page, "/posted")
    assert form.find("button").text == "I see it there: it is posted"
    done = send(client, form)
    assert done.one(".answer-state").text == "Posted, not seen yet"
    with session_scope(engine) as session:
        assert "W01" in [one["check"] for one in the_reply(session, id_).findings]


def test_the_worker_posts_it_unless_stopped(
    app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path
) -> None:
    """Held for half a minute with a button to stop; approving can post at once."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform="google", keys=GOOGLE_KEYS, data_dir=data_dir).id
        submitted(session, id_, actor_of(ana.id))
    client = client_of(app, ben)
    held = send(client, form_of(approval(client, id_), "/approve"), body=GOOD, then="post")
    assert "Goes out at" in held.one("[data-counts-down]").text
    assert held.one("[data-counts-down]").attrs["data-counts-down"] == "30"
    stopped = send(client, form_of(held, "/stop"))
    assert "Nothing was sent" in stopped.one(".told").text
    assert "too late" in send(client, form_of(held, "/stop"), status=409).one("#answer .fault").text.lower()
    again = send(client, form_of(stopped, "/post"))
    assert again.all("[data-counts-down]")
    assert all(words in again.one(".timeline").text for words in ("had the answer posted", "stopped the posting"))
    stopped = send(client, form_of(again, "/stop"))
    with session_scope(engine) as session:
        case_of(session, id_).state = CaseState.GONE
    assert "nothing to answer" in send(client, form_of(stopped, "/post"), status=422).one("#answer .fault").text


def test_without_its_keys_a_platform_is_answered_by_hand(
    app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path
) -> None:
    """What is missing is named, and who may enter it; a form that asks for more is refused."""
    with session_scope(engine) as session:
        keys = GOOGLE_KEYS | {"refresh_token": ""}
        id_ = answerable(session, platform="google", keys=keys, data_dir=data_dir).id
        reply = approved(session, id_, actor_of(ana.id), actor_of(ben.id))
        owner = make_person(session, app=app, name="Olivia")
        session.expunge(owner)
        version = reply.version
    hers = page_of(client_of(app, owner), id_).one("#answer")
    assert "once these are entered: refresh token" in hers.text
    link = next(one for one in hers.all("a") if one.text == "Enter them")
    assert link.attrs["href"].endswith("/edit#source-keys")
    client = client_of(app, ana)
    page = page_of(client, id_)
    assert "Ask Olivia" in page.one("#answer").text
    assert "I posted it" in page.one(".by-hand").text
    assert [one for one in page.all("form") if one.attrs["action"].split("?")[0].endswith("/post")] == []
    given = {"csrf_token": page.find("input[name=csrf_token]").attrs["value"], "version": str(version)}
    refused = Page(client.post(f"/reviews/{id_}/answer/post", data=given), status=422)
    assert "answered by hand" in refused.one("#answer .fault").text


@pytest.mark.parametrize("platform", ["google", "booking"])
def test_what_failed_goes_again_without_a_new_approval(
    app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path, platform: str
) -> None:
    """Where nothing has changed; a person looks first where the platform would not show what has arrived."""
    keys = GOOGLE_KEYS if platform == "google" else {"token": "t"}
    with session_scope(engine) as session:
        id_ = answerable(session, platform=platform, keys=keys, data_dir=data_dir).id
        failed(session, approved(session, id_, actor_of(ana.id), actor_of(ben.id)))
    client = client_of(app, ana)
    page = page_of(client, id_)
    assert "Nobody has to approve it again" in page.one(".answer-again").text
    form = form_of(page, "/post")
    if platform == "booking":
        assert "Look at the platform first" in send(client, form, status=422).one("#answer .fault").text
        assert form.find("[name=looked]")
    held = send(client, form, looked="yes")
    assert held.all("[data-counts-down]")
    with session_scope(engine) as session:
        failed(session, the_reply(session, id_))
        case_of(session, id_).review.content_hash = "another"
    page = page_of(client, id_)
    assert "changed the review since this was approved" in page.one("#answer").text
    assert page.all(".answer-again") == []


def test_what_was_perhaps_sent_is_looked_for_also_when_it_is_changed(
    app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path
) -> None:
    """Before it is posted from the page of whoever approves it, and from that of the case."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform="booking", keys={"token": "t"}, data_dir=data_dir).id
        failed(session, approved(session, id_, actor_of(ana.id), actor_of(ben.id)))
        submitted(session, id_, actor_of(ana.id), GOOD.replace("forty minutes", "so long"))
    approver, client = client_of(app, ben), client_of(app, ana)
    words = GOOD.replace("forty minutes", "so long")
    page = approval(approver, id_)
    refused = send(approver, form_of(page, "/approve"), status=422, then="post", body=words)
    assert "Look at the platform first" in refused.one(".fault").text
    assert page.one("[name=looked]")
    send(approver, form_of(refused, "/approve"), body=words)
    page = page_of(client, id_)
    form = form_of(page, "/post")
    assert form.find("[name=looked]")
    assert "Look at the platform first" in send(client, form, status=422).one("#answer .fault").text
    assert send(client, form, looked="yes").all("[data-counts-down]")


def test_refused_words_have_to_change(app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path) -> None:
    """The very words that the platform refused are not submitted again, nor put back by an approver."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform="google", keys=GOOGLE_KEYS, data_dir=data_dir).id
        reply = approved(session, id_, actor_of(ana.id), actor_of(ben.id))
        reply.state, reply.posted_body = ReplyState.REJECTED, reply.body
        case = case_of(session, id_)
        case.reply_state, case.review.reply_state = ReplyState.REJECTED, "rejected"
    client, approver = client_of(app, ana), client_of(app, ben)
    page = page_of(client, id_)
    assert "Change them, and submit them again" in page.one("#answer").text
    assert page.all(".answer-again") == []
    checked = sent(client, page, "/answer/check", body=GOOD)
    refused = sent(client, checked, "/answer/submit", status=422, body=GOOD, reads=True)
    assert "refused these very words" in refused.one("#answer .fault").text
    other = GOOD.replace("forty minutes", "so long")
    sent(client, sent(client, refused, "/answer/check", body=other), "/answer/submit", body=other, reads=True)
    assert state_of(engine, id_) is ReplyState.SUBMITTED
    form = form_of(approval(approver, id_), "/approve")
    assert "refused these very words" in send(approver, form, status=422, body=GOOD).one(".fault").text


def failed(session: Session, reply: Reply) -> None:
    """As a worker leaves what did not get through, though it was perhaps sent."""
    reply.state, reply.posted_body, reply.trouble = ReplyState.FAILED, reply.body, "The line broke."
    reply.may_be_there = True
    case = session.get_one(Case, reply.case_id)
    case.reply_state = ReplyState.FAILED
    session.flush()


def test_writing_anew(app: Flask, engine: Engine, ana: Person, ben: Person) -> None:
    """From what is approved or live: the words stand in the field, and go the same way once more."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        approved(session, id_, actor_of(ana.id), actor_of(ben.id))
    client = client_of(app, ana)
    after = send(client, form_of(page_of(client, id_), "/anew"))
    assert after.one("#answer-body").text == GOOD
    assert after.one(".answer-state").text == "Being written"
    with session_scope(engine) as session:
        reply = the_reply(session, id_)
        reply.state = case_of(session, id_).reply_state = ReplyState.POSTING
    page = page_of(client, id_)
    assert page.one(".answer-state").text == "Being posted"
    assert page.all("#answer form") == []


@pytest.mark.parametrize(("platform", "is_offered"), [("google", True), ("yelp", False), ("schemaorg", True)])
def test_another_answer_is_offered_where_it_replaces_the_live_one(
    app: Flask, engine: Engine, ana: Person, ben: Person, data_dir: Path, platform: str, is_offered: bool
) -> None:
    """And goes out from there to the worker; a platform that keeps the first one is asked for no second."""
    keys = GOOGLE_KEYS if platform == "google" else {"token": "t"}
    with session_scope(engine) as session:
        id_ = answerable(session, platform=platform, keys=keys, data_dir=data_dir, reply_body=GOOD).id
        reply, case = approved(session, id_, actor_of(ana.id), actor_of(ben.id)), case_of(session, id_)
        reply.state = case.reply_state = ReplyState.LIVE
        reply.live_body, case.state = GOOD, CaseState.ANSWERED
    client = client_of(app, ana)
    page = page_of(client, id_)
    forms = [one for one in page.all("#answer form") if one.attrs["action"].split("?")[0].endswith("/anew")]
    assert bool(forms) is is_offered
    if platform != "google":
        return
    send(client, forms[0])
    with session_scope(engine) as session:
        submitted(session, id_, actor_of(ana.id), GOOD.replace("forty minutes", "so long"))
    approver = client_of(app, ben)
    page = approval(approver, id_)
    held = send(approver, form_of(page, "/approve"), body=page.one("#body").text, then="post")
    stopped = send(client, form_of(held, "/stop"))
    assert send(client, form_of(stopped, "/post")).all("[data-counts-down]")


def test_every_step_has_its_sentence(client: FlaskClient, engine: Engine, ben: Person, review_id: int) -> None:
    """In the timeline, with who did it or without anybody; reasons are quoted, and are words."""
    with session_scope(engine) as session:
        case = case_of(session, review_id)
        for kind in ANSWERS:
            by = replace(actor_of(ben.id), name="<b>Ben</b>")
            record(session, [case.id], kind, {"reason": f"<i>{kind}</i>"}, by=by, now=NOW)
        for kind in ANSWERS_ALONE:
            record(session, [case.id], kind, {}, by=None, now=NOW)
        facts = {"to_id": ben.id, "to_name": "Ben Okri", "answer": True}
        record(session, [case.id], Event.ASSIGNED, facts, by=None, now=NOW)
    told = page_of(client, review_id).one(".timeline")
    for words in ANSWERS.values():
        assert words.replace("%(who)s", "<b>Ben</b>") in told.text
    for words in ANSWERS_ALONE.values():
        assert words in told.text
    assert "Assigned to Ben Okri, who had submitted the answer" in told.text
    assert "<i>reply_sent_back</i>" in told.text
    assert told.all("i") == []


def test_what_is_seen_as_it_was_written_is_not_shown_twice(
    app: Flask, engine: Engine, ana: Person, review_id: int
) -> None:
    """Where the platform has changed a word, its own wording stands below the answer."""
    with session_scope(engine) as session:
        reply, review = the_reply(session, review_id), case_of(session, review_id).review
        reply.state, reply.live_at, review.reply_body = ReplyState.LIVE, NOW, GOOD.replace(". ", ".\n")
    client = client_of(app, ana)
    shown = page_of(client, review_id).one(".reply")
    assert (shown.all(".reply-text"), "Word for word the answer above." in shown.text) == ([], True)
    with session_scope(engine) as session:
        case_of(session, review_id).review.reply_body = GOOD.replace("Hello", "Dear guest")
    assert "Dear guest" in page_of(client, review_id).one(".reply .reply-text").text
