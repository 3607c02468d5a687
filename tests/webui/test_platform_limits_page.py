"""What an owner says a platform lets an answer hold: entered on a page, and answers are checked by it from then on."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS
from db.reply_limits import own_limits
from db.session import session_scope
from tests.factories import make_source
from webui.answering import findings_in
from webui.platform_limits import answered, typed_fields

from .answers import GOOD, answerable
from .html import Page

LINKED = GOOD.replace("hello@lanterna.example", "hello@lanterna.example or see https://lanterna.example/contact")


def save(client: FlaskClient, key: str, *, status: int = 200, **values: str) -> Page:
    """The form as it stands, with these values."""
    page = Page(client.get(f"/platforms/{key}"))
    fields: dict[str, Any] = {one.attrs["name"]: one.attrs.get("value", "") for one in page.all("main .form input")}
    fields |= typed_fields(PLATFORMS[key].reply_rules) | {"csrf_token": fields["csrf_token"]} | values
    if not fields["offers_block"]:
        del fields["offers_block"]  # as browsers send a tick that is not set
    return Page(client.post(f"/platforms/{key}", data=fields, follow_redirects=True), status=status)


def blocks(engine: Engine, review_id: int, body: str) -> list[str]:
    return [one["check"] for one in findings_in(engine, review_id, body) or () if one["severity"] == "block"]


def row_of(page: Page, key: str) -> str:
    return page.one(f"tr#{key}").text


def test_every_platform_is_shown_and_those_in_use_come_first(client: FlaskClient, session: Session) -> None:
    """With what is known of it, and the day on which somebody looked."""
    make_source(session, platform="yelp")
    session.commit()
    page = Page(client.get("/platforms"))
    shown = [row.attrs["id"] for row in page.all("main tbody tr")]
    assert shown[0] == "yelp"
    assert sorted(shown) == sorted(answered())
    assert "No emoji." in row_of(page, "yelp")
    assert "20 Nov 2026" in row_of(page, "yelp")
    assert "as shipped" in row_of(page, "yelp")
    assert "4096 bytes" in row_of(page, "google")


def test_answers_are_checked_by_what_was_entered(client: FlaskClient, engine: Engine) -> None:
    """And again by what was shipped once that is wanted."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform="google").id
    assert blocks(engine, id_, LINKED) == ["B10"]
    page = save(client, "google", links="yes", most_bytes="200", checked_on="2026-11-21")
    assert "are checked by these rules from now on." in page.text
    assert "At most 200 bytes" in row_of(page, "google")
    assert "21 Nov 2026" in row_of(page, "google")
    assert blocks(engine, id_, LINKED) == ["B10"]  # too long
    save(client, "google", links="yes", checked_on="2026-11-21")
    assert blocks(engine, id_, LINKED) == []
    token = Page(client.get("/platforms/google")).all("input[name=csrf_token]")[0].attrs["value"]
    back = client.post("/platforms/google/shipped", data={"csrf_token": token}, follow_redirects=True)
    assert "as shipped" in row_of(Page(back), "google")
    assert blocks(engine, id_, LINKED) == ["B10"]


def test_page_of_a_source_tells_what_was_entered(client: FlaskClient, session: Session) -> None:
    """And the day on which somebody looked, not those of the version."""
    source = make_source(session, platform="google")
    session.commit()
    save(client, "google", links="yes", most_bytes="200", checked_on="2026-11-21")
    told = " ".join(part.text for part in Page(client.get(f"/sources/{source.id}/edit")).all(".facts"))
    assert "At most 200 bytes" in told
    assert "No links." not in told
    assert "checked on 21 Nov 2026" in told


def test_the_form_has_what_counts(client: FlaskClient, engine: Engine) -> None:
    """Saved as it stands it says the same of every platform."""
    for key in answered():
        save(client, key)
    with session_scope(engine) as session:
        own = own_limits(session)
    assert {key: own[key].limits for key in answered()} == {
        key: PLATFORMS[key].reply_rules.limits() for key in answered()
    }


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ({"most_chars": "many"}, "most_chars"),
        ({"most_chars": "0"}, "most_chars"),
        ({"most_bytes": "100001"}, "most_bytes"),
        ({"most_bytes": "-5"}, "most_bytes"),
        ({"checked_on": "soon"}, "checked_on"),
        ({"checked_on": "2026-11-24"}, "checked_on"),
    ],
)
def test_what_cannot_be_is_marked_and_nothing_kept(
    client: FlaskClient, engine: Engine, values: dict[str, str], marked: str
) -> None:
    """What was typed stays in the form."""
    page = save(client, "google", status=422, **{"links": "yes", **values})
    assert page.one(f"#{marked}").attrs["aria-invalid"] == "true"
    assert page.one(f"#{marked}").attrs["value"] == values[marked]
    assert page.one("#links option[selected]").attrs["value"] == "yes"
    with session_scope(engine) as session:
        assert own_limits(session) == {}


def test_a_platform_that_nobody_answers_on_is_not_there(client: FlaskClient) -> None:
    """Nor one that nobody knows."""
    assert client.get("/platforms/nowhere").status_code == 404
