"""A mailbox that the worker reads on its schedule: added on the pages or by command, read on, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from crawlers.config import CrawlSettings, Environment
from db.models import CrawlRun, CrawlState, Review, Source, SourceHealth
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.vault import open_vault
from tests.crawlers.imports.imap_running import Server, imap_server
from tests.crawlers.imports.test_mailbox import certificate
from tests.crawlers.imports.test_pasted_and_mails import mail
from tests.factories import make_source
from tests.flow.running import until
from webui import create_app
from webui.jobs.sweeping import crawl_due
from webui.settings import WebSettings
from webui.wiring import Services

from .html import Page
from .posting import post
from .signing import signed_in
from .test_adding_sources import looked

USER = "owner@lanterna.example"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """With one review and one mail that is none. Its certificate is trusted, as that of a company's own may be."""
    folder = tmp_path / "imap"
    folder.mkdir()
    (folder / "server.pem").write_bytes(certificate())
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "server.pem"))
    with imap_server(folder) as running:
        running.put(1, review("Anna", "The soup was cold and the bill was wrong."))
        running.put(2, mail("Your invoice", "Please pay.", date=format_datetime(datetime.now(UTC))))
        yield running


def review(author: str, text: str) -> bytes:
    return mail(f"{author} left a review", f"2/5\n\n“{text}”", date=format_datetime(datetime.now(UTC)))


def settings_for(server: Server) -> CrawlSettings:
    allowed = f"127.0.0.1:{server.mailbox.port}"
    return CrawlSettings(environment=Environment.TEST, contact="desk@example.org", crawl_allow_hosts=allowed)


@pytest.fixture
def client(engine: Engine, database_url: str, data_dir: Path, server: Server) -> FlaskClient:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    app = create_app(WebSettings(_env_file=None), engine, database=database, crawl=settings_for(server))
    app.testing = False
    return signed_in(app)


@pytest.fixture
def services(engine: Engine, database_url: str, data_dir: Path, server: Server) -> Services:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    nobody: Any = None  # nothing is judged here
    return Services(
        database=database, crawl=settings_for(server), web=WebSettings(_env_file=None), engine=engine, scorer=nobody
    )


def add(services: Services, server: Server, **entries: str) -> int:
    given = {"host": "127.0.0.1", "port": str(server.mailbox.port), "password": "right"} | entries
    keys = {"password": given.pop("password")}
    with session_scope(services.engine) as session:
        return make_source(
            session,
            platform="mailbox",
            url=f"imaps://{USER}",
            place_ref=USER,
            options=given,
            sealed_keys=open_vault(services.database.data_dir).seal(keys),
            next_crawl_at=services.clock(),
        ).id


def read(services: Services, source_id: int) -> CrawlRun:
    """Let its next reading be due, and give the record of it."""
    with session_scope(services.engine) as session:
        session.get_one(Source, source_id).next_crawl_at = services.clock() - timedelta(minutes=1)
    until(lambda: crawl_due(services) == 1, within_s=30, what="its host has rested")
    with read_scope(services.engine) as session:
        return session.scalars(select(CrawlRun).order_by(CrawlRun.id.desc())).first() or pytest.fail("no record")


def bodies(engine: Engine) -> list[str]:
    with read_scope(engine) as session:
        return sorted(session.scalars(select(Review.body)))


def source_of(engine: Engine, source_id: int) -> Source:
    with read_scope(engine) as session:
        return session.get_one(Source, source_id)


