"""What is stored of each platform's own ways: yes or no, three-part texts, pending replies, a window of seven days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.standin import StandIn
from db.models import CrawlState, Review

from .conftest import Desk

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=ANCHOR) as made:
        yield made


def read(platform: str, standin: StandIn, desk: Desk, *moments: str) -> dict[str, Review]:
    """The reviews by their id, after a crawl at each moment."""
    source_id = desk.add_api(standin, platform)
    for moment in moments:
        standin.set_snapshot(moment)
        run = desk.crawl(source_id, desk.api_settings(standin)).run
        assert run.state is CrawlState.FINISHED, run.message
    return {review.external_id: review for review in desk.reviews()}


def test_recommendations_have_no_stars(standin: StandIn, desk: Desk) -> None:
    """Yes and no stay yes and no; stars of old rows stay stars; only the Page's own comment is a reply."""
    reviews = read("facebook", standin, desk, "t0", "t1")
    kinds = {(review.rating_kind, review.stars) for review in reviews.values()}
    assert kinds == {("recommend", None), ("stars", 4.0)}
    angry = reviews["1001_3001"]
    assert (angry.rating_raw, angry.rating) == ("negative", 0.0)
    assert angry.reply_body.startswith("Ivy, that was our fault.")
    assert [review.id_kind for review in reviews.values()].count("digest") == 1


def test_praise_and_blame_are_kept_apart(standin: StandIn, desk: Desk) -> None:
    """The body holds both, praise first; a day stays a day; an unknown language is none; a score may stand alone."""
    reviews = read("booking", standin, desk, "t0", "t1")
    angry, alone, edited = reviews["9000000000101"], reviews["9000000000103"], reviews["9000000000104"]
    assert angry.title == "Never slept"
    assert angry.body == f"{angry.positive}\n\n{angry.negative}"
    assert angry.positive == "Central, close to the port"
    assert angry.published_precision == "day"
    assert (angry.rating, angry.rating_max, angry.rating_kind) == (3.0, 10.0, "score")
    assert angry.reply_body.startswith("Dear Moira")
    assert (alone.body, alone.title, alone.rating, alone.language) == ("", "", 7.0, "")
    assert edited.rating == 2.0
    assert edited.edited_at is not None


def test_response_that_waits_is_pending(standin: StandIn, desk: Desk) -> None:
    """Apple publishes responses later: until then nobody has been answered."""
    reviews = read("appstoreconnect", standin, desk, "t1")
    states = {review_id[-3:]: review.reply_state for review_id, review in reviews.items()}
    assert states == {"101": "pending", "102": "", "103": "published", "104": "", "105": ""}
    assert {review.language for review in reviews.values()} == {""}  # a territory is no language


def test_full_list_shows_what_was_removed(standin: StandIn, desk: Desk) -> None:
    """App Store Connect lists everything with its count: twice absent is gone. Booking.com gives no count."""
    apple = read("appstoreconnect", standin, desk, "t1", "t2", "t2")
    assert {review_id[-3:] for review_id, review in apple.items() if review.missing_since_at} == {"105"}
    booking = read("booking", standin, desk, "t1", "t2", "t2")
    assert "9000000000105" in booking
    assert booking["9000000000105"].missing_since_at is None


def test_window_of_seven_days_removes_nothing(standin: StandIn, desk: Desk) -> None:
    """Google Play shows what changed lately: older reviews are not found, and those that drop out are not gone."""
    reviews = read("googleplay", standin, desk, "t0", "t2", "t2")
    assert sorted(reviews) == ["gp-0101", "gp-0102", "gp-0103", "gp-0104", "gp-0106"]
    assert all(review.missing_since_at is None for review in reviews.values())
    assert (reviews["gp-0101"].title, reviews["gp-0101"].language) == ("Kötü", "tr")
    assert reviews["gp-0104"].language == "pt-BR"
    assert reviews["gp-0104"].reply_body == "Obrigado, Bia!"


def test_token_is_used_again(standin: StandIn, desk: Desk) -> None:
    """A second crawl asks Google for no second token."""
    read("googleplay", standin, desk, "t0", "t1")
    assert standin.requests()["/api/googleplay/auth/token"] == 1
