"""Processes that do the same thing to one database at the same moment.

A test calls `race`; each racer is a process of its own, says that it is ready, waits for the signal and hands back
what it got.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from threading import Barrier
from typing import Any

from sqlalchemy import Engine, select, update

from db import audit, migrate
from db.acting import Actor
from db.claims import claim_due_sources, claim_source, release_source
from db.errors import BadValue, CaseChanged
from db.ingest import ingest
from db.models import Offer, Source
from db.offers import approve, redeem
from db.priorities import PriorityRow, due_priorities, store_priorities
from db.reply_claims import claim_post
from db.roles import Role
from db.scores import claim_unscored, store_scores
from db.session import make_engine, session_scope
from tests.factories import NOW, a_score, an_item
from tests.forks import FORKS

WAIT_S = 300.0  # on a machine that others keep busy


def race(what: str, url: str, arguments: list[str]) -> list[Any]:
    """Start one racer per argument, let them go together, and give what each of them printed."""
    return race_mixed(url, [(what, argument) for argument in arguments])


def race_mixed(url: str, entries: list[tuple[str, str]]) -> list[Any]:
    """The same with racers that do different things: pairs of what and argument."""
    racers = []
    for what, argument in entries:
        ours, theirs = FORKS.Pipe()
        process = FORKS.Process(target=_run, args=(what, url, argument, theirs), daemon=True)
        process.start()
        theirs.close()
        racers.append((process, ours))
    try:
        for _, pipe in racers:
            assert _told(pipe) == "ready"
        for _, pipe in racers:
            pipe.send("go")
        return [_told(pipe) for _, pipe in racers]
    finally:
        for process, pipe in racers:
            pipe.close()
            process.kill()
            process.join()
            process.close()


def _told(pipe: Connection[Any, Any]) -> Any:
    """What the racer says next; `EOFError` where it has died."""
    assert pipe.poll(WAIT_S), "a racer says nothing"
    return pipe.recv()


def _ingest(engine: Engine, argument: str) -> Any:
    """The same 300 reviews in the wording of the argument "source_id:wording:rounds"."""
    source_id, wording, rounds = argument.split(":")
    items = [an_item(f"r{number}", body=f"Review {number}, {wording}") for number in range(300)]
    counted = []
    for turn in range(int(rounds)):
        with session_scope(engine) as session:
            counts = ingest(session, int(source_id), items, run_id=None, now=NOW + timedelta(hours=turn))
        counted.append([counts.new, counts.changed, counts.unchanged])
    return counted


def _claim_due(engine: Engine, _argument: str) -> Any:
    """Every due source that can be had."""
    taken: list[int] = []
    while True:
        with session_scope(engine) as session:
            claims = claim_due_sources(session, now=NOW, lease_s=600, limit=1)
        if not claims:
            return taken
        taken.append(claims[0].source_id)


def _take_turns(engine: Engine, argument: str) -> Any:
    """Claim and give back, one at a time, until nothing is due; whether a host was ever had beside another's."""
    taken: list[int] = []
    clashes = 0
    while True:
        with session_scope(engine) as session:
            claims = claim_due_sources(session, now=NOW, lease_s=600, limit=1)
        if not claims:
            return [taken, clashes]
        [claim] = claims
        taken.append(claim.source_id)
        with session_scope(engine) as session:
            host = session.get_one(Source, claim.source_id).host
            held = select(Source.id).where(Source.host == host, Source.claim.is_not(None))
            clashes += len(session.scalars(held).all()) > 1
            session.execute(update(Source).where(Source.id == claim.source_id).values(next_crawl_at=None))
            release_source(session, claim, now=NOW - timedelta(days=int(argument)))


def _claim_one(engine: Engine, argument: str) -> Any:
    """The one source of the argument."""
    with session_scope(engine) as session:
        claim = claim_source(session, int(argument), now=NOW, lease_s=600)
    return claim.token if claim else None


def _claim_unscored(engine: Engine, argument: str) -> Any:
    """Every unscored review that can be had, in batches of the argument."""
    taken: list[int] = []
    while True:
        with session_scope(engine) as session:
            texts = claim_unscored(session, "m1", limit=int(argument), now=NOW, lease_s=600)
        if not texts:
            return taken
        taken += [text.review_id for text in texts]


