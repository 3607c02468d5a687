"""The page of charts: every number leads to the list that proves it, and nobody sees another's places."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.causes import add_cause
from db.models import (
    CaseStage,
    CaseState,
    Improvement,
    ImprovementState,
    Offer,
    OfferKind,
    OfferState,
    Severity,
    Verdict,
)
from db.queries.week_figures import week_figures
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source
from webui.chart_scope import scope_of
from webui.charted import BUILDERS, charts_of_week
from webui.security import CSP

from .html import Page
from .signing import client_of, make_person, signed_in
from .test_charts import check_svg

NAMES = ("anger", "stars", "answered", "reply-times", "causes", "visits", "places", "actions", "costs", "corrections")
FURIOUS = "=HYPERLINK(1) <b>$x$"  # the name of a cause


class Stage:
    """Two places in the twelve weeks before 22 November 2026."""

    def __init__(self, app: Flask, session: Session, now: datetime) -> None:
        self.app, self.now = app, now
        self.here = make_location(session, name="Harbour", slug="harbour", timezone="Europe/Rome").id
        self.there = make_location(session, name="Station", slug="station").id
        self.cause = add_cause(session, FURIOUS, words={}, now=now).id
        for place in (self.here, self.there):
            source = make_source(session, location_id=place)
            for back in range(1, 12):
                for at in range(7 if place == self.here else 2):
                    self._review(session, source.id, back, at)
        session.add(
            Improvement(
                location_id=self.here, cause_id=self.cause, title="More hands", state=ImprovementState.DONE,
                owner_name="Ben", due_on=date(2026, 10, 1), done_on=date(2026, 10, 1), opened_at=now,
                opened_by_name="Bea",
            )
        )  # fmt: skip
        session.add(
            Offer(
                location_id=self.here, kind=OfferKind.VOUCHER, state=OfferState.REDEEMED, severity=Severity.MINOR,
                severity_of_case=Severity.MINOR, value_minor=1250, cost_minor=1250, currency="EUR",
                cause_id=self.cause, valid_until_on=date(2027, 1, 1), policy_number=0, month="2026-11", proposed_at=now,
            )
        )  # fmt: skip
        self.boss = make_person(session, Access(at={self.here: Role.APPROVER}), app=app, name="Bea")
        self.ben = make_person(session, Access(at={self.here: Role.STAFF}), app=app, name="Ben")

    def _review(self, session: Session, source_id: int, back: int, at: int) -> None:
        monday = datetime(2026, 11, 16, 12, tzinfo=UTC)  # the week that runs
        written = monday - timedelta(weeks=back) + timedelta(days=at % 7)
        replied = written + timedelta(hours=30 + 5 * at)
        is_answered = at in (0, 1, 2, 3)
        review = make_review(
            session,
            None,
            source_id=source_id,
            published_at=written,
            stars=float(1 + at % 5),
            reply_published_at=replied if is_answered else None,
            visited_at=written.replace(hour=19 + at % 2) - timedelta(days=2) if at else None,
            visited_precision=("", "instant", "instant", "instant", "month", "day", "day")[at],
        )
        make_score(session, review, anger_level=("furious", "angry", "angry", "angry", "angry", "calm", "angry")[at])
        make_case(
            session,
            review,
            state=CaseState.ANSWERED if is_answered else CaseState.OPEN,
            stage=CaseStage.TODO,
            opened_at=written,
            is_flagged=at < 5,
            said_angry=False if at == 3 and back == 1 else None,
            due_at=None if is_answered or at > 5 else written + timedelta(hours=9),
            cause_id=self.cause if at < 2 else None,
        )
        session.add(
            Verdict(
                review_id=review.id, content_hash=review.content_hash, is_angry=at < 4, said_at=written,
                was_flagged=at != 1,
            )
        )  # fmt: skip


@pytest.fixture
def stage(app: Flask, engine: Engine, now: datetime) -> Stage:
    with session_scope(engine) as session:
        return Stage(app, session, now)


def number_of(client: FlaskClient, address: str) -> int:
    words = Page(client.get(address)).find(".chips-count").text.split()[0]
    return 0 if words.casefold() == "no" else int(words.replace(",", ""))


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("place", ["", "&place=harbour"])
@pytest.mark.parametrize("by", ["weeks", "months"])
def test_every_number_leads_to_the_list_that_proves_it(client: FlaskClient, place: str, by: str) -> None:
    """Of each chart the last rows, of one place and of all, of weeks and of months."""
    page = Page(client.get(f"/figures?by={by}{place}"))
    assert [one.attrs["id"] for one in page.all("figure")] == list(NAMES)
    links = 0
    for figure in page.all("figure"):
        for row in figure.all("tbody tr")[-2:]:
            for cell in row.all("td"):
                for link in cell.all("a"):
                    links += 1
                    assert number_of(client, link.attrs["href"]) == int(link.text), (figure.attrs["id"], row.text)
    assert links > 20
    whole, *parts = [[cell.text for cell in row.all("td")] for row in page.all("#answered tbody tr")][-1]
    assert int(whole) == sum(map(int, parts))
    assert "0" not in parts[1:3]  # some wait and some are overdue


def test_pictures_are_drawn_kept_and_drawn_anew(stage: Stage, engine: Engine, client: FlaskClient) -> None:
    """Each look and width; the page's own policy holds for them; a browser that has one is told that it holds."""
    page = Page(client.get("/figures"))
    assert len(page.all("img.chart-picture")) == len(NAMES)
    for image in page.all("img.chart-picture"):
        assert image.attrs["alt"]
        answer = client.get(image.attrs["src"])
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        check_svg(answer.data, 600)
    for source in page.all("source"):
        check_svg(client.get(source.attrs["srcset"]).data, 340 if "max-width" in source.attrs["media"] else 600)
    address = "/figures/anger.svg?look=dark&width=340"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Content-Security-Policy"] == CSP
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{address}&lang=de", headers=known).status_code in (200, 304)
    with session_scope(engine) as session:
        place = make_source(session, location_id=stage.here)
        review = make_review(session, place, published_at=datetime(2026, 11, 10, tzinfo=UTC))
        make_score(session, review, anger_level="furious")
        make_case(session, review)
    assert client.get(address, headers=known).status_code == 200
    assert client.get("/figures").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [
        *("/figures/pie.svg", "/figures/pie.csv", "/figures/anger.svg?look=pink", "/figures/anger.svg?width=99999"),
        *("/figures/anger.svg?width=x9", "/figures?by=days", "/figures?place=nowhere", "/figures/anger.csv?by=x"),
    ],
)
@pytest.mark.usefixtures("stage")
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    """Names, looks, widths and lengths of time are a handful each."""
    expected = 200 if "width=x9" in address else 404  # no number: the usual width
    assert client.get(address).status_code == expected


