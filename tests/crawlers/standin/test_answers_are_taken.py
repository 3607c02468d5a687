"""The stand-in takes answers, shows them in time, and records each that came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import RemoteDisconnected
from typing import Any

import pytest

from crawlers.standin import BadScenario, StandIn

from .http import Answer, ask

SITE = "api-booking"
REVIEW = "9000000000104"


@pytest.fixture
def shipped() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC)) as running:
        yield running


def booking(standin: StandIn, *, reply: str = "") -> Answer:
    """One review at Booking.com, read or answered."""
    site = standin.api_site("booking")
    url = f"{standin.base_url}/api/booking/properties/{site.ref}/reviews/{REVIEW}"
    bearer = {"Authorization": f"Bearer {site.keys['token']}"}
    return ask(url, method="POST" if reply else "GET", data={"reply": reply} if reply else None, headers=bearer)


def shown(standin: StandIn) -> str:
    told = booking(standin).json["data"]["reply"]
    return told["text"] if told else ""


@pytest.mark.parametrize(
    ("moderation", "looks"),
    [({}, ["", "Sorry"]), ({"polls": 0}, ["Sorry"]), ({"polls": 3, "verdict": "rejected"}, ["", "", "", ""])],
)
def test_an_answer_is_decided_after_so_many_looks(
    moderation: dict[str, Any], looks: list[str], shipped: StandIn
) -> None:
    """Booking shows what was approved; whatever becomes of it, it has come once."""
    shipped.set_moderation("booking", **moderation)
    assert booking(shipped, reply="Sorry").status == 200
    assert [shown(shipped) for _ in looks] == looks
    assert [(one.site, one.review_id, one.text) for one in shipped.arrivals()] == [(SITE, REVIEW, "Sorry")]


def test_a_reset_forgets_answers_and_keeps_the_record(shipped: StandIn) -> None:
    """As it keeps that of requests: a test counts to the end."""
    shipped.set_moderation("booking", polls=0)
    booking(shipped, reply="Sorry")
    shipped.reset()
    assert shown(shipped) == ""
    assert len(shipped.arrivals()) == 1
    assert ask(f"{shipped.base_url}/_standin/replies").json == [{"site": SITE, "review_id": REVIEW, "text": "Sorry"}]


def test_what_is_typed_on_a_site_by_hand_is_shown_there(shipped: StandIn) -> None:
    """On the pages of the demo as well, where there is no API; the switch wants a known site."""
    url = f"{shipped.base_url}/_standin/replies"
    typed = {"site": "trattoria-site", "review": "tr-001", "text": "Typed by hand."}
    sites = shipped.source_urls()
    slug = next(iter(sites))
    page = ask(sites[slug]).text
    assert "Typed by hand." not in page
    review = next(one.id for one in shipped_reviews(shipped, slug))
    answer = ask(url, method="POST", data=typed | {"site": slug, "review": review})
    assert answer.json[-1]["text"] == "Typed by hand."
    assert "Typed by hand." in ask(sites[slug]).text
    for wrong in ({"site": "nowhere"}, {"site": slug, "review": 5}, {"site": slug, "review": review, "text": None}):
        assert ask(url, method="POST", data=typed | wrong).status == 400
    assert ask(url, method="POST", data=typed, headers={"Content-Type": "text/plain"}).status == 415


def shipped_reviews(standin: StandIn, slug: str) -> Any:
    """What the first page of a site shows at first."""
    return standin._server.app._archive.reviews(slug, "t0")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("after", "came"), [(False, 0), (True, 1)])
def test_a_dropped_connection_before_or_after(after: bool, came: int, shipped: StandIn) -> None:
    """Only for the method that the scenario names: it can be looked at all the while."""
    shipped.set_scenario("/api/booking", "drop", method="POST", after=after, first=1)
    with pytest.raises(RemoteDisconnected):
        booking(shipped, reply="Sorry")
    assert len(shipped.arrivals()) == came
    assert booking(shipped).status == 200
    assert booking(shipped, reply="Sorry").status == (409 if came else 200)
    assert shipped.open_requests == 0


@pytest.mark.parametrize(
    "wrong",
    [{"polls": -1}, {"polls": True}, {"verdict": "perhaps"}, {"reason": 5}],
    ids=["less", "flag", "verdict", "reason"],
)
def test_a_moderation_that_cannot_be_is_told(wrong: dict[str, Any], shipped: StandIn) -> None:
    """As every other scenario."""
    with pytest.raises(BadScenario):
        shipped.set_moderation("booking", **wrong)
    with pytest.raises(BadScenario):
        shipped.set_scenario("/api/booking", "drop", method="PATCH")
