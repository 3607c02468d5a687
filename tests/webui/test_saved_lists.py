"""Lists of the queue under a name: one's own, and those that others share, without a word of places not one's own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete
from werkzeug.test import TestResponse

from db.models import Source
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_source

from .html import Page
from .posting import form_token
from .signing import signed_in

HERE, THERE = "/?view=all&sort=newest&stars=1&place=inn", "/?view=all&place=secret-club"


@pytest.fixture
def places(engine: Engine) -> dict[str, int]:
    """An inn with two reviews, a club with one; their ids by their slugs."""
    with session_scope(engine) as session:
        found = {}
        for slug, stars in (("inn", (1.0, 2.0)), ("secret-club", (1.0,))):
            place = make_location(session, slug=slug, name=f"The {slug}")
            source = make_source(session, location=place, slug=f"{slug}-page", name=f"Page of {slug}")
            for number in stars:
                make_case(session, make_review(session, source, stars=number))
            found[slug] = place.id
        return found


@pytest.fixture
def guest(app: Flask, places: dict[str, int]) -> FlaskClient:
    """Somebody who sees the inn only."""
    return signed_in(app, Access(at={places["inn"]: Role.VIEWER}))


def send(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    token = form_token(client)
    answer = client.post(address, data={"csrf_token": token, **fields})
    assert answer.status_code == 303, answer.text
    return answer


def saved(client: FlaskClient, address: str, name: str, **fields: Any) -> str:
    """Save the list of this address by the form on its page; the link to it."""
    form = Page(client.get(address)).one("details.save form")
    send(client, form.attrs["action"], name=name, **fields)
    return listed(client)[" ".join(name.split())]


def listed(client: FlaskClient) -> dict[str, str]:
    """The saved lists in the column: links by name."""
    links = Page(client.get("/")).all(".view-saved a")
    return {link.find("bdi").text: link.attrs["href"] for link in links}


@pytest.mark.usefixtures("places")
def test_list_is_kept_with_its_filters_and_order(client: FlaskClient, guest: FlaskClient) -> None:
    """Its link leads back to it, under its name; nobody else sees it before it is shared."""
    link = saved(client, HERE, "  Angry at\nthe inn ")
    page = Page(client.get(link, follow_redirects=True))
    assert page.one("h1").text == "Angry at the inn"
    assert len(page.all("li.row")) == 1
    assert page.one("a[aria-current=page]").attrs["href"] == link
    assert listed(guest) == {}
    assert guest.get(link).status_code == 404


@pytest.mark.usefixtures("places")
def test_counts_come_for_all_lists_in_one_statement(client: FlaskClient, engine: Engine) -> None:
    """However many lists there are."""
    from sqlalchemy import event

    for name, address in (("One star", HERE), ("Club", THERE), ("None", "/?view=all&q=zebra")):
        saved(client, address, name)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = [one.text for one in Page(client.get("/v/counts")).all(".view-count")]
    assert counts == ["1", "0", "1"], "Club, None, One star"
    assert len([text for text in asked if "count(" in text]) == 1


@pytest.mark.usefixtures("places")
def test_shared_list_shows_everybody_their_own_reviews(client: FlaskClient, guest: FlaskClient) -> None:
    """With the name of whoever shares it; only they may change it."""
    link = saved(client, "/?view=all&sort=newest", "All of it", shared="yes")
    assert listed(guest) == {"All of it": link}
    page = Page(guest.get(link, follow_redirects=True))
    assert len(page.all("li.row")) == 2
    assert "shared by Person" in page.find(".head-words").text
    assert page.all("details.save") == []
    token = form_token(guest)
    for act in ("edit", "delete", "restore"):
        assert guest.post(f"{link}/{act}", data={"csrf_token": token, "name": "x"}).status_code == 404


def test_shared_list_tells_nothing_of_other_places(
    client: FlaskClient, guest: FlaskClient, places: dict[str, int], engine: Engine
) -> None:
    """One of other places only is not there; of one that names several, the strange ones are told as gone."""
    hidden = saved(client, THERE, "Club only", shared="yes")
    mixed = saved(client, "/?view=all&place=inn&place=secret-club&source=secret-club-page", "Both", shared="yes")
    assert list(listed(guest)) == ["Both"]
    assert guest.get(hidden).status_code == 404
    answer = guest.get(mixed)
    page = Page(guest.get(answer.headers["Location"]))
    assert "secret" not in answer.headers["Location"] + page.source
    assert page.one("h1").text == "Both"
    assert "no longer there, or not yours to see" in page.one(".chips").text
    with session_scope(engine) as session:
        session.execute(delete(Source).where(Source.location_id == places["secret-club"]))
    assert "no longer there" in Page(client.get(mixed, follow_redirects=True)).one(".chips").text


@pytest.mark.usefixtures("places")
def test_list_is_renamed_deleted_and_brought_back(client: FlaskClient) -> None:
    """By plain forms; a deleted one comes back as it was, once."""
    link = saved(client, HERE, "First")
    send(client, f"{link}/edit", name="Second", shared="yes")
    assert listed(client) == {"Second": link}
    send(client, f"{link}/delete")
    page = Page(client.get("/"))
    assert page.all(".view-saved a") == []
    way_back = page.one("#told form").attrs["action"]
    send(client, way_back)
    assert listed(client) == {"Second": link}
    token = page.find("input[name=csrf_token]").attrs["value"]
    assert client.post(way_back, data={"csrf_token": token}).status_code == 404


@pytest.mark.usefixtures("places")
def test_list_without_a_name_is_refused_in_words(client: FlaskClient) -> None:
    """And the position stays."""
    form = Page(client.get(HERE)).one("details.save form")
    answer = send(client, form.attrs["action"], name=" ")
    page = Page(client.get(answer.headers["Location"]))
    assert page.one("#told").text == "Give the list a name."
    assert len(page.all("li.row")) == 1
    assert Page(client.get("/")).all("details.save") == [], "a list of everybody needs no name"
