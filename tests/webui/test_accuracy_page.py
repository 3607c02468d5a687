"""The owner's page of accuracy: what people said is counted, and followed only once that is accepted."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.acting import Actor
from db.judging import judge
from db.roles import Access, Role
from db.session import session_scope
from scoring.calibration import read_calibration
from tests.factories import make_case, make_person, make_review, make_score, make_source
from webui.accuracy import share

from .html import Page
from .posting import post
from .signing import signed_in

MODEL = "small-model.1"


class Desk:
    """Judges made-up reviews as Ana."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.source = make_source(session)
        self.ana = Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=now)

    def say(self, anger: float, is_angry: bool | None, *, days_ago: int = 1) -> None:
        """A review with this figure of the model, and what Ana says of it; None: nothing."""
        review = make_review(self.session, self.source, published_at=self.now - timedelta(days=days_ago))
        level = "angry" if anger > 0.5 else "calm"
        make_score(self.session, review, anger=anger, anger_level=level, model_version=MODEL)
        case = make_case(self.session, review, is_flagged=anger > 0.5)
        if is_angry is not None:
            judge(self.session, case.id, is_angry, by=self.ana)


@pytest.fixture
def judged(engine: Engine, now: datetime) -> None:
    """Forty wordings, of which the model flags too many: from .7 on people agree."""
    with session_scope(engine) as session:
        desk = Desk(session, now)
        for number in range(40):
            anger = 0.3 + number / 60
            desk.say(anger, anger > 0.7, days_ago=number)
        desk.say(0.6, None)
        desk.say(0.65, None, days_ago=200)


def test_few_words_say_nothing(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Told as they are counted, without a percentage, and nothing is suggested."""
    with session_scope(engine) as session:
        desk = Desk(session, now)
        desk.say(0.8, True)
        desk.say(0.8, False)
        desk.say(0.2, True)
    page = Page(client.get("/accuracy?suggest=yes"))
    facts = [fact.text for fact in page.all(".sheet dd")]
    assert facts[0].startswith("3 reviews by 1 person")
    assert facts[1] == "1 of 2: too few to say."
    assert facts[2].startswith("1 of 1: too few to say.")
    assert facts[3] == "2 of 2 flagged in the last 90 days"
    assert "Too few to say: 3 of 20." in page.text
    assert "likely too low" in page.text, "that feedback comes mostly from what is flagged"
    assert "%" not in facts[1] + facts[2]


@pytest.mark.usefixtures("judged")
def test_figures_and_what_following_would_change(client: FlaskClient) -> None:
    """Of 27 flagged 15 were right; the suggested threshold is stricter, and is tried on 90 days only."""
    page = Page(client.get("/accuracy"))
    assert "15 of 27" in page.all(".sheet dd")[1].text
    assert page.all("table") == []
    page = Page(client.get("/accuracy?suggest=yes"))
    assert "Of 41 reviews of the last 90 days: 0 more flagged," in page.text
    rows = {row.find("th").text: [cell.text for cell in row.all("td")] for row in page.all(".figures tbody tr")}
    assert float(rows["Called angry from"][1]) > 0
    assert int(rows["Judged wrongly, of 40"][1]) < int(rows["Judged wrongly, of 40"][0])


@pytest.mark.usefixtures("judged")
def test_accepted_and_taken_back(client: FlaskClient, data_dir: Path) -> None:
    """What was shown is what is written; the page tells how many are still to be judged by it."""
    mark = Page(client.get("/accuracy?suggest=yes")).one("input[name=mark]").attrs["value"]
    assert not data_dir.exists() or read_calibration(data_dir / "calibration.json") is None
    assert post(client, "/accuracy", do="accept", mark=mark).status_code == 303
    found = read_calibration(data_dir / "calibration.json")
    assert found is not None
    assert (found.suffix, found.rows, found.model) == (mark, 40, "small-model")
    page = Page(client.get("/accuracy?suggest=yes"))
    assert "42 still to go" in page.text
    assert "would change nothing" in page.text
    post(client, "/accuracy", do="undo")
    assert read_calibration(data_dir / "calibration.json") is None
    assert "still to go" not in Page(client.get("/accuracy")).text


@pytest.mark.usefixtures("judged")
def test_only_what_was_shown_is_accepted(client: FlaskClient, data_dir: Path) -> None:
    """Somebody judged more meanwhile: shown anew, nothing written."""
    page = Page(post(client, "/accuracy", do="accept", mark="+cal.000000"))
    assert "Nothing was changed" in page.text
    assert page.one("input[name=mark]")
    assert read_calibration(data_dir / "calibration.json") is None


def test_page_is_for_owners_of_all_places(app: Flask, engine: Engine) -> None:
    """One model judges for all: neither staff nor the owner of one place may change it."""
    with session_scope(engine) as session:
        place = make_source(session).location_id
    for access in (Access(everywhere=Role.APPROVER), Access(at={place: Role.OWNER})):
        client = signed_in(app, access)
        assert client.get("/accuracy").status_code == 403
        assert "Accuracy" not in Page(client.get("/")).one(".views").text
    assert "Accuracy" in Page(signed_in(app).get("/")).one(".views").text


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(10, 10, 0.722, 1.0), (0, 10, 0.0, 0.278), (15, 20, 0.531, 0.888), (0, 0, 0.0, 1.0)],
)
def test_interval_of_a_share(part: int, whole: int, low: float, high: float) -> None:
    """As Wilson's formula gives it, checked against tables."""
    found = share(part, whole)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)
