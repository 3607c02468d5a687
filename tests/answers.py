"""Answers that are due on the platforms of a running stand-in, and workers that post them and may be killed.

Workers are processes: forks that do what a thread of the real worker does. Time passes by moving the stored times back,
so that claims lapse and what was put off is due, while every clock stays the real one.
"""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select, update

from crawlers.config import CrawlSettings, Environment
from crawlers.posters import POSTERS, Account, Answered, poster_for
from crawlers.posters.calling import Line
from crawlers.standin import StandIn
from db.ingest import ingest
from db.models import Case, CaseState, Reply, ReplyState, Retention, Review, Source
from db.session import make_engine, session_scope
from db.settings import DbSettings
from db.vault import open_vault
from scoring.settings import ScoringSettings
from tests.factories import make_reply, make_source
from tests.forks import FORKS
from webui.jobs import posting
from webui.settings import WebSettings
from webui.wiring import LazyScorer, Services

# A review of each platform with words and without an answer, as the shipped data have it.
UNANSWERED = {
    "appstoreconnect": "00000026-aaaa-bbbb-cccc-000000000104",
    "booking": "9000000000104",
    "facebook": "1001_3004",
    "google": "AbFvOqS01",
    "googleplay": "gp-0103",
    "thefork": "6f5fdab1-0000-4000-8000-000000000109",
    "trustpilot": "6900000000000000000051a2",
    "yelp": "xAG4O7l-t1ubbwVAstand1",
}
KILLINGS = 6  # of two workers, before the same answers are left to undisturbed ones
NEVER = 10**9
WAIT_S = 120.0
STEPS_FILE = "steps.txt"
ROUNDS_MOST = 40  # more than anything is tried
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
UNDER_WAY = (ReplyState.HELD, ReplyState.POSTING, ReplyState.UNSURE)


