"""What the checks are told of a platform is what they were measured with, and is found in an answer."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from crawlers.platforms import PLATFORMS
from db.session import session_scope
from scoring.rubric.platforms import PLATFORMS as MEASURED
from webui.answering import findings_in, platform_rules

from .answers import GOOD, answerable


@pytest.mark.parametrize("key", MEASURED)
def test_rules_in_use_are_those_that_were_measured(key: str) -> None:
    """Of every platform of the rubric's table, each limit and the key by which a check knows it."""
    assert key in PLATFORMS
    assert platform_rules(key) == MEASURED[key]


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
