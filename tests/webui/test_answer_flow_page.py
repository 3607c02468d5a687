"""The way of an answer on the pages: approved or sent back by somebody else, posted by hand or by the worker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.acting import Event, record
from db.models import Case, CaseState, Person, Reply, ReplyState, VersionKind
from db.replies import save_words
from db.reply_flow import send_back, submit
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_case, make_review, make_source
from webui.timeline import ANSWERS, ANSWERS_ALONE

from .answers import (
    BLOCKED,
    GOOD,
    GOOGLE_KEYS,
    LIFTABLE,
    WARNED,
    actor_of,
    answerable,
    approved,
    sent,
    submitted,
    the_reply,
    written,
)
from .html import Page
from .signing import client_of, make_person, signed_in
from .test_case_page import case_of, form_of, page_of, send

APPROVER = Access(everywhere=Role.APPROVER)


@pytest.fixture
def ana(app: Flask, engine: Engine) -> Person:
    """Staff, whose words these are."""
    with session_scope(engine) as session:
        person = make_person(session, Access(everywhere=Role.STAFF), app=app, name="Ana Silva")
        session.expunge(person)
    return person


@pytest.fixture
def ben(app: Flask, engine: Engine) -> Person:
    """Somebody who may approve."""
    with session_scope(engine) as session:
        person = make_person(session, APPROVER, app=app, name="Ben Okri")
        session.expunge(person)
    return person


@pytest.fixture
def review_id(engine: Engine, ana: Person) -> int:
    """With an answer that waits for approval."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        submitted(session, id_, actor_of(ana.id, "Ana Silva"))
        return id_


def approval(client: FlaskClient, review_id: int, *, status: int = 200) -> Page:
    return Page(client.get(f"/reviews/{review_id}/answer/approve"), status=status)


def state_of(engine: Engine, review_id: int) -> ReplyState:
    with session_scope(engine) as session:
        return the_reply(session, review_id).state


def test_approving_leads_to_the_next(app: Flask, engine: Engine, ana: Person, ben: Person, review_id: int) -> None:
    """Review and answer side by side; then the answer that has waited longest; then the case."""
    with session_scope(engine) as session:
        second = answerable(session).id
        submitted(session, second, actor_of(ana.id))
        own = answerable(session).id
        submitted(session, own, actor_of(ben.id))
    client = client_of(app, ben)
    page = approval(client, review_id)
    assert "forty minutes" in page.one(".voice").text
    assert page.one("#body").text == GOOD
    assert "Written by Ana Silva · submitted" in page.text
    following = send(client, form_of(page, "/approve"), body=GOOD)
    assert "Approved." in following.one(".told").text
    assert f"/reviews/{second}/answer/approve" in form_of(following, "/approve").attrs["action"]
    last = send(client, form_of(following, "/approve"), body=GOOD)
    assert "approved the answer" in last.one(".timeline").text
    assert "I posted it" in last.one(".by-hand").text
    assert state_of(engine, second) is ReplyState.APPROVED
    late = client.get(f"/reviews/{second}/answer/approve", follow_redirects=True)
    assert "Nobody asks about this answer" in Page(late).one(".told").text


def test_the_queue_leads_to_what_waits_for_approval(
    app: Flask, engine: Engine, ana: Person, ben: Person, review_id: int
) -> None:
    """From the list to the case, from there to approving it; then it stands there no longer. A reader of another place
    sees none of it."""
    with session_scope(engine) as session:
        other = make_source(session)
        make_case(session, make_review(session, other))
        stranger = make_person(session, Access(at={other.location_id: Role.APPROVER}), app=app, name="Cleo")
        session.expunge(stranger)

    def listed(person: Person) -> tuple[Page, str]:
        page = Page(client_of(app, person).get("/?view=approve"))
        return page, next(one for one in page.all("a.view") if "view=approve" in one.attrs["href"]).text

    nothing = ("Nothing waits for approval", "To approve 0")
    page, told = listed(stranger)
    assert (page.one(".empty h2").text, told) == nothing
    for person in (ana, ben):
        page, told = listed(person)
        assert told == "To approve 1"
        assert [tag.text for tag in page.one("li.row").all(".tag")][-1] == "To approve"
    client = client_of(app, ben)
    way = page.one(".row-link").attrs["href"]
    assert f"/reviews/{review_id}?" in way
    case = Page(client.get(way))
    asked = Page(client.get(case.one("[data-key=approve]").attrs["href"]))
    send(client, form_of(asked, "/approve"), body=GOOD)
    page, told = listed(ben)
    assert (page.one(".empty h2").text, told) == nothing


