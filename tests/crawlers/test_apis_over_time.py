"""The whole loop against every API of the stand-in: read at three moments, refused without the right key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.standin import StandIn
from crawlers.standin.apis import APIS
from db.models import CrawlState

from .conftest import Desk

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


@pytest.mark.parametrize("platform", sorted(APIS))
def test_api_is_read_and_changes_are_seen(platform: str, desk: Desk) -> None:
    """Read once all is new, read again nothing is; later moments bring new and edited reviews."""
    with StandIn(anchor=ANCHOR) as standin:
        settings = desk.api_settings(standin)
        source_id = desk.add_api(standin, platform)
        first = desk.crawl(source_id, settings).run
        again = desk.crawl(source_id, settings).run
        assert first.state is again.state is CrawlState.FINISHED, (first.message, again.message)
        assert first.new == first.found > 1
        assert (again.new, again.changed, again.dropped, again.found) == (0, 0, 0, first.found)
        standin.set_snapshot("t2")
        later = desk.crawl(source_id, settings).run
        assert later.state is CrawlState.FINISHED, later.message
        assert later.new > 0
        assert later.changed > 0


@pytest.mark.parametrize("platform", sorted(APIS))
def test_wrong_key_is_told_to_the_owner(platform: str, desk: Desk) -> None:
    """Nothing is tried again by itself: only the owner can mend it, and the sentence says where."""
    with StandIn(anchor=ANCHOR) as standin:
        wrong = {name: "wrong-" + name for name in standin.api_site(platform).keys}
        source_id = desk.add_api(standin, platform, keys=wrong)
        run = desk.crawl(source_id, desk.api_settings(standin)).run
    assert run.state is CrawlState.MISCONFIGURED, (run.state, run.message)
    assert "settings of this source" in run.message
    assert not any(key in run.message for key in wrong.values())


@pytest.mark.parametrize("platform", sorted(APIS))
def test_missing_key_is_told_before_anything_is_asked(platform: str, desk: Desk) -> None:
    """The platform is not asked at all."""
    with StandIn(anchor=ANCHOR) as standin:
        source_id = desk.add_api(standin, platform, keys={})
        run = desk.crawl(source_id, desk.api_settings(standin)).run
        assert standin.requests() == {}
    assert run.state is CrawlState.MISCONFIGURED
    assert "missing" in run.message
