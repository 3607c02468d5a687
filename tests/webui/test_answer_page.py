"""The answer on the page of its case, while it is written: saved, checked, put back, handed in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.acting import Actor
from db.models import Case, CaseState, Person, ReplyState, Review, Score
from db.replies import REPLY_MOST, save_words, wordings
from db.roles import Access, Role
from db.saved_replies import Fields, approve_saved, keep_reply
from db.session import session_scope
from tests.factories import NOW, make_case, make_review

from .answers import (
    BLOCKED,
    GOOD,
    LIFTABLE,
    WARNED,
    actor_of,
    answerable,
    autosave,
    sent,
    submitted,
    the_reply,
    written,
)
from .html import Page
from .signing import client_of, make_person, signed_in
from .test_case_page import case_of, form_of, page_of, send

# Passes every check that blocks or warns, to praise.
THANKS = (
    "Hello, thank you for these kind words about your evening on our terrace. It is good to hear that you enjoyed it. "
    "Elena Rossi, restaurant manager"
)


@pytest.fixture
def review_id(engine: Engine) -> int:
    with session_scope(engine) as session:
        return answerable(session).id


@pytest.fixture
def ben(app: Flask, engine: Engine) -> Person:
    with session_scope(engine) as session:
        person = make_person(session, app=app, name="Ben Okri")
        session.expunge(person)
    return person


def state_of(engine: Engine, review_id: int) -> ReplyState:
    with session_scope(engine) as session:
        return the_reply(session, review_id).state


def the_version(engine: Engine, review_id: int) -> int:
    with session_scope(engine) as session:
        return the_reply(session, review_id).version


def test_words_are_saved_as_they_are_typed(client: FlaskClient, review_id: int) -> None:
    """By the script and by the button; what one person types in one sitting is one wording."""
    answer = autosave(client, review_id, "I am\r\nsorry", 0)
    assert (answer.status_code, answer.json) == (200, {"told": "Saved.", "version": 1})
    assert autosave(client, review_id, "I am\nsorry.", 1).json == {"told": "Saved.", "version": 2}
    page = page_of(client, review_id)
    assert page.one("#answer-body").raw_text == "I am\nsorry."
    after = send(client, form_of(page, "/answer"), body="I am sorry that")
    assert after.one("#answer-body").text == "I am sorry that"
    assert after.all(".wordings") == []


def test_two_who_write_at_once_see_both_texts(client: FlaskClient, app: Flask, ben: Person, review_id: int) -> None:
    """Whoever is late is told by whom, by script as by form; their words stay in the field, and are kept beside it."""
    before = page_of(client, review_id)
    assert autosave(client_of(app, ben), review_id, "Theirs", 0).status_code == 200
    late = autosave(client, review_id, "Mine", 0)
    assert late.status_code == 409
    assert "Ben Okri has changed this answer" in (late.json or {})["told"]
    refused = send(client, form_of(before, "/answer"), status=409, body="Mine, longer")
    assert "Ben Okri has changed this answer" in refused.one("#answer .fault").text
    assert refused.one(".theirs .reply-text").text == "Theirs"
    assert refused.one("#answer-body").text == "Mine, longer"
    merged = send(client, form_of(refused, "/answer"), body="Both")
    assert merged.one("#answer-body").text == "Both"
    assert "Mine, longer" in [one.text for one in merged.all(".wordings .reply-text")]


def test_words_that_came_after_it_was_submitted_are_kept_aside(
    client: FlaskClient, engine: Engine, ben: Person, review_id: int
) -> None:
    """There is no field any more to put them into: they stand beside the answer."""
    before = page_of(client, review_id)
    with session_scope(engine) as session:
        submitted(session, review_id, actor_of(ben.id, "Ben Okri"))
    refused = send(client, form_of(before, "/answer"), status=409, body="Too late")
    assert "waits for approval" in refused.one("#answer .fault").text
    assert refused.one("details.theirs .reply-text").text == "Too late"
    assert "stand in the field" not in refused.text


def test_what_cannot_be_saved_stays_in_its_field(client: FlaskClient, review_id: int) -> None:
    """Too long for any platform: told by script and by form."""
    long = "x" * (REPLY_MOST + 1)
    assert autosave(client, review_id, long, 0).status_code == 422
    refused = send(client, form_of(page_of(client, review_id), "/answer"), status=422, body=long)
    assert len(refused.one("#answer-body").text) == len(long)
    form = form_of(page_of(client, review_id), "/answer")
    for odd in ("9" * 40, "7"):
        send(client, form, body="Fine", version=odd, status=409)
    assert send(client, form, body="Fine", version="x").one("#answer-body").text == "Fine", "nothing is version 0"


def test_hostile_words_are_words(client: FlaskClient, engine: Engine, ben: Person, review_id: int) -> None:
    """In the field, in findings, in wordings and in conflicts."""
    evil = '</textarea><script>alert(1)</script><img src=x onerror="alert(2)"> {name}\u202e'
    with session_scope(engine) as session:
        written(session, review_id, actor_of(ben.id, "<b>Ben</b>"), evil)
    page = page_of(client, review_id)
    refused = send(client, form_of(page, "/answer"), status=409, body=evil + "!", version="0")
    token = page.find("input[name=csrf_token]").attrs["value"]
    part = client.post(
        f"/reviews/{review_id}/answer/check", data={"csrf_token": token, "body": evil}, headers={"HX-Request": "true"}
    )
    for found in (page.source, refused.source, part.text):
        assert "<script>alert" not in found
        assert "<img src=x" not in found
        assert "<b>Ben" not in found
    assert autosave(client, review_id, "nothing\x00 at all", the_version(engine, review_id)).status_code == 200


def test_checks_are_told_while_it_is_written(client: FlaskClient, review_id: int) -> None:
    """As a part of the page for scripts, which saves nothing; without them the button saves and shows the same."""
    page = page_of(client, review_id)
    token = page.find("input[name=csrf_token]").attrs["value"]
    address = page.one("#answer-body").attrs["hx-post"]
    part = Page(client.post(address, data={"csrf_token": token, "body": BLOCKED}, headers={"HX-Request": "true"}))
    assert part.all("h1") == []
    assert part.find(".finding-block .finding-name").text
    assert "{name}" in [one.text for one in part.all("mark")]
    assert part.all("[name=ticked]") == []
    assert page_of(client, review_id).one("#answer-body").text == ""
    checked = sent(client, page, "/answer/check", body=BLOCKED)
    assert "{name}" in [one.text for one in checked.all("#findings mark")]
    assert checked.one("#answer-body").text == BLOCKED
    again = send(client, form_of(checked, "/answer"), body=GOOD)
    assert again.all("#findings .finding") == [], "what was found was found in other words"


def test_blocked_words_are_not_handed_in(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """They are saved, and the page says what to mend; an empty answer is none."""
    refused = sent(client, page_of(client, review_id), "/answer/submit", status=422, body=BLOCKED)
    assert "mend what is marked" in refused.one("#answer .fault").text
    assert refused.one("#answer-body").text == BLOCKED
    assert state_of(engine, review_id) is ReplyState.DRAFT
    empty = sent(client, refused, "/answer/submit", status=422, body=" ")
    assert "Write one first" in empty.one("#answer .fault").text


def test_warnings_are_read_before_it_is_handed_in(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """The tick counts for the warnings that were shown beside it, and for no others."""
    page = page_of(client, review_id)
    refused = sent(client, page, "/answer/submit", status=422, body=WARNED)
    assert "tick that you have read it" in refused.one("#answer .fault").text
    read = refused.one("input[name=read]").attrs["value"]
    assert "W01" in read.split()
    others = sent(client, refused, "/answer/submit", status=422, body=WARNED, read="W03", ticked="yes")
    assert "checked" not in others.one("[name=ticked]").attrs, "they were not those"
    assert sent(client, others, "/answer/submit", status=422, body=WARNED, read=read).all("[name=ticked]")
    done = sent(client, others, "/answer/submit", body=WARNED, read=read, ticked="yes")
    assert "Submitted" in done.one(".told").text
    assert "submitted an answer" in done.one(".timeline").text
    assert state_of(engine, review_id) is ReplyState.SUBMITTED


def test_a_block_that_may_be_lifted_asks_why(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """The reason goes to the approver and into the timeline; what was typed is not lost when it is refused."""
    page = sent(client, page_of(client, review_id), "/answer/check", body=LIFTABLE)
    refused = sent(client, page, "/answer/submit", status=422, body=LIFTABLE, lift_reason=" ", reads=True)
    assert "Say why" in refused.one("#answer .fault").text
    kept = sent(client, refused, "/answer/submit", status=422, body=LIFTABLE, lift_reason="x" * 2001, reads=True)
    assert len(kept.one("#lift-reason").text) == 2001
    done = sent(client, kept, "/answer/submit", body=LIFTABLE, lift_reason="It quotes\x00 <b>us</b>", reads=True)
    assert "It quotes <b>us</b>" in done.one(".timeline").text
    assert state_of(engine, review_id) is ReplyState.SUBMITTED


def test_handing_in_twice_is_told(client: FlaskClient, review_id: int) -> None:
    """A second press finds that it waits already, and what was refused or failed can be handed in unchanged."""
    page = page_of(client, review_id)
    checked = sent(client, page, "/answer/check", body=GOOD)
    assert "Submitted" in sent(client, checked, "/answer/submit", body=GOOD, reads=True).one(".told").text
    again = sent(client, checked, "/answer/submit", status=409, body=GOOD, reads=True)
    assert "moved on" in again.one("#answer .fault").text


@pytest.mark.parametrize("state", [ReplyState.REJECTED, ReplyState.FAILED])
def test_what_did_not_get_through_is_handed_in_again(
    client: FlaskClient, engine: Engine, ben: Person, review_id: int, state: ReplyState
) -> None:
    """With the very same words."""
    with session_scope(engine) as session:
        reply = submitted(session, review_id, actor_of(ben.id))
        reply.state = case_of(session, review_id).reply_state = state
    checked = sent(client, page_of(client, review_id), "/answer/check", body=GOOD)
    sent(client, checked, "/answer/submit", body=GOOD, reads=True)
    assert state_of(engine, review_id) is ReplyState.SUBMITTED


@pytest.mark.parametrize("state", [CaseState.NOT_US, CaseState.GONE])
def test_what_cannot_be_answered_is_not_handed_in(
    client: FlaskClient, engine: Engine, review_id: int, state: CaseState
) -> None:
    """Neither offered nor taken from a page that was open before."""
    page = page_of(client, review_id)
    with session_scope(engine) as session:
        case_of(session, review_id).state = state
    assert page_of(client, review_id).all("#answer-body") == []
    refused = sent(client, page, "/answer/submit", status=422, body=GOOD, read="W01 W02 W03", ticked="yes")
    assert refused.one("#answer .fault").text in (
        "It is about somebody else.",
        "The review is no longer shown at the source.",
    )


def test_a_platform_without_answers_offers_none(client: FlaskClient, engine: Engine) -> None:
    """It says so instead."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform="foursquare").id
    assert "takes no answers" in page_of(client, id_).one("#answer").text


