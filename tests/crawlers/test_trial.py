"""Keys are tried out before a source is saved: what is wrong is told in words, and nothing is stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from crawlers.standin.apis import APIS
from crawlers.trial import probe_api

from .conftest import Desk

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


@pytest.mark.parametrize("platform", sorted(APIS))
def test_right_keys_show_the_first_reviews(platform: str, desk: Desk) -> None:
    """In short, and not at all where the terms let nothing be stored; the database stays as it was."""
    with StandIn(anchor=ANCHOR) as standin:
        site = standin.api_site(platform)
        report = probe_api(
            platform, site.ref, site.keys, {}, settings=desk.api_settings(standin), data_dir=desk.data_dir
        )
    assert report.refusal == ""
    assert report.reviews_seen > 0
    if PLATFORMS[platform].retention == "no_store":
        assert report.sample == ()
    else:
        assert 1 <= len(report.sample) <= 3
        assert all(len(one.text) <= 200 for one in report.sample)
    assert desk.reviews() == []


@pytest.mark.parametrize("platform", sorted(APIS))
def test_wrong_keys_are_told_in_words_and_written_nowhere(platform: str, desk: Desk) -> None:
    """Neither the sentence nor the log holds the key."""
    with StandIn(anchor=ANCHOR) as standin:
        wrong = {name: f"wrong-{name}-7f3a" for name in standin.api_site(platform).keys}
        settings = desk.api_settings(standin)
        report = probe_api(platform, "place-1", wrong, {}, settings=settings, data_dir=desk.data_dir)
    assert report.refusal
    assert report.reviews_seen == 0
    log = (desk.data_dir / "logs" / "probe.log").read_text(encoding="utf-8")
    assert not any(key in text for key in wrong.values() for text in (report.refusal, log))


def test_empty_entries_are_named_and_nobody_is_asked(desk: Desk) -> None:
    """No request is sent for what cannot succeed."""
    report = probe_api("foursquare", "", {}, {}, settings=desk.settings(), data_dir=desk.data_dir)
    assert report.refusal == "Still missing: place id and service key."
