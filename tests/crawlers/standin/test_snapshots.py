"""The same sites at three moments, and the same dates for the same anchor."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.standin import BadScenario, StandIn

from .http import ask
from .reading import jsonld, pages


def by_id(standin: StandIn) -> dict[str, dict[str, Any]]:
    nodes = [node for page in pages(standin.source_urls()["ld"]) for node in jsonld(page)["review"]]
    return {node["@id"].rsplit(":", 1)[-1]: node for node in nodes}


def test_the_second_moment_edits_and_answers(standin: StandIn) -> None:
    """At t1 one text and its stars differ, one answer is new, and nothing is gone or added."""
    before = by_id(standin)
    standin.set_snapshot("t1")
    after = by_id(standin)
    assert set(before) == set(after)
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"ld-2", "ld-4"}
    assert after["ld-2"]["reviewBody"] == "They made it right."
    assert after["ld-2"]["reviewRating"]["ratingValue"] == "5"
    assert after["ld-2"]["dateModified"] > after["ld-2"]["datePublished"] == before["ld-2"]["datePublished"]
    assert "comment" not in before["ld-4"]
    assert after["ld-4"]["comment"]["text"] == "Sorry for the wait."


def test_the_third_moment_removes_and_adds(standin: StandIn) -> None:
    """At t2 the review taken down is gone, a new one stands first, and the edits of t1 remain."""
    before = by_id(standin)
    standin.set_snapshot("t2")
    after = by_id(standin)
    assert set(before) - set(after) == {"ld-3"}
    assert set(after) - set(before) == {"new-1"}
    assert next(iter(after)) == "new-1"
    assert after["ld-2"]["reviewBody"] == "They made it right."
    assert jsonld(ask(standin.source_urls()["ld"]).text)["aggregateRating"]["reviewCount"] == "23"


def test_the_moment_is_switched_over_http_and_reset(standin: StandIn) -> None:
    """POST moves all sites; DELETE goes back to the moment of the start."""
    url = f"{standin.base_url}/_standin/scenario"
    assert ask(url, method="POST", data={"kind": "snapshot", "snapshot": "t2"}).json["snapshot"] == "t2"
    assert "new-1" in by_id(standin)
    in_force = {"snapshot": "t0", "anchor": "2026-11-20T12:00:00+00:00", "scenarios": []}
    assert ask(url, method="DELETE").json == in_force
    assert "new-1" not in by_id(standin)


def test_an_unknown_moment_is_refused(standin: StandIn) -> None:
    """t3 does not exist, here and over HTTP."""
    with pytest.raises(BadScenario, match="t0, t1, t2"):
        standin.set_snapshot("t3")
    answer = ask(f"{standin.base_url}/_standin/scenario", method="POST", data={"kind": "snapshot", "snapshot": 3})
    assert answer.status == 400


def test_the_same_anchor_gives_the_same_reviews(data_dir: Path, anchor: datetime) -> None:
    """Restarted another day on another port with the same anchor, identity, dates and texts are the same."""
    found = []
    for _ in range(2):
        with StandIn(anchor=anchor, data_dir=data_dir) as standin:
            nodes = by_id(standin)
            found.append({key: {k: v for k, v in node.items() if k != "url"} for key, node in nodes.items()})
    assert found[0] == found[1]


def test_a_stand_in_can_start_at_a_later_moment(data_dir: Path, anchor: datetime) -> None:
    """The snapshot of the start is the one shown and the one reset returns to."""
    with StandIn(anchor=anchor, data_dir=data_dir, snapshot="t2") as standin:
        assert "new-1" in by_id(standin)
        standin.set_snapshot("t0")
        standin.reset()
        assert "new-1" in by_id(standin)
