"""Taking a complaint on the page, and all that its case shows of its customer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from db.contacts import contacts_of, open_promises
from db.models import Case, Complaint, Review
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_case, make_location, make_review, make_score, make_source

from .html import Page
from .pictures import HIDDEN, jpeg, png
from .posting import form_token
from .signing import signed_in

MAIL = b"From: Ada <ada@example.org>\r\nSubject: Soup\r\nContent-Type: text/plain\r\n\r\nThe soup was cold and late."


@pytest.fixture
def place_id(engine: Engine) -> int:
    with session_scope(engine) as session:
        return make_location(session, name="Trattoria").id


@pytest.fixture
def client(app: Flask, place_id: int) -> FlaskClient:
    return signed_in(app, Access(at={place_id: Role.STAFF}))


def take(client: FlaskClient, **fields: Any) -> TestResponse:
    """Fill the form in and send it."""
    page = Page(client.get("/complaints/new"))
    token = page.find("input[name=csrf_token]").attrs["value"]
    place = page.find("input[name=place]").attrs["value"]
    values = {"csrf_token": token, "place": place, "channel": "phone", "words": "The soup was cold.", "level": ""}
    return client.post("/complaints", data=values | fields, content_type="multipart/form-data")


def send(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """Post a form of a case."""
    token = form_token(client)
    return client.post(path, data={"csrf_token": token, **fields}, content_type="multipart/form-data")


def the_review(session: Session) -> int:
    """Of the only complaint."""
    return session.scalars(select(Complaint.review_id)).one()


def test_a_complaint_is_taken_and_shown_in_queue_and_case(client: FlaskClient, engine: Engine) -> None:
    """With its channel for a platform, its customer, how angry they were; no stars, no answer in public; once more."""
    answer = take(client, name="Ada Rossi", contact="ada@example.org", level="furious", channel="table")
    with session_scope(engine) as session:
        review_id = the_review(session)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/reviews/{review_id}")
    text = client.get("/").text
    assert "At the table" in text
    assert "Complaint" in text
    text = client.get(f"/reviews/{review_id}").text
    for words in ("Complaint by", "Ada Rossi", "At the table", "ada@example.org", "Furious", "took the complaint"):
        assert words in text, words
    for words in ("Your answer", "Not about us", "First seen at", "No rating"):
        assert words not in text, words
    again = Page(client.get("/complaints/new"))
    assert "checked" in again.find("input[name=channel][value=table]").attrs


def test_what_was_heard_is_not_told_as_the_word_of_the_model(client: FlaskClient, engine: Engine) -> None:
    """Neither as a probability nor beside what somebody says of it; where nobody heard it, both stand there."""
    for level, is_told in (("furious", False), ("", True)):
        take(client, level=level)
        with session_scope(engine) as session:
            heard = session.scalars(select(Complaint).order_by(Complaint.review_id.desc())).first()
            assert heard is not None
            make_score(session, session.get_one(Review, heard.review_id), anger=0.95, anger_level="furious")
            review_id = heard.review_id
        send(client, f"/reviews/{review_id}/anger", say="not-angry")
        text = client.get(f"/reviews/{review_id}").text
        assert "You said: not angry." in text
        assert ("likely to be angry" in text, "The model said" in text) == (is_told, is_told)


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client: FlaskClient, engine: Engine) -> None:
    """No words, no such channel, a file that is neither picture nor mail."""
    for fields, words in (
        ({"words": " "}, "few words are enough"),
        ({"channel": "pigeon"}, "how the complaint reached you"),
        ({"files": (BytesIO(b"MZ\0\0"), "C:\\photo.jpg")}, "photo.jpg is neither"),
        ({"files": (BytesIO(b"<svg onload='alert(1)'>"), "x.png")}, "x.png is neither"),
    ):
        answer = take(client, **{"name": "Ada Rossi"} | fields)
        assert answer.status_code == 422
        assert words in answer.text, words
        assert 'value="Ada Rossi"' in answer.text
    with session_scope(engine) as session:
        assert session.scalars(select(Review)).all() == []


def test_taken_back_its_words_stand_in_the_form(client: FlaskClient, engine: Engine) -> None:
    """The case is gone."""
    take(client, contact="0101 556677")
    with session_scope(engine) as session:
        review_id = the_review(session)
    answer = send(client, f"/reviews/{review_id}/complaint/undo")
    assert "The soup was cold." in answer.text
    assert "0101 556677" in answer.text
    assert client.get(f"/reviews/{review_id}").status_code == 404


def test_a_mail_says_it_in_its_own_words(client: FlaskClient, engine: Engine) -> None:
    """Its words, sender and address are taken where nothing is typed; it is shown as plain text."""
    take(client, words="", channel="mail", files=(BytesIO(MAIL), "soup.eml"))
    with session_scope(engine) as session:
        review_id = the_review(session)
    page = Page(client.get(f"/reviews/{review_id}"))
    assert "The soup was cold and late." in page.text
    assert "ada@example.org" in page.text
    shown = client.get(page.find("a.attached-mail").attrs["href"])
    assert shown.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_picture_is_shown_locked_up_and_taken_away(client: FlaskClient, engine: Engine) -> None:
    """Nothing hung on it is kept; by its content, not its name; nothing in it may run."""
    take(client, files=[(BytesIO(jpeg()), "evil.html"), (BytesIO(png()), "two.png")])
    with session_scope(engine) as session:
        review_id = the_review(session)
    page = Page(client.get(f"/reviews/{review_id}"))
    first, second = (one.attrs["src"] for one in page.all("img.attached-picture"))
    shown = client.get(first)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert HIDDEN not in shown.data
    assert client.get(second).headers["Content-Type"] == "image/png"
    assert send(client, f"{first}/remove").status_code == 303
    assert client.get(first).status_code == 404
    assert send(client, f"{first}/restore").status_code == 303
    assert client.get(first).status_code == 200
    assert send(client, f"/reviews/{review_id}/attachments").status_code == 422
    assert send(client, f"/reviews/{review_id}/attachments", files=(BytesIO(png()), "3.png")).status_code == 303


def test_a_complaint_of_another_place_is_not_taken(client: FlaskClient, engine: Engine) -> None:
    """It does not exist."""
    with session_scope(engine) as session:
        other = make_location(session).id
    assert take(client, place=str(other)).status_code == 404


def test_talks_and_promises_stand_in_the_case_and_its_timeline(client: FlaskClient, engine: Engine) -> None:
    """What was said, and what is promised until it is done; what cannot be is told with what was typed."""
    take(client)
    with session_scope(engine) as session:
        review_id = the_review(session)
        case_id = session.scalars(select(Case.id)).one()
    path = f"/reviews/{review_id}"
    said = {
        "channel": "phone",
        "at": "2026-11-22T09:30",
        "said": "Still cross.",
        "agreed": "We call on Monday.",
    }
    assert send(client, f"{path}/contacts", **said).status_code == 303
    refused = send(client, f"{path}/contacts", **said | {"at": "2027-01-01T10:00"})
    assert refused.status_code == 422
    assert "lies ahead" in refused.text
    assert refused.text.count("We call on Monday.") >= 2
    page = Page(client.get(path))
    owner = page.find("#promise-owner option").attrs["value"]
    promised = {"what": "Call her on Monday", "owner": owner, "due_on": "2026-11-23"}
    assert send(client, f"{path}/promises", **promised).status_code == 303
    assert send(client, f"{path}/promises", **promised | {"owner": "4711"}).status_code == 422
    assert send(client, f"{path}/promises", **promised | {"due_on": "soon"}).status_code == 422
    text = client.get(path).text
    for words in ("spoke with the customer by phone", "Still cross.", "promised a step", "Call her on Monday"):
        assert words in text, words
    assert "Call her on Monday" in client.get("/promises").text
    with session_scope(engine) as session:
        [step] = open_promises(session, places=None)
        [contact] = contacts_of(session, case_id)
    assert contact.happened_at == NOW.replace(hour=9, minute=30)
    send(client, f"{path}/promises/{step.id}/done")
    assert "Call her on Monday" not in client.get("/promises").text
    assert send(client, f"{path}/contacts/{contact.id}/delete").status_code == 303
    assert "Still cross." not in client.get(path).text


def test_an_offer_in_a_message_depends_on_no_review(client: FlaskClient, engine: Engine) -> None:
    """A bargain is blocked; an offer needs a tick and gets the sentence; what was sent stands in the contact log."""
    take(client, contact="ada@example.org")
    with session_scope(engine) as session:
        review_id = the_review(session)
        case_id = session.scalars(select(Case.id)).one()
    path = f"/reviews/{review_id}"
    bargain = "We will refund you 30 euros if you delete your review or change it to five stars."
    refused = send(client, f"{path}/message/ready", version="0", body=bargain, unconditional="yes")
    assert refused.status_code == 422
    assert "Rewrite what is blocked" in refused.text
    body = (
        "Dear Ada Rossi, I am sorry that your soup was cold and that nobody came when you asked. You were right to "
        "complain: we should have looked after you. I would like to offer you a bottle of wine with your next dinner. "
        "Please call me when you know the day, or write to me at hello@lanterna.example. Elena Rossi, manager"
    )
    seen = Page(refused, status=422).find("#message input[name=version]").attrs["value"]
    values = {"address": "ada@example.org", "subject": "Your soup", "body": body, "ticked": "yes"}
    values["read"] = "B01 W01 W02 W03 W04 W06 S01 S02 S03 S04 S05"
    unsworn = send(client, f"{path}/message/ready", version=seen, **values)
    assert "Tick that what you offer" in unsworn.text
    seen = Page(unsworn, status=422).find("#message input[name=version]").attrs["value"]
    answer = send(client, f"{path}/message/ready", version=seen, unconditional="yes", **values)
    assert answer.status_code == 303, answer.text
    page = Page(client.get(path))
    link = page.find("#message a.button").attrs["href"]
    assert link.startswith("mailto:ada@example.org?subject=Your%20soup&body=Dear%20Ada")
    assert "does%20not%20depend%20on%20any%20review" in link
    seen = page.find(".message-sent input[name=version]").attrs["value"]
    assert send(client, f"{path}/message/sent", version=seen, channel="mail").status_code == 303
    with session_scope(engine) as session:
        [entry] = contacts_of(session, case_id)
    assert entry.said.startswith(body)
    assert "whatever you write about us" in entry.said
    assert "wrote to the customer" in client.get(path).text


def test_the_review_that_came_anyway_is_linked(client: FlaskClient, engine: Engine, place_id: int) -> None:
    """Suggested in both cases; each then points to the other."""
    take(client, name="Ada Rossi")
    with session_scope(engine) as session:
        complaint = the_review(session)
        review = make_review(
            session, make_source(session, location_id=place_id), author_name="Ada R.",
            published_at=NOW + timedelta(hours=1),
        )  # fmt: skip
        make_case(session, review, is_flagged=True)
        review_id = review.id
    assert "may be by the same customer" in client.get(f"/reviews/{review_id}").text
    assert send(client, f"/reviews/{complaint}/link", other=str(review_id), goes_on="that").status_code == 303
    assert "had complained before" in client.get(f"/reviews/{review_id}").text
    text = client.get(f"/reviews/{complaint}").text
    assert "wrote a review" in text
    assert "The work goes on there" in text
    assert send(client, f"/reviews/{review_id}/link/undo", complaint=str(complaint)).status_code == 303
    assert "wrote a review" not in client.get(f"/reviews/{complaint}").text
    assert send(client, f"/reviews/{complaint}/link", other="4711", goes_on="that").status_code == 422


def test_when_it_happened_is_meant_on_the_clocks_of_the_place(app: Flask, engine: Engine) -> None:
    """Typed there, shown there, and again in the form once it is taken back; what is no moment is told."""
    with session_scope(engine) as session:
        place_id = make_location(session, name="Ramen-ya", timezone="Asia/Tokyo").id
    client = signed_in(app, Access(at={place_id: Role.STAFF}))
    for typed, words in (("2026-11-21T25:00", "Choose a day and a time"), ("2027-11-21T20:30", "in the past")):
        answer = take(client, at=typed)
        assert (answer.status_code, words in answer.text) == (422, True)
        assert Page(answer, status=422).find("input[name=at]").attrs["value"] == typed
    take(client, at="2026-11-21T20:30")
    with session_scope(engine) as session:
        review_id = the_review(session)
        review = session.get_one(Review, review_id)
        assert review.visited_at == datetime(2026, 11, 21, 11, 30, tzinfo=UTC)
    line = Page(client.get(f"/reviews/{review_id}")).find(".facts-line")
    assert "Happened on Saturday, 21 November 2026, 8:30" in line.text
    answer = send(client, f"/reviews/{review_id}/complaint/undo")
    assert Page(answer).find("input[name=at]").attrs["value"] == "2026-11-21T20:30"


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("", "A little something is waiting for you as soon as your words about us sound kinder."),
        ("", "Sobald Ihre Sterne wieder stimmen, liegt ein Gutschein für Sie bereit."),
        ("", "You will find that such words have a price."),
        ("A dinner for two if you delete your review", "I am sorry that your soup was cold. Please call me."),
    ],
)
def test_bargains_and_threats_of_any_words_are_blocked(client: FlaskClient, subject: str, body: str) -> None:
    """Those that no rule knows but the model does, and those in the subject, for which alone nobody would look."""
    path = taken_path(client)
    refused = send(client, f"{path}/message/ready", version="0", subject=subject, body=body, **READ)
    assert refused.status_code == 422
    assert "Rewrite what is blocked" in refused.text
    marked = [one.text for one in Page(refused, status=422).all("#message-findings .finding-block mark")]
    assert marked
    assert all(words in f"{subject} {body}" for words in marked)
    fields = {"subject": subject, "body": body, "csrf_token": form_token(client)}
    assert Page(client.post(f"{path}/message/check", data=fields)).all(".finding-block")


def test_an_offer_without_a_word_of_reviews_is_only_a_warning(client: FlaskClient) -> None:
    """The model takes any offer for a bargain; in private, making good is what a message is for."""
    path = taken_path(client)
    body = "I am sorry that your soup was cold. I would like to refund the two main courses, 38 euros, to your card."
    ready = send(client, f"{path}/message/ready", version="0", subject="Your review", body=body, **READ)
    assert ready.status_code == 303, ready.text


def test_an_offer_in_the_subject_depends_on_no_review_either(client: FlaskClient) -> None:
    """It has to be sworn, and the sentence stands below the text."""
    path = taken_path(client)
    values = {"subject": "A refund of your dinner", "body": "Dear Ada, please call me when you can. Elena"}
    unsworn = send(client, f"{path}/message/ready", version="0", **values, **READ | {"unconditional": ""})
    assert unsworn.status_code == 422
    assert "Tick that what you offer" in unsworn.text
    seen = Page(unsworn, status=422).find("#message input[name=version]").attrs["value"]
    ready = send(client, f"{path}/message/ready", version=seen, **values, **READ)
    assert ready.status_code == 303
    assert "whatever you write about us" in Page(client.get(path)).one("#message .reply-text").text


READ = {"read": "B01 B04 B05 B06 B07 W01 W02 W03 W04 W06 S01 S02 S03 S04 S05", "ticked": "yes", "unconditional": "yes"}


def taken_path(client: FlaskClient) -> str:
    """The page of a complaint that was just taken."""
    return take(client, contact="ada@example.org").headers["Location"].split("?")[0].split("#")[0]
