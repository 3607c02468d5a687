"""Files that take longer are read and stored by the worker; their page tells how far that is, and may be closed."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.claims import claim_source
from db.models import CrawlRun, CrawlState, Review, Source, SourceHealth
from db.session import read_scope, session_scope
from tests.flow.running import LONGEST_S, until
from webui import uploads
from webui.jobs import import_steps
from webui.jobs.import_steps import work_on, work_until
from webui.jobs.importing import file_source
from webui.pages import KEY, Pages
from webui.uploads import State, Step, Upload

from .html import Page
from .posting import post
from .test_import_pages import bodies, chosen, send, upload

PAGES = Path(__file__).parents[1] / "pages"
ROWS = 2_000
LONG = ("ID,Review,Rating,Date\n" + "".join(f"x{at},{'soup ' * 60}{at},4,2026-11-03\n" for at in range(ROWS))).encode()


@pytest.fixture
def parts(app: Flask) -> Pages:
    """The parts of the pages."""
    found: Pages = app.extensions[KEY]
    return found


def state_of(parts: Pages, address: str) -> Upload:
    found = uploads.find(parts.database.data_dir, address.rpartition("/")[2], now=parts.clock())
    assert found is not None
    return found


@contextmanager
def worker(parts: Pages) -> Iterator[None]:
    """A worker's part for imports, at work in a thread."""
    stop = threading.Event()
    services: Any = parts
    thread = threading.Thread(target=work_until, args=(services, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def until_settled(parts: Pages, client: FlaskClient, address: str) -> Page:
    """The page, once nothing is under way any more."""
    until(lambda: not state_of(parts, address).is_under_way, within_s=60, what="nothing is under way any more")
    return Page(client.get(address))


def test_large_file_waits_for_the_worker_and_says_so_where_none_runs(client: FlaskClient, parts: Pages) -> None:
    """The page comes again by itself, without a script; the list of imports leads back to it."""
    assert len(LONG) > import_steps.SMALL
    address = upload(client, LONG)
    answer = client.get(address)
    assert answer.headers["Refresh"] == "2"
    assert "No worker runs" in Page(answer).one("[role=alert]").text
    assert Page(client.get("/import")).one(f'a[href="{address}"]').text == "reviews.csv"
    with uploads.as_worker(parts.database.data_dir):
        assert "It waits for its turn." in Page(client.get(address)).text
    assert "No worker runs" in Page(client.get(address)).text


def test_worker_reads_then_stores(client: FlaskClient, engine: Engine, parts: Pages) -> None:
    """Nobody has the page open meanwhile. The result tells what was stored, and keeps no text."""
    with worker(parts):
        address = upload(client, LONG + b",odd,9/5,\n")
        page = until_settled(parts, client, address)
        assert "2,000 reviews · 1 row is rejected" in page.text
        send(client, address, **{**chosen(page), "action": "store"})
        page = until_settled(parts, client, address)
    assert page.find("h1").text == "Imported"
    assert "Imported: 2,000 new, 0 changed, 0 as before." in page.text
    assert "line 2002 a rating lies outside its scale" in page.one(".rejected li").text
    assert "a rating lies outside its scale" in client.get(page.one('a[href$=".csv"]').attrs["href"]).text
    assert len(bodies(engine)) == ROWS


def test_progress_is_told_while_it_stores(client: FlaskClient, parts: Pages) -> None:
    """Rows, rejected ones, and what is stored so far."""
    address = upload(client, LONG)
    working: dict[str, Any] = {"state": State.WORKING, "step": Step.STORE, "phase": "store"}
    counts: dict[str, Any] = {"done": 500, "left": 1500, "rejected": 2, "new": 499, "changed": 1}
    uploads.save(parts.database.data_dir, replace(state_of(parts, address), **working, **counts))
    with uploads.as_worker(parts.database.data_dir):
        page = Page(client.get(address))
    words = page.one(".progress-words").text
    for part in ("500 of 2,000 reviews stored", "2 rows are rejected", "499 new, 1 changed, 0 as before"):
        assert part in words
    assert page.one("progress").attrs["max"] == "2000"


def test_cancelled_before_anybody_begins(client: FlaskClient, engine: Engine, parts: Pages) -> None:
    """Nothing is stored, and what was sent is gone."""
    address = upload(client, LONG)
    send(client, address, action="cancel")
    assert "Nothing is stored." in Page(client.get(address)).text
    assert not work_on(parts, address.rpartition("/")[2])
    assert bodies(engine) == []
    assert list((parts.database.data_dir / "imports").glob("*.bin")) == []


def test_cancelled_while_it_stores_keeps_what_is_stored(client: FlaskClient, engine: Engine, parts: Pages) -> None:
    """It ends with the next batch; the record says that it was ended, and importing again does the rest."""
    address = upload(client, LONG)
    work_on(parts, address.rpartition("/")[2])
    data_dir, waiting = parts.database.data_dir, state_of(parts, address)
    uploads.save(data_dir, replace(waiting, state=State.WAITING, step=Step.STORE))
    begun = threading.Event()
    wait = threading.Event()

    class Slow:
        """A clock that stops at the first batch, so that somebody can press Cancel."""

        engine, database = parts.engine, parts.database

        def clock(self) -> Any:
            with read_scope(parts.engine) as session:
                has_some = session.scalar(select(Review.id).limit(1)) is not None
            if has_some and not begun.is_set():
                begun.set()
                wait.wait(LONGEST_S)
            return parts.clock()

    thread = threading.Thread(target=work_on, args=(Slow(), waiting.id))
    thread.start()
    assert begun.wait(LONGEST_S)
    send(client, address, action="cancel")
    ending = Page(client.get(address))
    assert "It is being ended" in ending.text
    assert ending.all("[value=cancel]") == []
    wait.set()
    thread.join()
    page = Page(client.get(address))
    assert page.find("h1").text == "Cancelled"
    assert "What was stored by then stays." in page.text
    assert 0 < len(bodies(engine)) < ROWS
    with read_scope(engine) as session:
        run, source = session.scalars(select(CrawlRun)).one(), session.scalars(select(Source)).one()
        assert (run.state, source.claim) == (CrawlState.FINISHED, None)
        assert "was cancelled" in run.message
        assert source.health is SourceHealth.HEALTHY  # whoever pressed the button needs no alarm
    with worker(parts):
        again = upload(client, LONG)
        send(client, again, **{**chosen(until_settled(parts, client, again)), "action": "store"})
        until_settled(parts, client, again)
    assert len(bodies(engine)) == ROWS


def test_step_of_a_killed_worker_is_done_anew(client: FlaskClient, parts: Pages) -> None:
    """It left the upload as being worked on; nobody holds its lock any more."""
    address = upload(client, LONG)
    uploads.save(parts.database.data_dir, replace(state_of(parts, address), state=State.WORKING, phase="read", done=7))
    with worker(parts):
        assert "2,000 reviews" in until_settled(parts, client, address).text


def test_two_workers_do_a_step_once(client: FlaskClient, parts: Pages) -> None:
    """The second finds the lock taken."""
    address = upload(client, LONG)
    upload_id = address.rpartition("/")[2]
    with uploads.held(parts.database.data_dir, upload_id) as is_ours:
        assert is_ours
        assert not work_on(parts, upload_id)
    assert work_on(parts, upload_id)
    assert not work_on(parts, upload_id)


def test_import_waits_while_its_source_is_written_to(client: FlaskClient, engine: Engine, parts: Pages) -> None:
    """It is not lost, and tried again."""
    with session_scope(engine) as session:
        source_id = file_source(session, "Lanterna", now=parts.clock()).id
    address = upload(client)
    page = Page(client.get(address))
    with session_scope(engine) as session:
        claim = claim_source(session, source_id, now=parts.clock(), lease_s=30)
        assert claim is not None
    send(client, address, **{**chosen(page), "dates": "dmy", "action": "store"})
    assert "Something else is being read into this source just now" in Page(client.get(address)).text
    with session_scope(engine) as session:
        session.get_one(Source, source_id).claimed_until = None
    work_on(parts, address.rpartition("/")[2])
    assert bodies(engine) == ["Cold soup", "Lovely"]


def saved(*names: str) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO((PAGES / name).read_bytes()), name.rpartition("/")[2]) for name in names]


