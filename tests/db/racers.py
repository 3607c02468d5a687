"""Processes that do the same thing to one database at the same moment.

A test calls `race`; each racer is `python -m tests.db.racers WHAT URL ARGUMENT`, says that it is ready, waits for the
signal and prints what it got as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update

from db import migrate
from db.cases import PriorityRow, due_priorities, store_priorities
from db.claims import claim_due_sources, claim_source, release_source
from db.ingest import ingest
from db.models import Source
from db.scores import claim_unscored, store_scores
from db.session import make_engine, session_scope
from tests.factories import NOW, a_score, an_item

ROOT = Path(__file__).parents[2]


def race(what: str, url: str, arguments: list[str]) -> list[Any]:
    """Start one racer per argument, let them go together, and give what each of them printed."""
    return race_mixed(url, [(what, argument) for argument in arguments])


def race_mixed(url: str, entries: list[tuple[str, str]]) -> list[Any]:
    """The same with racers that do different things: pairs of what and argument."""
    command = [sys.executable, "-W", "error", "-m", "tests.db.racers"]
    racers = [
        subprocess.Popen(
            [*command, what, url, argument], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for what, argument in entries
    ]
    try:
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("go\n")
            racer.stdin.flush()
        return [json.loads(racer.communicate(timeout=120)[0]) for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.communicate()


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


RACES: dict[str, Callable[[Engine, str], Any]] = {
    "ingest": _ingest,
    "claim_due": _claim_due,
    "claim_one": _claim_one,
    "take_turns": _take_turns,
    "claim_unscored": _claim_unscored,
    "score": _score,
    "upgrade": _upgrade,
}


def main(what: str, url: str, argument: str) -> None:
    engine = make_engine(url)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    json.dump(RACES[what](engine, argument), sys.stdout)
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
