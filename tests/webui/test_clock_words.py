"""The clock of a case in words, in working time, as the queue, the review and the priority's reason tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.acting import Event, record
from db.clocks import set_stale
from db.models import CaseStage, CaseState
from db.session import session_scope
from tests.factories import make_case, make_review, make_score
from webui.clock_words import clock_view

from .html import Page

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Facts:
    state: CaseState = CaseState.OPEN
    stage: CaseStage = CaseStage.TODO
    due_at: datetime | None = None
    clock_left_min: int | None = 480
    clock_target_min: int | None = 480
    timezone: str = "UTC"
    opening: dict[str, Any] | None = None


@pytest.mark.parametrize(
    ("due", "words", "kind"),
    [
        (FRIDAY + 25 * timedelta(minutes=1), "25 min left", "soon"),
        (FRIDAY + 2 * HOUR, "2 h left", "soon"),
        (FRIDAY + 2 * DAY + 23 * HOUR, "8 h left", "left"),  # Monday at 15, a weekend in between
        (FRIDAY + 4 * DAY, "2 d left", "left"),  # nine hours of work each
        (FRIDAY - timedelta(minutes=5), "overdue 5 min", "over"),
        (FRIDAY - 3 * HOUR, "overdue 3 h", "over"),
        (FRIDAY - DAY, "overdue 1 d", "over"),
    ],
)
def test_what_is_left_is_told_in_working_time(due: datetime, words: str, kind: str) -> None:
    """Minutes, hours, and days as long as those of the place."""
    view = clock_view(Facts(due_at=due, clock_left_min=9000, clock_target_min=600), now=FRIDAY)
    assert view is not None
    assert (view.words, view.kind) == (words, kind)
    assert datetime.fromisoformat(view.machine) == due
    assert "2026" in view.absolute


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (FRIDAY + 8 * HOUR, "starts Monday 9:00 am"),
        (FRIDAY + 2 * DAY + 16 * HOUR, "starts 9:00 am"),  # Monday itself, at eight
        (FRIDAY - 14 * DAY + 8 * HOUR, "starts Monday 9:00 am"),
    ],
)
def test_clock_that_has_not_begun_tells_when_it_will(now: datetime, words: str) -> None:
    """Nothing is used before the place opens."""
    monday = now + timedelta(days=(7 - now.weekday()) % 7)
    due = monday.replace(hour=17, minute=0)
    view = clock_view(Facts(due_at=due), now=now)
    assert view is not None
    assert (view.words.replace("\u202f", " "), view.kind) == (words, "later")


def test_resting_clock_tells_why_and_what_is_left() -> None:
    """There is no due time to show."""
    view = clock_view(Facts(stage=CaseStage.WAITING, clock_left_min=120), now=FRIDAY)
    late = clock_view(Facts(stage=CaseStage.WAITING, clock_left_min=-60), now=FRIDAY)
    assert view is not None
    assert late is not None
    assert (view.words, view.machine, view.absolute) == ("rests: waiting for the guest", "", "2 h left")
    assert late.absolute == "overdue 1 h"


@pytest.mark.parametrize("facts", [Facts(clock_left_min=None), Facts(state=CaseState.ANSWERED, due_at=FRIDAY), Facts()])
def test_what_has_no_clock_tells_nothing(facts: Facts) -> None:
    """None was needed, it is answered, or the place never opens."""
    assert clock_view(facts, now=FRIDAY) is None


def test_queue_and_review_show_the_clock_and_the_reason_names_it(
    client: FlaskClient, engine: Engine, now: datetime
) -> None:
    """With the exact instant on hover; the parts of the priority first, then the time."""
    with session_scope(engine) as session:
        review = make_review(session)
        make_score(session, review, anger=0.93, anger_level="furious")
        parts = [{"name": "anger_level", "points": 40.0, "most": 50.0}]
        case = make_case(session, review, is_flagged=True, priority=40.0, priority_parts=parts, clock_is_stale=True)
        set_stale(session, now=now - 2 * DAY - 20 * HOUR)  # Thursday at 16
        case.escalated = 1
    row = Page(client.get("/")).one("li.row")
    due = row.find(".clock time")
    assert due.text == "overdue 1 d"
    assert due.attrs["datetime"] == "2026-11-19T18:00:00+00:00"
    assert "19 November 2026" in due.attrs["title"]
    assert row.find("summary").attrs["title"] == "furious 0.93 + overdue 1 d"
    assert "Escalated" in [tag.text for tag in row.all(".tag")]
    assert Page(client.get(f"/reviews/{review.id}")).one("#work .clock time").text == "overdue 1 d"


def test_timeline_tells_who_heard_of_it(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """By how far the clock had come; and also where there was nobody to tell."""
    with session_scope(engine) as session:
        case = make_case(session, make_review(session), is_flagged=True)
        for percent, over, names in ((75, 0, ["Ana", "Ben"]), (100, 0, ["Ana"]), (100, 480, [])):
            facts = {"step": 1, "of": 3, "percent": percent, "over_min": over, "names": names}
            record(session, [case.id], Event.ESCALATED, facts, by=None, now=now)
    text = Page(client.get(f"/reviews/{case.review_id}")).one("main").text
    for sentence in (
        "75% of the time for an answer is used: Ana, Ben heard of it",
        "The time for an answer ran out: Ana heard of it",
        "The answer is overdue: nobody heard of it",
    ):
        assert sentence in text
