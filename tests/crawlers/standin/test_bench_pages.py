"""The generated pages of the benchmarks: many, linked, always the same."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from parsel import Selector

from crawlers.standin import StandIn

from .http import ask
from .reading import ids, pages


def test_pages_follow_on_and_no_review_comes_twice(standin: StandIn) -> None:
    """Seven pages along rel=next hold 35 different reviews."""
    found = pages(f"{standin.base_url}/bench/7/page/1")
    assert len(found) == 7
    assert len(set(ids(found))) == 35


def test_the_index_links_every_page(standin: StandIn) -> None:
    """One page names them all."""
    links = Selector(text=ask(f"{standin.base_url}/bench/2000/").text).css("a::attr(href)").getall()
    assert len(set(links)) == 2000
    assert ask(standin.base_url + links[-1]).status == 200


def test_pages_are_the_same_in_another_run(standin: StandIn, data_dir: Path, anchor: datetime) -> None:
    """The bytes do not depend on the run."""
    with StandIn(anchor=anchor, data_dir=data_dir) as other:
        assert ask(f"{other.base_url}/bench/7/page/3").body == ask(f"{standin.base_url}/bench/7/page/3").body


@pytest.mark.parametrize("path", ["7/page/0", "7/page/8", "0/", "10001/", "7/page/", "7/page/1/", "x/", "-1/"])
def test_other_bench_paths_are_not_there(standin: StandIn, path: str) -> None:
    """Numbers out of range make no pages."""
    assert ask(f"{standin.base_url}/bench/{path}").status == 404


def test_faults_reach_bench_pages_too(standin: StandIn) -> None:
    """A scenario on their prefix applies."""
    standin.set_scenario("/bench", "503", first=1)
    assert [ask(f"{standin.base_url}/bench/7/page/1").status for _ in range(2)] == [503, 200]