def test_one_sees_the_figures_of_ones_own_places(stage: Stage) -> None:
    """What was spent is told to those who approve; another place does not exist."""
    staff, boss = client_of(stage.app, stage.ben), client_of(stage.app, stage.boss)
    page = Page(staff.get("/figures"))
    assert "Station" not in page.text
    assert [one.attrs["id"] for one in page.all("figure")] == [name for name in NAMES if name != "costs"]
    for end in ("svg", "csv"):
        assert staff.get(f"/figures/anger.{end}?place=station").status_code == 404
        assert staff.get(f"/figures/costs.{end}").status_code == 403
        assert staff.get(f"/figures/costs.{end}?place=harbour").status_code == 403
        assert staff.get(f"/figures/costs.{end}?place=station").status_code == 404
        assert boss.get(f"/figures/costs.{end}").status_code == 200
    assert "€12.50 of €200" in Page(boss.get("/figures")).one("#costs").text
    everywhere = signed_in(stage.app, Access(everywhere=Role.VIEWER))
    assert "Station" in Page(everywhere.get("/figures")).one("#places").text


def test_files_hold_plain_numbers_and_no_formulas(stage: Stage) -> None:
    """The rows of the table, whatever the reader's language writes."""
    boss = client_of(stage.app, stage.boss)
    for name in NAMES:
        answer = boss.get(f"/figures/{name}.csv?lang=de")
        assert answer.mimetype == "text/csv"
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    cost = list(csv.reader(io.StringIO(boss.get("/figures/costs.csv").data.decode("utf-8-sig"))))
    assert cost[-1][:3] == ["2026-11-01/2026-11-30", "12.50", "200"]
    assert cost[0][-1].endswith(FURIOUS)


def test_an_installation_without_places_or_reviews_says_what_to_do(app: Flask, engine: Engine) -> None:
    """No picture of nothing."""
    viewer = signed_in(app, Access(everywhere=Role.OWNER))
    assert Page(viewer.get("/figures")).one(".empty h2").text == "There is no place yet"
    assert viewer.get("/figures/anger.svg").status_code == 404
    with session_scope(engine) as session:
        make_location(session, slug="new")
    page = Page(viewer.get("/figures"))
    assert page.all("img.chart-picture") == []
    assert len(page.all(".chart-nothing")) == len(NAMES)
    assert viewer.get("/figures/anger.svg").status_code == 404
    paper = Page(viewer.get("/figures?look=print"))
    assert len(paper.all("details[open].more")) == len(paper.all("details.more"))


def test_the_page_and_the_digest_draw_the_same_weeks(stage: Stage, engine: Engine) -> None:
    """From the figures of weeks that a digest has counted."""
    from db.queries.places import named_places

    with session_scope(engine) as session:
        figures = week_figures(session, "2026-W46", places=None, now=stage.now)
        anger, stars = charts_of_week(figures, "2026-W46")
        scope = scope_of(named_places(session, places=None), "weeks", now=stage.now)
        assert scope.stretches[-1].last == date(2026, 11, 15)
        assert BUILDERS["anger"](session, scope) == anger
        assert BUILDERS["stars"](session, scope) == stars
    assert stars.stars[-1].is_enough