def _score(engine: Engine, argument: str) -> Any:
    """Score what is due and renew priorities, so many rounds."""
    stored = 0
    for turn in range(int(argument)):
        now = NOW + timedelta(hours=turn)
        with session_scope(engine) as session:
            texts = claim_unscored(session, "m1", limit=100, now=now, lease_s=1)
        with session_scope(engine) as session:
            stored += store_scores(session, [a_score(text, priority_due_at=now) for text in reversed(texts)], now=now)
        with session_scope(engine) as session:
            due = reversed(due_priorities(session, now=now, limit=200))
            rows = [
                PriorityRow(case_id=row.case_id, priority=1.0, priority_parts=[], priority_due_at=now) for row in due
            ]
            store_priorities(session, rows, now=now)
    return stored


def _upgrade(engine: Engine, _argument: str) -> Any:
    """Bring the schema up."""
    migrate.upgrade(engine)
    return migrate.check(engine)


def _audit(engine: Engine, argument: str) -> Any:
    """Write so many lines to the log, each in a transaction of its own."""
    for number in range(int(argument)):
        with session_scope(engine) as session:
            audit.append(session, "raced", {"number": number}, by=None, now=NOW)
    return None


def _claim_posts(engine: Engine, _argument: str) -> Any:
    """Every answer that is due and can be had."""
    taken: list[int] = []
    while True:
        with session_scope(engine) as session:
            claim = claim_post(session, now=NOW)
        if claim is None:
            return taken
        taken.append(claim.reply_id)


def _redeem(engine: Engine, argument: str) -> Any:
    """The code of the argument "code:person:threads", by so many threads at once; what each is told."""
    code, person_id, threads = argument.split(":")
    gate = Barrier(int(threads))

    def one(_: int) -> str:
        gate.wait(WAIT_S)
        try:
            with session_scope(engine) as session:
                redeem(session, code, by=Actor(person_id=int(person_id), name="Ana", now=NOW), places=None)
        except CaseChanged as error:
            return str(error)
        return "redeemed"

    with ThreadPoolExecutor(int(threads)) as pool:
        return list(pool.map(one, range(int(threads))))


def _approve_offers(engine: Engine, argument: str) -> Any:
    """Say yes to each of the offers of the argument "id,id:person" as staff may."""
    ids, person_id = argument.split(":")
    by = Actor(person_id=int(person_id), name="Ana", now=NOW)
    for offer_id in ids.split(","):
        with suppress(BadValue, CaseChanged), session_scope(engine) as session:
            seen = session.get_one(Offer, int(offer_id)).version
            approve(session, int(offer_id), seen=seen, by=by, role=Role.STAFF)
    return None


def _alert(engine: Engine, argument: str) -> Any:
    """Find alerts and send them, as the worker does; how many were found. The argument is JSON: where everything is."""
    from crawlers import notifier
    from crawlers.config import CrawlSettings
    from db.settings import DbSettings
    from webui.jobs.alerting import find_alerts, send_alerts
    from webui.settings import WebSettings
    from webui.wiring import Services

    given = json.loads(argument)
    scorer: Any = None  # nothing is judged
    services = Services(
        database=DbSettings(data_dir=given["data_dir"], database_url=given["url"], _env_file=None),
        crawl=CrawlSettings(environment="test", crawl_allow_hosts=given["receiver"], _env_file=None),
        web=WebSettings(_env_file=None, **given["mail"]),
        engine=engine,
        scorer=scorer,
        clock=lambda: datetime.fromisoformat(given["now"]),
    )
    notifier.LIMIT_S = WAIT_S  # type: ignore[misc]  # each starts a Python of its own, all at once
    found = find_alerts(services)
    send_alerts(services, within_s=WAIT_S)
    return found


RACES: dict[str, Callable[[Engine, str], Any]] = {
    "ingest": _ingest,
    "claim_due": _claim_due,
    "claim_one": _claim_one,
    "take_turns": _take_turns,
    "claim_unscored": _claim_unscored,
    "score": _score,
    "upgrade": _upgrade,
    "audit": _audit,
    "claim_posts": _claim_posts,
    "redeem": _redeem,
    "approve_offers": _approve_offers,
    "alert": _alert,
}


def _run(what: str, url: str, argument: str, pipe: Connection[Any, Any]) -> None:
    warnings.simplefilter("error")
    engine = make_engine(url)
    pipe.send("ready")
    pipe.recv()
    pipe.send(RACES[what](engine, argument))
    engine.dispose()
