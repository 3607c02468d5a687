"""The crawl as a process: it can be killed, orphaned, locked out or late, and the database stays right."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from crawlers.process import CrawlExit, Ended, child_environment
from db.models import CrawlState
from tests.flow.running import LONGEST_S, until
from tests.processes import command_line, is_alive

from .conftest import Desk
from .markup import page
from .site import Answer, Site

pytestmark = pytest.mark.own_interpreter


def endless(delay_s: float = 0.0, *, held: threading.Event | None = None) -> dict[str, Answer]:
    """Sixty pages of a hundred reviews; none from the tenth on before `held` is set."""
    return {
        f"/r?page={n}": Answer(
            body=page(range(n * 100, (n + 1) * 100), following=f"/r?page={n + 1}" if n < 60 else ""),
            delay_s=delay_s,
            held=held if n >= 10 else None,
        )
        for n in range(1, 61)
    }


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if "scrapy" in command_line(one)]


def test_killed_child_loses_nothing_that_was_stored(desk: Desk) -> None:
    """SIGKILL in the middle: the exit says so, the batches before it are there, a second crawl completes them."""
    held = threading.Event()
    with Site(endless(delay_s=0.1, held=held)) as site:
        source_id, settings = desk.add(site.url("/r?page=1")), desk.settings(site.host)

        def kill_after_a_batch() -> None:
            if len(desk.reviews()) >= 200:
                for one in children():
                    one.kill()

        outcome = desk.crawl(source_id, settings, tick=kill_after_a_batch)
        assert outcome.exit.ended is Ended.DIED
        assert "signal 9" in outcome.exit.message
        assert outcome.run.state is CrawlState.RUNNING, "the caller closes the row of a dead child"
        stored = len(desk.reviews())
        assert stored >= 200
        assert outcome.run.new == stored
        held.set()
        for answer in site.pages.values():
            answer[0] = Answer(body=answer[0].body, kind=answer[0].kind)
        run = desk.crawl(source_id, settings).run
    assert (run.state, run.found) == (CrawlState.FINISHED, 6000)
    assert len(desk.reviews()) == 6000
    assert run.new == 6000 - stored


def test_time_limit_is_kept_by_the_child(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child closes its run in good order when its time is over, and nobody has to kill it."""
    monkeypatch.setattr("crawlers.process.GRACE_S", LONGEST_S)  # starting it counts as well
    with Site(endless(delay_s=0.3)) as site:
        outcome = desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host), time_limit_s=5)
    assert outcome.exit.ended is Ended.CLEAN
    assert (outcome.run.state, outcome.run.reason) == (CrawlState.FAILED, "time_limit")
    assert outcome.run.new == len(desk.reviews()) > 0


def test_memory_of_the_starting_program_is_not_the_crawls() -> None:
    """A crawl is ended for what it holds itself: a large program that starts one has no part in it."""
    child = (
        "from scrapy.utils.test import get_crawler; from crawlers.extensions import OwnMemory;"
        "print(OwnMemory(get_crawler()).get_virtual_size())"
    )
    begin = f"subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    parent = f"import subprocess, sys; held = b'x' * 400_000_000; {begin}"
    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300_000_000


def test_reviews_of_a_slow_site_are_stored_as_they_come(desk: Desk) -> None:
    """Whoever watches sees the count move, and a kill loses no more than the last moments."""
    is_seen = threading.Event()  # before which the last page does not come
    pages = {
        f"/r?page={one}": Answer(
            body=page([one], total=4, following=f"?page={one + 1}"), delay_s=1.2, held=is_seen if one == 4 else None
        )
        for one in (1, 2, 3, 4)
    }

    def look() -> None:
        if desk.reviews():
            is_seen.set()

    with Site(pages) as site:
        source_id = desk.add(site.url("/r?page=1"))
        outcome = desk.crawl(source_id, desk.settings(site.host), tick=look)
    assert is_seen.is_set()
    assert outcome.run.new == 4
    assert site.paths.count("/r?page=4") == 1


