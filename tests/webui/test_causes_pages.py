"""Causes as the owner edits them, and as a person chooses one on the page of a review."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.causes import add_cause, list_causes
from db.models import Case, Cause
from db.roles import Access, Role
from db.session import read_scope, session_scope
from scoring.types import Topic
from tests.factories import make_case, make_review, make_score, make_source
from webui.cause_lists import STARTERS, TRADES

from .html import Page
from .posting import post
from .signing import signed_in


@pytest.fixture
def review_id(engine: Engine) -> int:
    """A review that is mostly about waiting."""
    with session_scope(engine) as session:
        review = make_review(session, make_source(session))
        make_score(session, review)
        make_case(session, review, is_flagged=True)
        return review.id


def offered(engine: Engine) -> list[tuple[int, str]]:
    with read_scope(engine) as session:
        return [(cause.id, cause.name or cause.key) for cause in list_causes(session)]


def test_starter_lists_cover_every_topic_that_they_need() -> None:
    """Each trade has one, with a cause for every topic but "something else"; a key means one thing."""
    assert set(STARTERS) == set(TRADES)
    for starters in STARTERS.values():
        assert len(starters) >= len({starter.topic for starter in starters.values()}) >= 7
        assert Topic.OTHER not in {starter.topic for starter in starters.values()}
    words: dict[str, set[str]] = {}
    for starters in STARTERS.values():
        for key, starter in starters.items():
            words.setdefault(key, set()).add(starter.words)
    assert {key: found for key, found in words.items() if len(found) > 1} == {}


def test_owner_starts_from_a_list_and_changes_it(client: FlaskClient, engine: Engine) -> None:
    """Added, renamed, moved, merged, retired and brought back; each is told."""
    assert "There are none yet." in Page(client.get("/causes")).text
    post(client, "/causes", trade="delivery")
    post(client, "/causes", name="Rain")
    page = Page(client.get("/causes"))
    assert page.find(".causes li bdi").text == "Delivered late"
    assert "Delivery" not in page.text
    first, second = offered(engine)[:2]
    rain = next(id_ for id_, name in offered(engine) if name == "Rain")
    for wish, more in (
        ("rename", {"name": "Far too late"}),
        ("down", {}),
        ("up", {}),
        ("merge", {"into": str(second[0])}),
    ):
        assert post(client, "/causes/change", cause=str(first[0]), do=wish, **more).status_code == 303
    post(client, "/causes/change", cause=str(rain), do="retire")
    page = Page(client.get("/causes"))
    gone = [item.text for item in page.all("ul.causes li")]
    assert len(gone) == 2
    assert "merged into Courier unfriendly or careless" in " ".join(gone)
    post(client, "/causes/change", cause=str(rain), do="revive")
    assert offered(engine)[-1] == (rain, "Rain")


def test_what_cannot_be_is_told_and_keeps_what_was_typed(client: FlaskClient, engine: Engine) -> None:
    """A name that is taken; a cause or a wish that there is not."""
    post(client, "/causes", name="Rain")
    page = Page(post(client, "/causes", name="rain"), status=422)
    assert "already" in page.one("[role=alert]").text
    assert page.one("#name").attrs["value"] == "rain"
    ((id_, _),) = offered(engine)
    assert post(client, "/causes/change", cause=str(id_), do="rename", name="").status_code == 422
    assert post(client, "/causes/change", cause="9999", do="retire").status_code == 422
    for odd in ("", "x", "-1", "9" * 30, "٣"):
        assert post(client, "/causes/change", cause=odd, do="retire").status_code == 400
    assert post(client, "/causes/change", cause=str(id_), do="burn").status_code == 400


def test_cause_is_suggested_by_the_topic_and_chosen_by_a_person(
    app: Flask, client: FlaskClient, engine: Engine, review_id: int
) -> None:
    """Nothing is set by itself; a viewer reads what was chosen."""
    assert Page(client.get(f"/reviews/{review_id}")).one("#cause a").attrs["href"] == "/causes"
    viewer = signed_in(app, Access(everywhere=Role.VIEWER))
    assert Page(viewer.get(f"/reviews/{review_id}")).all("#cause") == []
    post(client, "/causes", trade="restaurant")
    part = Page(client.get(f"/reviews/{review_id}")).one("#cause")
    assert "Suggested by its topic: Too few people on the shift" in part.text
    assert part.all("option[selected]") == []
    wanted = part.find("button[name=cause]").attrs["value"]
    answer = post(client, f"/reviews/{review_id}/cause", cause=wanted, shown="")
    page = Page(client.get(answer.headers["Location"]))
    assert page.one("#cause option[selected]").text == "Too few people on the shift"
    assert "Suggested" not in page.one("#cause").text
    assert Page(viewer.get(f"/reviews/{review_id}")).one("#cause p").text == "Too few people on the shift"
    assert "1 in 90 days" in Page(client.get("/causes")).find(".causes li").text
    stale = post(client, f"/reviews/{review_id}/cause", cause=str(offered(engine)[3][0]), shown="")
    assert "Somebody else has chosen" in Page(client.get(stale.headers["Location"])).text
    post(client, f"/reviews/{review_id}/cause", cause="", shown=wanted)
    with read_scope(engine) as session:
        assert session.scalars(select(Case.cause_id)).all() == [None]


def test_like_complaints_are_those_of_the_chosen_cause(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """Whatever the model takes for their topic."""
    with session_scope(engine) as session:
        cause = Cause(name="Rain", rank=1, added_at=session.scalars(select(Case.opened_at)).one())
        session.add(cause)
        session.flush()
        case = session.scalars(select(Case)).one()
        other = make_review(session, case.review.source, body="Wet again.")
        make_case(session, other, cause_id=cause.id)
        case.cause_id = cause.id
    part = Page(client.get(f"/reviews/{review_id}")).one("[aria-labelledby=similar-head]")
    assert part.find("h2").text == "Also about Rain"
    assert part.find("li a").text == "Wet again."


def test_cause_that_nothing_else_has_leaves_the_topic(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """A cause chosen for the first time does not hide the like complaints."""
    with session_scope(engine) as session:
        case = session.scalars(select(Case)).one()
        other = make_review(session, case.review.source)
        make_score(session, other)
        make_case(session, other)
        case.cause_id = add_cause(session, "Rain", words={}, now=case.opened_at).id
    assert Page(client.get(f"/reviews/{review_id}")).one("#similar-head").text == "Also about waiting"


def test_list_is_for_owners_of_all_places(app: Flask, engine: Engine, review_id: int) -> None:
    """There is one list for all."""
    with read_scope(engine) as session:
        place = session.scalars(select(Case)).one().review.source.location_id
    for access in (Access(everywhere=Role.APPROVER), Access(at={place: Role.OWNER})):
        client = signed_in(app, access)
        assert client.get("/causes").status_code == 403
        assert client.get(f"/reviews/{review_id}").status_code == 200
