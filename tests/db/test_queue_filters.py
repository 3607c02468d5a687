"""What a reader filters out of the queue, and that pages hold together whatever is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import BadCursor
from db.models import NOT_JUDGED, CaseState, Location, Review
from db.queries import facets as facets_module
from db.queries import queue
from db.queries.cursors import Sort
from db.queries.facets import facets
from db.queries.filtering import NO_STARS, UNSCORED, Filters
from db.queries.queue import QueueView, queue_page
from tests.factories import NOW, make_case, make_location, make_review, make_revision, make_score, make_source

DAY = timedelta(days=1)


@pytest.fixture
def cases(session: Session) -> dict[int, str]:
    """Five reviews that differ in everything; their names by id of the review."""
    bar = make_source(session, slug="bar-page", location=make_location(session, slug="bar", name="Bar"))
    inn = make_source(session, slug="inn-page", location=make_location(session, slug="inn", name="Inn"))
    found = {}

    def add(name: str, *, score: Any = None, case: Any = None, **columns: Any) -> None:
        given: dict[str, Any] = {"source": bar, "body": name}
        review = make_review(session, **(given | columns))
        if score is not None:
            make_score(session, review, **({"topics": []} | score))
        make_case(session, review, **(case or {}))
        found[review.id] = name

    risk = [{"risk": "legal", "probability": 1.0, "origin": "rule", "evidence": ""}]
    add("legal", score={"anger_level": "furious", "risks": risk}, stars=1.0, case={"is_flagged": True, "priority": 9.0})
    waiting = [{"topic": "waiting", "probability": 0.9}]
    add("late", score={"topics": waiting, "language": "es"}, stars=1.6, source=inn, published_at=NOW - 5 * DAY)
    add("raw", stars=None, published_at=NOW - 3 * DAY)
    add("done", score={"anger_level": "calm"}, stars=5.0, case={"state": CaseState.ANSWERED, "reopened_at": NOW})
    add("kept", stars=0.0, language="es", scored_with=NOT_JUDGED, published_at=NOW - 9 * DAY, case={"priority": 4.0})
    edited = next(id_ for id_, name in found.items() if name == "raw")
    make_revision(session, session.get_one(Review, edited))
    return found


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    ("filters", "fitting"),
    [
        (Filters(search="late"), {"late"}),
        (Filters(search="inn"), {"late"}),
        (Filters(search="?!"), set()),
        (Filters(anger=("furious", "calm")), {"legal", "done"}),
        (Filters(anger=(UNSCORED,)), {"raw", "kept"}),
        (Filters(stars=(1,)), {"legal", "kept"}),
        (Filters(stars=(2, NO_STARS)), {"late", "raw"}),
        (Filters(source=("inn-page",)), {"late"}),
        (Filters(place=("bar",)), {"legal", "raw", "done", "kept"}),
        (Filters(topic=("waiting",)), {"late"}),
        (Filters(risk=("legal", "press")), {"legal"}),
        (Filters(language=("es",)), {"late", "kept"}),
        (Filters(state=("answered",)), {"done"}),
        (Filters(state=("nonsense",)), set()),
        (Filters(since=date(2026, 11, 19)), {"legal", "raw", "done"}),
        (Filters(until=date(2026, 11, 19)), {"late", "raw", "kept"}),
        (Filters(since=date(2026, 11, 17), until=date(2026, 11, 17)), {"late"}),
        (Filters(is_changed=True), {"raw", "done"}),
        (Filters(language=("es",), stars=(2,), place=("inn",), search="late"), {"late"}),
        (Filters(language=("es",), stars=(5,)), set()),
        (Filters(), {"legal", "late", "raw", "done", "kept"}),
    ],
)
def test_filter_leaves_what_fits(
    session: Session,
    cases: dict[int, str],
    filters: Filters,
    fitting: set[str],
    sort: Sort,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same whether few fit, and all of them are known, or more than are counted."""
    for cap in (1000, 0):
        monkeypatch.setattr(queue, "COUNT_CAP", cap)
        page = queue_page(session, QueueView.ALL, filters=filters, sort=sort)
        assert {cases[row.review_id] for row in page.rows} == fitting
        if filters:
            assert page.found == min(len(fitting), cap + 1)