def test_an_earlier_wording_comes_back(client: FlaskClient, engine: Engine, ben: Person, review_id: int) -> None:
    """As a new one; what is not there, or is late, is not put back."""
    with session_scope(engine) as session:
        written(session, review_id, actor_of(ben.id, "Ben Okri"), "The first")
    shown = send(client, form_of(page_of(client, review_id), "/answer"), body="The second")
    assert "Ben Okri" in shown.one(".wordings").text
    back = "/answer/restore"
    assert sent(client, shown, back, body="The second").one("#answer-body").text == "The first"
    late = sent(client, shown, back, status=409, wording="2", body="The second")
    assert "has changed" in late.one("#answer .fault").text
    fresh = page_of(client, review_id)
    for number, status in (("99", 422), ("0", 404), ("9" * 30, 404), ("x", 404)):
        sent(client, fresh, back, status=status, wording=number, body="The first")


def test_an_earlier_wording_comes_back_while_another_is_written(
    client: FlaskClient, engine: Engine, ben: Person, review_id: int
) -> None:
    """What has been saved since the page was opened hinders nothing; what was not is saved before, and stays."""
    with session_scope(engine) as session:
        written(session, review_id, actor_of(ben.id, "Ben Okri"), "The first")
    shown = send(client, form_of(page_of(client, review_id), "/answer"), body="The second")
    saved = autosave(client, review_id, "The second, longer", the_version(engine, review_id)).json or {}
    version = str(saved["version"])
    after = sent(client, shown, "/answer/restore", body="The second, longer still", version=version)
    assert after.one("#answer-body").text == "The first"
    with session_scope(engine) as session:
        kept = [one.body for one in wordings(session, the_reply(session, review_id).id)]
    assert "The second, longer still" in kept


