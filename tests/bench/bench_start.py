"""How long a start takes, and how much memory the processes hold once they work."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy import text

from db.session import make_engine, session_scope
from tests.flow.running import Home, page, until
from tests.ports import free_port

from .harness import Measure, at_most, median_seconds, noted

ROUNDS = 5
HELP_CPU_S = 0.5
FIRST_SCORE = "from scoring.model import OnnxScorer; OnnxScorer.load().predict(['The soup was cold and nobody cared.'])"


def run() -> list[Measure]:
    nothing = [sys.executable, "-c", "pass"]
    cpu = median(_cpu_seconds([sys.executable, "-m", "webui", "--help"]) for _ in range(ROUNDS))
    first_score = median_seconds(lambda: _finish([sys.executable, "-c", FIRST_SCORE]), rounds=ROUNDS)
    return [
        at_most("start.help_cpu", cpu, "s", wanted=HELP_CPU_S),
        noted("start.python_cpu", median(_cpu_seconds(nothing) for _ in range(ROUNDS)), "s"),
        noted("start.first_score", first_score, "s"),
        *_memory(),
    ]


def _finish(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _cpu_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _finish(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _memory() -> list[Measure]:
    """Resident memory of both halves after a page was served and every review of the demo was judged again."""
    with tempfile.TemporaryDirectory() as folder:
        home, port = Home(Path(folder) / "data"), free_port()
        done = home.amends("demo", "--no-serve")
        assert done.returncode == 0, done.stderr
        engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
        with session_scope(engine) as session:
            session.execute(text("update review set scored_with = null"))
        with home.running("up", "--port", str(port)) as process:
            until(lambda: page(f"http://127.0.0.1:{port}/"), within_s=60, what="the queue answers")

            def judged() -> bool:
                with session_scope(engine) as session:
                    return not session.execute(text("select count(*) from review where scored_with is null")).scalar()

            until(judged, within_s=120, what="every review is judged again")
            halves = {half: _resident_mb(process.pid, half) for half in ("web", "worker")}
        engine.dispose()
    return [noted(f"start.{half}_memory", megabytes, "MB") for half, megabytes in halves.items()]


def _resident_mb(pid: int, half: str) -> float:
    """Of a half and its own children."""
    (found,) = [child for child in psutil.Process(pid).children() if half in child.cmdline()]
    family = [found, *found.children(recursive=True)]
    return sum(member.memory_info().rss for member in family) / 2**20
