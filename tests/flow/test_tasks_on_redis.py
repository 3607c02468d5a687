"""The same tasks with Redis as the broker, where a redis-server is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.ports import free_port

from .running import LONGEST_S, Home, until
from .unread import register_demo


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis of this test alone."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server on this machine (Debian: apt-get install redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    try:
        until(lambda: answers(client), within_s=15, what="Redis answers")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        client.close()
        server.terminate()
        server.wait(LONGEST_S)


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def test_worker_reads_and_judges_with_redis(tmp_path: Path, broker: str) -> None:
    """With AMENDS_TASKS_URL=redis://… the worker finds its tasks there and does what is due."""
    home = Home(tmp_path / "data", {"AMENDS_TASKS_URL": broker})
    register_demo(home)  # all its sources are due
    with home.running("up", "--port", str(free_port())):
        until(lambda: last_read(home), within_s=90, what="the worker has read a due source")
    assert not (home.data_dir / "tasks.db").exists()


def last_read(home: Home) -> bool:
    from sqlalchemy import text

    from db.session import make_engine, session_scope

    engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
    with session_scope(engine) as session:
        found = session.execute(text("select count(*) from crawl_run where state = 'finished'")).scalar_one()
    engine.dispose()
    return bool(found)