def test_a_review_that_was_changed_is_read_before_its_answer_is_submitted(
    client: FlaskClient, engine: Engine, review_id: int
) -> None:
    """Changed while the page was open: the words are kept, and wait for whoever wrote them to read it."""
    page = page_of(client, review_id)
    with session_scope(engine) as session:
        review = session.get_one(Review, review_id)
        review.body, review.content_hash = "We waited two hours, and were never seated.", "edited"
    refused = sent(client, page, "/answer/submit", status=409, body=GOOD)
    assert "since you opened this page" in refused.one("#answer .fault").text
    assert refused.one("#answer-body").text == GOOD
    assert "never seated" in refused.text
    assert state_of(engine, review_id) is ReplyState.DRAFT
    sent(client, refused, "/answer/submit", body=GOOD, reads=True)
    assert state_of(engine, review_id) is ReplyState.SUBMITTED


def answered_with_saved(session: Session, case_id: int, *, by: Person, approver: Person) -> None:
    """A reply that one of them saved and the other approved stands in the answer."""
    author = Actor(person_id=by.id, name="Ben", now=NOW)
    saved = keep_reply(session, None, Fields(name="Wait", body=THANKS), by=author)
    approve_saved(session, saved.id, seen=saved.version, by=actor_of(approver.id))
    save_words(session, case_id, THANKS, seen=0, by=author, saved_reply_id=saved.id)


