"""A worker that is killed in the middle of any job loses nothing and doubles nothing: done for real, with SIGKILL."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, delete, func, select, text

from db.models import Case, CrawlRun, CrawlState, Review, Revision, Score, Source
from db.session import make_engine, session_scope
from tests.ports import free_port

from .running import Home, descendants, until
from .unread import register_demo


def counts(engine: Engine) -> dict[str, int]:
    with session_scope(engine) as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Review, Case, Score, Revision)
        }


def under_way(engine: Engine) -> int:
    """How many crawls have no end yet."""
    with session_scope(engine) as session:
        running = select(func.count()).select_from(CrawlRun).where(CrawlRun.state == CrawlState.RUNNING)
        return session.scalar(running) or 0


def is_settled(engine: Engine, reviews: int) -> bool:
    """Everything is read and judged, and its crawls have ended: they do so a moment after their last review."""
    now = counts(engine)
    return now["review"] == now["case"] == now["score"] == reviews and not under_way(engine)


@pytest.fixture
def unread(tmp_path: Path, database_url: str) -> Iterator[tuple[Home, Engine]]:
    """Two sources of a demo as an undisturbed run has read and judged them."""
    home = Home(tmp_path / "data", {"AMENDS_DATABASE_URL": database_url})
    register_demo(home, database_url)
    engine = make_engine(database_url)
    assert home.amends("crawl").returncode == 0
    drop_sources(engine, left=2)
    assert home.amends("score").returncode == 0
    yield home, engine
    engine.dispose()


def drop_sources(engine: Engine, *, left: int) -> None:
    """All but those with the fewest reviews: what is killed and done again is the same with fewer, and sooner done."""
    with session_scope(engine) as session:
        by_size = (
            select(Review.source_id).group_by(Review.source_id).order_by(func.count(), Review.source_id).limit(left)
        )
        kept = list(session.scalars(by_size))
        session.execute(delete(Source).where(Source.id.not_in(kept)))


def forget(engine: Engine) -> None:
    """Back to the moment before the first crawl."""
    with session_scope(engine) as session:
        for table in ("revision", "score", '"case"', "review", "crawl_run"):
            session.execute(text(f"delete from {table}"))  # noqa: S608 - names from the line above
        session.execute(
            text(
                "update source set next_crawl_at = created_at, last_success_at = null, "
                "claim = null, claimed_until = null"
            )
        )


def kill_tree(pid: int) -> None:
    for victim in [psutil.Process(pid), *descendants(pid)]:
        try:
            victim.kill()
        except psutil.NoSuchProcess:
            continue


def stored(engine: Engine, table: type, least: int) -> Callable[[], bool]:
    def condition() -> bool:
        with session_scope(engine) as session:
            return (session.scalar(select(func.count()).select_from(table)) or 0) >= least

    return condition


def test_sigkill_while_crawling_and_scoring(unread: tuple[Home, Engine]) -> None:
    """Killed in the middle of crawls and of scoring, again and again, it ends where an undisturbed run ends."""
    home, engine = unread
    wanted = counts(engine)
    assert wanted["review"] == wanted["score"] > 20
    forget(engine)
    chance = random.Random(7)
    moments: list[Callable[[], bool]] = [
        stored(engine, CrawlRun, 1),
        stored(engine, Review, 20),
        stored(engine, Score, 1),
    ]
    for moment in moments:
        with home.running("up", "--port", str(free_port())) as process:
            until(moment, within_s=60, what="the worker is in the middle of a job")
            time.sleep(chance.uniform(0, 0.3))
            kill_tree(process.pid)
    with home.running("up", "--port", str(free_port())):
        until(lambda: is_settled(engine, wanted["review"]), within_s=150, what="everything is read and judged")
    assert counts(engine) == wanted
    with session_scope(engine) as session:
        doubled = session.execute(
            select(Review.source_id, Review.external_id)
            .group_by(Review.source_id, Review.external_id)
            .having(func.count() > 1)
        ).all()
    assert under_way(engine) == 0
    assert doubled == []
