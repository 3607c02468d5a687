"""The demo's own reviews: enough of them, in enough languages, with every hard case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from crawlers.standin import SHIPPED_DATA, StandIn
from crawlers.standin.loading import Dataset, load
from crawlers.standin.records import StoredReview

from .http import ask
from .reading import jsonld, pages

HARD_CASES = {
    "calm_one_star",
    "furious_high_star",
    "sarcasm",
    "praise_with_complaint",
    "emoji",
    "code_switch",
    "very_long",
    "empty",
    "rtl",
}


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return load(SHIPPED_DATA)


def of_the_demo(reviews: Iterable[StoredReview]) -> list[StoredReview]:
    """Without those of the APIs, which are there for tests and no part of the demo."""
    return [review for review in reviews if not review.source.startswith("api-")]


def test_there_are_enough_reviews_in_enough_languages(shipped: Dataset) -> None:
    """At least 300 reviews and eight languages, the promised seven among them, none by a lone review."""
    languages = Counter(review.lang for review in of_the_demo(shipped.reviews))
    assert languages.total() >= 300
    assert {"en", "de", "fr", "es", "it", "pt", "nl"} < set(languages)
    assert len(languages) >= 8
    assert min(languages.values()) >= 2


def test_every_source_has_reviews(shipped: Dataset) -> None:
    """No source is empty, and those with pages have more than one."""
    counts = Counter(review.source for review in shipped.reviews)
    assert set(counts) == {site.slug for site in (*shipped.business.sites, *shipped.apis)}
    assert min(counts[site.slug] for site in shipped.business.sites) > 10


def test_ids_are_unique(shipped: Dataset) -> None:
    """No two reviews share an id, those that come later included."""
    ids = [review.id for review in (*shipped.reviews, *shipped.later)]
    assert len(ids) == len(set(ids))


def test_reviews_spread_over_twelve_weeks(shipped: Dataset) -> None:
    """None is older than twelve weeks and no week is empty."""
    weeks = Counter(int(review.days_ago // 7) for review in of_the_demo(shipped.reviews))
    assert set(weeks) == set(range(12))


def test_every_hard_case_is_there(shipped: Dataset) -> None:
    """Each kind of review that is easy to misjudge occurs at least twice, and is what it says."""
    cases = Counter(review.case for review in shipped.reviews)
    assert {case for case in HARD_CASES if cases[case] >= 2} == HARD_CASES
    for review in shipped.reviews:
        if review.case == "empty":
            assert not review.text.strip()
        if review.case == "very_long":
            assert len(review.text) > 1_000
        if review.case == "rtl":
            assert any("\u0590" <= char <= "\u06ff" for char in review.text)


def test_some_are_answered_and_some_change(shipped: Dataset) -> None:
    """Owners answered some; later some are edited, answered or taken down, and eight are new."""
    assert sum(review.reply is not None for review in shipped.reviews) >= 20
    assert sum(review.later.edit is not None for review in shipped.reviews) >= 5
    assert sum(review.later.gone for review in shipped.reviews) >= 3
    assert sum(review.later.reply is not None for review in shipped.reviews) >= 3
    assert len(of_the_demo(shipped.later)) == 8
    assert {review.lang for review in of_the_demo(shipped.later)} == {"en", "it", "de", "es"}


def test_replies_come_after_their_reviews(shipped: Dataset) -> None:
    """Nobody answers a review before it is written."""
    early = [review.id for review in shipped.reviews if review.reply and review.reply.days_ago > review.days_ago]
    assert early == []


@pytest.mark.parametrize("snapshot", ["t0", "t1", "t2"])
def test_the_shipped_reviews_are_served(shipped: Dataset, snapshot: str) -> None:
    """Every source answers at every moment, and the trattoria's pages hold what its file holds."""
    with StandIn(anchor=datetime(2026, 11, 22, tzinfo=UTC), snapshot=snapshot) as standin:
        urls = standin.source_urls()
        assert {ask(url).status for url in urls.values()} == {200}
        served = sum(len(jsonld(page)["review"]) for page in pages(urls["trattoria-site"]))
    own = [review for review in shipped.reviews if review.source == "trattoria-site"]
    later = [review for review in shipped.later if review.source == "trattoria-site"]
    gone = sum(review.later.gone for review in own)
    assert served == len(own) + (len(later) - gone if snapshot == "t2" else 0)
