"""A row of the list keeps to its height, whatever the model found."""

from __future__ import annotations

import pytest
from flask import Flask

from scoring.types import Risk
from webui.labels import risk_rank
from webui.rows import COUNT_WIDTH, FRAME_WIDTH, TAGS_WIDTH, risk_tags


@pytest.fixture
def page(app: Flask) -> object:
    """A request, so that words can be translated."""
    with app.test_request_context("/"):
        yield app


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("risks", "shown"),
    [
        (["safety"], ["Safety"]),
        (["discrimination", "legal", "churn"], ["Discrimination", "Legal step", "+1"]),
        (["legal", "refund", "churn"], ["Legal step", "Wants money back", "+1"]),
        (["safety", "legal", "discrimination", "churn", "refund"], ["Safety", "Legal step", "+3"]),
        (["self_harm", "allergy", "safety"], ["Self-harm", "Allergy", "Safety"]),
        (["self_harm", "safety", "allergy", "press", "extortion", "legal"], ["Self-harm", "Safety", "Allergy", "+3"]),
    ],
)
def test_what_does_not_fit_is_counted(risks: list[str], shown: list[str]) -> None:
    """The gravest are named, the rest are counted and told on hover."""
    tags = risk_tags(risks)
    assert [tag.words for tag in tags] == shown
    if shown[-1].startswith("+"):
        assert len(tags[-1].more.split(", ")) == int(shown[-1])


@pytest.mark.usefixtures("page")
def test_every_risk_at_once_still_fits() -> None:
    """All of them: the row keeps to its width, and none is lost."""
    ordered = sorted(map(str, Risk), key=risk_rank)
    tags = risk_tags(ordered)
    assert ordered[0] == "self_harm"
    assert sum(len(tag.words) + FRAME_WIDTH for tag in tags[:-1]) + COUNT_WIDTH <= TAGS_WIDTH
    assert len(tags) - 1 + len(tags[-1].more.split(", ")) == len(Risk)


@pytest.mark.usefixtures("page")
def test_tags_of_people_without_room_are_counted_with_the_risks() -> None:
    """And told on hover: a label that is cut off says nothing."""
    tags = risk_tags(["discrimination", "legal"], also=["refund", "vip"], width=26)
    assert [(tag.words, tag.more) for tag in tags] == [("Discrimination", ""), ("+3", "Legal step, refund, vip")]