def test_days_are_those_of_the_place(session: Session) -> None:
    """Half past midnight in Tokyo is yesterday in Rome, and a bare date is that date anywhere."""
    at = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
    found = {}
    for zone in ("Asia/Tokyo", "Europe/Rome", "Mars/Olympus"):
        source = make_source(session, location=make_location(session, timezone=zone))
        for precision, moment in (("instant", at), ("day", datetime(2026, 11, 18, tzinfo=UTC))):
            review = make_review(session, source, published_at=moment, published_precision=precision)
            make_case(session, review)
            found[review.id] = f"{zone} {precision}"

    def shown(**days: Any) -> set[str]:
        page = queue_page(session, QueueView.ALL, filters=Filters(**days), sort=Sort.NEWEST)
        return {found[row.review_id] for row in page.rows}

    later = {"Asia/Tokyo instant"}
    assert shown(since=date(2026, 11, 19)) == later
    assert shown(until=date(2026, 11, 18)) == set(found.values()) - later
    assert shown(since=date(2026, 11, 18), until=date(2026, 11, 18)) == set(found.values()) - later


@pytest.mark.parametrize("cap", [3000, 0])
def test_languages_to_choose_from_are_those_of_the_readers_places(
    session: Session, cases: dict[int, str], cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may see the bar alone is told of no language that only the inn's guests write, few reviews or many."""
    assert cases
    monkeypatch.setattr(facets_module, "READ_MOST", cap)
    places = dict(session.execute(select(Location.slug, Location.id)).all())
    [kept] = session.scalars(select(Review).where(Review.scored_with == NOT_JUDGED))
    assert facets(session).languages == ("en", "es")
    assert facets(session, places=[places["inn"]]).languages == ("es",)
    assert facets(session, places=[places["bar"]]).languages == ("en", "es")
    kept.language = "fr"
    session.flush()
    assert facets(session, places=[places["bar"]]).languages == ("en", "fr")
    assert facets(session, places=[]).languages == ()


def test_filters_stay_inside_the_view(session: Session, cases: dict[int, str]) -> None:
    """Of the answered ones none stands among the open ones."""
    bar = Filters(place=("bar",))
    shown = {view: {cases[row.review_id] for row in queue_page(session, view, filters=bar).rows} for view in QueueView}
    assert shown[QueueView.NOW] == {"legal"}
    assert shown[QueueView.OPEN] == {"legal", "raw", "kept"}
    assert shown[QueueView.DONE] == {"done"}
    assert shown[QueueView.CHANGED] == set()


@pytest.mark.parametrize("cap", [1000, 3])
@pytest.mark.parametrize("sort", Sort)
def test_filtered_pages_lead_through_every_case_and_back(
    session: Session, sort: Sort, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each case once in its order and backwards the same pages, few or many, with equal keys among them."""
    monkeypatch.setattr(queue, "COUNT_CAP", cap)
    source = make_source(session)
    for number in range(23):
        review = make_review(
            session, source, body="soup" if number % 2 else "fish", published_at=NOW - number // 4 * DAY
        )
        make_case(session, review, priority=float(number % 3))
    wanted = Filters(search="soup")
    pages = [queue_page(session, QueueView.OPEN, filters=wanted, sort=sort, limit=3)]
    while pages[-1].next_cursor:
        after = pages[-1].next_cursor
        pages.append(queue_page(session, QueueView.OPEN, filters=wanted, sort=sort, after=after, limit=3))
    rows = [row for page in pages for row in page.rows]
    assert len(rows) == len({row.case_id for row in rows}) == 11
    keys = [(row.priority, row.case_id) if sort is Sort.PRIORITY else (row.published_at, row.review_id) for row in rows]
    assert keys == sorted(keys, reverse=sort is not Sort.OLDEST)
    for number in range(len(pages) - 1, 0, -1):
        before = pages[number].previous_cursor
        back = queue_page(session, QueueView.OPEN, filters=wanted, sort=sort, before=before, limit=3)
        assert back.rows == pages[number - 1].rows
    assert pages[0].previous_cursor is None


def test_cursor_of_another_order_is_refused(session: Session) -> None:
    """It would lead to a page that nobody has asked for."""
    for _ in range(3):
        make_case(session)
    for sort, other in ((Sort.PRIORITY, Sort.NEWEST), (Sort.NEWEST, Sort.PRIORITY)):
        cursor = queue_page(session, QueueView.ALL, sort=sort, limit=1).next_cursor
        with pytest.raises(BadCursor, match="first page"):
            queue_page(session, QueueView.ALL, sort=other, after=cursor, limit=1)
