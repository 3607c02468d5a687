"""The settings of one source: everything it has is shown, and what its owner may decide is changed, never in part."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.models import Case, Review, Source
from db.session import read_scope, session_scope
from db.source_changes import SourceReading, set_reading
from tests.crawlers.markup import page as markup
from tests.crawlers.site import Answer, Site
from tests.crawlers.test_sitemaps import urlset
from tests.factories import make_case, make_location, make_review, make_run, make_score, make_source

from .html import Page
from .posting import post
from .test_adding_sources import client_for, looked


def stored(engine: Engine, source_id: int) -> Source:
    with read_scope(engine) as session:
        return session.get_one(Source, source_id)


def added(engine: Engine, **columns: object) -> int:
    with session_scope(engine) as session:
        return make_source(session, **columns).id


def form_of(client: FlaskClient, source_id: int) -> dict[str, str]:
    """What the browser would send if nothing were changed."""
    form = Page(client.get(f"/sources/{source_id}/edit")).find(".sheets form")
    fields = form.all("input[name]:not([type=checkbox]), input[name][checked]")
    values = {field.attrs["name"]: field.attrs.get("value", "") for field in fields}
    values |= {area.attrs["name"]: area.raw_text for area in form.all("textarea")}
    for select_ in form.all("select"):
        values[select_.attrs["name"]] = select_.find("option[selected]").attrs["value"]
    return {name: value for name, value in values.items() if name != "csrf_token"}


def test_everything_a_source_has_is_shown(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Health, next reading, counts, scale, slug, its last readings, and every rule."""
    with session_scope(engine) as session:
        options = {"words": "Lanterna"}
        source = make_source(session, slug="talk", platform="mentions", syntax="rss", options=options, delay_s=7.0)
        make_review(session, source)
        make_run(session, source, state="finished", finished_at=now, new=3)
        source_id = source.id
    page = Page(client.get(f"/sources/{source_id}/edit"))
    assert page.one("#words").text == "Lanterna"
    assert page.all("#pages") == []
    assert page.one("#delay option[selected]").text == "7 seconds"
    assert page.one("#every option[selected]").text == "6 hours"
    assert page.one("#reach option[selected]").text == "as many as usual"
    assert page.one("#max_pages").attrs["value"] == "200"
    facts = page.find(".facts").text
    assert all(words in facts for words in ("Not read yet", "due now", "No stars", "talk"))
    assert "3 new" in page.one("main details").text


@pytest.mark.parametrize("platform", ["mentions", "schemaorg", "feed", "appstore", "yelp", "thefork", "file"])
def test_saving_what_is_there_changes_nothing(
    client: FlaskClient, engine: Engine, now: datetime, platform: str
) -> None:
    """Nobody loses an entry, or a place in the order of readings, by looking and pressing Save."""
    options: dict[str, object] = {"columns": {"fields": {}}} if platform == "file" else {}
    later = now + timedelta(hours=3)
    columns = {"retention": "24h", "may_judge": False} if platform == "yelp" else {}
    source_id = added(
        engine, platform=platform, syntax="", basis_note="Mine\n2026-01-01: agreed", options=options,
        next_crawl_at=later, place_ref="x", last_full_at=now, reach=0.31, delay_s=0.0, **columns,
    )  # fmt: skip
    before = stored(engine, source_id)
    sent = form_of(client, source_id)
    assert post(client, f"/sources/{source_id}/edit", **sent, do="save").status_code == 302
    after = stored(engine, source_id)
    names = [column.key for column in Source.__table__.columns if column.key not in ("options", "sealed_keys")]
    assert [name for name in names if getattr(after, name) != getattr(before, name)] == []
    assert after.options == options


