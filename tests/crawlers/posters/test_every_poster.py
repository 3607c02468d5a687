"""Every platform that takes answers by API: looked at, answered, looked at again, and read by a crawl."""

from __future__ import annotations

import pytest

from crawlers.items import ReplyState
from crawlers.platforms import PLATFORMS, ReplyBy
from crawlers.posters import POSTERS, Answered, PutOff, Refused, Unsure, Way, way_of
from crawlers.standin.apis import SHAPES
from db.models import CrawlState
from tests.answers import UNANSWERED

from .conftest import TEXT, Post, answered

KEYED = sorted(set(POSTERS) - {"googleplay", "appstoreconnect"})  # whose stand-in takes any wrong key as such
HIDDEN = ("yelp", "booking")  # an answer is not shown at once
WITHOUT = {"trustpilot": "business_user_id", "yelp": "owner_token"}


@pytest.mark.parametrize("platform", sorted(POSTERS))
def test_an_answer_arrives_once_and_is_read_by_the_next_crawl(platform: str, post: Post) -> None:
    """The review is shown without an answer, then with it: in the very words, in the platform's own state."""
    source_id = post.source(platform)
    poster = post.poster(platform, source_id=source_id)
    before = poster.look(answered(platform))
    assert before.review is not None
    assert (before.review.external_id, before.is_gone, before.answers) == (UNANSWERED[platform], False, ())
    poster.send(answered(platform), TEXT)
    assert post.sent(platform) == [TEXT]
    shown = [one.body for one in poster.look(answered(platform)).answers]
    assert shown == ([] if platform in HIDDEN else [TEXT])
    for _ in range(2):  # the first look still counts for the moderation
        run = post.desk.crawl(source_id, post.desk.api_settings(post.standin)).run
        assert run.state is CrawlState.FINISHED, run.message
    stored = {review.external_id: review for review in post.desk.reviews()}[UNANSWERED[platform]]
    wanted = ("", "") if platform == "yelp" else (TEXT, "published")
    assert (
        stored.reply_body if PLATFORMS[platform].retention != "no_store" else wanted[0],
        stored.reply_state,
    ) == wanted


@pytest.mark.parametrize("platform", ["google", "thefork"])
def test_a_refused_answer_gives_its_reason(platform: str, post: Post) -> None:
    """It waits for as many looks as it takes, and is then rejected for good."""
    post.standin.set_moderation(platform, polls=2, verdict="rejected", reason="ADVERTISING")
    poster = post.poster(platform)
    receipt = poster.send(answered(platform), TEXT)
    states = [poster.look(answered(platform)).answers[0] for _ in range(3)]
    assert [receipt.state, *(one.state for one in states)] == [*([ReplyState.PENDING] * 3), ReplyState.REJECTED]
    assert states[-1].note.lower() == "advertising"
    assert platform in SHAPES


@pytest.mark.parametrize("platform", sorted(POSTERS))
def test_what_is_gone_is_gone(platform: str, post: Post) -> None:
    """Yelp shows a few, so there it only is not among them."""
    seen = post.poster(platform).look(Answered(review_id="6f5fdab1-0000-4000-8000-0000000009ff"))
    assert (seen.is_gone, seen.review) == (platform != "yelp", None)


@pytest.mark.parametrize("platform", KEYED)
def test_a_wrong_key_asks_for_its_owner(platform: str, post: Post) -> None:
    """Nothing is sent, and the sentence says where to mend it."""
    wrong = {name: f"wr0ng-{name}" for name in post.standin.api_site(platform).keys}
    poster = post.poster(platform, keys=wrong)
    with pytest.raises(Refused, match="settings of this source") as fault:
        poster.look(answered(platform))
    assert "wr0ng" not in str(fault.value)
    with pytest.raises(Refused):
        poster.send(answered(platform), TEXT)
    assert post.sent(platform) == []


@pytest.mark.parametrize(
    ("platform", "text"),
    [("google", "é" * 2049), ("googleplay", "x" * 351), ("yelp", "Sorry 😔"), ("facebook", ""), ("booking", "")],
)
def test_what_a_platform_does_not_take_is_refused_in_its_words(platform: str, text: str, post: Post) -> None:
    """For a person to mend: trying again would bring the same."""
    with pytest.raises(Refused, match="does not take this answer"):
        post.poster(platform).send(answered(platform), text)
    assert post.sent(platform) == []


@pytest.mark.parametrize(
    ("platform", "review_id", "words"),
    [
        ("thefork", "6f5fdab1-0000-4000-8000-000000000102", "no published comment"),
        ("booking", "9000000000103", "without text"),
    ],
)
def test_stars_alone_cannot_be_answered_everywhere(platform: str, review_id: str, words: str, post: Post) -> None:
    """Both say so themselves."""
    with pytest.raises(Refused, match=words):
        post.poster(platform).send(Answered(review_id=review_id, language="it"), TEXT)


@pytest.mark.parametrize("platform", ["trustpilot", "yelp", "booking"])
def test_a_second_answer_where_there_can_be_one_only(platform: str, post: Post) -> None:
    """It says that there is one: what it shows tells whose."""
    poster = post.poster(platform)
    poster.send(answered(platform), TEXT)
    with pytest.raises(Unsure, match="an answer already"):
        poster.send(answered(platform), "Another one")
    assert post.sent(platform) == [TEXT]


@pytest.mark.parametrize("platform", sorted(POSTERS))
def test_a_platform_without_a_way_to_send_is_answered_by_hand(platform: str, post: Post) -> None:
    """Reading needs less than answering: with the keys of reading alone, people copy."""
    keys = set(post.standin.api_site(platform).keys)
    assert way_of(platform, keys) is Way.API
    assert way_of(platform, keys - {WITHOUT.get(platform, "")}) is (Way.HAND if platform in WITHOUT else Way.API)


def test_all_others_are_answered_by_hand_or_not_at_all() -> None:
    """By what is known of each."""
    others = {key: facts for key, facts in PLATFORMS.items() if key not in POSTERS}
    ways = {key: way_of(key, ()) for key in others}
    assert ways == {k: Way.NONE if facts.reply_by is ReplyBy.NONE else Way.HAND for k, facts in others.items()}
    assert way_of("a-site-of-our-own", ()) is Way.HAND


@pytest.mark.parametrize("platform", ["google", "facebook", "booking", "trustpilot"])
def test_an_unreachable_platform_has_got_nothing(platform: str, post: Post) -> None:
    """Where no connection came about, trying again doubles nothing."""
    poster = post.poster(platform)
    poster.look(answered(platform))  # with its token, if it has one
    post.standin.stop()
    with pytest.raises(PutOff):
        poster.look(answered(platform))
    with pytest.raises(PutOff):
        poster.send(answered(platform), TEXT)
