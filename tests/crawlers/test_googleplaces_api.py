"""Google's Places: five reviews for a live box, with the mask of fields that sets the price."""

from __future__ import annotations

import pytest

from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from db.models import CrawlState

from .conftest import Desk
from .standin.http import ask
from .test_apis_over_time import ANCHOR


def test_nothing_of_it_may_be_kept_or_judged() -> None:
    """The facts say so, and say what it is for."""
    facts = PLATFORMS["googleplaces"]
    assert (facts.retention, facts.may_judge) == ("no_store", False)
    assert facts.terms.startswith("Live box only")


def test_the_fields_are_named_and_the_key_is_no_part_of_the_address(desk: Desk) -> None:
    """Without the mask the stand-in refuses, as Google does."""
    with StandIn(anchor=ANCHOR) as standin:
        run = desk.crawl(desk.add_api(standin, "googleplaces"), desk.api_settings(standin)).run
        asked = list(standin.requests())
        bare = ask(f"{standin.base_url}{asked[0]}", headers={"X-Goog-Api-Key": "places-standin-key"})
    assert (run.state, run.found, run.is_complete) == (CrawlState.FINISHED, 3, False)
    assert asked == ["/api/googleplaces/places/ChIJ-standin-lanterna"]
    assert bare.status == 400


@pytest.mark.parametrize("place", ["", "a/b", "ChIJ?x=1"])
def test_what_is_no_place_id_is_never_asked(place: str, desk: Desk) -> None:
    """It would become part of the address."""
    with StandIn(anchor=ANCHOR) as standin:
        run = desk.crawl(desk.add_api(standin, "googleplaces", place_ref=place), desk.api_settings(standin)).run
        assert standin.requests() == {}
    assert run.state is CrawlState.MISCONFIGURED