def test_an_approved_saved_reply_needs_no_second_person(
    app: Flask, client: FlaskClient, engine: Engine, ben: Person
) -> None:
    """Unchanged, where nobody is angry; the timeline says so."""
    with session_scope(engine) as session:
        review = answerable(session, body="What a lovely evening on the terrace.", stars=5.0)
        case: Case = case_of(session, review.id)
        case.is_flagged = False
        score = session.get_one(Score, review.id)
        score.anger_level, score.topics = "calm", []
        answered_with_saved(session, case.id, by=ben, approver=make_person(session, app=app, name="Ana"))
        id_ = review.id
    page = sent(client, page_of(client, id_), "/answer/check", body=THANKS)
    done = sent(client, page, "/answer/submit", body=THANKS)
    assert "without a second person" in done.one(".told").text
    assert "answers with an approved saved reply" in done.one(".timeline").text
    assert state_of(engine, id_) is ReplyState.APPROVED


def test_a_saved_reply_to_what_is_not_judged_has_a_second_reader(
    client: FlaskClient, app: Flask, engine: Engine, ben: Person
) -> None:
    """However calm its case seems; and it is said why."""
    with session_scope(engine) as session:
        review = make_review(session, body="What a lovely evening on the terrace.", language="en", stars=5.0)
        case = make_case(session, review)
        answered_with_saved(session, case.id, by=ben, approver=make_person(session, app=app, name="Ana"))
        id_ = review.id
    page = sent(client, page_of(client, id_), "/answer/check", body=THANKS)
    told = sent(client, page, "/answer/submit", body=THANKS).all(".told")
    assert "has not judged this wording" in told[0].text
    assert state_of(engine, id_) is ReplyState.SUBMITTED


