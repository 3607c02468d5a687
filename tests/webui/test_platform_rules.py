"""What the checks are told of a platform is what they were measured with, and is found in an answer."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from crawlers.platforms import PLATFORMS
from crawlers.posters import hand_over
from db.session import session_scope
from scoring.rubric.platforms import PLATFORMS as MEASURED
from webui.answering import findings_in
from webui.platform_limits import shipped_rules

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
