"""An answer on the page of whoever decides: approved, mended or sent back by somebody else."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask
from sqlalchemy import Engine

from db.models import Person, ReplyState, Review, VersionKind
from db.replies import save_words
from db.reply_flow import send_back, submit
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_review, make_source

from .answers import (
    BLOCKED,
    GOOD,
    LIFTABLE,
    WARNED,
    actor_of,
    answerable,
    submitted,
    the_reply,
    written,
)
from .approving import APPROVER, approval, state_of
from .approving import ana as ana  # noqa: PLC0414 - a fixture, as those that follow
from .approving import ben as ben  # noqa: PLC0414
from .approving import review_id as review_id  # noqa: PLC0414
from .html import Page
from .signing import client_of, make_person, signed_in
from .test_case_page import case_of, form_of, page_of, send


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
    empty = send(client, form_of(blocked, "/approve"), status=422, body=" ")
    assert "all checks pass" not in empty.text, "there is nothing to check"
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
    page = approval(client, id_)
    assert "required" not in page.one("#reason").attrs, "whoever mends the block away lifts nothing"
    lifting = send(client, form_of(page, "/approve"), status=422, body=mended)
    assert "Say why you lift it" in lifting.one(".fault").text
    long = send(client, form_of(lifting, "/approve"), status=422, body=mended, reason="x" * 2001)
    assert len(long.one("#reason").text) == 2001
    done = send(client, form_of(long, "/approve"), body=mended, reason="It is one", ticked="yes")
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


def test_a_review_that_was_changed_is_read_before_its_answer_is_approved(
    app: Flask, engine: Engine, ben: Person, review_id: int
) -> None:
    """Since it was submitted: the page says so. While the page was open: nothing is approved, and it says so too."""
    client = client_of(app, ben)
    page = approval(client, review_id)
    assert "changed the review" not in page.text
    with session_scope(engine) as session:
        review = session.get_one(Review, review_id)
        review.body, review.content_hash = "We waited two hours, and my son is ill.", "edited"
    refused = send(client, form_of(page, "/approve"), status=409, body=GOOD, then="post")
    assert "since you opened this page" in refused.one(".fault").text
    assert "my son is ill" in refused.one(".voice").text
    assert refused.all(".theirs") == []
    assert state_of(engine, review_id) is ReplyState.SUBMITTED
    assert "since this was submitted" in approval(client, review_id).one(".answer-trouble").text
    assert "since this was submitted" in page_of(client, review_id).one("#answer .answer-trouble").text
    send(client, form_of(refused, "/approve"), body=GOOD)
    assert state_of(engine, review_id) is ReplyState.APPROVED


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


def test_written_by_one_handed_in_by_another(app: Flask, engine: Engine, ana: Person, ben: Person) -> None:
    """Both have a part in it: an approver who only handed it in does not approve it."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        written(session, id_, actor_of(ana.id))
        submitted(session, id_, actor_of(ben.id))
        reply = the_reply(session, id_)
        assert (reply.author_ids, reply.submitted_by_id) == ([ana.id], ben.id)
    assert approval(client_of(app, ben), id_).all("#body") == []


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


def test_words_that_a_browser_sends_back_are_not_mended(app: Flask, engine: Engine, ana: Person, ben: Person) -> None:
    """Its line ends are other ones: what their author has accepted needs no tick of whoever approves."""
    lines = LIFTABLE.replace(". ", ".\n")
    with session_scope(engine) as session:
        id_ = answerable(session).id
        reply = written(session, id_, actor_of(ana.id), lines)
        found = [{"check": "B06", "severity": "block", "override": "approver", "outcome": "failed"}]
        submit(session, reply.case_id, seen=reply.version, findings=found, by=actor_of(ana.id), lift_reason="A quote")
    client = client_of(app, ben)
    sent_back = lines.replace("\n", "\r\n")
    page = send(client, form_of(approval(client, id_), "/approve"), status=422, body=sent_back)
    assert "Say why you lift it" in page.one(".fault").text
    assert "What its author has seen and accepted" in page.text
    assert page.all("[name=ticked]") == []
    mended = send(client, form_of(page, "/approve"), body=sent_back.replace("Please calm down.", ""), ticked="yes")
    assert "Approved" in mended.one(".told").text
