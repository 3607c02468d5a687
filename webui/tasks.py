"""When jobs run: each task is a few lines around a job.

Every task may run at any moment, on any number of machines, and be killed in the middle: the jobs claim what they
do. A sweep that could not start within its minute expires, so a busy worker piles nothing up.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from .faults import told
from .wiring import Services, build_huey

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger(__name__)

EVERY_MINUTE_S = 55


def build_tasks(services: Services, *, threads: int) -> tuple[Huey, list[Callable[[], object]]]:
    """The Huey app with its tasks bound to these services, and the sweeps: calling one enqueues it.

    Of the worker's `threads` one never crawls: a day of slow sites must not keep an angry guest from being judged.
    """
    from huey import crontab

    huey = build_huey(services)
    crawlers = threading.BoundedSemaphore(max(1, threads - 1))
    each_minute = crontab(minute="*")

    @huey.task(expires=EVERY_MINUTE_S, name="score")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def score() -> None:
        from .jobs.judging import score_due

        _report("scored", score_due(services))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="crawl_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def crawl_sweep() -> None:
        from .jobs.crawling import crawl_due

        if not crawlers.acquire(blocking=False):
            return
        try:
            count = crawl_due(services)
        finally:
            crawlers.release()
        if count:
            score()

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="score_sweep")  # type: ignore[untyped-decorator]
    def score_sweep() -> None:
        score.call_local()

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="priority_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def priority_sweep() -> None:
        from .jobs.judging import reprioritise_due

        _report("reprioritised", reprioritise_due(services))

    return huey, [crawl_sweep, score_sweep, priority_sweep]


def _known_faults_in_a_line(job: Callable[[], None]) -> Callable[[], None]:
    """A model that is missing or a database that is busy is told in a sentence each minute, not in a stack."""

    @wraps(job)
    def run() -> None:
        try:
            job()
        except Exception as error:
            sentence = told(error)
            if sentence is None:
                raise
            log.error("%s: %s", job.__name__, sentence)  # noqa: TRY400 - the stack would tell nothing more

    return run


def _report(what: str, count: int) -> None:
    if count:
        log.info("%s count=%d", what, count)
