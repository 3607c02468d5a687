"""Time of the queue page while every review is judged again because the model has changed, against its quiet time.

`amends web` and `amends worker` run as they do for people, on 20,000 reviews that another model has judged. "read" is
what bench_queue times: the first page and the counts, from opening the session to the finished rows; "page" is the
whole page over HTTP. People come now and then, so there is a pause before each: without it a page would find its own
data in the processor's caches. The worker is held (SIGSTOP) and let go in turns, so that what else the machine does
disturbs the quiet times and the others alike. It is ended once the figures are taken; its rate while it may work tells
how long a million reviews would take.
"""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text, update

from db.models import Review
from db.queries.queue import QueueView, queue_counts, queue_page
from db.session import read_scope, session_scope
from scoring.corpus import written_rows
from tests.flow.running import Home, page, until
from tests.ports import free_port

from .bench_queue import PAGE, seed
from .databases import KINDS, cluster, database
from .harness import Measure, at_most, noted, seconds

REVIEWS = 20_000
WANTED = 1.5
TURNS, ROUNDS = 16, 8  # readings of each kind in a turn
PAUSE_S = 0.1
MILLION = 1_000_000

_JUDGED = """
    INSERT INTO score (review_id, model_version, content_hash, scored_at, anger, anger_level, sentiment, language,
        topics, risks, sentences, reasons)
    SELECT id, 'm1', content_hash, '2026-11-22 12:00:00', 0.1, 'calm', 3.0, 'en', '[]', '[]', '[]', '[]'
    FROM review WHERE scored_with IS NULL
"""


def run() -> list[Measure]:
    measures = []
    with cluster() as server:
        for kind in KINDS:
            with database(kind, server) as engine:
                _fill(engine)
                quiet, busy, rate = _times(engine)
            for name, baseline in quiet.items():
                full_name = f"rescore.{name}.{kind}"
                measures.append(at_most(full_name, busy[name], "ms", baseline=baseline, wanted=WANTED))
            measures.append(noted(f"rescore.rate.{kind}", rate, "reviews/s"))
            measures.append(noted(f"rescore.million.{kind}", MILLION / rate / 3600, "h"))
    return measures


def _fill(engine: Engine) -> None:
    """Reviews in the words of those written for this project, each a little different, all judged by "m1"."""
    seed(engine, REVIEWS)
    texts = islice(cycle(row.text for row in written_rows()), REVIEWS)
    with session_scope(engine) as session:
        session.execute(text("UPDATE source SET is_enabled = false"))  # nobody is to be crawled meanwhile
        bodies = [{"id": at, "title": "", "body": f"{body} ({at})"} for at, body in enumerate(texts, start=1)]
        session.execute(update(Review), bodies)
        session.execute(text(_JUDGED))
        session.execute(text("UPDATE review SET scored_with = 'm1'"))


def _times(engine: Engine) -> tuple[dict[str, float], dict[str, float], float]:
    """Median milliseconds of each reading, quiet and meanwhile, and reviews judged again per second."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        address = engine.url.render_as_string(hide_password=False)
        home, port = Home(Path(folder) / "data", {"AMENDS_DATABASE_URL": address}), free_port()
        home.data_dir.mkdir()
        readings = {"read": lambda: _read(engine), "page": lambda: _page(port)}
        with home.running("web", "--port", str(port)):
            until(lambda: page(f"http://127.0.0.1:{port}/"), within_s=60, what="the queue answers")
            with home.running("worker") as worker:
                until(lambda: _judged(engine), within_s=120, what="the first reviews are judged again")
                quiet: dict[str, list[float]] = {name: [] for name in readings}
                busy: dict[str, list[float]] = {name: [] for name in readings}
                before, worked_s = _judged(engine), 0.0
                for _ in range(TURNS):
                    _send(worker, signal.SIGSTOP)
                    _take(readings, quiet)
                    _send(worker, signal.SIGCONT)
                    worked_s += seconds(lambda: _take(readings, busy))
                rate = (_judged(engine) - before) / worked_s
                if _judged(engine) == REVIEWS:
                    raise RuntimeError("everything was judged again before the figures were taken: take more reviews")
    return _medians(quiet), _medians(busy), rate


def _send(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    time.sleep(2 * PAUSE_S)  # until it has come to rest, or is at work again


def _judged(engine: Engine) -> int:
    with read_scope(engine) as session:
        return REVIEWS - int(session.execute(text("SELECT count(*) FROM review WHERE scored_with = 'm1'")).scalar_one())


def _read(engine: Engine) -> None:
    with read_scope(engine) as session:
        assert len(queue_page(session, QueueView.NOW, limit=PAGE).rows) == PAGE
        queue_counts(session)


def _page(port: int) -> None:
    shown = page(f"http://127.0.0.1:{port}/")
    assert shown
    assert shown.count('<li class="row"') == PAGE


def _take(readings: dict[str, Callable[[], None]], times: dict[str, list[float]]) -> None:
    """Some readings more, in milliseconds."""
    for _ in range(ROUNDS):
        for name, read in readings.items():
            time.sleep(PAUSE_S)
            times[name].append(1000 * seconds(read))


def _medians(times: dict[str, list[float]]) -> dict[str, float]:
    return {name: median(found) for name, found in times.items()}