def test_stuck_child_is_killed_with_its_tree(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that does not react (stopped) is killed past limit and grace, and nothing of it is left."""
    monkeypatch.setattr("crawlers.process.GRACE_S", 1.0)
    with Site(endless(delay_s=0.2)) as site:

        def stop() -> None:
            for one in children():
                one.send_signal(signal.SIGSTOP)

        outcome = desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host), time_limit_s=2, tick=stop)
    assert outcome.exit.timed_out
    assert children() == []


def test_exception_in_tick_ends_the_child(desk: Desk) -> None:
    """A worker that is told to stop takes its child with it."""

    def stop() -> None:
        raise KeyboardInterrupt

    with Site(endless(delay_s=0.2)) as site, pytest.raises(KeyboardInterrupt):
        desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host), tick=stop)
    assert children() == []


ORPHAN = """
import sys
from pathlib import Path
from crawlers.config import CrawlSettings
from crawlers.process import run_crawl
source_id, run_id, url, folder, host = sys.argv[1:]
settings = CrawlSettings(environment="test", crawl_allow_hosts=host)
run_crawl(int(source_id), int(run_id), settings=settings, database_url=url, data_dir=Path(folder))
"""


def test_child_ends_when_its_parent_is_gone(desk: Desk) -> None:
    """The worker is killed outright; its crawl ends by itself within seconds and says why."""
    with Site(endless(delay_s=1.0)) as site:
        source_id = desk.add(site.url("/r?page=1"))
        run_id = desk.start(source_id)
        arguments = [str(source_id), str(run_id), desk.database_url, str(desk.data_dir), site.host]
        worker = subprocess.Popen([sys.executable, "-c", ORPHAN, *arguments])
        until(lambda: len(site.paths) > 2, within_s=30, what="the crawl is on its way")
        crawl = next(one for one in children() if one.pid != worker.pid)
        worker.kill()
        worker.wait()
        until(lambda: not is_alive(crawl), within_s=12, what="the crawl has ended")
    run = desk.run(run_id)
    assert (run.state, run.reason) == (CrawlState.FAILED, "interrupted")


def test_locked_database_ends_the_run_in_words(desk: Desk) -> None:
    """Somebody else holds the file when a batch is to be stored: FAILED with advice, earlier batches kept."""
    with Site(endless(delay_s=0.1)) as site:
        source_id, settings = desk.add(site.url("/r?page=1")), desk.settings(site.host)
        run_id = desk.start(source_id)
        holder = sqlite3.connect(desk.data_dir / "amends.db", LONGEST_S, isolation_level=None, check_same_thread=False)
        released, log = threading.Event(), desk.data_dir / "logs" / f"crawl-{source_id}.log"

        def hold() -> None:
            until(lambda: len(site.paths) > 4, within_s=30, what="some pages are read")
            holder.execute("BEGIN IMMEDIATE")
            released.wait(LONGEST_S)
            holder.execute("ROLLBACK")

        thread = threading.Thread(target=hold)
        thread.start()
        from crawlers.process import run_crawl

        def release_when_told() -> None:
            if "refused a batch" in log.read_text(encoding="utf-8"):
                released.set()

        ended = run_crawl(
            source_id,
            run_id,
            settings=settings,
            database_url=desk.database_url,
            data_dir=desk.data_dir,
            time_limit_s=LONGEST_S,
            tick=release_when_told,
        )
        released.set()
        thread.join()
        holder.close()
    run = desk.run(run_id)
    assert ended.ended is Ended.CLEAN
    assert (run.state, run.reason) == (CrawlState.FAILED, "database")
    assert "database is busy" in run.message
    assert run.new == len(desk.reviews())
    refused = re.search(r"refused a batch of (\d+)", log.read_text(encoding="utf-8"))
    assert refused is not None
    assert run.dropped == int(refused[1]) > 0


def test_fault_while_storing_is_no_good_end(desk: Desk) -> None:
    """A batch that cannot be stored for a reason of ours makes the run FAILED, also when it is the last one."""
    database = sqlite3.connect(desk.data_dir / "amends.db")
    database.execute("CREATE TRIGGER no BEFORE INSERT ON review BEGIN SELECT RAISE(ABORT, 'no'); END")
    database.commit()
    database.close()
    with Site({"/r": Answer(body=page([1, 2], total=2))}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.reason, run.is_complete) == (CrawlState.FAILED, "program_fault", False)


def test_source_that_is_not_there_is_a_dead_child(desk: Desk) -> None:
    """A source removed between claim and crawl gives an exit with a message, not an exception."""
    source_id = desk.add("https://example.org/r")
    run_id = desk.start(source_id)
    from crawlers.process import run_crawl

    ended = run_crawl(
        source_id + 99, run_id, platform="schemaorg", settings=desk.settings(), database_url=desk.database_url,
        data_dir=desk.data_dir,
    )  # fmt: skip
    assert isinstance(ended, CrawlExit)
    assert ended.ended is Ended.DIED


def test_environment_and_command_line_hold_no_secret(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's address is not in the command line; keys and proxies of ours are not in the environment."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    lines: list[str] = []
    with Site({"/r": Answer(body=page([1]), delay_s=0.5)}) as site:
        desk.crawl(
            desk.add(site.url("/r")),
            desk.settings(site.host),
            tick=lambda: lines.extend(command_line(one) for one in children()),
        )
    assert lines
    assert not any("sqlite" in line or "amends.db" in line for line in lines)
    environment = child_environment(desk.settings())
    assert "AWS_SECRET_ACCESS_KEY" not in environment
    assert "http_proxy" not in environment
    assert Path(environment["PYTHONPATH"], "crawlers").is_dir()
