"""The benchmarks' own arithmetic and report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.migrate import check
from db.queries.queue import QueueView, queue_page
from db.session import read_scope
from tests.bench import __main__ as bench
from tests.bench import harness
from tests.bench.bench_queue import seed
from tests.bench.harness import Measure, at_least, at_most, noted


def test_ratio_decides_where_there_is_a_baseline() -> None:
    """More is better or less is better; without a baseline the value itself counts."""
    fast = at_least("a", 60.0, "pages/s", baseline=100.0, wanted=0.6)
    assert fast == Measure(
        name="a", value=60.0, unit="pages/s", baseline=100.0, ratio=0.6, wanted=">= 0.6", reached=True
    )
    assert at_least("a", 59.0, "pages/s", baseline=100.0, wanted=0.6).reached is False
    assert at_most("b", 1.6, "ms", baseline=1.0, wanted=1.5).reached is False
    assert at_most("c", 0.4, "s", wanted=0.5).reached is True
    assert noted("d", 12.0, "MiB").reached is None


def test_report_is_json_with_the_machine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of objects, one a figure."""
    measure = at_most("queue.first", 1.0, "ms", baseline=2.0, wanted=1.5)

    class Module:
        @staticmethod
        def run() -> list[Measure]:
            return [measure]

    monkeypatch.setattr(bench, "import_module", lambda name, _package: Module if name == ".bench_queue" else None)
    monkeypatch.setattr("sys.argv", ["bench", "queue", "--json"])
    bench.main()
    [shown] = json.loads(capsys.readouterr().out)
    assert shown.pop("machine") == harness.machine()
    assert shown == {
        "name": "queue.first",
        "value": 1.0,
        "unit": "ms",
        "baseline": 2.0,
        "ratio": 0.5,
        "wanted": "<= 1.5",
        "reached": True,
    }


@pytest.mark.parametrize(("load", "said"), [(0.0, ""), (1000.0, "The machine is busy (load 1000.0 on ")])
def test_busy_machine_is_told(monkeypatch: pytest.MonkeyPatch, load: float, said: str) -> None:
    """Ratios taken beside other work are not to be believed."""
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0))
    told = harness.disturbance()
    assert (told.startswith(said), bool(told)) == (True, bool(said))


def test_unknown_benchmark_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names those there are."""
    monkeypatch.setattr("sys.argv", ["bench", "nonsense"])
    with pytest.raises(SystemExit):
        bench.main()
    assert "ingest" in capsys.readouterr().err


def test_every_benchmark_can_be_run() -> None:
    """Each module beside the entry point is found and has its `run`."""
    names = {file.stem for file in Path(bench.__file__).parent.glob("bench_*.py")}
    assert {"bench_ingest", "bench_queue"} <= names


def test_seeded_database_is_sound(engine: Engine) -> None:
    """What the queue is measured on is a database as the program itself would leave it."""
    seed(engine, 1000)
    assert check(engine) == []
    with read_scope(engine) as session:
        page = queue_page(session, QueueView.NOW)
    assert len(page.rows) == 50
    assert page.next_cursor
    assert all(row.is_flagged and row.anger_level == "angry" for row in page.rows)
