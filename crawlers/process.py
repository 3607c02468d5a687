"""Runs a crawl as a child process: a reactor cannot restart, and a crash or a hang must stay outside of the worker.

The child stores reviews and closes its own CrawlRun row. What happened is told by that row; `CrawlExit` only says how
the process ended, so that the caller can close the row of one that died.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO

import psutil

from .config import CrawlSettings

ROOT = Path(__file__).resolve().parent.parent  # the folder that holds our packages
LOG_FOLDER = "logs"
PARENT_VARIABLE = "AMENDS_PARENT_PID"  # whose end ends the child, see extensions.py
MAX_LOG_BYTES = 2 * 1024 * 1024
GRACE_S = 20.0  # beyond the time limit, which the child keeps itself when it can
_POLL_S = 0.2
_PASSED = (  # with the certificates that this machine trusts, where it says so
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),
)
_DRY_PIPELINES = {
    "crawlers.pipelines.normalise.Normalise": 100,
    "crawlers.pipelines.validate.Validate": 200,
    "crawlers.pipelines.rehearse.Rehearse": 300,
}

log = logging.getLogger(__name__)


class Ended(StrEnum):
    CLEAN = "clean"  # the run's row tells how the crawl went
    DIED = "died"  # crashed, killed, or not startable
    TIMED_OUT = "timed_out"  # killed by us


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlExit:
    ended: Ended
    returncode: int | None
    message: str  # for people; empty when clean
    log_path: Path

    @property
    def timed_out(self) -> bool:
        return self.ended is Ended.TIMED_OUT


def run_crawl(
    source_id: int,
    run_id: int,
    *,
    settings: CrawlSettings,
    database_url: str,
    data_dir: Path,
    secret_key: str = "",
    platform: str | None = None,
    time_limit_s: float | None = None,
    since: date | None = None,
    result: Path | None = None,
    is_full: bool = True,
    tick: Callable[[], None] | None = None,
) -> CrawlExit:
    """Crawl one source and wait for it. `tick` is called several times a second meanwhile.

    With `result` nothing is stored: the file says what would have been (`db.rehearsing`) if it had read as far as
    `is_full` says; of other crawls the record says how far they read. `since` leaves older reviews
    out. `platform` saves a query when the caller knows it. An exception out of `tick` ends the child and passes.
    """
    name = platform or _platform_of(source_id, database_url)
    limit = time_limit_s or settings.crawl_time_limit_s
    environment = child_environment(settings.model_copy(update={"crawl_time_limit_s": max(1, int(limit))}))
    environment |= {"AMENDS_DATABASE_URL": database_url, "AMENDS_DATA_DIR": str(data_dir)}
    if secret_key:
        environment["AMENDS_SECRET_KEY"] = secret_key
    log_path = log_file(data_dir, f"crawl-{source_id}.log")
    arguments = ["crawl", name, "-a", f"source_id={source_id}", "-a", f"run_id={run_id}"]
    arguments += ["-a", f"since={since.isoformat()}"] if since else []
    if result is not None:
        arguments += ["-a", f"is_full={'yes' if is_full else 'no'}"]
        arguments += ["-a", f"result={result.absolute()}", "-s", f"ITEM_PIPELINES={json.dumps(_DRY_PIPELINES)}"]
    ended, returncode = run_child(
        arguments, environment=environment, folder=data_dir, log_path=log_path, limit_s=limit + GRACE_S, tick=tick
    )
    return CrawlExit(ended=ended, returncode=returncode, message=_message(ended, returncode), log_path=log_path)


def run_child(
    arguments: list[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    log_path: Path,
    limit_s: float,
    tick: Callable[[], None] | None = None,
) -> tuple[Ended, int | None]:
    """`python -m scrapy …` with a time limit, its output in a file; nothing of it outlives this call."""
    folder.mkdir(parents=True, exist_ok=True)
    with log_path.open("ab") as output:
        child = start_python(["scrapy", *arguments], environment=environment, folder=folder, log=output)
        try:
            return _wait(child, limit_s=limit_s, tick=tick)
        finally:
            kill_tree(child)


def start_python(
    module: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    log: IO[bytes],
    is_piped: bool = False,
) -> subprocess.Popen[bytes]:
    """`python -m module …` with nothing of this folder on its path. What it says goes into the log, or into a pipe."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", *module],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.PIPE if is_piped else subprocess.DEVNULL,
        stdout=subprocess.PIPE if is_piped else log,
        stderr=log,
        start_new_session=True,  # the terminal's Ctrl-C is for us: whoever waits for the child ends it
    )


def child_environment(settings: CrawlSettings) -> dict[str, str]:
    """Little of our own environment: no keys, no proxies. Values of settings travel here and not on the command line,
    where every user of the machine could read them."""
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    ours = {f"AMENDS_{name.upper()}": str(getattr(settings, name)) for name in CrawlSettings.model_fields}
    return (
        passed
        | ours
        | {
            "SCRAPY_SETTINGS_MODULE": "crawlers.settings",
            "PYTHONPATH": str(ROOT),  # before site-packages, where other distributions own the names of our packages
            "PYTHONUNBUFFERED": "1",
            PARENT_VARIABLE: str(os.getpid()),
        }
    )


def kill_tree(child: subprocess.Popen[bytes]) -> None:
    """End a child and all of its descendants, at once."""
    if child.poll() is None:
        try:
            family = [*psutil.Process(child.pid).children(recursive=True), psutil.Process(child.pid)]
        except psutil.NoSuchProcess:
            family = []
        for member in family:
            try:
                member.kill()
            except psutil.NoSuchProcess:
                continue
    child.wait()


def _wait(
    child: subprocess.Popen[bytes], *, limit_s: float, tick: Callable[[], None] | None
) -> tuple[Ended, int | None]:
    deadline = time.monotonic() + limit_s
    while True:
        try:
            code = child.wait(timeout=_POLL_S)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                log.warning("crawl pid=%d passed its time limit of %.0f s and is killed", child.pid, limit_s)
                return Ended.TIMED_OUT, None
            if tick is not None:
                tick()
        else:
            return (Ended.CLEAN if code == 0 else Ended.DIED), code


def _message(ended: Ended, returncode: int | None) -> str:
    if ended is Ended.CLEAN:
        return ""
    if ended is Ended.TIMED_OUT:
        return "The crawl took longer than its time limit and was stopped. What it read is stored."
    cause = f"by signal {-returncode}" if returncode and returncode < 0 else f"with status {returncode}"
    return f"The crawl's process ended {cause} before its end. What it read is stored; it is tried again by itself."


def _platform_of(source_id: int, database_url: str) -> str:
    from db.models import Source
    from db.session import make_engine, read_scope

    engine = make_engine(database_url)
    try:
        with read_scope(engine) as session:
            return session.get_one(Source, source_id).platform
    finally:
        engine.dispose()


def log_file(data_dir: Path, name: str) -> Path:
    """The log of this name, such as that of a source's crawls; one older generation is kept."""
    folder = data_dir / LOG_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if path.exists() and path.stat().st_size > MAX_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path
