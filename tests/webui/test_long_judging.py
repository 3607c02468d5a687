"""A new model judges everything again: in steps, one at a time, telling how long it will take."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawlers.config import CrawlSettings, Environment
from db.scores import count_unscored
from db.session import read_scope, session_scope
from scoring.types import AngerLevel, Score
from tests.factories import make_case, make_review, make_score, make_source
from tests.flow.running import LONGEST_S
from webui import tasks
from webui.jobs.judging import BATCH, score_due
from webui.progress import pace, time_left
from webui.wiring import Services, build_services

REVIEWS = 2 * BATCH + 10


class SlowScorer:
    """Calls everything calm, and only when it may go on."""

    version = "m2"

    def __init__(self) -> None:
        self.asked, self.may_go_on = threading.Event(), threading.Event()

    def predict(self, texts: Sequence[str]) -> list[Score]:
        self.asked.set()
        assert self.may_go_on.wait(LONGEST_S)
        calm = Score(anger=0.1, anger_level=AngerLevel.CALM, sentiment=3.0, language="en", model_version=self.version)
        return [calm] * len(texts)


@pytest.fixture
def scorer() -> SlowScorer:
    return SlowScorer()


@pytest.fixture
def services(
    tmp_path: Path, sqlite_template: Path, scorer: SlowScorer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Services]:
    """An installation in which another model has judged every review."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "amends.db")
    built = replace(build_services(crawl=CrawlSettings(environment=Environment.TEST)), scorer=scorer)
    with session_scope(built.engine) as session:
        source = make_source(session)
        for _ in range(REVIEWS):
            review = make_review(session, source)
            make_score(session, review, model_version="m1")
            make_case(session, review)
    yield built
    built.engine.dispose()


def waiting(services: Services) -> int:
    with read_scope(services.engine) as session:
        return count_unscored(session, "m2")


def test_step_ends_after_a_batch_when_its_time_is_over(services: Services, scorer: SlowScorer) -> None:
    """The batch begun is stored, the rest stays due."""
    scorer.may_go_on.set()
    assert score_due(services, within_s=0) == BATCH
    assert waiting(services) == REVIEWS - BATCH
    assert score_due(services) == REVIEWS - BATCH


def test_second_judging_does_not_take_the_thread_of_the_crawls(services: Services, scorer: SlowScorer) -> None:
    """While one goes on, the sweep of the next minute goes home."""
    score_sweep: Any = tasks.build_tasks(services, threads=2)[1][1]
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(score_sweep.call_local)
        assert scorer.asked.wait(LONGEST_S)
        score_sweep.call_local()
        assert not first.done(), "it waited for the first"
        scorer.may_go_on.set()
        first.result(LONGEST_S)
    assert waiting(services) == 0


def test_judging_goes_on_after_a_step_and_tells_how_long(
    services: Services, scorer: SlowScorer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Between two steps other tasks have their turn: the next one is enqueued behind them."""
    monkeypatch.setattr(tasks, "JUDGE_S", 0)
    scorer.may_go_on.set()
    huey, sweeps = tasks.build_tasks(services, threads=1)
    caplog.set_level(logging.INFO, "webui.tasks")
    score_sweep: Any = sweeps[1]
    score_sweep.call_local()
    assert [task.name for task in huey.pending()] == ["score"]
    assert f"left={REVIEWS - BATCH} (less than a minute left)" in caplog.text
    while task := huey.dequeue():
        huey.execute(task)
    assert waiting(services) == 0


@pytest.mark.parametrize(
    ("left", "rate", "words"),
    [
        (100, 50.0, "less than a minute left"),
        (20_000, 60.0, "about 6 min left"),
        (719_000, 60.0, "about 3 h 20 min left"),
        (1_000_000, 16.0, "about 17 h left"),
    ],
)
def test_time_left_is_as_exact_as_it_can_be(left: int, rate: float, words: str) -> None:
    """Nobody knows the seconds of a night."""
    assert time_left(left, rate) == words


def test_pace_is_told_once_something_was_done() -> None:
    """Before the first batch nobody knows it, after the last nobody asks."""
    assert pace(0, 900, 0.0) == pace(900, 0, 10.0) == ""
    assert pace(600, 6_000, 10.0) == "60 a second, about 2 min left"
    assert pace(10, 600, 10.0) == "about 10 min left"
