"""What a person does with a case on its page: each act, its way back, and what is told when somebody was faster."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.case_acts import assign
from db.models import Case, CaseStage, Person, Source
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_source

from .html import Element, Page
from .signing import client_of, make_person, signed_in


@pytest.fixture
def review_id(engine: Engine) -> int:
    """The first of two cases in the queue, at a place in Madrid."""
    with session_scope(engine) as session:
        source = make_source(session, location=make_location(session, timezone="Europe/Madrid"))
        ids = []
        for priority in (90.0, 10.0):
            review = make_review(session, source)
            make_case(session, review, is_flagged=True, priority=priority)
            ids.append(review.id)
        return ids[0]


def page_of(client: FlaskClient, review_id: int) -> Page:
    return Page(client.get(f"/reviews/{review_id}"))


def form_of(page: Element, end: str, *, having: str = "") -> Element:
    """The form whose address ends so."""
    forms = [one for one in page.all("form") if one.attrs["action"].split("?")[0].endswith(end)]
    return next(one for one in forms if not having or one.all(having))


def send(client: FlaskClient, form: Element, *, status: int = 200, **values: str) -> Page:
    """As a browser does: the hidden fields, what was typed, and on to where it leads."""
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input[type=hidden]")}
    return Page(client.post(form.attrs["action"], data=hidden | values, follow_redirects=True), status=status)


def case_of(session: Session, review_id: int) -> Case:
    return session.scalars(select(Case).where(Case.review_id == review_id)).one()


def test_taking_a_case_and_back(client: FlaskClient, review_id: int) -> None:
    """One press each way; the page says whose it is and the timeline what happened."""
    after = send(client, form_of(page_of(client, review_id), "/assign"), to="me")
    assert "Assigned to you." in after.one(".told").text
    assert after.one(".owner-name").text == "Assigned to You"
    assert "took it" in after.one(".timeline").text
    undone = send(client, after.one(".undo"))
    assert "Taken back" in undone.one(".told").text
    assert "Nobody has it" in undone.one(".owner-name").text
    assert "took back: whose it is" in undone.one(".timeline").text
    again = send(client, after.one(".undo"))
    assert "no longer be taken back" in again.one(".told-not").text


def test_work_goes_to_those_who_may_do_it_there(
    app: Flask, client: FlaskClient, engine: Engine, review_id: int
) -> None:
    """Neither to a viewer nor to staff of another place, and the list does not offer them."""
    with session_scope(engine) as session:
        case = case_of(session, review_id)
        place_id = session.scalars(select(Source.location_id)).first() or 0
        staff = make_person(session, Access(at={place_id: Role.STAFF}), app=app, name="Sofia Brandt")
        others = [
            make_person(session, Access(at={place_id: Role.VIEWER}), app=app),
            make_person(session, Access(at={make_location(session).id: Role.OWNER}), app=app),
        ]
        ids, case_id = [one.id for one in others], case.id
    page = page_of(client, review_id)
    form = form_of(page, "/assign", having="select")
    offered = {one.attrs["value"] for one in form.all("option")}
    assert str(staff.id) in offered
    assert not {str(id_) for id_ in ids} & offered
    for to in (*map(str, ids), "9999", ""):
        assert "Choose somebody from the list" in send(client, form, to=to, status=422).one(".trouble").text
    assert "Sofia Brandt" in send(client, form, to=str(staff.id)).one(".owner-name").text
    with session_scope(engine) as session:
        assert session.get_one(Case, case_id).assignee_id == staff.id


def test_done_leads_to_the_next_case(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """Of the list the reader came from; the last one leads back to the list; undo to the case itself."""
    after = send(client, form_of(page_of(client, review_id), "/stage"), stage="done")
    assert after.find(".told span").text == "Done."
    assert f"/reviews/{review_id + 1}/" in form_of(after, "/assign").attrs["action"]
    last = send(client, form_of(after, "/stage"), stage="done")
    assert last.all(".empty") or last.all(".queue")
    back = send(client, last.one(".undo"))
    assert back.one(".work-head").text == "To do"
    with session_scope(engine) as session:
        assert case_of(session, review_id).stage is CaseStage.DONE


def test_waiting_for_the_guest(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """With the day to ask again: in three days unless told otherwise, in the morning of the place."""
    form = form_of(page_of(client, review_id), "/stage", having="[name=ask_on]")
    day = form.find("[name=ask_on]").attrs["value"]
    assert day == "2026-11-25"
    after = send(client, form, stage="waiting", ask_on=day)
    assert after.one(".work-head").text == "Waiting for the guest"
    assert "25 Nov 2026" in after.one(".work-rests").text
    with session_scope(engine) as session:
        assert case_of(session, review_id).follow_up_at == datetime(2026, 11, 25, 8, tzinfo=UTC)
    for wrong in ("2026-11-20", "", "soon"):
        assert "still to come" in send(client, form, stage="waiting", ask_on=wrong, version="", status=422).text
    assert send(client, form_of(after, "/stage", having="[value=todo]"), stage="todo").one(".work-head").text == "To do"


@pytest.mark.parametrize(
    ("values", "until"),
    [
        ({"until": "1h"}, datetime(2026, 11, 22, 13, tzinfo=UTC)),
        ({"until": "3h"}, datetime(2026, 11, 22, 15, tzinfo=UTC)),
        ({"until": "tomorrow"}, datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ({"until": "monday"}, datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ({"day": "2026-12-01"}, datetime(2026, 12, 1, 8, tzinfo=UTC)),
    ],
)
def test_putting_off(
    client: FlaskClient, engine: Engine, review_id: int, values: dict[str, Any], until: datetime
) -> None:
    """To a moment by the clock of the place; it can be brought back before."""
    after = send(client, form_of(page_of(client, review_id), "/snooze"), **values)
    assert "Put off until" in after.one(".work-rests").text
    with session_scope(engine) as session:
        assert case_of(session, review_id).snoozed_until == until
    assert "brought it back" in send(client, form_of(after, "/wake")).one(".timeline").text


def test_putting_off_to_no_time(client: FlaskClient, review_id: int) -> None:
    """The past and nonsense are refused in words; on a Sunday, tomorrow and Monday are one offer."""
    page = page_of(client, review_id)
    assert [one.attrs["value"] for one in page.all(".later-one")] == ["1h", "3h", "tomorrow"]
    for day in ("2020-01-01", "soon", ""):
        assert send(client, form_of(page, "/snooze"), day=day, status=422).all(".trouble")


def test_letting_go_takes_two(app: Flask, client: FlaskClient, review_id: int) -> None:
    """The asker only waits; staff only read; another approver agrees or sends it back with a reason."""
    form = form_of(page_of(client, review_id), "/let-go")
    assert "Say why" in send(client, form, reason=" ", status=422).one(".trouble").text
    asked = send(client, form, reason="A competitor wrote it.")
    assert "A competitor wrote it." in asked.one(".asked").text
    assert not [one for one in asked.all("form") if one.attrs["action"].endswith(("/agree", "/refuse"))]
    staff = page_of(signed_in(app, Access(everywhere=Role.STAFF)), review_id)
    assert "An approver agrees" in staff.one(".asked").text
    assert staff.one(".asked").all("form") == []
    second = signed_in(app, Access(everywhere=Role.APPROVER))
    seen = page_of(second, review_id)
    assert "Say why" in send(second, form_of(seen, "/refuse"), reason="", status=422).one(".trouble").text
    sent_back = send(second, form_of(seen, "/refuse"), reason="It is from last week.")
    assert "It is from last week." in sent_back.one(".timeline").text
    send(client, form_of(page_of(client, review_id), "/let-go"), reason="It really was a competitor.")
    send(client, form_of(page_of(client, review_id), "/withdraw"))
    send(client, form_of(page_of(client, review_id), "/let-go"), reason="It was a competitor.")
    send(second, form_of(page_of(second, review_id), "/agree"))
    assert page_of(client, review_id).one(".work-head").text == "Not pursued"


def test_somebody_else_was_faster(
    app: Flask, client: FlaskClient, engine: Engine, review_id: int, now: datetime
) -> None:
    """Nothing is done; the page tells what happened meanwhile and keeps what was typed."""
    shown = page_of(client, review_id)
    with session_scope(engine) as session:
        ben = make_person(session, app=app, name="Ben <b>Bold")
        later = Actor(person_id=ben.id, name=ben.name, now=now + timedelta(seconds=5))
        assign(session, [case_of(session, review_id).id], ben.id, by=later)
    refused = send(client, form_of(shown, "/let-go"), reason="It was long ago.", status=409)
    trouble = refused.one(".trouble").text
    assert "Somebody else has changed this case" in trouble
    assert "Ben <b>Bold took it" in trouble
    assert "What you typed stands in its field still" in trouble
    form = form_of(refused, "/let-go")
    assert form.find("textarea").text == "It was long ago."
    assert "open" in refused.one("[data-key=state]").attrs
    assert "Asked." in send(client, form, reason="It was long ago.").one(".told").text


def test_tags(client: FlaskClient, review_id: int) -> None:
    """Put on, offered to others of the place, taken off, and each taken back."""
    page = page_of(client, review_id)
    tagged = send(client, form_of(page, "/tags"), tag="Terrace")
    assert tagged.one(".chip").text == "Take off the tag Terrace"
    assert [one.attrs["value"] for one in page_of(client, review_id + 1).all("datalist option")] == ["Terrace"]
    assert "already" in send(client, form_of(tagged, "/tags"), tag="terrace").one(".told").text
    gone = send(client, form_of(tagged, "/remove"), tag_id=tagged.one("button.chip").attrs["value"])
    assert gone.all(".chip") == []
    assert send(client, gone.one(".undo")).one(".chip")
    assert "Type a word" in send(client, form_of(page, "/tags"), tag="#", status=422).one(".trouble").text


def test_acts_keep_the_place_in_the_queue(client: FlaskClient, review_id: int) -> None:
    """View and filters stand in the address of every form and of what follows."""
    page = Page(client.get(f"/reviews/{review_id}?view=all&q=waited"))
    forms = page.all("#case form")
    assert len(forms) > 8
    assert all("view=all" in one.attrs["action"] and "q=waited" in one.attrs["action"] for one in forms)
    done = send(client, form_of(page, "/stage"), stage="done")
    assert "view=all" in done.one("a.trail-back").attrs["href"]


def test_keys_have_something_to_press(client: FlaskClient, review_id: int) -> None:
    """The names by which the script of single keys finds the acts."""
    found = {one.attrs["data-key"] for one in page_of(client, review_id).all("main [data-key]")}
    assert {"mine", "assign", "state", "done", "snooze", "tag", "note"} <= found


def test_nobody_undoes_what_somebody_else_did(app: Flask, client: FlaskClient, review_id: int) -> None:
    """Whoever gets hold of the address; and it leads nowhere but to pages of ours."""
    after = send(client, form_of(page_of(client, review_id), "/assign"), to="me")
    action = after.one(".undo").attrs["action"]
    other = signed_in(app)
    token = page_of(other, review_id).find("input[name=csrf_token]").attrs["value"]
    assert "no longer" in Page(other.post(action, data={"csrf_token": token}, follow_redirects=True)).one(".told").text
    assert page_of(client, review_id).one(".owner-name").text == "Assigned to You"
    away = re.sub(r"next=[^&]*", "next=//elsewhere.example", action)
    assert other.post(away, data={"csrf_token": token}).headers["Location"] == "/"


def test_viewer_sees_the_work_without_its_buttons(app: Flask, review_id: int) -> None:
    """And may only watch."""
    page = page_of(signed_in(app, Access(everywhere=Role.VIEWER)), review_id)
    assert page.one(".work-head").text == "To do"
    assert {one.attrs["action"].rpartition("/")[2] for one in page.all("main form[method=post]")} == {"watch"}


def test_snoozed_twice_at_once(app: Flask, engine: Engine, review_id: int) -> None:
    """Two tabs of one person: the second is told, and its form works once it has been told."""
    with session_scope(engine) as session:
        person = session.get_one(Person, make_person(session, app=app).id)
        session.expunge(person)
    client = client_of(app, person)
    shown = page_of(client, review_id)
    send(client, form_of(shown, "/assign"), to="me")
    refused = send(client, form_of(shown, "/snooze"), until="1h", status=409)
    assert "Put off" in send(client, form_of(refused, "/snooze"), until="1h").one(".work-rests").text
