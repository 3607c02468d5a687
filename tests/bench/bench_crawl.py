"""Pages per second of the whole crawl, against a bare Scrapy spider that only downloads the same pages.

Both run in a process of their own, one request at a time, and go from page to page by rel=next: the bare one finds it
with a regular expression, asks no robots.txt and yields nothing. The stand-in runs in a third process. Starting
Python is left out: the time is what Scrapy counts between opening and closing the spider. "again" is the same crawl
over what is stored already. Of each the fastest of several rounds counts: with two processes at work on few cores,
what else the machine does only ever adds time, and to the longer crawl more of it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.config import CrawlSettings, Environment
from crawlers.process import Ended, child_environment, run_child
from db.crawls import start_run
from db.migrate import upgrade
from db.models import CrawlRun, CrawlState
from db.session import make_engine, session_scope
from tests.factories import NOW, make_source

from .harness import Measure, at_least, noted

PAGES = 2_000
PER_PAGE = 5
ROUNDS = 5
WANTED = 0.6

BARE = """
import re
import scrapy

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        yield scrapy.Request(self.url)

    def parse(self, response):
        found = re.search(rb'rel="next" href="([^"]+)"', response.body)
        if found:
            yield scrapy.Request(response.urljoin(found.group(1).decode()))
"""


def run() -> list[Measure]:
    with tempfile.TemporaryDirectory() as name, _standin() as base_url:
        folder = Path(name)
        url = f"{base_url}/bench/{PAGES}/page/1"
        rounds = []
        for number in range(ROUNDS):  # interleaved, so that a busy minute of the machine hits both sides
            bare = _bare(folder / f"bare-{number}", url)
            fresh, again = _ours(folder / f"ours-{number}", url)
            rounds.append((bare, fresh, again))
    bare, fresh, again = (PAGES / min(column) for column in zip(*rounds, strict=True))
    return [
        at_least("crawl.fresh", fresh, "pages/s", baseline=bare, wanted=WANTED),
        at_least("crawl.again", again, "pages/s", baseline=bare, wanted=WANTED),
        noted("crawl.stored", fresh * PER_PAGE, "reviews/s"),
    ]


@contextmanager
def _standin() -> Iterator[str]:
    command = [sys.executable, "-m", "crawlers.standin", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield line.split()[-1]
        finally:
            process.terminate()


def _bare(folder: Path, url: str) -> float:
    folder.mkdir()
    spider = folder / "bare.py"
    spider.write_text(BARE, encoding="utf-8")
    environment = child_environment(CrawlSettings(environment=Environment.TEST))
    del environment["SCRAPY_SETTINGS_MODULE"]
    settings = {"LOG_LEVEL": "INFO", "TELNETCONSOLE_ENABLED": "0", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return _timed(["runspider", str(spider), "-a", f"url={url}", *options], environment, folder)


def _ours(folder: Path, url: str) -> tuple[float, float]:
    """Seconds of the first crawl and of the same one again."""
    database_url = f"sqlite:///{folder / 'amends.db'}"
    engine = make_engine(database_url)
    upgrade(engine)
    with session_scope(engine) as session:
        source_id = make_source(session, url=url, delay_s=0.0, max_pages=PAGES + 1).id
    host = url.split("/")[2]
    environment = child_environment(CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=host))
    environment |= {"AMENDS_DATABASE_URL": database_url, "AMENDS_DATA_DIR": str(folder)}
    times = []
    for _ in range(2):
        with session_scope(engine) as session:
            run_id = start_run(session, source_id, now=NOW)
        arguments = ["crawl", "schemaorg", "-a", f"source_id={source_id}", "-a", f"run_id={run_id}"]
        times.append(_timed([*arguments, "-s", "STATS_DUMP=1"], environment, folder))
        with session_scope(engine) as session:
            stored = session.get_one(CrawlRun, run_id)
            if stored.state is not CrawlState.FINISHED or stored.found != PAGES * PER_PAGE:
                raise RuntimeError(f"the crawl ended {stored.state} with {stored.found} reviews: {stored.message}")
    engine.dispose()
    return times[0], times[1]


def _timed(arguments: list[str], environment: dict[str, str], folder: Path) -> float:
    log_path = folder / "out.log"
    log_path.unlink(missing_ok=True)
    ended, _ = run_child(arguments, environment=environment, folder=folder, log_path=log_path, limit_s=300)
    log = log_path.read_text(encoding="utf-8")
    found = re.search(r"'elapsed_time_seconds': ([\d.]+)", log)
    if ended is not Ended.CLEAN or found is None:
        raise RuntimeError(f"the spider ended {ended}:\n{log[-2000:]}")
    return float(found.group(1))
