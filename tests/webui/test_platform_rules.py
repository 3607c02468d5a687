"""What the checks are told of a platform is what they were measured with, and is found in an answer."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from crawlers.platforms import PLATFORMS
from crawlers.posters import hand_over
from db.queries.reviews import review_detail
from db.session import session_scope
from scoring.rubric.platforms import PLATFORMS as MEASURED
from webui.answering import context_of, findings_in
from webui.platform_limits import platform_of, platform_rules, shipped_rules
from webui.redrafting import barred

from .answers import GOOD, answerable
from .test_case_page import page_of


@pytest.mark.parametrize("key", MEASURED)
def test_rules_in_use_are_those_that_were_measured(key: str) -> None:
    """Of every platform of the rubric's table, each limit and the key by which a check knows it."""
    assert key in PLATFORMS
    assert shipped_rules(key) == MEASURED[key]


@pytest.mark.parametrize(("key", "twin"), [("googleplaces", "google"), ("appstoreconnect", "appstore")])
def test_two_ways_to_read_one_platform_have_its_rules(key: str, twin: str) -> None:
    """However a review came in, its answer stands in the same place."""
    assert PLATFORMS[key].reply_rules.limits() == PLATFORMS[twin].reply_rules.limits()


@pytest.mark.parametrize(
    ("platform", "words", "is_refused"),
    [
        ("tripadvisor", "Please write to me through our contact form.", False),
        ("tripadvisor", "Tripadvisor has its own guidelines for photos.", True),
        ("tripadvisor", "Please write to me at hello@lanterna.example.", True),
        ("tripadvisor", "Please ring me on +49 30 1234567.", True),
        ("google", "Tripadvisor has its own guidelines for photos.", False),
        ("google", "Please write to me at hello@lanterna.example or ring me on +49 30 1234567.", False),
        ("google", "Please ring me, or see https://lanterna.example/contact.", True),
    ],
)
def test_what_a_platform_refuses_is_found_before(engine: Engine, platform: str, words: str, is_refused: bool) -> None:
    """Nothing about Tripadvisor itself there, and no way to reach us; our own number and address on Google."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform=platform).id
    own_words = GOOD.replace("waited forty minutes", "had to wait for so long")  # nothing quoted
    body = own_words.replace("Please write to me at hello@lanterna.example.", words)
    found = findings_in(engine, id_, body)
    assert found is not None
    assert [one["check"] for one in found if one["severity"] == "block"] == ["B10"] * is_refused


BROUGHT = [
    ("mailbox", "", "https://www.tripadvisor.it/ShowUserReviews-d99000001-r1.html", "tripadvisor"),
    ("file", "", "https://www.tripadvisor.com/x", "tripadvisor"),
    ("file", "yelp", "", "yelp"),
    ("file", "schemaorg", "https://www.opentable.co.uk/r/lanterna", "opentable"),
    ("file", "schemaorg", "https://lanterna.example/guests", "file"),
    ("file", "", "https://[", "file"),
    ("mailbox", "", "", "mailbox"),
    ("schemaorg", "jsonld", "https://www.yelp.com/x", "schemaorg"),
]


@pytest.mark.parametrize(("platform", "syntax", "url", "key"), BROUGHT)
def test_a_mail_or_file_brings_a_review_of_its_platform(
    client: FlaskClient, engine: Engine, platform: str, syntax: str, url: str, key: str
) -> None:
    """Its rules are checked and shown, and what it bars is barred, also where the owner loosened the source."""
    with session_scope(engine) as session:
        review = answerable(session, platform=platform, url=url)
        review.source.syntax = syntax
        id_ = review.id
    with session_scope(engine) as session:
        detail, context = review_detail(session, id_), context_of(session, id_)
        assert detail is not None
        assert context is not None
        assert platform_of(detail) == key
        assert context.platform == platform_rules(session, key)
        assert bool(barred(session, detail)) is bool(PLATFORMS[key].no_redraft)
    wanted = [one for one in page_of(client, id_).all("#answer details.more") if "What the platform wants" in one.text]
    told = [one.text for details in wanted for one in details.all("li")]
    assert told == list(hand_over(key, url).rules)


def test_no_offer_stands_under_a_review_that_a_mail_brought_from_tripadvisor(engine: Engine) -> None:
    """It would have the whole answer removed there; elsewhere it is told."""
    own_words = GOOD.replace("waited forty minutes", "had to wait for so long")
    body = own_words.replace(
        "at hello@lanterna.example.", "by our contact form. I would like to offer you a free dinner."
    )
    for url, is_refused in (("https://www.tripadvisor.it/r1", True), ("https://lanterna.example/r1", False)):
        with session_scope(engine) as session:
            id_ = answerable(session, platform="mailbox", url=url).id
        found = findings_in(engine, id_, body)
        assert found is not None
        assert [one["severity"] for one in found if one["check"] == "B10"] == ["block"] * is_refused


@pytest.mark.parametrize("platform", ["google", "googleplay", "tripadvisor", "trustpilot", "schemaorg"])
def test_page_tells_the_rules_and_when_they_were_read(client: FlaskClient, engine: Engine, platform: str) -> None:
    """In the words that stand beside the source as well; of a site nobody looked up there are none."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform=platform, url="https://a.example/r#1").id
    answer = page_of(client, id_).one("#answer")
    given, rules = hand_over(platform, "https://a.example/r#1"), PLATFORMS[platform].reply_rules
    shown = [one for one in answer.all("details.more") if "What the platform wants" in one.text]
    assert len(shown) == bool(given.rules)
    for told in shown:
        assert [one.text for one in told.all("li")] == list(given.rules)
        assert told.find(".hint a").attrs["href"] == rules.doc_url
        assert told.find(".hint").text.endswith("checked on 20 Nov 2026")


@pytest.mark.parametrize(
    ("platform", "count", "words"),
    [
        ("googleplay", "350", "{left} of 350 letters left"),
        ("google", "4096", "{left} of 4,096 bytes left"),
        ("tripadvisor", None, ""),
    ],
)
def test_what_is_left_is_counted_as_the_platform_counts(
    client: FlaskClient, engine: Engine, platform: str, count: str | None, words: str
) -> None:
    """In letters or in bytes; where no limit is known nothing is."""
    with session_scope(engine) as session:
        id_ = answerable(session, platform=platform).id
    answer = page_of(client, id_).one("#answer")
    field = answer.find("#answer-body").attrs
    assert (field.get("data-count"), "data-count-bytes" in field) == (count, platform == "google")
    assert [one.attrs["data-words"] for one in answer.all("[data-counted]")] == ([words] if words else [])
