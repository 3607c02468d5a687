"""What a page must never do, whatever a guest, a site or a visitor sends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models import CrawlState, SourceHealth
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_revision, make_run, make_score, make_source
from webui import create_app, security
from webui.security import CSP, is_trusted, safe_url
from webui.settings import WebSettings

from .html import Page

HOSTILE = (
    "</mark></a><script>alert('x')</script><img src=x onerror=alert(1)>\"'{{7*7}}{% raw %}&amp;\u202eevil\u0000\x1b[31m"
)
SHOWN = HOSTILE.replace("\u202e", "").replace("\x00", "").replace("\x1b", "")


def fill_with_hostile_text(session: Session, now: datetime) -> int:
    """Every text that comes from outside is hostile; gives the id of the review."""
    storable = HOSTILE.replace("\x00", "")  # neither database takes NUL in a text; ingest drops it
    place = make_location(session, name=storable, timezone="Nowhere/'><b>")
    source = make_source(
        session,
        location=place,
        name=storable,
        url="javascript:alert(1)",
        health=SourceHealth.DEGRADED,
        health_note=f"`{storable}`",
        platform="'><b>",
        syntax="'><b>",
    )
    make_run(session, source, state=CrawlState.FAILED, message=storable, finished_at=now)
    review = make_review(
        session,
        source,
        title=storable,
        body=storable,
        author_name=storable,
        url="javascript:alert(1)",
        rating_raw="<b>5</b>",
        rating=None,
        rating_max=None,
        rating_kind="score",
        stars=None,
        language='en"><b>',
        reply_body=storable,
        reply_author=storable,
        reply_published_at=now,
    )
    make_revision(session, review, body=storable[::-1], title=storable, rating_raw="<i>")
    score = {"reasons": ["'><b>"], "topics": [{"topic": "'><b>", "probability": 0.5}], "language": 'x"><b>'}
    risk = {"risk": "'><b>", "probability": 0.5, "origin": "rule", "evidence": storable}
    sentences = [{"start": 0, "end": 12, "anger": 0.9}, {"start": 12, "end": 999999, "anger": 0.4}]
    make_score(session, review, risks=[risk], sentences=sentences, model_version="<b>1</b>", **score)
    parts = [{"name": "'><b>", "points": 50.0, "most": 50.0}]
    make_case(session, review, is_flagged=True, reopened_at=now - timedelta(hours=1), priority_parts=parts)
    return review.id


def test_hostile_text_stays_text_on_every_page(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """No element comes out of a text, and the text is still there to be read."""
    with session_scope(engine) as session:
        review_id = fill_with_hostile_text(session, now)
    for address in ("/", "/?view=all", f"/reviews/{review_id}", "/sources", f"/reviews/{review_id}?lang=es"):
        page = Page(client.get(address))
        assert page.all("body script, img, b, i, iframe, style, [onerror], [style]") == [], address
        assert "alert('x')" in page.raw_text
        assert "{{7*7}}" in page.raw_text
        assert not set("\u202e\x1b\x00") & set(page.source)
    assert Page(client.get(f"/reviews/{review_id}")).one(".voice-text").raw_text == SHOWN


def test_only_web_addresses_become_links(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A script in place of an address is shown as text or not at all."""
    with session_scope(engine) as session:
        review_id = fill_with_hostile_text(session, now)
    for address in ("/", f"/reviews/{review_id}", "/sources"):
        for link in Page(client.get(address)).all("a[href]"):
            assert link.attrs["href"].startswith(("/", "#", "https://"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://guide.example/r/7", "https://guide.example/r/7"),
        (" http://guide.example ", "http://guide.example"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://guide.example/%0aalert(1)", None),
        ("data:text/html,<b>", None),
        ("//guide.example", None),
        ("/local", None),
        ("https://", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_safe_addresses(url: str, expected: str | None) -> None:
    """Web addresses with a host pass, everything else does not."""
    assert safe_url(url) == expected


@pytest.mark.parametrize(
    "address", ["/", "/sources", "/reviews/1", "/nowhere", "/healthz", "/?after=x", "/static/amends.css"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, address: str) -> None:
    """Pages, errors and files alike."""
    headers = client.get(address, buffered=True).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP
    assert "script-src 'self';" in CSP


def test_pages_are_kept_nowhere_and_files_for_long(client: FlaskClient) -> None:
    """Pages hold personal data; files carry a digest in their address."""
    page = client.get("/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    style = Page(page).one("link[rel=stylesheet]").attrs["href"]
    assert "?v=" in style
    assert client.get(style, buffered=True).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "LOCALHOST"])
def test_own_names_are_answered(client: FlaskClient, host: str) -> None:
    """The names of this machine, at any port."""
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::2]",
        "a@localhost",
        "",
        "[::1",
        "localhost/x",
    ],
)
@pytest.mark.parametrize("address", ["/", "/healthz", "/static/amends.css", "/nowhere"])
def test_foreign_names_are_refused(client: FlaskClient, host: str, address: str) -> None:
    """A name that another site has pointed at this machine reads nothing (DNS rebinding)."""
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert "AMENDS_BASE_URL" in answer.text


def test_base_url_is_an_own_name(engine: Engine) -> None:
    """The address that people use, behind a proxy say, is answered."""
    app = create_app(WebSettings(base_url="https://desk.lanterna.example", _env_file=None), engine)
    assert app.test_client().get("/healthz", headers={"Host": "desk.lanterna.example"}).status_code == 200
    assert not is_trusted("lanterna.example", {"desk.lanterna.example"})


def test_addresses_cannot_steer_links(client: FlaskClient, engine: Engine) -> None:
    """Unknown words in an address are nothing to us: they neither break the page nor come back in its links."""
    with session_scope(engine) as session:
        make_case(session, make_review(session))
    answer = client.get("/?view=all&endpoint=x&_external=1&_scheme=javascript&_host=evil.example&next=//evil.example")
    page = Page(answer)
    assert all(not link.attrs["href"].startswith(("//", "http")) for link in page.all("a[href]"))
    assert "evil" not in page.source


def test_application_opens_no_connection_and_loads_nothing_heavy() -> None:
    """Building it must work with the database down, and the web process carries neither crawler nor model."""
    code = (
        "from webui import create_app; from db.session import make_engine; import sys\n"
        "app = create_app(engine=make_engine('postgresql://nobody@127.0.0.1:1/none'))\n"
        "assert app.test_client().get('/nowhere').status_code == 404\n"
        "heavy = {'scrapy', 'twisted', 'torch', 'onnxruntime', 'tokenizers', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_page_holds_a_script_or_a_style_of_its_own(app: Flask) -> None:
    """Not one template has anything that the policy would refuse; scripts are files of ours, asked for in the end.

    The access export is a file that a customer opens on their own machine, without a policy: it has its few rules.
    """
    ours = re.compile(r"""<script src="{{ asset\('[a-z/]+(\.min)?\.js'\) }}" defer></script>""")
    assert app.jinja_loader is not None
    for name in set(app.jinja_loader.list_templates()) - {"access_export.html"}:
        source = ours.sub("", app.jinja_loader.get_source(app.jinja_env, name)[0])
        for refused in ("<script", "<style", r"\sstyle=", "javascript:", r"\son[a-z]+=", r"\|\s*safe\b", "http-equiv"):
            assert not re.search(refused, source), (name, refused)


def test_files_of_others_are_as_they_were_published() -> None:
    """Each is named with its version and digest, and nobody has changed it since."""
    folder = Path(security.__file__).parent / "static" / "vendor"
    named = dict(
        re.findall(r"^\| `(\S+)` .*`([0-9a-f]{64})` \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    there = {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.js")}
    assert named == there


def test_htmx_may_evaluate_nothing_and_keeps_nothing(client: FlaskClient) -> None:
    """What guests wrote must not become code in the browser, nor stay in its storage."""
    config = json.loads(Page(client.get("/")).one("meta[name=htmx-config]").attrs["content"])
    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["allowScriptTags"] is False
    assert config["historyCacheSize"] == 0