def test_nobody_approves_what_they_wrote(app: Flask, engine: Engine, ben: Person, review_id: int) -> None:
    """Neither offered nor done, not even for an owner while somebody else may."""
    with session_scope(engine) as session:
        owner = make_person(session, app=app, name="Olivia")
        reply = the_reply(session, review_id)
        reply.author_ids = [*reply.author_ids, ben.id, owner.id]
        third = make_person(session, APPROVER, app=app, name="Cleo")
        session.expunge(owner)
        version, third_id = reply.version, third.id
    for person in (ben, owner):
        client = client_of(app, person)
        page = approval(client, review_id)
        assert page.all("#body") == []
        assert "somebody else has to approve it" in page.text
        token = page.find("input[name=csrf_token]").attrs["value"]
        given = {"csrf_token": token, "version": str(version), "body": GOOD, "reason": "I may"}
        refused = Page(client.post(f"/reviews/{review_id}/answer/approve", data=given), status=422)
        assert "somebody else has to approve it" in refused.one(".fault").text
    with session_scope(engine) as session:
        reply = the_reply(session, review_id)
        reply.author_ids = [*reply.author_ids, third_id]
    assert approval(client_of(app, ben), review_id).all("#body") == []
    hers = client_of(app, owner)
    page = approval(hers, review_id)
    assert "Why do you approve your own answer?" in page.text
    send(hers, form_of(page, "/approve"), status=422, body=GOOD, reason=" ")
    done = send(hers, form_of(page, "/approve"), body=GOOD, reason="Alone <i>today</i>")
    assert "Alone <i>today</i>" in done.one(".timeline").text
    assert state_of(engine, review_id) is ReplyState.APPROVED


def test_an_approver_mends_the_words(app: Flask, ben: Person, review_id: int) -> None:
    """They are checked on the way; what is refused stays in its field, with what was found in it."""
    client = client_of(app, ben)
    page = approval(client, review_id)
    refused = send(client, form_of(page, "/approve"), status=422, body=BLOCKED)
    assert "may not be posted" in refused.one(".fault").text
    assert refused.one("#body").text == BLOCKED
    assert "{name}" in [one.text for one in refused.all("mark")]
    blocked = send(client, form_of(refused, "/approve"), status=422, body=LIFTABLE, reason="A quote")
    assert "Your own words bring in" in blocked.one(".fault").text
    assert blocked.all("#reason") == []  # nothing that they may lift
    send(client, form_of(blocked, "/approve"), status=422, body="y" * 10_001)
    send(client, form_of(blocked, "/approve"), status=422, body=" ")
    unread = send(client, form_of(blocked, "/approve"), status=422, body=WARNED)
    assert "tick that you have read it" in unread.one(".fault").text
    assert unread.one("#body").text == WARNED
    done = send(client, form_of(unread, "/approve"), body=WARNED + "\x00", ticked="yes")
    assert "I am sorry if you waited" in done.find("#answer .reply-text").text


