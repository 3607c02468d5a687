"""The page of a customer, the search, joining by hand, and what may be carried away."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.acting import Actor
from db.case_acts import set_stage
from db.complaints import Noted, take_complaint
from db.contacts import log_contact, promise
from db.judging import case_of
from db.models import AuditEntry, CaseStage, Channel
from db.roles import Access, Role
from db.session import session_scope
from tests.db.offer_hands import made_offer
from tests.factories import make_case, make_location, make_person, make_review, make_source

from .answers import sent
from .html import Page
from .posting import form_token
from .signing import signed_in


class Held:
    """What is held of one customer at two places, and of another of the same name."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        with session_scope(engine) as session:
            by = Actor(person_id=make_person(session).id, name="Ana", now=now)
            here, there = (make_location(session, name=name) for name in ("Here", "There"))
            where = {"platform": "yelp", "host": "api.yelp.com:443"}
            at_here, at_there = (make_source(session, location=place, **where) for place in (here, there))
            first = make_review(session, at_here, author_ref="u1", author_name="Ada Rossi", body="The soup was cold.")
            case = make_case(session, first)
            second = make_review(session, at_there, author_ref="u1", author_name="=Ada", body="Nobody came.")
            make_case(session, second)
            noted = Noted(channel=Channel.PHONE, words="Again.", name="Ada Rossi", contact="ada@rossi.example")
            self.complaint = take_complaint(session, here.id, noted, by=by)
            made_offer(session, case.id, by=by)
            today = now.date()
            said = "She would like to be called."
            log_contact(session, case.id, channel=Channel.PHONE, happened_at=now, said=said, by=by)
            promise(session, case.id, "Call her", owner_id=by.person_id, due_on=today, today=today, by=by)
            set_stage(session, [case.id], CaseStage.DONE, by=by)
            complained = case_of(session, self.complaint)
            assert complained is not None
            self.here, self.there, self.first, self.second = here.id, there.id, first.id, second.id


@pytest.fixture
def held(engine: Engine, now: datetime) -> Held:
    return Held(engine, now)


def page_of(client: FlaskClient, review_id: int, query: str = "") -> Page:
    return Page(client.get(f"/reviews/{review_id}/customer{query}"))


def test_all_that_is_held_on_one_page(client: FlaskClient, held: Held) -> None:
    """Linked from the case; both reviews, what was said, offered, promised and done; the namesake beside."""
    case = Page(client.get(f"/reviews/{held.first}"))
    assert f"/reviews/{held.first}/customer" in [link.attrs["href"] for link in case.all(".to-customer a")]
    page = page_of(client, held.first)
    assert "2 cases, 1 to do · 1 offer" in page.one(".head-words").text
    assert "given: €30" in page.one(".head-words").text
    told = page.one(".timeline").text
    for words in ("The guest wrote the review", "by phone", "She would like to be called.", "promised a step", "done"):
        assert words in told
    assert "Call her" in page.text
    assert "Ada Rossi" in page.one(".candidates").text
    assert {"Here", "There"} <= {one.text for one in page.all(".others-facts bdi")}


def test_joined_undone_joined_and_taken_apart(client: FlaskClient, held: Held) -> None:
    """From the hint or from a search; the button that takes it back is there at once, and later on the page."""
    joined = sent(client, page_of(client, held.first), "/customer/merge")
    assert "3 cases" in joined.one(".head-words").text
    undone = sent(client, joined, joined.one("form.undo").attrs["action"].split("?")[0])
    assert "2 cases" in undone.one(".head-words").text
    found = page_of(client, held.first, "?with=ada@rossi")
    sent(client, found, "/customer/merge")
    again = page_of(client, held.complaint)
    assert "3 cases" in again.one(".head-words").text
    apart = sent(client, again, "/customer/part")
    assert "1 case" in apart.one(".head-words").text