def test_saved_pages_say_what_is_allowed_and_need_a_word(client: FlaskClient, engine: Engine) -> None:
    """Two at once; the source that is made follows the rules of its platform, and importing again changes nothing."""
    files = saved("opentable/restaurant_page1.html", "opentable/restaurant_page2.html")
    address = send(client, "/import", file=files, place="Lanterna").headers["Location"]
    page = Page(client.get(address))
    assert "Saved pages of OpenTable" in page.text
    assert "OpenTable's terms forbid automatic reading" in page.text
    refused = Page(send(client, address, action="store", retention="store"), status=422)
    assert "Say that you may keep these pages" in refused.text
    looser = send(client, address, action="store", retention="store", may_judge="yes", confirmed="yes")
    assert "Write down why you may" in Page(looser, status=422).text
    send(client, address, action="store", retention="store", confirmed="yes")
    stored = bodies(engine)
    assert len(stored) > 2
    with read_scope(engine) as session:
        source = session.scalars(select(Source)).one()
        assert (source.platform, source.syntax, source.may_judge, source.next_crawl_at) == (
            "file",
            "opentable",
            False,
            None,
        )
        assert source.name == "Lanterna: OpenTable, saved pages"
        source_id = source.id
    assert "Saved pages of OpenTable" in Page(client.get("/sources")).find(f"#source-{source_id}").text
    loosened = post(client, f"/sources/{source_id}/edit", name="x", retention="store", may_judge="yes", do="save")
    assert loosened.status_code == 422  # the platform's rules hold on the form of the source as well
    files = saved("opentable/restaurant_page1.html", "opentable/restaurant_page2.html")
    again = Page(client.get(send(client, "/import", file=files, place="Lanterna").headers["Location"]))
    assert f"0 new, 0 changed, {len(stored)} as before" in again.text


def test_pages_of_a_platform_do_not_go_among_other_files(client: FlaskClient, engine: Engine, parts: Pages) -> None:
    """They would escape its rules there."""
    with session_scope(engine) as session:
        source_id = file_source(session, "Lanterna", now=parts.clock()).id
    files = saved("yelp_page/business_page.html")
    answer = send(client, "/import", file=files, source=str(source_id), place="")
    assert "choose the place instead" in Page(answer, status=422).one("[role=alert]").text
