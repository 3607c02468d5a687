"""What Google pushes becomes a hint, and nothing in it is believed beyond that."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.errors import ParseError
from crawlers.hooks import Hint
from crawlers.hooks.google import MOST_BYTES, hints

from .expected import PAGES

PLACE = "accounts/1000/locations/2000"


def message(told: Any) -> bytes:
    data = base64.b64encode(json.dumps(told).encode()).decode()
    return json.dumps(
        {"message": {"data": data, "messageId": "1"}, "subscription": "projects/x/subscriptions/y"}
    ).encode()


def test_new_review_is_a_hint() -> None:
    """The place, the review and what has happened."""
    body = (PAGES / "google_push" / "gbp_pubsub_push_new_review.json").read_bytes()
    assert hints(body) == [Hint(place_ref=PLACE, review_id="AbFvOq001", kind="NEW_REVIEW")]


def test_place_follows_from_the_review() -> None:
    """A message that names the review alone names its place as well."""
    told = {"reviewName": f"{PLACE}/reviews/A-b_1", "notificationType": "UPDATED_REVIEW"}
    assert hints(message(told)) == [Hint(place_ref=PLACE, review_id="A-b_1", kind="UPDATED_REVIEW")]


def test_other_kinds_mean_nothing() -> None:
    """Google pushes questions, photographs and more to the same address."""
    assert hints(message({"locationName": PLACE, "notificationType": "NEW_QUESTION"})) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"message": {"data": "%%%"}}',
        b'{"message": {"data": "\xc3\xa4"}}',
        message([]),
        message({"locationName": PLACE}),
        message({"notificationType": "NEW_REVIEW"}),
        message({"notificationType": "NEW_REVIEW", "locationName": "../../etc"}),
        b" " * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_notification_is_refused(body: bytes) -> None:
    """With a ParseError, whatever is wrong with it."""
    with pytest.raises(ParseError):
        hints(body)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: message({"notificationType": text}))))
@example(b'{"message": {"data": "' + base64.b64encode(b"[" * 30_000) + b'"}}')
def test_any_bytes(body: bytes) -> None:
    """Hints or ParseError, never anything else."""
    try:
        assert all(hint.place_ref for hint in hints(body))
    except ParseError:
        return
