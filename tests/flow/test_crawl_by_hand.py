"""`amends crawl` broken on purpose: killed in the middle, its source removed meanwhile, and tried without storing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from db.models import CrawlRun, Review, Source
from db.session import make_engine, session_scope
from tests.crawlers.markup import page, review
from tests.crawlers.site import Answer, Site
from tests.db.rows import dump
from tests.factories import make_source

from .running import LONGEST_S, Home, until


def listing(*, delay_s: float) -> dict[str, Answer]:
    """Six pages of four reviews; the later ones come slowly."""
    pages = {}
    for number in range(1, 7):
        following = f"/r?page={number + 1}" if number < 6 else ""
        html = page(range(number * 4, number * 4 + 4), total=24, following=following)
        pages[f"/r?page={number}"] = Answer(body=html, delay_s=delay_s if number > 2 else 0.0)
    return pages


class Place:
    def __init__(self, home: Home, engine: Engine, site: Site) -> None:
        self.home, self.engine, self.site = home, engine, site

    def stored(self) -> int:
        with session_scope(self.engine) as session:
            return session.scalar(select(func.count()).select_from(Review)) or 0

    def reasons(self) -> list[str]:
        with session_scope(self.engine) as session:
            return list(session.scalars(select(CrawlRun.reason).order_by(CrawlRun.id)))

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        with session_scope(self.engine) as session:
            return dump(session)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "webui", "crawl", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.home.variables(),
            cwd=self.home.data_dir.parent,
        )


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    """One source, of a site that takes its time."""
    with Site(listing(delay_s=2.5)) as site:
        home = Home(
            tmp_path / "data",
            {
                "AMENDS_DATABASE_URL": database_url,
                "AMENDS_ENVIRONMENT": "test",
                "AMENDS_CRAWL_ALLOW_HOSTS": site.host,
            },
        )
        home.data_dir.mkdir()
        engine = make_engine(database_url)
        with session_scope(engine) as session:
            columns: dict[str, Any] = {"slug": "slow", "url": site.url("/r?page=1"), "delay_s": 0.0}
            make_source(session, next_crawl_at=datetime.now(UTC), **columns)
        yield Place(home, engine, site)
        engine.dispose()


def test_killed_reading_is_told_and_completed(place: Place) -> None:
    """`kill -9` in the middle: the next one waits for its turn, says in a line what became of the last, reads all."""
    process = place.begin()
    until(lambda: place.stored() >= 8, within_s=60, what="some reviews are stored")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=LONGEST_S)
    done = place.home.amends("crawl")
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line for line in done.stdout.splitlines() if "cut off" in line]
    assert len(told) == 1, done.stdout
    assert re.search(r"slow: its last reading was cut off at \d\d:\d\d after \d pages; the \d+ reviews", told[0]), told
    assert place.stored() == 24
    assert place.reasons() == ["interrupted", "finished"]
    assert "cut off" not in place.home.amends("crawl").stdout


@pytest.mark.parametrize("with_reviews", [True, False])
def test_source_removed_while_it_is_read(place: Place, with_reviews: bool) -> None:
    """The reading ends at once and says why; nothing is stored any more, nothing is left half there."""
    process = place.begin()
    until(lambda: place.stored() >= 8, within_s=60, what="some reviews are stored")
    removed = place.home.amends("source", "remove", "slow", "--yes", *["--with-reviews"] * with_reviews)
    assert removed.returncode == 0, removed.stderr
    assert "was being read" in removed.stdout
    left = place.stored()
    output, _ = process.communicate(timeout=LONGEST_S)
    assert process.returncode == 1, output
    assert "removed while it was being read" in output
    assert "Traceback" not in output
    assert place.stored() == left == (0 if with_reviews else left)
    assert not list((place.home.data_dir / "httpcache").rglob("response_body"))
    assert "running" not in str(place.rows()["crawl_run"])
    with session_scope(place.engine) as session:
        assert [source.claim for source in session.scalars(select(Source))] == [None] * (not with_reviews)


def test_dry_run_shows_what_would_be_stored_and_leaves_every_row(place: Place) -> None:
    """New, changed, gone, replies and the first reviews; the database is the same row for row, control characters
    steer nobody's terminal."""
    first = [review(1), review(2), review(3)]
    place.site.pages = {"/robots.txt": place.site.pages["/robots.txt"], "/r?page=1": [Answer(body=_page(first))]}
    assert place.home.amends("crawl").returncode == 0
    edited = [review(1, body="Edited \x1b[31mred\x07 words [bold]"), review(3), review(4, body="日本語の感想です")]
    place.site.pages["/r?page=1"] = [Answer(body=_page(edited))]
    before = place.rows()
    dry = place.home.amends("crawl", "--dry-run")
    as_json = place.home.amends("crawl", "--dry-run", "--json", "slow")
    assert as_json.returncode == 0, as_json.stderr
    told = json.loads(as_json.stdout)
    assert place.rows() == before
    assert dry.returncode == 0, dry.stdout + dry.stderr
    assert "would store 1 new and 1 changed" in dry.stdout
    assert "日本語の感想です" in dry.stdout
    assert "Edited [31mred words [bold]" in dry.stdout
    assert "1 not shown any more" in dry.stdout
    assert "\x1b" not in dry.stdout
    assert "\x07" not in dry.stdout
    (one,) = told
    counts = (one["new"], one["changed"], one["unchanged"], one["gone"], one["rehearsal"]["absent"])
    assert counts == (1, 1, 1, 0, 1)
    assert [shown["is_new"] for shown in one["rehearsal"]["first"]] == [True, False]


def _page(reviews: list[dict[str, object]]) -> str:
    rating = {"@type": "AggregateRating", "ratingValue": 3, "reviewCount": len(reviews)}
    place = {"@type": "Restaurant", "name": "Lanterna", "review": reviews, "aggregateRating": rating}
    return f'<title>L</title><script type="application/ld+json">{json.dumps(place)}</script>'