def test_an_approver_mends_words_whose_block_is_to_be_lifted(
    app: Flask, engine: Engine, ana: Person, ben: Person
) -> None:
    """Its author has asked for it: whoever mends the rest lifts it with a reason of their own."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        reply = written(session, id_, actor_of(ana.id), LIFTABLE)
        found = [{"check": "B06", "severity": "block", "override": "approver", "outcome": "failed"}]
        submit(session, reply.case_id, seen=reply.version, findings=found, by=actor_of(ana.id), lift_reason="A quote")
    client, mended = client_of(app, ben), LIFTABLE.replace("Hello", "Good evening")
    lifting = send(client, form_of(approval(client, id_), "/approve"), status=422, body=mended)
    assert "Say why you lift it" in lifting.one(".fault").text
    long = send(client, form_of(lifting, "/approve"), status=422, body=mended, reason="x" * 2001)
    assert len(long.one("#reason").text) == 2001
    done = send(client, form_of(long, "/approve"), body=mended, reason="It is one")
    assert "Good evening" in done.find("#answer .reply-text").text
    assert "It is one" in done.one(".timeline").text


def test_whoever_decides_late_keeps_their_words(app: Flask, engine: Engine, ben: Person, review_id: int) -> None:
    """Sent back meanwhile, or written anew and submitted again: both texts are shown."""
    client = client_of(app, ben)
    page = approval(client, review_id)
    with session_scope(engine) as session:
        reply = the_reply(session, review_id)
        by = actor_of(ben.id)
        send_back(session, reply.case_id, "Shorter", seen=reply.version, by=by)
    late = send(client, form_of(page, "/approve"), status=409, body="Mended")
    assert "changed since you opened it" in late.one(".fault").text
    assert late.all("#body") == []
    assert [one.text for one in late.all(".reply-text")] == [GOOD, "Mended"]
    with session_scope(engine) as session:
        submitted(session, review_id, replace(by, person_id=the_reply(session, review_id).author_ids[0]), "Shorter")
    again = send(client, form_of(page, "/approve"), status=409, body="Mended")
    assert again.one(".theirs .reply-text").text == "Shorter"
    assert again.one("#body").text == "Mended"


def test_sending_back_and_taking_back(app: Flask, engine: Engine, ana: Person, ben: Person, review_id: int) -> None:
    """With a reason by an approver, without one by whoever submitted it, by nobody else."""
    client, hers = client_of(app, ben), client_of(app, ana)
    form = form_of(approval(client, review_id), "/send-back")
    assert "Say what to mend" in send(client, form, status=422, reason=" ").one(".fault").text
    assert len(send(client, form, status=422, reason="z" * 2001).one("#why").text) == 2001
    told = send(client, form, reason="Name the <wait>")
    assert "Sent back" in told.one(".told").text
    page = page_of(hers, review_id)
    assert page.one(".answer-trouble q").text == "Name the <wait>"
    assert page.one("#answer-body").text == GOOD
    assert "sent the answer back" in page.one(".timeline").text
    with session_scope(engine) as session:
        submitted(session, review_id, actor_of(ana.id, "Ana Silva"))
    taking = form_of(page_of(hers, review_id), "/send-back")
    other = signed_in(app, Access(everywhere=Role.STAFF))
    token = page_of(other, review_id).find("input[name=csrf_token]").attrs["value"]
    version = taking.find("[name=version]").attrs["value"]
    given = {"csrf_token": token, "version": version, "reason": "No"}
    refused = other.post(f"/reviews/{review_id}/answer/send-back", data=given)
    assert "Only an approver" in Page(refused, status=422).text
    assert page_of(other, review_id).all("#answer form") == []
    taken = send(hers, taking)
    assert "you can write on" in taken.one(".told").text
    assert taken.all("#answer-body")


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
    assert "just before posting holds this answer back: B09. Mend it" in page.text
    assert "{name}" in [one.text for one in page.all(".finding-block mark")]
    assert (page.all(".by-hand"), page.all("[data-copy]"), "by hand:" in page.text) == ([], [], False)
    token = page.find("input[name=csrf_token]").attrs["value"]
    for looked in ("", "yes"):
        given = {"csrf_token": token, "version": str(version), "looked": looked}
        refused = Page(client.post(f"/reviews/{id_}/answer/posted", data=given), status=422)
        assert "holds this answer back: B09" in refused.one("#answer .fault").text
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
    case = session.get_one(Case, reply.case_id)
    case.reply_state = ReplyState.FAILED
    session.flush()


def test_off_the_normal_path_its_keepers_approve(app: Flask, engine: Engine, ana: Person, ben: Person) -> None:
    """Whoever else opens it reads who may; a long answer is told to be more than a holding reply."""
    with session_scope(engine) as session:
        owner = make_person(session, app=app, name="Olivia")
        session.expunge(owner)
        id_ = answerable(session, risks=[{"risk": "legal", "probability": 0.9}]).id
        submitted(session, id_, actor_of(ana.id), " ".join([GOOD] * 2))
    client, hers = client_of(app, ben), client_of(app, owner)
    page = approval(client, id_)
    assert "only Olivia may approve" in page.text
    assert page.all("#body") == []
    token = page.find("input[name=csrf_token]").attrs["value"]
    given = {"csrf_token": token, "version": form_of(page, "/send-back").find("[name=version]").attrs["value"]}
    refused = Page(client.post(f"/reviews/{id_}/answer/approve", data=given), status=422)
    assert "only Olivia may approve" in refused.one(".fault").text
    assert "only Olivia may approve" in page_of(client_of(app, ana), id_).one("#answer").text
    page = approval(hers, id_)
    assert "Only a short holding reply" in page.text
    send(hers, form_of(page, "/approve"), body=page.one("#body").text)
    assert state_of(engine, id_) is ReplyState.APPROVED


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


def test_written_by_one_handed_in_by_another(app: Flask, engine: Engine, ana: Person, ben: Person) -> None:
    """Both have a part in it: an approver who only handed it in does not approve it."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        written(session, id_, actor_of(ana.id))
        submitted(session, id_, actor_of(ben.id))
        reply = the_reply(session, id_)
        assert (reply.author_ids, reply.submitted_by_id) == ([ana.id], ben.id)
    assert approval(client_of(app, ben), id_).all("#body") == []


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


def test_an_approver_sees_that_a_draft_was_handed_in_unchanged(
    app: Flask, engine: Engine, ana: Person, ben: Person
) -> None:
    """Nobody's words yet: whoever approves is the first to read them with care."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        by, case_id = actor_of(ana.id, "Ana Silva"), case_of(session, id_).id
        put = save_words(session, case_id, GOOD, seen=0, by=by, kind=VersionKind.COMPOSED)
        submit(session, case_id, seen=put.version, findings=[], by=by)
    page = approval(client_of(app, ben), id_)
    assert "A first draft that nobody has changed · submitted" in page.text
