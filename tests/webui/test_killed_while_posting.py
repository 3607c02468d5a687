"""Workers that are killed while they post lose no answer, and post none twice: by what the platforms have got."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from crawlers.standin import StandIn
from db import audit
from db.models import ReplyState
from db.session import session_scope
from tests.answers import KILLINGS, Answers

KILLS = 40  # `python -m tests.bench.kill_posting` kills a thousand


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC)) as started:
        yield started


def holds(engine: Engine) -> bool:
    with session_scope(engine) as session:
        return audit.verify(session).broken_at is None


@pytest.fixture
def opened(engine: Engine, database_url: str, tmp_path: Path, standin: StandIn) -> Iterator[Callable[..., Answers]]:
    """Makes the answers of a test, whose workers end with it."""
    with ExitStack() as stack:

        def make(**given: Any) -> Answers:
            answers = Answers(standin, engine, database_url, tmp_path, **given)
            stack.callback(answers.close)
            return answers

        yield make


@pytest.mark.parametrize("platform", ["facebook", "yelp"])
def test_killed_at_every_step(platform: str, engine: Engine, opened: Callable[..., Answers]) -> None:
    """Facebook, where each call would add an answer, ends posted once; Yelp, which shows none, asks where it must."""
    answers = opened(platforms=(platform,))
    answers.warm()
    asked = 0
    for step in range(1, 200):
        before = answers.arrived()
        worker = answers.worker(die_at=step)
        worker.join()
        was_killed = worker.exitcode != 0
        answers.settle()
        assert answers.wrongs(before) == [], f"killed at step {step}"
        asked += answers.state(platform).state is ReplyState.FAILED
        answers.again()
        if not was_killed:
            break
    assert step >= 10  # the last one met nobody
    assert (asked > 0) == (platform == "yelp")
    assert holds(engine)


def test_two_workers_killed_at_random(engine: Engine, opened: Callable[..., Answers]) -> None:
    """Answers on eight platforms at once, and one worker or both are killed whenever it happens to be."""
    answers, chance, kills = opened(), random.Random(11), 0
    answers.measure()
    while kills < KILLS:
        before = answers.arrived()
        for _ in range(KILLINGS):
            if answers.is_settled():
                break
            kills += answers.kill_at_random(chance)
            answers.later()
        answers.settle()
        assert answers.wrongs(before) == []
        answers.again()
    assert holds(engine)
