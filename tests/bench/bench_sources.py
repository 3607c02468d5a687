"""A thousand sources on 25 hosts, all due at once, read by two workers.

The first host has LARGE of them, the others share the rest; each source is one page, so two requests with robots.txt,
DELAY_S apart. The floor is what these distances ask of the largest host alone. `turn` says how fair it is: the place,
among all runs by the time of their start, of the last host's first run, over the number of hosts; 1 is one host after
the other, a host that starves makes it large.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil
from sqlalchemy import Engine, select

from db.models import CrawlRun, CrawlState, Source
from db.session import session_scope
from db.sources import host_of
from tests.factories import NOW, make_location, make_source

from .databases import KINDS, cluster, database
from .harness import Measure, at_most, noted
from .hosts import hosts

SOURCES = 1000
HOSTS = 25
LARGE = 80
DELAY_S = 0.25
WORKERS = 2

WORKER = """
from webui.jobs.sweeping import crawl_due
from webui.wiring import build_services
services = build_services()
print(crawl_due(services))
services.engine.dispose()
"""


def run() -> list[Measure]:
    with cluster() as server:
        measures = []
        for kind in KINDS:
            with database(kind, server) as engine, tempfile.TemporaryDirectory() as folder:
                measures += _measure(kind, engine, Path(folder))
    return measures


def _measure(kind: str, engine: Engine, folder: Path) -> list[Measure]:
    with hosts(HOSTS) as served:
        _fill(engine, served.urls)
        began = time.perf_counter()
        cpu_s = _work(engine, folder, served.urls)
        elapsed_s = time.perf_counter() - began
        seen = served.stop()
    with session_scope(engine) as session:
        runs = list(session.scalars(select(CrawlRun).order_by(CrawlRun.started_at, CrawlRun.id)))
        host_of_source = dict(session.execute(select(Source.id, Source.host)).all())
    counts = Counter(run.source_id for run in runs)
    first_turns: dict[str, int] = {}
    for place, run in enumerate(runs, start=1):
        first_turns.setdefault(host_of_source[run.source_id], place)
    floor_s = LARGE * 2 * DELAY_S
    well = sum(run.state is CrawlState.FINISHED and run.found == 5 for run in runs)
    return [
        at_most(f"sources.missed.{kind}", SOURCES - len(counts), "sources", wanted=0),
        at_most(f"sources.twice.{kind}", sum(count > 1 for count in counts.values()), "sources", wanted=0),
        at_most(f"sources.not_well.{kind}", SOURCES - well, "sources", wanted=0),
        at_most(f"sources.at_once.{kind}", max(most for _, most in seen), "requests a host", wanted=1),
        at_most(f"sources.turn.{kind}", max(first_turns.values()), "runs", baseline=HOSTS, wanted=2),
        at_most(f"sources.time.{kind}", elapsed_s, "s", baseline=floor_s, wanted=2),
        noted(f"sources.processor.{kind}", 1000 * cpu_s / SOURCES, "ms a source"),
    ]


def _fill(engine: Engine, urls: list[str]) -> None:
    with session_scope(engine) as session:
        place = make_location(session)
        for number in range(SOURCES):
            at = 0 if number < LARGE else 1 + number % (HOSTS - 1)
            url = f"{urls[at]}/bench/1/page/1?source={number}"
            make_source(session, location=place, url=url, host=host_of(url), delay_s=DELAY_S, next_crawl_at=NOW)


def _work(engine: Engine, folder: Path, urls: list[str]) -> float:
    """Run the workers to their end, and give the seconds of processor time that they and their children took."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")} | {
        "AMENDS_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "AMENDS_DATA_DIR": str(folder),
        "AMENDS_ENVIRONMENT": "test",
        "AMENDS_CRAWL_ALLOW_HOSTS": ",".join(url.partition("//")[2] for url in urls),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    before = _children_s()
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(WORKERS)
    ]
    for worker in workers:
        worker.communicate(timeout=1800)
        if worker.returncode:
            raise RuntimeError(f"a worker ended with status {worker.returncode}")
    return _children_s() - before


def _children_s() -> float:
    """Processor time of all children that have ended, theirs included."""
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)