@dataclass
class Answers:
    """A case with an answer that is due for each platform."""

    standin: StandIn
    engine: Engine
    url: str
    data_dir: Path
    platforms: tuple[str, ...] = tuple(sorted(POSTERS))
    replies: dict[str, int] = field(default_factory=dict)  # ids, by platform
    nursery: Nursery | None = None
    steps: int = 0  # of an undisturbed worker
    span_s: float = 0.0

    def __post_init__(self) -> None:
        for platform in self.platforms:
            self._add(platform)

    @property
    def services(self) -> Services:
        return services_at(self.url, self.data_dir, self.standin.base_url, engine=self.engine)

    def _add(self, platform: str) -> None:
        site, vault = self.standin.api_site(platform), open_vault(self.data_dir)
        with session_scope(self.engine) as session:
            source = make_source(
                session,
                platform=platform,
                place_ref=site.ref,
                sealed_keys=vault.seal(dict(site.keys)),
                retention=Retention.STORE,
                host=f"{platform}.example:443",
                delay_s=0.0,
            )
            source_id = source.id
        services = self.services
        account = Account(
            name=platform,
            source_id=source_id,
            place_ref=site.ref,
            options={},
            keys=site.keys,
            settings=services.crawl,
            database=self.engine,
            vault=vault,
            now=services.clock,
        )
        poster = poster_for(account)
        assert poster is not None
        review = poster.look(Answered(review_id=UNANSWERED[platform])).review
        assert review is not None
        now = datetime.now(UTC)
        with session_scope(self.engine) as session:
            ingest(session, source_id, [review], run_id=None, now=now)
        with session_scope(self.engine) as session:
            case = session.scalars(select(Case).join(Review).where(Review.source_id == source_id)).one()
            reply = make_reply(session, case, body=f"I am sorry, {platform}.", post_at=now - timedelta(seconds=1))
            self.replies[platform] = reply.id

    def again(self) -> None:
        """As at the beginning; the record of arrivals stays."""
        self.standin.reset()
        with session_scope(self.engine) as session:
            session.execute(
                update(Reply).values(
                    state=ReplyState.HELD,
                    attempts=0,
                    claim=None,
                    claimed_until=None,
                    post_at=LONG_AGO,
                    posted_at=None,
                    posted_body="",
                    may_be_there=False,
                    receipt="",
                    trouble="",
                )
            )
            session.execute(update(Case).values(state=CaseState.OPEN, reply_state=ReplyState.HELD))
            session.execute(update(Review).values(reply_body="", reply_hash="", reply_state=""))

    def later(self) -> None:
        """Long enough for every claim to have lapsed, for all that was put off, and for requests under way to end."""
        while self.standin.open_requests:
            time.sleep(0.001)
        with session_scope(self.engine) as session:
            session.execute(update(Reply).where(Reply.post_at.is_not(None)).values(post_at=LONG_AGO))
            session.execute(update(Reply).where(Reply.claimed_until.is_not(None)).values(claimed_until=LONG_AGO))
            session.execute(update(Source).values(claimed_until=LONG_AGO))

    def worker(self, die_at: int | None = None, *, is_fine: bool = False) -> Worker:
        """A worker that has been started: it posts what is due and ends. With `die_at` it is killed at that step."""
        return self._opened().start(die_at, is_fine=is_fine)

    def warm(self) -> None:
        """Have workers start quickly; afterwards everything is as at the beginning, but for the record of arrivals."""
        self._opened().asked(("post",))
        self.settle()
        self.again()

    def _opened(self) -> Nursery:
        if self.nursery is None:
            self.nursery = Nursery(self.url, self.data_dir, self.standin.base_url)
        return self.nursery

    def kill_at_random(self, chance: random.Random) -> int:
        """Two workers at once, killed at a random step and at a random moment; how many had not ended before.

        Within half of what one worker alone needs, for two share the work. `measure` first.
        """
        workers = [self.worker(chance.randint(1, self.steps // 2), is_fine=True), self.worker()]
        time.sleep(chance.uniform(0, self.span_s / 2))
        workers[1].kill()
        for worker in workers:
            worker.join()
        return sum(worker.exitcode == -signal.SIGKILL for worker in workers)

    def measure(self) -> None:
        """How many steps an undisturbed worker takes, and how long: that is what kills are spread over."""
        self.warm()
        began = time.monotonic()
        self.worker(NEVER, is_fine=True).join()
        self.span_s = time.monotonic() - began
        self.steps = int((self.data_dir / STEPS_FILE).read_text())
        self.settle()
        self.again()

    def close(self) -> None:
        if self.nursery is not None:
            self.nursery.close()

    def settle(self) -> None:
        """Undisturbed workers from here on, until nothing is under way."""
        for _ in range(ROUNDS_MOST):
            if self.is_settled():
                return
            self.later()
            self.worker().join()
        raise AssertionError("an answer is on its way for good")

    def under_way(self) -> Counter[ReplyState]:
        """How many answers are in which state."""
        with session_scope(self.engine) as session:
            return Counter(session.scalars(select(Reply.state)))

    def state(self, platform: str) -> Reply:
        with session_scope(self.engine) as session:
            return session.get_one(Reply, self.replies[platform])

    def is_settled(self) -> bool:
        with session_scope(self.engine) as session:
            return session.scalar(select(Reply.id).where(Reply.state.in_(UNDER_WAY)).limit(1)) is None

    def arrived(self) -> Counter[str]:
        """How often an answer has come to each platform, since the start."""
        return Counter(one.site.removeprefix("api-") for one in self.standin.arrivals())

    def wrongs(self, before: Counter[str]) -> list[str]:
        """What is wrong with answers that are settled: lost, or posted twice."""
        found = []
        for platform in self.platforms:
            reply, count = self.state(platform), self.arrived()[platform] - before[platform]
            is_asked = reply.state is ReplyState.FAILED and reply.trouble
            is_well = count == 1 if reply.state is ReplyState.POSTED else bool(is_asked and count <= 1)
            if not is_well or (is_asked and POSTERS[platform].shows_at_once):
                found.append(f"{platform}: {reply.state}, arrived {count} times, {reply.trouble}")
        return found


def services_at(url: str, data_dir: Path, standin_url: str, *, engine: Engine) -> Services:
    """What a worker has, at this database and this stand-in."""
    port = standin_url.rpartition(":")[2]
    crawl = CrawlSettings(
        environment=Environment.TEST, crawl_allow_hosts=f"127.0.0.1:{port}", standin_url=standin_url, crawl_timeout_s=20
    )
    database = DbSettings(data_dir=data_dir, database_url=url)
    scorer = LazyScorer(ScoringSettings(), data_dir)
    return Services(database=database, crawl=crawl, web=WebSettings(), engine=engine, scorer=scorer)


class Nursery:
    """A process from which workers are forked. Once it has posted itself they find everything loaded and compiled."""

    def __init__(self, url: str, data_dir: Path, standin_url: str) -> None:
        self.pipe, theirs = FORKS.Pipe()
        self.process = FORKS.Process(target=_nurse, args=(url, data_dir, standin_url, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def start(self, die_at: int | None, *, is_fine: bool) -> Worker:
        return Worker(self, int(self.asked(("start", die_at, is_fine))))

    def asked(self, order: tuple[Any, ...]) -> Any:
        self.pipe.send(order)
        assert self.pipe.poll(WAIT_S), "the nursery says nothing"
        return self.pipe.recv()

    def close(self) -> None:
        self.pipe.close()
        self.process.join()


@dataclass
class Worker:
    nursery: Nursery
    pid: int
    exitcode: int | None = None  # negative: the signal that it was killed by

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)  # nothing happens to one that has ended: nobody has asked for it yet

    def join(self) -> None:
        self.exitcode = os.waitstatus_to_exitcode(self.nursery.asked(("wait", self.pid)))


def _nurse(url: str, data_dir: Path, standin_url: str, pipe: Connection[Any, Any]) -> None:
    warnings.simplefilter("error")
    engine = make_engine(url)
    services = services_at(url, data_dir, standin_url, engine=engine)
    while True:
        try:
            what, *given = pipe.recv()
        except EOFError:
            break
        if what == "wait":
            pipe.send(os.waitpid(given[0], 0)[1])
        elif what == "post":
            pipe.send(posting.post_due(services))
            engine.dispose()  # a connection is not for two processes
        elif pid := os.fork():
            pipe.send(pid)
        else:
            _work(services, *given)
    engine.dispose()


def _work(services: Services, die_at: int | None, is_fine: bool) -> None:
    """What a forked worker does, to its end."""
    code = 1
    try:
        steps = _kill_at(die_at, services.engine, is_fine=is_fine) if die_at is not None else [0]
        posting.post_due(services)
        (services.database.data_dir / STEPS_FILE).write_text(str(steps[0]))
        code = 0
    finally:  # nothing of the nursery is to be done here as well
        if code:
            traceback.print_exc()
        os._exit(code)


def _kill_at(step: int, engine: Engine, *, is_fine: bool) -> list[int]:
    """Kill this process at the n-th step, from 1; gives the count of them.

    Steps are what lies before and after each commit, and before and after each request; fine ones also each statement.
    """
    steps = [0]

    def count(*_: object) -> None:
        steps[0] += 1
        if steps[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "commit", count)
    if is_fine:
        event.listen(engine, "before_cursor_execute", count)
    plain: Callable[..., Any] = Line.ask

    def ask(*given: Any, **named: Any) -> Any:
        count()
        answer = plain(*given, **named)
        count()
        return answer

    Line.ask = ask  # type: ignore[method-assign]  # in this process alone, which is about to die
    return steps
