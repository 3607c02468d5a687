"""What a person needs who answers by hand: where to go, and what the platform makes of an answer."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.platforms import PLATFORMS, Platform, ReplyBy, ReplyRules
from crawlers.posters import POSTERS, hand_over
from crawlers.posters.by_hand import rules_in_words


def test_links_and_rules_of_a_platform() -> None:
    """Tripadvisor has no way for programs, and many rules."""
    given = hand_over("tripadvisor", "https://www.tripadvisor.com/ShowUserReviews-x", "https://terra.tripadvisor.com/")
    assert (given.review_url, given.answer_url) == (
        "https://www.tripadvisor.com/ShowUserReviews-x",
        "https://www.tripadvisor.com/Owners",
    )
    assert {"No lists and no formatting.", "No telephone numbers."} < set(given.rules)
    assert any("offer" in rule for rule in given.rules)


@pytest.mark.parametrize(
    ("platform", "review", "source", "answer"),
    [
        ("schemaorg", "https://a.example/r#1", "https://a.example/", "https://a.example/r#1"),
        ("schemaorg", "", "https://a.example/", "https://a.example/"),
        ("of-our-own", "", "https://a.example/", "https://a.example/"),
        ("file", "javascript:alert(1)", "", ""),
        ("file", "http://[", "file:///etc/passwd", ""),
    ],
)
def test_without_a_page_for_answers_it_is_where_the_review_is(
    platform: str, review: str, source: str, answer: str
) -> None:
    """Only web addresses are links."""
    assert hand_over(platform, review, source).answer_url == answer


def test_only_what_is_known_is_said() -> None:
    """A platform of which nobody knows anything has no rules."""
    assert rules_in_words(ReplyRules()) == []
    assert rules_in_words(ReplyRules(most_chars=350, emoji=False)) == ["At most 350 characters.", "No emoji."]


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.key)
def test_facts_of_answers_hold_together(platform: Platform) -> None:
    """Looked up by somebody, with a page to answer on where there is an interface, and keys that there are."""
    rules = platform.reply_rules
    assert rules.checked_on >= date(2026, 11, 1)
    assert {key.name for key in platform.keys} >= set(platform.reply_keys)
    assert all(url.startswith("https://") for url in (rules.page, rules.doc_url) if url)
    if platform.key in POSTERS:
        assert "" not in (rules.page, rules.doc_url)
    if platform.reply_by is ReplyBy.API:
        assert platform.key in POSTERS
    assert set(rules.limits()) >= {"most_chars", "most_bytes", "links", "quotes", "offers_block", "emoji"}
