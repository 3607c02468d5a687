"""TheFork's webhooks: what may be taken from a message that anybody can send."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import ParseError
from crawlers.hooks import Hint
from crawlers.hooks.thefork import EVENTS, MOST_BYTES, hints

REVIEW, PLACE = "6f5fdab1-0000-4000-8000-000000000001", "084c0650-0000-4000-8000-000000000051"


def event(**changed: Any) -> dict[str, Any]:
    plain = {
        "entityType": "review",
        "eventType": "reviewCommentPublished",
        "uuid": REVIEW,
        "groupUuid": "c1fa3225-0000-4000-8000-0000000000b6",
        "restaurantUuid": PLACE,
        "reservationUuid": "772decf1-0000-4000-8000-000000000000",
    }
    return plain | changed


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_each_event_is_a_hint(kind: str) -> None:
    """The same message twice is the same hint twice: whoever acts on it crawls, which changes nothing by itself."""
    body = json.dumps(event(eventType=kind)).encode()
    assert hints(body) == hints(body) == [Hint(place_ref=PLACE, review_id=REVIEW, kind=kind)]


def test_many_events_are_told_once_each() -> None:
    """In the order of their first mention."""
    other = event(uuid="6f5fdab1-0000-4000-8000-000000000002")
    assert [hint.review_id[-1] for hint in hints(json.dumps([event(), other, event()]).encode())] == ["1", "2"]


@pytest.mark.parametrize(
    "changed",
    [
        {"eventType": "reservationCreated"},
        {"entityType": "reservation"},
        {"uuid": "../../oauth/token"},
        {"uuid": None},
        {"restaurantUuid": ["a"]},
        {"restaurantUuid": "x" * 500},
    ],
)
def test_other_messages_hint_at_nothing(changed: dict[str, Any]) -> None:
    """Events of other kinds are taken and left; what is no id goes nowhere."""
    assert hints(json.dumps(event(**changed)).encode()) == []


@pytest.mark.parametrize("body", [b"", b"5", b"null", b"{}", b"[5]", b'"reviewRatingCreated"', b"a=b"])
def test_what_is_no_event(body: bytes) -> None:
    """It is told apart, so that the sender gets a 400."""
    with pytest.raises(ParseError):
        hints(body)


def test_size_is_bounded() -> None:
    """Neither a long message nor a long list of events is read."""
    for body in (b" " * (MOST_BYTES + 1), json.dumps([event(eventType="x")] * 101).encode()):
        with pytest.raises(ParseError):
            hints(body)


@given(
    st.one_of(st.binary(max_size=300), st.recursive(st.none() | st.text(), st.lists).map(json.dumps).map(str.encode))
)
def test_any_bytes(body: bytes) -> None:
    """A list of hints or ParseError, whatever comes."""
    try:
        assert isinstance(hints(body), list)
    except ParseError:
        return
