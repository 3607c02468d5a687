"""Offers on the page of a case: the policy in a line, what may be done next by whom, and what is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.models import Offer, OfferState
from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source

from .html import Page
from .posting import form_token
from .signing import signed_in

WHY = "They waited for an hour"


@pytest.fixture
def review_id(engine: Engine) -> int:
    """An angry review at a place."""
    with session_scope(engine) as session:
        source = make_source(session, location=make_location(session, name="Lanterna"))
        review = make_review(session, source, author_ref="guest-1")
        make_score(session, review)
        make_case(session, review, is_flagged=True)
        return review.id


def proposal(client: FlaskClient, review_id: int, **fields: Any) -> tuple[int, Page]:
    """Propose a voucher of 30, changed by these fields; (status, page after it)."""
    form = {"kind": "voucher", "severity": "serious", "value": "30", "why": WHY, "free": "yes"}
    given = {"csrf_token": form_token(client), **form, **fields}
    answer = client.post(f"/reviews/{review_id}/offers", data=given)
    status = answer.status_code
    return status, Page(client.get(f"/reviews/{review_id}")) if status == 303 else Page(answer, status=422)


def act(client: FlaskClient, review_id: int, what: str, engine: Engine, **fields: str) -> int:
    """A form of the only offer."""
    offer = the_offer(engine)
    given = {"csrf_token": form_token(client), "version": str(offer.version), **fields}
    return client.post(f"/reviews/{review_id}/offers/{offer.id}/{what}", data=given).status_code


def the_offer(engine: Engine) -> Offer:
    with read_scope(engine) as session:
        return session.scalars(select(Offer).order_by(Offer.id.desc()).limit(1)).one()


def test_staff_give_a_voucher_inside_the_policy(app: Flask, engine: Engine, review_id: int) -> None:
    """From the line of the policy to the slip with its code, told in the timeline; the last step can be taken back."""
    client = signed_in(app, Access(everywhere=Role.STAFF))
    panel = Page(client.get(f"/reviews/{review_id}")).one("#offers")
    assert "Staff may offer up to €30, €0 of €200 of this month’s budget used." in panel.text
    assert "Suggested: Voucher, €10 to €30." in panel.text
    status, page = proposal(client, review_id)
    assert (status, the_offer(engine).state) == (303, OfferState.APPROVED)
    assert "€30 of €200 of this month’s budget used" in page.one("#offers").text
    undo = page.one(".told form").attrs["action"]
    assert act(client, review_id, "step", engine, to="offered") == 422
    assert act(client, review_id, "step", engine, to="offered", channel="mail") == 303
    assert client.post(undo, data={"csrf_token": form_token(client)}).status_code == 409
    for to in ("accepted", "issued"):
        assert act(client, review_id, "step", engine, to=to) == 303
        page = Page(client.get(f"/reviews/{review_id}"))
    slip = Page(client.get(page.one(".offer-issued a").attrs["href"]))
    assert "This offer does not depend on a review." in slip.text
    code = slip.one(".slip-code").text.strip()
    assert code.replace("-", "") == the_offer(engine).code
    assert code not in page.text
    assert "gave it: Voucher, €30" in page.one("#timeline").text
    taken = page.one(".told form").attrs["action"]
    assert client.post(taken, data={"csrf_token": form_token(client)}).status_code == 303
    assert the_offer(engine).state is OfferState.ACCEPTED


REFUSED: dict[str, dict[str, str]] = {
    "Tick that this offer does not depend on a review": {"free": ""},
    "“thirty” is no amount": {"value": "thirty"},
    "Say why": {"why": ""},
    "The last day is today or later": {"until": "2020-01-01"},
    "at least what the policy counts": {"cost": "1"},
    "Nobody may give more than 150 percent": {"price": "10"},
    "No offer may depend on a review": {"description": "A voucher if you delete your review"},
    "Say in a few words what the customer gets": {"kind": "item"},
}


def test_what_cannot_be_offered_is_refused_and_kept(app: Flask, engine: Engine, review_id: int) -> None:
    """In words, with what was typed; nothing is stored."""
    client = signed_in(app, Access(everywhere=Role.OWNER))
    for words, fields in REFUSED.items():
        status, page = proposal(client, review_id, **fields)
        assert status == 422, words
        assert words in page.one("#offers .fault").text
        for name, value in fields.items():
            if name in ("value", "price", "cost", "description"):
                assert page.one(f"#offers input[name={name}]").attrs["value"] == value
    with read_scope(engine) as session:
        assert session.scalars(select(Offer)).all() == []


def test_outside_the_policy_an_owner_decides_with_a_reason(app: Flask, engine: Engine, review_id: int) -> None:
    """Staff see why it waits and get no button; the owner says why, and all of it stands in the ledger."""
    staff = signed_in(app, Access(everywhere=Role.STAFF))
    _, page = proposal(staff, review_id, value="45,50")
    assert "€45.50 is above the range, which ends at €30." in page.one("#offers").text
    assert not [form for form in page.all("#offers form") if form.attrs["action"].endswith("/approve")]
    assert act(staff, review_id, "approve", engine, reason="I want to") == 422
    owner = signed_in(app, Access(everywhere=Role.OWNER))
    assert "Voucher, €45.50" in Page(owner.get("/offers")).text
    assert act(owner, review_id, "approve", engine, reason=" ") == 422
    assert act(owner, review_id, "approve", engine, reason="=A regular of ten years") == 303
    assert the_offer(engine).outside == ["range"]
    place_id = the_offer(engine).location_id
    ledger = Page(owner.get(f"/places/{place_id}/offers"))
    assert "Exception: It is above the range. “=A regular of ten years”" in ledger.one(".ledger").text
    assert "€45.50 of €200 bound, €154.50 left." in ledger.text
    file = owner.get(f"/places/{place_id}/offers.csv").text
    assert "'=A regular of ten years" in file
    assert ",45.50," in file
    assert staff.get(f"/places/{place_id}/offers").status_code == 403
    assert owner.get(f"/places/{place_id}/offers?month=2026-13").status_code == 404


@pytest.mark.parametrize("field", ["value", "cost", "price"])
def test_a_mistyped_amount_is_told_as_such(app: Flask, review_id: int, field: str) -> None:
    """More than any offer is worth is no "amount above nothing"."""
    client = signed_in(app, Access(everywhere=Role.STAFF))
    status, page = proposal(client, review_id, **{field: "9000000"})
    assert status == 422
    assert "too large an amount" in page.text


def test_an_exception_is_told_as_one(app: Flask, engine: Engine, review_id: int) -> None:
    """To the owner who allows what somebody else proposed."""
    proposal(signed_in(app, Access(everywhere=Role.STAFF)), review_id, value="60")
    owner = signed_in(app)
    assert act(owner, review_id, "approve", engine, reason="She has come for years") == 303
    assert "Approved as an exception" in Page(owner.get(f"/reviews/{review_id}")).one(".told").text


def test_a_code_is_redeemed_once_at_the_till(app: Flask, engine: Engine, review_id: int) -> None:
    """Typed in any case, looked at, redeemed; the second time it says so, and wrong codes are counted."""
    client = signed_in(app, Access(everywhere=Role.STAFF))
    proposal(client, review_id)
    for to in ("offered", "accepted", "issued"):
        act(client, review_id, "step", engine, to=to, channel="phone")
    code = the_offer(engine).code or ""
    given = {"csrf_token": form_token(client), "code": code.lower()}
    address = client.post("/redeem", data=given).headers["Location"]
    assert Page(client.get(address)).one(".till-state").text.strip() == "Valid"
    done = Page(client.get(client.post(address, data=given).headers["Location"]))
    assert done.one(".till-good .till-state").text.strip() == "Redeemed"
    undo = done.one(".told form").attrs["action"]
    assert Page(client.get(address)).one(".till-bad .till-state").text.strip() == "Used already: give nothing"
    again = client.post(address, data=given)
    assert again.status_code == 409
    assert "Used already: give nothing" in again.text
    assert client.post(undo, data=given).status_code == 303
    assert the_offer(engine).state is OfferState.ISSUED
    with session_scope(engine) as session:
        other_id = make_location(session).id
    elsewhere = signed_in(app, Access(at={other_id: Role.STAFF}))
    assert "There is no such code" in elsewhere.get(address).text
    tries = [client.post("/redeem", data={**given, "code": "O" * 12}).status_code for _ in range(31)]
    assert set(tries[:29]) == {422}
    assert tries[-1] == 429


def test_the_owner_changes_the_policy_and_it_is_remembered(app: Flask, review_id: int) -> None:
    """What changed stands in words beside who did it; a wrong entry and an older page change nothing."""
    client = signed_in(app, Access(everywhere=Role.OWNER))
    page = Page(client.get("/offers/policy"))
    form: dict[str, Any] = {}
    for field in page.all(".policy input"):
        if field.attrs.get("type") != "checkbox" or "checked" in field.attrs:
            form.setdefault(field.attrs["name"], []).append(field.attrs["value"])
    for field in page.all(".policy select"):
        form[field.attrs["name"]] = field.find("option[selected]").attrs["value"]
    assert client.post("/offers/policy", data={**form, "most-serious": "twenty"}).status_code == 422
    assert client.post("/offers/policy", data={**form, "percent-serious": "120"}).status_code == 422
    assert client.post("/offers/policy", data={**form, "most-serious": "20"}).status_code == 303
    assert client.post("/offers/policy", data={**form, "most-serious": "25"}).status_code == 409
    history = Page(client.get("/offers/policy")).one(".policy-history").text
    assert "Serious: range" in history
    assert "€10–€30" in history
    assert "€10–€20" in history
    _, case = proposal(signed_in(app, Access(everywhere=Role.STAFF)), review_id)
    assert "€30 is above the range, which ends at €20." in case.one("#offers").text
    assert signed_in(app, Access(at={1: Role.OWNER})).get("/offers/policy").status_code == 403


def test_a_person_of_one_place_sees_nothing_of_others(app: Flask, engine: Engine, review_id: int) -> None:
    """On the list of places."""
    with session_scope(engine) as session:
        place = make_location(session, name="There")
        place_id = place.id
    proposal(signed_in(app, Access(everywhere=Role.STAFF)), review_id)
    page = Page(signed_in(app, Access(at={place_id: Role.APPROVER})).get("/offers"))
    assert "There" in page.one("main").text
    assert "Lanterna" not in page.one("main").text
