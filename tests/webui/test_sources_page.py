"""The table of sources: what is read, how it went, and what to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import CrawlState, SourceHealth
from db.session import session_scope
from tests.factories import make_location, make_review, make_run, make_source
from webui.jobs.importing import file_source

from .html import Page


def test_row_tells_place_kind_health_counts_and_times(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """One source in full."""
    with session_scope(engine) as session:
        place = make_location(session, name="Hotel Lanterna", timezone="Europe/Rome")
        source = make_source(
            session,
            location=place,
            name="Hotel website",
            syntax="microdata",
            url="https://hotel.example/guestbook",
            health=SourceHealth.HEALTHY,
            next_crawl_at=now + timedelta(hours=6),
        )
        times = {"started_at": now - timedelta(minutes=13), "finished_at": now - timedelta(minutes=12)}
        make_run(session, source, state=CrawlState.FINISHED, new=3, changed=1, unchanged=1200, found=1204, **times)
        make_review(session, source)
    row = Page(client.get("/sources")).one("tbody tr")
    assert row.find("th").text == (
        "Hotel website Hotel Lanterna · Web page with review data (microdata) "
        "https://hotel.example/guestbook (opens in a new tab) "
        "Check now: Hotel website Pause: Hotel website Settings: Hotel website"
    )
    health, reviews, last, onward = (cell.text for cell in row.all("td"))
    assert (health, reviews, onward) == ("Fine", "1", "7:00\u202fpm")
    assert last == "12 min ago · Read to the end 3 new, 1 changed, 1,200 as before"


def test_fault_stands_in_words_with_its_command(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """What went wrong and what to type about it."""
    with session_scope(engine) as session:
        note = "The page speaks of 57 reviews and shows none. Look at it with `amends crawl hotel`."
        source = make_source(session, health=SourceHealth.DEGRADED, health_note=note, next_crawl_at=None)
        make_run(session, source, state=CrawlState.SUSPICIOUS, message=note, advertised_total=57, finished_at=now)
    row = Page(client.get("/sources")).one("tbody tr")
    assert row.find(".health").text == "Needs a look"
    assert row.find(".source-note code").text == "amends crawl hotel"
    assert "the page speaks of 57" in row.text
    assert row.text.count("shows none") == 1


def test_reading_is_told_in_the_language_of_the_page(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A run that went well needs no sentence beside its counts; what only the crawl can say is marked as English."""
    with session_scope(engine) as session:
        place = make_location(session)
        runs: tuple[tuple[CrawlState, str, str], ...] = (
            (CrawlState.FINISHED, "finished", "77 reviews on 8 pages read."),
            (CrawlState.FINISHED, "page_limit", "50 reviews on 5 pages read; more pages follow."),
            (CrawlState.FINISHED, "broken_markup", "Part of the review markup is broken."),
            (CrawlState.FAILED, "timeout", "The site did not answer within 30 seconds."),
        )
        for number, (state, reason, message) in enumerate(runs):
            slug = f"source-{number}"  # the page is in the order of these
            source = make_source(session, location=place, slug=slug, health=SourceHealth.HEALTHY)
            make_run(session, source, state=state, reason=reason, message=message, finished_at=now, new=77)
    well, cut, broken, failed = Page(client.get("/sources?lang=es")).all("tbody tr")
    assert "read" not in well.text.replace("Review page", "")
    assert cut.all(".source-more")[-1].text == "Hay más páginas de las que esta fuente puede tomar."
    assert broken.find("[lang=en]").text == "Part of the review markup is broken."
    assert failed.find("[lang=en]").text == "The site did not answer within 30 seconds."


def test_source_that_is_switched_off_or_new(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Neither looks broken."""
    with session_scope(engine) as session:
        place = make_location(session)
        make_source(session, location=place, slug="a", is_enabled=False)
        make_source(session, location=place, slug="b", next_crawl_at=now - timedelta(seconds=1))
    off, new = Page(client.get("/sources")).all("tbody tr")
    assert off.find(".health").text == "Paused"
    assert [cell.text for cell in new.all("td")] == ["Not read yet", "0", "Not yet", "due now"]


def test_no_source_says_how_to_add_one(client: FlaskClient) -> None:
    """The empty table is a beginning: by an address, or by a file."""
    page = Page(client.get("/sources"))
    assert page.one(".empty h2").text == "No source yet"
    assert [link.attrs["href"] for link in page.all(".empty .button")] == ["/sources/new", "/import"]


def test_source_of_files_is_imported_into_and_never_checked(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Its row leads to the import with this source chosen; there is nothing to read, and no address to open."""
    with session_scope(engine) as session:
        source = file_source(session, "Trattoria", now=now)
        make_run(session, source, state=CrawlState.FINISHED, reason="import", found=2, new=2, finished_at=now)
        source_id = source.id
    row = Page(client.get("/sources")).one("tbody tr")
    assert [act.text.partition(":")[0] for act in row.all(".act")] == ["Import reviews", "Settings"]
    assert row.find(".act").attrs["href"] == f"/import?source={source_id}"
    assert row.all(".source-url") == []
    assert "Imported 2 new" in row.text
    chosen = Page(client.get(row.find(".act").attrs["href"])).one("#source option[selected]")
    assert chosen.attrs["value"] == str(source_id)
    assert Page(client.get(f"/sources/{source_id}/edit")).all(f"a[href='/import?source={source_id}']")


def test_list_is_narrowed_to_a_state(client: FlaskClient, engine: Engine) -> None:
    """With how many there are of each; what an act leads back to is the same list, and an unknown state is none."""
    with session_scope(engine) as session:
        place = make_location(session)
        states = {"a": "healthy", "b": "healthy", "c": "blocked", "d": "new"}
        for slug, health in states.items():
            make_source(session, location=place, slug=slug, name=slug, health=SourceHealth(health))
        make_source(session, location=place, slug="e", name="e", is_enabled=False, health=SourceHealth.BLOCKED)
    page = Page(client.get("/sources?state=look"))
    assert [row.text for row in page.all(".source-name")] == ["c"]
    assert [one.text for one in page.all(".states a")] == [
        "All 5",
        "Need a look 1",
        "Fine 2",
        "Not read yet 1",
        "Paused 1",
    ]
    assert page.one(".states [aria-current]").text == "Need a look 1"
    assert "state=look" in page.find(".act").attrs["formaction"]
    assert [row.text for row in Page(client.get("/sources?state=paused")).all(".source-name")] == ["e"]
    assert len(Page(client.get("/sources?state=nonsense")).all(".source-name")) == 5
    assert [link.attrs["href"] for link in Page(client.get("/")).all(".side .pulse-link")] == ["/sources?state=look"]
