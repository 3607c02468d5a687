"""When jobs run: each task is a few lines around a job.

Every task may run at any moment, on any number of machines, and be killed in the middle: the jobs claim what they
do. A sweep that could not start within its minute expires, so a busy worker piles nothing up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from .faults import told
from .progress import time_left
from .wiring import Services, build_huey

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger(__name__)

EVERY_MINUTE_S = 55
JUDGE_S = 30  # a new model judges for hours; in between the other tasks have their turn


def build_tasks(services: Services, *, threads: int) -> tuple[Huey, list[Callable[[], object]]]:
    """The Huey app with its tasks bound to these services, and the sweeps: calling one enqueues it.

    Of the worker's `threads` one never crawls: a day of slow sites must not keep an angry guest from being judged.
    """
    from huey import crontab

    huey = build_huey(services)
    crawlers = threading.BoundedSemaphore(max(1, threads - 1))
    judging = threading.Lock()
    each_minute = crontab(minute="*")
    each_tenth_minute = crontab(minute="*/10")  # a day's copy is kept ten minutes longer at most

    @huey.task(expires=EVERY_MINUTE_S, name="score")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def score() -> None:
        # One at a time: it uses every core by itself, and a second would only take the thread of the crawls.
        if not judging.acquire(blocking=False):
            return
        try:
            is_more = _judge_for_a_while(services)
        finally:
            judging.release()
        if is_more:
            score()

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="crawl_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def crawl_sweep() -> None:
        from .jobs.sweeping import crawl_due

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

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="clock_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def clock_sweep() -> None:
        from .jobs.clocks import set_clocks

        _report("clocks set", set_clocks(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="escalation_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def escalation_sweep() -> None:
        from .jobs.escalating import escalate_due, remind_due, remind_of_due

        _report("escalated", escalate_due(services))
        _report("reminded of answers", remind_due(services))
        _report("reminded of follow-ups and promises", remind_of_due(services))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="rank_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def rank_sweep() -> None:
        from .jobs.judging import rank_anew

        _report("ranked by new weights", rank_anew(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="words_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def words_sweep() -> None:
        from .jobs.indexing import index_before

        _report("made searchable, still to go", index_before(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="case_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def case_sweep() -> None:
        from .jobs.cases import sweep_cases

        _report("back from being put off", sweep_cases(services))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="confirm_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def confirm_sweep() -> None:
        from .jobs.posting import confirm

        _report("answers seen live, refused or missing", confirm(services))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="rule_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def rule_sweep() -> None:
        from .jobs.assigning import assign_due

        _report("given away by rules", assign_due(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="digest_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def digest_sweep() -> None:
        from .jobs.digesting import issue_digests

        _report("weekly digests to be sent", issue_digests(services))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="mail_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def mail_sweep() -> None:
        from .jobs.mailing import send_mails

        _report("mails to staff", send_mails(services))

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="alert_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def alert_sweep() -> None:
        from .jobs.alerting import find_alerts, send_alerts

        _report("alerts found", find_alerts(services))
        _report("messages of alerts", send_alerts(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_tenth_minute, expires=EVERY_MINUTE_S, name="spike_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def spike_sweep() -> None:
        from .jobs.alerting import find_spikes, forget

        _report("unusual numbers of angry reviews", find_spikes(services))
        forget(services)

    @huey.periodic_task(each_minute, expires=EVERY_MINUTE_S, name="webhook_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def webhook_sweep() -> None:
        from .jobs.webhooks import deliver_due

        _report("messages to webhooks", deliver_due(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_tenth_minute, expires=EVERY_MINUTE_S, name="purge_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def purge_sweep() -> None:
        from .jobs.purging import purge_old

        _report("purged", purge_old(services))

    @huey.periodic_task(each_tenth_minute, expires=EVERY_MINUTE_S, name="keeping_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def keeping_sweep() -> None:
        from .jobs.keeping import pseudonymise_old

        _report("pseudonymised", pseudonymise_old(services, within_s=EVERY_MINUTE_S - 5))

    @huey.periodic_task(each_tenth_minute, expires=EVERY_MINUTE_S, name="twin_sweep")  # type: ignore[untyped-decorator]
    @_known_faults_in_a_line
    def twin_sweep() -> None:
        from .jobs.linking import link_new

        _report("compared with other sites", link_new(services))

    of_cases = [score_sweep, priority_sweep, rank_sweep, clock_sweep, escalation_sweep, case_sweep, rule_sweep]
    going_out = [confirm_sweep, digest_sweep, mail_sweep, alert_sweep, spike_sweep, webhook_sweep]
    return huey, [crawl_sweep, *of_cases, *going_out, words_sweep, purge_sweep, keeping_sweep, twin_sweep]


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


def _judge_for_a_while(services: Services) -> bool:
    """Judge what is due, for JUDGE_S at most; whether there is more. Tells the owner how long the rest will take."""
    from db.scores import count_unscored
    from db.session import read_scope

    from .jobs.judging import score_due

    version = services.scorer.version  # loads the model, which is not to count as judging
    started = time.monotonic()
    count = score_due(services, within_s=JUDGE_S)
    if not count:
        return False
    with read_scope(services.engine) as session:
        left = count_unscored(session, version)
    rate = count / max(time.monotonic() - started, 0.001)
    log.info("scored count=%d rate=%.1f/s left=%d%s", count, rate, left, f" ({time_left(left, rate)})" if left else "")
    return left > 0


def _report(what: str, count: int) -> None:
    if count:
        log.info("%s count=%d", what, count)
