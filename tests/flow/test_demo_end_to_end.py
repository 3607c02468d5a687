"""From a review page to a ranked queue: the whole of it, as a new user starts it."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from db.queries.queue import QueueView, queue_page
from db.queries.reviews import review_detail
from db.rank import points
from db.session import make_engine, read_scope
from tests.ports import free_port
from tests.processes import is_alive

from .running import LONGEST_S, Home, descendants, page, queue_of_demo, until

NO_SERVE = ("demo", "--no-serve")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A demo that was set up once, without being served."""
    home = Home(tmp_path_factory.mktemp("demo") / "data")
    done = home.amends(*NO_SERVE)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def test_demo_reads_every_kind_of_source(demo: Home) -> None:
    """Three places, six sources, hundreds of reviews in many languages, all of them judged."""
    rows = demo.queue("--all")
    assert len(rows) >= 300
    assert len({row["place"] for row in rows}) == 3
    assert len({row["source"] for row in rows}) >= 5
    assert len({row["language"] for row in rows} - {"und"}) >= 8
    assert all(row["anger"] is not None for row in rows)
    assert {row["anger_level"] for row in rows} == {"calm", "annoyed", "angry", "furious"}


def test_queue_is_the_angry_part_in_order(demo: Home) -> None:
    """What needs a person is a small part, most urgent first, and angrier than the rest."""
    rows, everything = demo.queue("--limit", "1000"), demo.queue("--all")
    assert 0 < len(rows) < len(everything) / 2
    shown = [points(row["priority"]) for row in rows]
    assert shown == sorted(shown, reverse=True)
    levels = Counter(row["anger_level"] for row in rows[:10])
    assert levels["calm"] == 0
    assert levels["angry"] + levels["furious"] >= 8


def test_demo_shows_what_guests_changed(demo: Home) -> None:
    """Some guests edit what they wrote: their reviews stand in the queue again, with the first wording kept."""
    engine = make_engine(f"sqlite:///{demo.data_dir / 'amends.db'}")
    with read_scope(engine) as session:
        rows = queue_page(session, QueueView.NOW, limit=200).rows
        changed = [review_detail(session, row.review_id) for row in rows if row.has_revisions]
    engine.dispose()
    assert len(changed) >= 10
    for detail in changed:
        assert detail is not None
        assert [(old.body, old.stars) for old in detail.revisions] != [(detail.body, detail.stars)]


def test_demo_cut_short_reads_the_edits_at_the_next_start(demo: Home) -> None:
    """Stopped before it had noted its second reading, it makes up for it and changes nothing twice."""
    plan_file = demo.data_dir / "standin.json"
    plan = json.loads(plan_file.read_text())
    plan_file.write_text(json.dumps({"port": plan["port"], "anchor": plan["anchor"]}))
    done = demo.amends(*NO_SERVE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "answers: 0 new reviews, 0 changed" in done.stdout
    assert json.loads(plan_file.read_text()) == plan


def test_rows_have_the_promised_fields(demo: Home) -> None:
    """The JSON of `amends queue` is an interface."""
    wanted = {"id", "source", "place", "language", "stars", "anger", "anger_level", "priority", "age_s", "text"}
    for row in demo.queue("--all"):
        assert set(row) == wanted
        assert row["age_s"] >= 0
        assert row["stars"] is None or 0 <= row["stars"] <= 5


def test_second_demo_repeats_and_doubles_nothing(demo: Home) -> None:
    """Started again it neither crawls nor judges what it has."""
    before = {row["id"]: row["text"] for row in demo.queue("--all")}
    done = demo.amends(*NO_SERVE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "read lately" in done.stdout
    assert "judged already" in done.stdout
    assert {row["id"]: row["text"] for row in demo.queue("--all")} == before


def test_same_crawl_twice_changes_nothing(demo: Home) -> None:
    """`amends crawl` by hand starts the stand-in itself and finds every review unchanged."""
    before = demo.queue("--all")
    done = demo.amends("crawl")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 new, 0 changed" in done.stdout
    after = demo.queue("--all")
    assert [(row["id"], row["text"], row["anger"]) for row in after] == [
        (r["id"], r["text"], r["anger"]) for r in before
    ]


def test_demo_serves_the_queue_and_stops_cleanly(demo: Home) -> None:
    """Pages, worker and stand-in live in one process tree; an interrupt ends all of them."""
    port = free_port()
    with demo.running("demo", "--port", str(port)) as process:
        until(lambda: page(f"http://127.0.0.1:{port}/"), within_s=60, what="the queue answers")
        assert "Trattoria Lanterna" in queue_of_demo(f"http://127.0.0.1:{port}")
        family = descendants(process.pid)
        assert len(family) >= 2
        process.send_signal(2)
        output, _ = process.communicate(timeout=LONGEST_S)
        assert process.returncode == 0, output
        assert "Traceback" not in output
        until(lambda: not any(map(is_alive, family)), within_s=30, what="every child has ended")


def test_taken_port_is_told_at_once(demo: Home) -> None:
    """A taken port ends in one line that names it and another one."""
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = demo.amends("demo", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert str(port + 1) in done.stderr
    assert "Traceback" not in done.stderr
