"""`python -m tests.bench.kill_posting [KILLS] [--on sqlite|postgresql]`: kill workers while they post.

Two workers post answers to eight platforms; each is killed (SIGKILL) at a random moment, and others go on. When all
answers of a round have settled, what the platforms have got is compared with what stands in the database. The first
answer that is lost or was posted twice ends the run with status 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from crawlers.standin import StandIn
from db import audit
from db.models import ReplyState
from db.session import session_scope
from tests.answers import KILLINGS, Answers

from .databases import KINDS, cluster, database

KILLS = 1000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kill_posting", description="Kill workers that post.")
    parser.add_argument("kills", nargs="?", type=int, default=KILLS, help="how often (default: %(default)s)")
    parser.add_argument("--on", choices=KINDS, action="append", help="one database in place of both")
    options = parser.parse_args()
    wanted: int = options.kills
    with cluster() as server:
        for kind in options.on or KINDS:
            with database(kind, server) as engine, tempfile.TemporaryDirectory(prefix="amends-kill-") as folder:
                if not _killed(kind, engine, Path(folder), wanted):
                    return 1
    return 0


def _killed(kind: str, engine: Engine, folder: Path, wanted: int) -> bool:
    began, kills, rounds, found, ended = time.perf_counter(), 0, 0, Counter[ReplyState](), Counter[ReplyState]()
    chance = random.Random(5)
    with StandIn(anchor=datetime.now(UTC)) as standin:
        answers = Answers(standin, engine, engine.url.render_as_string(hide_password=False), folder)
        answers.measure()
        while kills < wanted:
            before, rounds = answers.arrived(), rounds + 1
            for _ in range(KILLINGS):
                if answers.is_settled():
                    break
                kills += answers.kill_at_random(chance)
                found += answers.under_way()
                answers.later()
            answers.settle()
            ended += answers.under_way()
            if wrongs := answers.wrongs(before):
                print(f"{kind}, after {kills} kills: {wrongs}")
                return False
            answers.again()
        answers.close()
        came = sum(answers.arrived().values())
    with session_scope(engine) as session:
        log = audit.verify(session)
    print(f"{kind}: {kills} kills in {rounds} rounds, {time.perf_counter() - began:.0f} s")
    print(f"  answers {sum(ended.values())}, arrived {came}: {_said(ended)}; none lost, none twice")
    print(f"  found after the kills: {_said(found)}; log of {log.lines} lines, broken at {log.broken_at}")
    return log.broken_at is None


def _said(states: Counter[ReplyState]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items()))


if __name__ == "__main__":
    sys.exit(main())