def test_viewers_read_and_write_nothing(app: Flask, engine: Engine, ben: Person, review_id: int) -> None:
    """They see what is written, without a field or a button."""
    with session_scope(engine) as session:
        written(session, review_id, actor_of(ben.id), "Half a thought")
    page = page_of(signed_in(app, Access(everywhere=Role.VIEWER)), review_id)
    assert page.find("#answer .reply-text").text == "Half a thought"
    assert page.all("#answer form") == []
    assert page.all("#answer textarea") == []


def test_page_says_that_it_is_checking(client: FlaskClient, review_id: int) -> None:
    """The first check of a process takes seconds on a busy machine: the field names what shows meanwhile."""
    page = page_of(client, review_id)
    field = page.one("#answer-body")
    assert page.one(field.attrs["hx-indicator"]).text == "Checking…"


def test_wordings_say_who_wrote_when_and_what_changed(
    app: Flask, engine: Engine, client: FlaskClient, ben: Person, review_id: int
) -> None:
    """One that is much like the one before shows the difference; what was written anew stands whole."""
    with session_scope(engine) as session:
        ana = make_person(session, app=app, name="Ana Silva").id
    with session_scope(engine) as session:
        for by, words in (
            (actor_of(ana, "Ana"), "We were late, sorry."),
            (actor_of(ben.id, "Ben"), "We were very late, sorry."),
            (actor_of(ana, "Ana"), "No."),
        ):
            written(session, review_id, by, words)
    anew, mended, first = page_of(client, review_id).all(".wordings li")
    assert (anew.find(".reply-text").text, anew.all(".diff")) == ("No.", [])
    assert mended.find(".diff ins").text == "[added: very]"
    assert mended.find(".hint bdi").text == "Ben"
    assert mended.find(".hint time").attrs["datetime"]
    assert first.find(".reply-text").text == "We were late, sorry."


def test_a_tick_stays_while_nothing_else_warns(client: FlaskClient, review_id: int) -> None:
    """Whoever types on, or has to say more, has read it all the same; another warning asks anew."""
    page = sent(client, page_of(client, review_id), "/answer/check", body=LIFTABLE.replace("I am sorry", "Sorry if"))
    given = {"csrf_token": page.find("input[name=csrf_token]").attrs["value"], "ticked": "yes"}
    read = page.one("input[name=read]").attrs["value"]
    address, script = page.one("#answer-body").attrs["hx-post"], {"HX-Request": "true"}
    for body, seen, stays in ((page.one("#answer-body").text, read, True), (WARNED, "S01", False)):
        part = Page(client.post(address, data=given | {"body": body, "read": seen}, headers=script))
        assert ("checked" in part.one("[name=ticked]").attrs) is stays
    refused = sent(client, page, "/answer/submit", status=422, body=page.one("#answer-body").text, reads=True)
    assert "Say why" in refused.one("#answer .fault").text
    assert "checked" in refused.one("[name=ticked]").attrs


def test_a_book_is_told_beside_its_field(client: FlaskClient, review_id: int) -> None:
    """In any writing: a letter may be sent as twelve bytes."""
    page = page_of(client, review_id)
    assert send(client, form_of(page, "/answer"), body="💬" * REPLY_MOST).one("#answer-body").text == "💬" * REPLY_MOST
    long = send(client, form_of(page, "/answer"), status=422, body="書" * (REPLY_MOST + 1), version="1")
    assert "10000 letters at most" in long.one("#answer .fault").text
    book = Page(client.post(f"/reviews/{review_id}/answer", data={"body": "x" * 300_000}), status=413)
    assert "what you typed stands there still" in book.one(".empty").text
    by_itself = client.post(f"/reviews/{review_id}/answer", data={"body": "x" * 300_000}, headers={"X-Autosave": "1"})
    assert "more than Amends takes" in (by_itself.json or {})["told"]
