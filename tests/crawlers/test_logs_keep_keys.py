"""Keys in addresses of private feeds, and addresses of people, stay out of the logs, whatever goes wrong."""

from __future__ import annotations

import pytest

from crawlers.probe import probe

from .conftest import Desk
from .markup import page
from .site import OPEN, Answer, Site

FEED = "/feed?key=s3cr3t"
ANSWERS = {
    "fault": Answer(status=503, body="x"),
    "too_large": Answer(body="x" * (11 * 1024 * 1024)),
    "large": Answer(body=page([1]) + "x" * (6 * 1024 * 1024)),
    "cut_off": Answer(body=page([1]), cut_at=100),
}


@pytest.mark.parametrize("case", sorted(ANSWERS))
def test_crawl_does_not_log_the_key(case: str, desk: Desk) -> None:
    """The address is named without its query."""
    with Site({FEED: ANSWERS[case]}) as site:
        written = desk.crawl(desk.add(site.url(FEED)), desk.settings(site.host)).exit.log_path.read_text()
    assert FEED in site.paths
    assert "/feed?…" in written
    assert "s3cr3t" not in written


def test_crawl_logs_no_address_of_a_person(desk: Desk) -> None:
    """One that stands in an address of the web is masked like any other."""
    with Site({"/by/anna@lanterna.example": ANSWERS["fault"]}) as site:
        address = site.url("/by/anna@lanterna.example")
        written = desk.crawl(desk.add(address), desk.settings(site.host)).exit.log_path.read_text()
    assert "/by/[mail]" in written
    assert "lanterna.example" not in written


@pytest.mark.parametrize("robots", [OPEN, Answer(body=OPEN, cut_at=3)], ids=["read", "unreadable"])
def test_probe_does_not_log_the_key(robots: Answer | str, desk: Desk) -> None:
    """Nor does a look at an address before it is added."""
    with Site({FEED: ANSWERS["cut_off"]}, robots=robots) as site:
        report = probe(site.url(FEED), settings=desk.settings(site.host), data_dir=desk.data_dir)
    assert report.refusal
    written = (desk.data_dir / "logs" / "probe.log").read_text()
    assert "/feed" in written
    assert "s3cr3t" not in written