def test_worker_reads_each_mail_once(services: Services, server: Server, engine: Engine) -> None:
    """Then what has come since; readings without news raise no alarm; the folder stays as it was."""
    source_id = add(services, server)
    first = read(services, source_id)
    assert (first.state, first.message, first.new) == (CrawlState.FINISHED, "1 review in 2 new mails.", 1)
    for _ in range(4):
        again = read(services, source_id)
        assert (again.state, again.pages, again.message) == (CrawlState.FINISHED, 0, "No new mail.")
    server.put(3, review("Jo", "Nobody came to our table for an hour."))
    assert read(services, source_id).message == "1 review in 1 new mail."
    assert len(bodies(engine)) == 2
    server.renumber(8)
    anew = read(services, source_id)
    assert (anew.new, anew.unchanged) == (0, 2)
    found = source_of(engine, source_id)
    assert (found.health, found.empty_runs, found.claim) == (SourceHealth.HEALTHY, 0, None)
    assert found.next_crawl_at is not None
    assert found.next_crawl_at > services.clock()
    assert server.is_unchanged


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"password": "wrong-secret"}, "refuses this user or password"),
        ({"folder": "Elsewhere"}, "no folder Elsewhere"),
        ({"port": "25"}, "port 993 (TLS) or 143"),
        ({"host": "localhost", "port": "993"}, "does not lead to the public internet"),
        ({"port": "many"}, "The port is a number"),
    ],
    ids=range(5),
)
def test_what_only_the_owner_can_mend_is_told(
    services: Services, server: Server, engine: Engine, given: dict[str, str], words: str
) -> None:
    """The source needs its owner, and is tried again in a day; nothing tells the password."""
    source_id = add(services, server, **given)
    run = read(services, source_id)
    assert (run.state, words in run.message) == (CrawlState.MISCONFIGURED, True), run.message
    found = source_of(engine, source_id)
    assert found.health is SourceHealth.MISCONFIGURED
    log = (services.database.data_dir / "logs" / "crawl-batch.log").read_text()
    assert "wrong-secret" not in log + run.message


def test_server_that_is_away_is_tried_again(services: Services, server: Server, engine: Engine) -> None:
    """A certificate that nobody vouches for as well: no password is sent there."""
    (server.folder / "server.pem").write_bytes(certificate())
    run = read(services, add(services, server))
    assert (run.state, "certificate is not valid" in run.message) == (CrawlState.FAILED, True)
    assert source_of(engine, run.source_id).health is SourceHealth.DEGRADED


def test_mailbox_is_tried_and_added_on_the_pages(
    client: FlaskClient, services: Services, server: Server, engine: Engine
) -> None:
    """From the list of platforms to the first reading; "Check now", a pause, and entries that can be tried again."""
    start = Page(client.get("/sources/new"))
    assert "Mailbox of notifications" in start.text
    entries = {"place_ref": USER, "key-host": "127.0.0.1", "key-port": str(server.mailbox.port), "key-folder": ""}
    wrong = post(client, "/sources/new/platform/mailbox", **entries, **{"key-password": "wrong-secret"})
    page = looked(client, wrong.headers["Location"])
    assert "refuses this user or password" in page.text
    assert "wrong-secret" not in page.source
    tried = post(client, "/sources/new/platform/mailbox", **entries, **{"key-password": "right"})
    page = looked(client, tried.headers["Location"])
    assert "The soup was cold and the bill was wrong." in page.text
    saved = post(
        client,
        tried.headers["Location"],
        name="Notifications",
        place_name="Lanterna",
        timezone="Europe/Rome",
        confirmed="yes",
        retention="store",
        may_judge="yes",
    )
    assert saved.status_code == 302, saved.text
    with read_scope(engine) as session:
        source = session.scalars(select(Source)).one()
        assert (source.platform, source.place_ref, source.is_enabled) == ("mailbox", USER, True)
        assert "right" not in source.sealed_keys + str(source.options)
        source_id = source.id
    assert crawl_due(services) == 1
    row = Page(client.get("/sources")).find(f"#source-{source_id}")
    assert "1 new, 0 changed, 0 as before" in row.text
    for words in ("Check now", "Pause", "Settings"):
        assert words in row.text
    settings = Page(client.get(f"/sources/{source_id}/edit"))
    assert "Test connection" in settings.text
    post(client, f"/sources/{source_id}/pause")
    assert crawl_due(services) == 0
    assert server.is_unchanged
