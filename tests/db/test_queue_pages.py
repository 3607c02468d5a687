"""The queue, page by page."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.errors import BadCursor
from db.models import Case, CaseStage, CaseState, ReplyState
from db.queries import queue
from db.queries.cursors import Sort
from db.queries.filtering import Filters
from db.queries.queue import (
    QueueCounts,
    QueueView,
    Reader,
    counts_of,
    page_statements,
    queue_counts,
    queue_page,
    shown_count,
)
from db.queries.rows import QueueRow
from tests.factories import (
    NOW,
    make_case,
    make_location,
    make_person,
    make_review,
    make_revision,
    make_score,
    make_source,
)

DAY = timedelta(days=1)


def _cases(session: Session, priorities: list[float], **columns: Any) -> list[int]:
    """Open, flagged cases of these priorities; their ids as the queue orders them."""
    source = make_source(session)
    cases: list[Case] = [
        make_case(session, make_review(session, source), priority=priority, is_flagged=True, **columns)
        for priority in priorities
    ]
    return [case.id for case in sorted(cases, key=lambda case: (round(case.priority), case.id), reverse=True)]


def test_row_holds_all_that_the_queue_shows(session: Session, now: datetime) -> None:
    """One row: the review, its place and source, its case and its score."""
    location = make_location(session, slug="lanterna", name="Lanterna", timezone="Europe/Rome")
    source = make_source(session, slug="page", name="Page", platform="feed", location=location)
    review = make_review(
        session, source, title="Late", body="We waited.", language="en-GB", url="https://reviews.example/1"
    )
    make_revision(session, review)
    score = make_score(session, review, sentences=[{"start": 0, "end": 4, "anger": 0.2}])
    parts = [{"name": "anger", "points": 30, "most": 50}]
    ana = make_person(session, name="Ana")
    case = make_case(
        session,
        review,
        is_flagged=True,
        reopened_at=now,
        priority=64.25,
        priority_parts=parts,
        assignee_id=ana.id,
        due_at=now,
    )
    [row] = queue_page(session, QueueView.NOW).rows
    assert row == QueueRow(
        case_id=case.id,
        review_id=review.id,
        answer_state=None,
        source_slug="page",
        source_name="Page",
        platform="feed",
        location_slug="lanterna",
        location_name="Lanterna",
        timezone="Europe/Rome",
        title="Late",
        body="We waited.",
        author_name=review.author_name,
        url="https://reviews.example/1",
        rating_raw="2",
        rating=2.0,
        rating_max=5.0,
        rating_kind="stars",
        stars=2.0,
        source_language="en-GB",
        published_at=now - timedelta(days=1),
        published_precision="day",
        visited_at=None,
        visited_precision="",
        state=CaseState.OPEN,
        stage=CaseStage.TODO,
        version=0,
        assignee_id=ana.id,
        assignee_name="Ana",
        snoozed_until=None,
        follow_up_at=None,
        unsettled_at=None,
        asks_at=None,
        due_at=now,
        clock_left_min=None,
        clock_target_min=None,
        escalated=0,
        opening=None,
        is_flagged=True,
        said_angry=None,
        reopened_at=now,
        has_revisions=True,
        reply_body="",
        reply_state="",
        standing="public",
        erased_for="",
        is_judged=True,
        missing_since_at=None,
        priority=64.25,
        priority_parts=parts,
        anger=0.8,
        anger_level="angry",
        sentiment=1.5,
        language="en",
        model_version="m1",
        topics=score.topics,
        risks=[],
        sentences=[{"start": 0, "end": 4, "anger": 0.2}],
        reasons=["waiting"],
    )
    assert row.text == "Late\n\nWe waited."


def test_score_of_an_earlier_wording_is_not_shown(session: Session) -> None:
    """Its marks would stand at the wrong words: until the new wording is scored there is none."""
    review = make_review(session)
    make_score(session, review, content_hash="of another wording")
    make_case(session, review)
    [row] = queue_page(session, QueueView.ALL).rows
    assert (row.anger, row.anger_level, row.sentiment, row.language) == (None, None, None, None)
    assert (row.topics, row.risks, row.sentences, row.reasons, row.has_revisions) == ([], [], [], [], False)


def test_views_show_what_they_say(session: Session, now: datetime) -> None:
    """Now: open and flagged or reopened. Open: nobody has answered. All: all, gone ones too."""
    calm, flagged = make_case(session), make_case(session, is_flagged=True)
    reopened = make_case(session, reopened_at=now)
    answered, gone = (
        make_case(session, state=state, is_flagged=True) for state in (CaseState.ANSWERED, CaseState.GONE)
    )
    ana, ben = (make_person(session, name=name).id for name in ("Ana", "Ben"))
    mine, put_off, asked, waiting, due = (
        make_case(session, assignee_id=ana, **columns)
        for columns in (
            {},
            {"snoozed_until": now + DAY},
            {"approval_asked_at": now},
            {"stage": CaseStage.WAITING, "follow_up_at": now + DAY},
            {"stage": CaseStage.WAITING, "follow_up_at": now - DAY},
        )
    )
    his = make_case(session, assignee_id=ben, is_flagged=True)
    submitted, approved = (
        make_case(session, reply_state=state) for state in (ReplyState.SUBMITTED, ReplyState.APPROVED)
    )
    reader = Reader(person_id=ana, now=now)
    shown = {view: {row.case_id for row in queue_page(session, view, reader=reader).rows} for view in QueueView}
    open_ = {
        case.id for case in (calm, flagged, reopened, mine, put_off, asked, waiting, due, his, submitted, approved)
    }
    assert shown == {
        QueueView.NOW: {flagged.id, reopened.id, his.id},
        QueueView.MINE: {mine.id, asked.id},
        QueueView.UNASSIGNED: {flagged.id, reopened.id},
        QueueView.APPROVE: {asked.id, submitted.id},
        QueueView.WAITING: {waiting.id, due.id},
        QueueView.FOLLOW_UP: {due.id},
        QueueView.OPEN: open_,
        QueueView.CHANGED: {reopened.id},
        QueueView.DONE: {answered.id, gone.id},
        QueueView.ALL: open_ | {answered.id, gone.id},
    }
    counts = {str(view): len(ids) for view, ids in shown.items()}
    assert queue_counts(session, reader=reader) == QueueCounts(unscored=13, **counts)
    assert queue_counts(session).mine == queue_counts(session).follow_up == 0, "nobody looks"


def test_answers_to_approve_stand_where_their_place_is_seen(session: Session) -> None:
    """In the list, filtered or not, and in its count; readers of another place see and count nothing of them."""
    here, elsewhere = make_location(session), make_location(session)
    review = make_review(session, make_source(session, location=here), body="Rude waiter")
    case = make_case(session, review, reply_state=ReplyState.SUBMITTED)
    for places, expected in ((None, [case.id]), ([here.id], [case.id]), ([elsewhere.id], []), ([], [])):
        for filters in (Filters(), Filters(search="rude")):
            page = queue_page(session, QueueView.APPROVE, filters=filters, places=places)
            assert [row.case_id for row in page.rows] == expected
        assert queue_counts(session, places=places).approve == len(expected)
        assert counts_of(session, [(QueueView.APPROVE, Filters())], most=9, places=places) == [len(expected)]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(assignee=("nobody",)), "ab"),
        (Filters(assignee=("1",)), "cd"),
        (Filters(assignee=("1", "nobody")), "abcd"),
        (Filters(assignee=("x", "99999999999999")), ""),
        (Filters(stage=("todo",)), "ac"),
        (Filters(stage=("snoozed", "waiting")), "bd"),
        (Filters(stage=("nonsense",)), ""),
        (Filters(stage=("waiting",), assignee=("1",)), "d"),
    ],
)
def test_cases_are_found_by_the_work_on_them(session: Session, sort: Sort, filters: Filters, expected: str) -> None:
    """Whose it is, and how far; names that nobody knows find nothing."""
    ana = make_person(session, name="Ana").id
    assert ana == 1
    cases = {
        "a": make_case(session),
        "b": make_case(session, snoozed_until=NOW + DAY),
        "c": make_case(session, assignee_id=ana),
        "d": make_case(session, assignee_id=ana, stage=CaseStage.WAITING),
    }
    found = {row.case_id for row in queue_page(session, QueueView.ALL, filters=filters, sort=sort).rows}
    assert found == {cases[name].id for name in expected}


@pytest.mark.parametrize("view", QueueView)
def test_pages_lead_through_every_case_and_back(session: Session, view: QueueView) -> None:
    """Forwards each case once, most points first and of equals the newest; backwards the same pages."""
    columns: dict[QueueView, dict[str, Any]] = {
        QueueView.CHANGED: {"reopened_at": NOW},
        QueueView.DONE: {"state": CaseState.ANSWERED},
        QueueView.APPROVE: {"approval_asked_at": NOW},
        QueueView.WAITING: {"stage": CaseStage.WAITING},
        QueueView.FOLLOW_UP: {"stage": CaseStage.WAITING, "follow_up_at": NOW},
    }
    reader = Reader(person_id=make_person(session).id, now=NOW)
    if view is QueueView.MINE:
        columns[view] = {"assignee_id": reader.person_id}
    priorities = [50.0, 0.1 + 0.2, 50.0, 99.5, 0.3, 0.0, 0.0, 50.0, 7.0, 12.0, 0.0]
    ids = _cases(session, priorities, **columns.get(view, {}))
    read = partial(queue_page, session, view, limit=3, reader=reader)
    pages = [read()]
    while pages[-1].next_cursor:
        pages.append(read(after=pages[-1].next_cursor))
    assert [[row.case_id for row in page.rows] for page in pages] == [ids[0:3], ids[3:6], ids[6:9], ids[9:11]]
    assert pages[0].previous_cursor is None
    for number in (2, 1, 0):
        back = read(before=pages[number + 1].previous_cursor)
        assert back.rows == pages[number].rows
        assert back.next_cursor == pages[number].next_cursor
        assert (back.previous_cursor is None) == (number == 0)


def test_new_cases_do_not_shift_the_next_page(session: Session) -> None:
    """What comes in above while somebody reads neither repeats nor hides a row."""
    ids = _cases(session, [5.0, 4.0, 3.0, 2.0])
    first = queue_page(session, QueueView.NOW, limit=2)
    _cases(session, [9.0, 9.0])
    second = queue_page(session, QueueView.NOW, after=first.next_cursor, limit=2)
    assert [row.case_id for row in second.rows] == ids[2:]


def test_empty_queue_is_one_empty_page(session: Session) -> None:
    """No rows, no way on, no way back."""
    page = queue_page(session, QueueView.NOW)
    assert (page.rows, page.next_cursor, page.previous_cursor) == ([], None, None)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "%%%%", "AAAA", "é" * 22, "A" * 23, base64.urlsafe_b64encode(b"\x7f\xf0" + bytes(14)).decode()],
    ids=["empty", "short", "not-base64", "too-short", "not-ascii", "too-long", "infinite"],
)
def test_bad_cursor_is_refused(session: Session, cursor: str) -> None:
    """An address that somebody has changed by hand gets a sentence, not a fault."""
    with pytest.raises(BadCursor, match="first page"):
        queue_page(session, QueueView.NOW, after=cursor)
    with pytest.raises(BadCursor, match="first page"):
        queue_page(session, QueueView.NOW, before=cursor)


@given(st.text())
def test_any_cursor_is_read_or_refused(cursor: str) -> None:
    """No text whatever makes a page fail otherwise."""
    try:
        page_statements(QueueView.ALL, after=cursor, before=None)
    except BadCursor:
        return


def test_counting_stops_at_its_cap(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count above the cap says "more than"."""
    monkeypatch.setattr(queue, "COUNT_CAP", 3)
    _cases(session, [1.0] * 7)
    assert queue_counts(session) == QueueCounts(
        now=4, mine=0, unassigned=4, approve=0, waiting=0, follow_up=0, changed=0, open=4, done=0, all=4, unscored=4
    )
    assert (shown_count(4), shown_count(3)) == ("3+", "3")
