"""What a person does on the page of a review, and what it tells of replies, twins and texts that are not here."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from crawlers.config import CrawlSettings, Environment
from crawlers.items import OwnerReply, ReplyState, Standing
from db.ingest import ingest
from db.models import Case, CaseState, Retention, Review, Twin
from db.session import session_scope
from db.settings import DbSettings
from tests.crawlers.markup import page as review_page
from tests.crawlers.site import Answer, Site
from tests.factories import an_item, make_case, make_location, make_review, make_source
from webui import create_app
from webui.settings import WebSettings

from .html import Page
from .signing import signed_in

HOUR = timedelta(hours=1)


def _post(client: FlaskClient, review_id: int, form: int = 0, *, of: str = "", **values: str) -> Page:
    """Send a form of the page as a browser does, with its token, and follow."""
    seen = Page(client.get(f"/reviews/{review_id}"))
    action = next(one.attrs["action"] for one in seen.all("form") if one.attrs["action"].split("?")[0].endswith(of))
    token = seen.all("input[name=csrf_token]")[form].attrs["value"]
    return Page(client.post(action, data={"csrf_token": token} | values, follow_redirects=True))


def test_mention_is_put_aside_and_taken_back(client: FlaskClient, engine: Engine) -> None:
    """One press each way, by one key; a review with stars has no such button."""
    with session_scope(engine) as session:
        mention = make_review(session, rating_raw="", rating=None, stars=None, rating_kind="none")
        make_case(session, mention, is_flagged=True)
        rated = make_review(session)
        make_case(session, rated)
        mention_id, rated_id = mention.id, rated.id
    assert Page(client.get(f"/reviews/{mention_id}")).one("[data-key=not-us]").text == "Not about us"
    after = _post(client, mention_id, of="/not-us")
    assert after.one("[data-key=not-us]").text == "It is about us after all"
    assert "not about you" in after.one(".told").text
    with session_scope(engine) as session:
        assert session.scalars(select(Case.state).where(Case.review_id == mention_id)).one() is CaseState.NOT_US
    after = _post(client, mention_id, of="/undo")
    assert after.one(".told")
    with session_scope(engine) as session:
        case = session.scalars(select(Case).where(Case.review_id == mention_id)).one()
        assert (case.state, case.in_queue) == (CaseState.OPEN, True)
    assert "Not about us" not in Page(client.get(f"/reviews/{rated_id}")).one(".desk").text


def test_erasure_needs_the_tick(client: FlaskClient, engine: Engine) -> None:
    """Without it nothing happens; with it the words are gone and the page says why."""
    with session_scope(engine) as session:
        review = make_review(session, body="Guest Nine was here", author_name="Guest Nine")
        make_case(session, review)
        review_id = review.id
    after = _post(client, review_id, of="/erase")
    assert "Nothing was erased" in after.one(".told").text
    assert "Guest Nine was here" in after.one(".voice").text
    after = _post(client, review_id, of="/erase", asked="yes")
    assert "asked for that" in after.one(".voice").text
    assert "Guest Nine" not in after.one("main").text
    assert not [one for one in after.all("form") if "/erase" in one.attrs["action"]]


def test_no_act_without_the_token(client: FlaskClient, engine: Engine) -> None:
    """A page elsewhere cannot press our buttons."""
    with session_scope(engine) as session:
        review = make_review(session)
        make_case(session, review)
        review_id = review.id
    for act in ("not-us", "not-us/undo", "erase", "twins/1/deny"):
        assert client.post(f"/reviews/{review_id}/{act}", data={"asked": "yes"}).status_code == 400
    with session_scope(engine) as session:
        assert session.get_one(Review, review_id).erased_at is None


def test_acts_on_what_is_not_there_are_not_found(client: FlaskClient, engine: Engine) -> None:
    """A form of a review that was deleted meanwhile."""
    with session_scope(engine) as session:
        review = make_review(session)
        make_case(session, review)
        review_id = review.id
    token = Page(client.get(f"/reviews/{review_id}")).all("input[name=csrf_token]")[0].attrs["value"]
    answer = client.post("/reviews/999/erase", data={"csrf_token": token, "asked": "yes"})
    assert answer.status_code == 404


def test_twin_is_linked_until_a_person_says_no(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Each page leads to the other."""
    with session_scope(engine) as session:
        place = make_location(session)
        pair = [make_review(session, make_source(session, location=place, name=name)) for name in ("Guide", "Map")]
        for review in pair:
            make_case(session, review)
        ids = [review.id for review in pair]
        session.add(Twin(review_id=ids[0], other_id=ids[1], likeness=1.0, found_at=now))
    assert "Also at Map" in Page(client.get(f"/reviews/{ids[0]}")).one(".twins").text
    assert Page(client.get(f"/reviews/{ids[1]}")).one(".twins a").attrs["href"] == f"/reviews/{ids[0]}"
    after = _post(client, ids[1], of="/deny")
    assert after.all(".twins") == []
    token = after.find("input[name=csrf_token]").attrs["value"]
    undo = after.one(".undo").attrs["action"]
    assert Page(client.post(undo, data={"csrf_token": token}, follow_redirects=True)).one(".twins")