def test_reading_is_changed_as_its_owner_wishes(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Other words are read for at once and in full; another place takes the reviews along."""
    with session_scope(engine) as session:
        place = make_location(session, name="Hotel").id
    source_id = added(engine, platform="mentions", next_crawl_at=now + timedelta(hours=5), last_full_at=now)
    wish = form_of(client, source_id) | {"words": "Lanterna,\n Lantérna", "every": "43200", "delay": "10.0"}
    wish |= {"reach": "1.0", "max_pages": "9", "place": str(place), "basis": "By contract"}
    assert post(client, f"/sources/{source_id}/edit", **wish, do="save").status_code == 302
    source = stored(engine, source_id)
    assert source.options == {"words": "Lanterna, Lantérna"}
    assert (source.crawl_every_s, source.delay_s, source.reach, source.max_pages) == (43200, 10.0, 1.0, 9)
    assert (source.location_id, source.basis_note) == (place, "By contract")
    assert (source.next_crawl_at, source.last_full_at) == (now, None)


@pytest.mark.parametrize(
    ("platform", "entry", "field"),
    [
        ("mentions", {"words": "?!"}, "words"),
        ("mentions", {"words": "x" * 101}, "words"),
        ("sitemap", {"pages": "/a b"}, "pages"),
        ("schemaorg", {"max_pages": "0"}, "max_pages"),
        ("schemaorg", {"max_pages": "2.5"}, "max_pages"),
        ("schemaorg", {"max_pages": "nan"}, "max_pages"),
        ("schemaorg", {"url": "http://10.0.0.1/"}, "url"),
        ("schemaorg", {"basis": " "}, "basis"),
        ("schemaorg", {"place": "99999"}, "place"),
        ("schemaorg", {"name": " "}, "name"),
        ("tripadvisor", {"retention": "store"}, "reason"),
    ],
)
def test_entry_that_cannot_be_saved_is_marked_and_nothing_is(
    client: FlaskClient, engine: Engine, platform: str, entry: dict[str, str], field: str
) -> None:
    """What was typed stands there still; what was right in the same form is not saved either."""
    kind = {"platform": "schemaorg", "syntax": "sitemap"} if platform == "sitemap" else {"platform": platform}
    rules = {"retention": "no_store", "may_judge": False} if platform == "tripadvisor" else {}
    source_id = added(engine, **kind, **rules, basis_note="Mine", name="As it was", place_ref="1")
    wish = form_of(client, source_id) | {"name": "Other", "reach": "1.0"} | entry
    page = Page(post(client, f"/sources/{source_id}/edit", **wish, do="save"), status=422)
    assert page.one(f"#{field}-fault")
    assert page.one("#reach option[selected]").attrs["value"] == "1.0"
    source = stored(engine, source_id)
    assert (source.name, source.reach, source.options, source.retention) == (
        "As it was", 0.5, {}, rules.get("retention", "store"),
    )  # fmt: skip


def test_platform_sets_the_least_rhythm(client: FlaskClient, engine: Engine) -> None:
    """It is not offered, and a form that was made up does not get it either."""
    source_id = added(engine, platform="foursquare", crawl_every_s=12 * 3600, place_ref="x")
    page = Page(client.get(f"/sources/{source_id}/edit"))
    assert [option.attrs["value"] for option in page.all("#every option")] == ["43200", "86400", "604800"]
    post(client, f"/sources/{source_id}/edit", **form_of(client, source_id) | {"every": "900"}, do="save")
    assert stored(engine, source_id).crawl_every_s == 12 * 3600


def test_pages_of_a_sitemap_and_a_new_address_are_looked_at_first(
    engine: Engine, database_url: str, data_dir: object, now: datetime
) -> None:
    """The pages that fit are listed with their first reviews; the new address takes the old one's place on a word."""
    listed = Answer(body=urlset("/guests/a", "/guests/b", "/shop"), kind="text/xml")
    with Site({"/s.xml": listed, "/guests/a": Answer(body=markup([1, 2])), "/shop": Answer(body="<p>x")}) as site:
        client = client_for(engine, database_url, data_dir, now, crawl_allow_hosts=site.host)  # type: ignore[arg-type]
        source_id = added(engine, syntax="sitemap", url=site.url("/old.xml"))
        sent = form_of(client, source_id) | {"pages": "/guests/*", "url": site.url("/s.xml")}
        address = post(client, f"/sources/{source_id}/edit", **sent, do="test").headers["Location"]
        page = looked(client, address)
        assert [one.text for one in page.all(".page-list li")] == [site.url("/guests/a"), site.url("/guests/b")]
        assert len(page.all(".sample")) == 2
        assert stored(engine, source_id).options == {}
        again = Page(client.get(page.find(".trail a").attrs["href"]))
        assert (again.one("#pages").attrs["value"], again.one("#url").attrs["value"]) == ("/guests/*", sent["url"])
        assert post(client, address).status_code == 302
    source = stored(engine, source_id)
    assert (source.url, source.host, source.options) == (sent["url"], site.host, {"pages": "/guests/*"})


def test_another_reach_counts_in_the_order_of_the_queue(engine: Engine, now: datetime) -> None:
    """The priorities of its open, judged reviews are computed again; the others have none to compute."""
    with session_scope(engine) as session:
        source = make_source(session)
        judged = make_review(session, source)
        make_score(session, judged)
        case_id = make_case(session, judged).id
        other = make_case(session, make_review(session, source)).id
        wish = SourceReading(delay_s=1.0, max_pages=5, crawl_every_s=3600, reach=0.9, options={})
        set_reading(session, source, wish, now=now)
    with read_scope(engine) as session:
        due = session.scalars(select(Case.id).where(Case.priority_due_at == now)).all()
    assert (case_id in due, other in due) == (True, False)


def test_edits_of_what_is_not_kept_are_noticed_only_by_a_tick(client: FlaskClient, engine: Engine) -> None:
    """Off by default and explained; a source that keeps its text is not asked, and switching it off forgets."""
    kept = added(engine, retention="store")
    with session_scope(engine) as session:
        source = make_source(session, platform="tripadvisor", retention="no_store", may_judge=False, place_ref="1")
        make_review(session, source, body="", erased_for="no_store", content_hash="d" * 64)
        source_id = source.id
    assert Page(client.get(f"/sources/{kept}/edit")).all("[name=notices_edits]") == []
    page = Page(client.get(f"/sources/{source_id}/edit"))
    tick = page.find("[name=notices_edits]")
    assert "checked" not in tick.attrs
    assert "ask the platform first" in page.one(f"#{tick.attrs['aria-describedby']}").text
    unchanged = form_of(client, source_id)
    post(client, f"/sources/{source_id}/edit", **unchanged, notices_edits="yes", do="save")
    assert stored(engine, source_id).notices_edits
    unchanged = form_of(client, source_id)
    assert unchanged.pop("notices_edits") == "yes"
    answer = post(client, f"/sources/{source_id}/edit", **unchanged | {"name": " "}, notices_edits="yes", do="save")
    assert "checked" in Page(answer, status=422).find("[name=notices_edits]").attrs
    post(client, f"/sources/{source_id}/edit", name="By a form that did not ask", do="save")
    assert stored(engine, source_id).notices_edits
    unticked = {name: value for name, value in form_of(client, source_id).items() if name != "notices_edits"}
    post(client, f"/sources/{source_id}/edit", **unticked, do="save")
    assert not stored(engine, source_id).notices_edits
    with read_scope(engine) as session:
        assert session.scalars(select(Review.content_hash)).all() == [""]


def test_second_of_two_tabs_is_told_and_overwrites_nothing(client: FlaskClient, engine: Engine) -> None:
    """What was stored meanwhile stays until its owner has read of it and saves all the same."""
    source_id = added(engine, name="Page", max_pages=200)
    first, second = form_of(client, source_id), form_of(client, source_id)
    assert post(client, f"/sources/{source_id}/edit", **first | {"max_pages": "50"}).status_code == 302
    refused = Page(post(client, f"/sources/{source_id}/edit", **second | {"name": "Our page"}), status=409)
    told = refused.find("[role=alert]")
    assert [item.text for item in told.all("li")] == ["Pages of one reading: 50"]
    assert refused.one("#name").attrs["value"] == "Our page"
    assert (stored(engine, source_id).name, stored(engine, source_id).max_pages) == ("Page", 50)
    again = {**second, "name": "Our page", "seen": refused.find("input[name=seen]").attrs["value"]}
    assert post(client, f"/sources/{source_id}/edit", **again).status_code == 302
    assert (stored(engine, source_id).name, stored(engine, source_id).max_pages) == ("Our page", 200)


def test_settings_that_stay_as_they_are_trouble_nobody(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A reading between, and two tabs that save the same."""
    source_id = added(engine, name="Page")
    form = form_of(client, source_id)
    with session_scope(engine) as session:
        source = session.get_one(Source, source_id)
        source.last_success_at, source.next_crawl_at = now, now + timedelta(hours=3)
    for _ in range(2):
        assert post(client, f"/sources/{source_id}/edit", **form).status_code == 302


def test_keys_of_another_are_not_overwritten_nor_shown(client: FlaskClient, engine: Engine) -> None:
    """The page says that keys are others now, and no more."""
    source_id = added(engine, platform="foursquare", place_ref="a1")
    first, second = form_of(client, source_id), form_of(client, source_id)
    assert post(client, f"/sources/{source_id}/edit", **first | {"key-service_key": "theirs"}).status_code == 302
    sealed = stored(engine, source_id).sealed_keys
    refused = Page(post(client, f"/sources/{source_id}/edit", **second | {"key-service_key": "mine"}), status=409)
    assert [item.text for item in refused.find("[role=alert]").all("li")] == ["Platform keys (not shown)"]
    assert "Enter the keys once more" in refused.text
    assert refused.one("#key-service_key").attrs.get("value", "") == ""
    assert stored(engine, source_id).sealed_keys == sealed


def test_what_was_tried_overwrites_nothing_either(
    engine: Engine, database_url: str, data_dir: Path, now: datetime
) -> None:
    """One tab looks at another address, a second one saves a name: the first is told before it saves."""
    with Site({"/new": Answer(body=markup([1, 2]))}) as site:
        client = client_for(engine, database_url, data_dir, now, crawl_allow_hosts=site.host)
        source_id = added(engine, platform="schemaorg", syntax="jsonld", url=site.url("/old"), name="Page")
        form = form_of(client, source_id)
        address = post(client, f"/sources/{source_id}/edit", **form | {"do": "test", "url": site.url("/new")}).headers[
            "Location"
        ]
        looked(client, address)
        assert post(client, f"/sources/{source_id}/edit", **form | {"name": "Ours"}).status_code == 302
        back = post(client, address).headers["Location"]
    told = Page(client.get(back))
    assert [item.text for item in told.find("[role=alert]").all("li")] == ["Name of the source: Ours"]
    assert told.one("#url").attrs["value"] == site.url("/new")
    assert stored(engine, source_id).url == site.url("/old")


def test_link_of_an_api_source_is_for_people(client: FlaskClient, engine: Engine) -> None:
    """What the API is asked by is no link to be opened; one that the owner gives is, until it is taken away again."""
    asked = "https://places-api.foursquare.com/a1"
    source_id = added(engine, platform="foursquare", place_ref="a1", url=asked)
    form = form_of(client, source_id)
    assert form["url"] == ""
    assert Page(client.get("/sources")).all("a.source-url") == []
    post(client, f"/sources/{source_id}/edit", **form | {"url": "foursquare.com/v/lanterna/a1"})
    [link] = Page(client.get("/sources")).all("a.source-url")
    assert link.attrs["href"] == "https://foursquare.com/v/lanterna/a1"
    post(client, f"/sources/{source_id}/edit", **form_of(client, source_id) | {"url": ""})
    assert stored(engine, source_id).url == asked