def test_somebody_elses_place_is_not_joined_nor_counted(app: Flask, held: Held) -> None:
    """Staff of one place see one of the reviews, and cannot join with what they do not see."""
    client = signed_in(app, Access(at={held.here: Role.STAFF}))
    page = page_of(client, held.first)
    assert "1 case" in page.one(".head-words").text
    assert "There" not in page.text
    given = {"csrf_token": form_token(client), "other": str(held.second)}
    assert client.post(f"/reviews/{held.first}/customer/merge", data=given).status_code == 404
    assert client.post("/customers/export", data=given | {"what": "cases"}).status_code == 403
    viewer = page_of(signed_in(app, Access(at={held.here: Role.VIEWER})), held.first)
    assert [form.attrs["action"] for form in viewer.all("main form[method=post]")] == []


@pytest.mark.usefixtures("held")
def test_search(client: FlaskClient) -> None:
    """By name and by mail, with a word when nobody is found; without a query those who came back."""
    assert len(Page(client.get("/customers")).all(".customer")) == 1
    assert len(Page(client.get("/customers?q=rossi")).all(".customer")) == 2
    assert "ada@rossi.example" in Page(client.get("/customers?q=ada@rossi.example")).one(".customer").text
    assert "Nobody of that name" in Page(client.get("/customers?q=zebra")).text


def rows_of(client: FlaskClient, **given: str) -> list[list[str]]:
    answer = client.post("/customers/export", data={"csrf_token": form_token(client)} | given)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_files_are_masked_unless_asked_and_never_formulas(app: Flask, held: Held, engine: Engine) -> None:
    """By an approver of one place: that place alone; who took which data stands in the log."""
    owner = signed_in(app)
    head, *lines = rows_of(owner, what="customers")
    assert head[:5] == ["Customer", "Name", "Contact", "Sources", "Cases"]
    assert [line[1:3] for line in lines] == [["A. R. / A.", ""], ["A. R.", "a•••@•••.example"]]
    assert (lines[0][4:6], lines[0][8:]) == (["2", "1"], ["1", "30", "EUR"])
    _, *named = rows_of(owner, what="customers", contacts="yes")
    assert [line[1:3] for line in named] == [["Ada Rossi / =Ada", ""], ["Ada Rossi", "ada@rossi.example"]]
    _, *cases = rows_of(owner, what="cases", contacts="yes")
    assert [line[4] for line in cases] == ["Ada Rossi", "'=Ada", "Ada Rossi"]
    assert cases[0][-1] == f"http://127.0.0.1:8000/reviews/{held.first}"
    approver = signed_in(app, Access(at={held.there: Role.APPROVER}))
    assert len(rows_of(approver, what="cases")) == 2
    with session_scope(engine) as session:
        told = select(AuditEntry).where(AuditEntry.kind == "customers_exported").order_by(AuditEntry.id)
        facts = [(one.facts["what"], one.facts["has_contacts"], one.facts["places"]) for one in session.scalars(told)]
    assert facts == [
        ("customers", False, None),
        ("customers", True, None),
        ("cases", True, None),
        ("cases", False, [held.there]),
    ]


def test_card_is_taken_by_approvers_and_told(app: Flask, held: Held, engine: Engine) -> None:
    """As a file with the name and the contact that they gave."""
    owner, address = signed_in(app), f"/reviews/{held.complaint}/customer/vcard"
    assert address in [form.attrs["action"] for form in page_of(owner, held.complaint).all("form")]
    answer = owner.post(address, data={"csrf_token": form_token(owner)})
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert "FN:Ada Rossi\r\n" in answer.text
    assert "EMAIL:ada@rossi.example\r\n" in answer.text
    staff = signed_in(app, Access(at={held.here: Role.STAFF}))
    assert staff.post(address, data={"csrf_token": form_token(staff)}).status_code == 403
    with session_scope(engine) as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.kind == "customers_exported")).one()
        assert (told.facts["what"], told.facts["review_id"]) == ("vcard", held.complaint)
