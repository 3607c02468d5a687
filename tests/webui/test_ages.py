"""How old a review is, told the same way wherever it stands: in whole units, by the calendar of its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source
from webui.filters import age, when

from .html import Page

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "ago", "long"),
    [
        (timedelta(minutes=59, seconds=50), "59 min ago", "59 minutes"),
        (timedelta(hours=17, minutes=50), "17 hr ago", "17 hours"),
        (timedelta(hours=47, minutes=50), "47 hr ago", "47 hours"),
        (timedelta(days=2, hours=20), "2 days ago", "2 days"),
        (timedelta(days=6, hours=23), "6 days ago", "6 days"),
    ],
)
def test_nothing_is_older_than_it_is(passed: timedelta, ago: str, long: str) -> None:
    """Almost three days are two, as the steps of the priority count them."""
    assert when(NOW - passed, now=NOW).words == ago
    assert age(NOW - passed, now=NOW) == long


@pytest.mark.parametrize(
    ("timezone", "now", "words", "long"),
    [
        ("Pacific/Auckland", datetime(2026, 11, 21, 22, 0, tzinfo=UTC), "yesterday", "1 day"),
        ("Europe/Rome", datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "today", "today"),
        ("America/Lima", datetime(2026, 11, 23, 3, 0, tzinfo=UTC), "yesterday", "1 day"),
        ("UTC", datetime(2026, 11, 27, 23, 59, tzinfo=UTC), "6 days ago", "6 days"),
    ],
)
def test_bare_date_is_counted_by_the_days_of_its_place(timezone: str, now: datetime, words: str, long: str) -> None:
    """21 November is yesterday from midnight on where the place is, whatever the day elsewhere."""
    day = datetime(2026, 11, 21, tzinfo=UTC)
    assert when(day, now=now, timezone=timezone, precision="day").words == words
    assert age(day, now=now, timezone=timezone, precision="day") == long


def test_one_page_tells_one_age(client: FlaskClient, engine: Engine) -> None:
    """The head of a review and the parts of its priority agree."""
    day = datetime(2026, 11, 17, tzinfo=UTC)
    with session_scope(engine) as session:
        place = make_location(session, timezone="Atlantic/Azores")
        review = make_review(session, make_source(session, location=place), published_at=day)
        make_score(session, review)
        make_case(session, review, is_flagged=True, priority_parts=[{"name": "age", "points": 14.0, "most": 14.0}])
        review_id = review.id
    page = Page(client.get(f"/reviews/{review_id}"))
    assert page.one(".facts-line time").text == "5 days ago"
    assert page.one(".priority tbody .part-words").text == "5 days"
    assert Page(client.get("/")).one(".why summary").attrs["title"] == "5 days"