@pytest.mark.parametrize(
    ("state", "told", "tag"),
    [
        (ReplyState.PENDING, "still looks at it", "Reply not public"),
        (ReplyState.REJECTED, "has rejected it: nobody can read it. “rude words”", "Reply not public"),
        (ReplyState.PUBLISHED, "", "Answered"),
    ],
)
def test_state_of_the_reply_is_told(
    client: FlaskClient, engine: Engine, now: datetime, state: ReplyState, told: str, tag: str
) -> None:
    """Whether anybody can read it, why not, and when it was first seen."""
    with session_scope(engine) as session:
        source = make_source(session)
        ingest(session, source.id, [an_item()], run_id=None, now=now - 2 * HOUR)
        reply = OwnerReply(body="Sorry.", state=state, note="rude words" if state == "rejected" else "")
        ingest(session, source.id, [an_item(reply=reply)], run_id=None, now=now - HOUR)
        review_id = session.scalars(select(Review.id)).one()
    seen = Page(client.get(f"/reviews/{review_id}"))
    assert told in seen.one(".reply").text
    assert "First seen there" in seen.one(".reply").text
    assert tag in seen.one(".words-head .tags").text


def test_reply_that_went_is_told(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """The case is open again; the page says since when the reply is missed."""
    with session_scope(engine) as session:
        source = make_source(session)
        ingest(session, source.id, [an_item(reply=OwnerReply(body="Sorry."))], run_id=None, now=now - 2 * HOUR)
        ingest(session, source.id, [an_item()], run_id=None, now=now - HOUR)
        review_id = session.scalars(select(Review.id)).one()
    assert "no longer shown at the source" in Page(client.get(f"/reviews/{review_id}")).one(".reply").text


def test_moderated_and_withdrawn_are_told(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """In the page and in the list."""
    with session_scope(engine) as session:
        source = make_source(session)
        items = [an_item("r1", standing=Standing.MODERATED), an_item("r2", standing=Standing.WITHDRAWN)]
        ingest(session, source.id, items, run_id=None, now=now)
        ids = session.scalars(select(Review.id).order_by(Review.external_id)).all()
    assert "Not public yet" in Page(client.get(f"/reviews/{ids[0]}")).one(".tags").text
    assert "has withdrawn it" in Page(client.get(f"/reviews/{ids[1]}")).one(".voice").text
    assert "has withdrawn it" in Page(client.get("/?view=all")).one("main").text


def test_review_that_may_not_be_stored_is_shown_live(
    engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, now: datetime
) -> None:
    """Its words stand on the page and in no file of the data folder, the database included."""
    data_dir.mkdir()
    with Site({"/": Answer(body=review_page([1, 2]))}) as site:
        with session_scope(engine) as session:
            source = make_source(session, url=site.url("/"), retention=Retention.NO_STORE, name="Guide", delay_s=0.0)
            from crawlers.parsers import schemaorg

            found = schemaorg.parse(review_page([1, 2]).encode(), url=site.url("/"), encoding="utf-8", now=now)
            ingest(session, source.id, found.reviews, run_id=None, now=now)
            shown = found.reviews[0].external_id
            review_id = session.scalars(select(Review.id).where(Review.external_id == shown)).one()
        app = _app(engine, database_url, data_dir, settings, site, now=now)
        seen = Page(signed_in(app).get(f"/reviews/{review_id}"))
        live = seen.one(".live")
        words = live.find(".voice-text").text
        assert "Shown live from Guide, not kept" in live.text
        assert words == found.reviews[0].body
    with session_scope(engine) as session:
        assert {review.body for review in session.scalars(select(Review))} == {""}
    folders = (
        {data_dir, Path(database_url.removeprefix("sqlite:///")).parent} if "sqlite" in database_url else {data_dir}
    )
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert [file for file in files if words.encode() in file.read_bytes()] == []
    assert files


def _app(
    engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, site: Site, *, now: datetime
) -> Flask:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    crawl = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=site.host, contact="x@example.org")
    return create_app(settings, engine, database=database, crawl=crawl, clock=lambda: now)
