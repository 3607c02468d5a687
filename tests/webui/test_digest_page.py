"""The weekly digest as a page: whose it is, which weeks there are, and that each number is proved by its list."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session

from db.causes import add_cause
from db.digests import Rhythm, rhythm
from db.models import BY_HAND, Case, CaseState, Location, Source, SourceHealth
from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source
from webui.digest.build import build_digest

from .html import Page
from .signing import signed_in

IN_WEEK = datetime(2026, 11, 11, 12, tzinfo=UTC)  # of week 46; the tests' day is the Sunday of week 47
WEEK = "/digest/2026-W46"


def fill(session: Session, place: Location, count: int, *, at: datetime = IN_WEEK) -> Source:
    """Reviews of every level; every third answered, within its target or after it, one gone; some overdue, a complaint
    by hand among them; and one that nobody has judged.
    """
    source = make_source(session, location=place, last_success_at=at, health=SourceHealth.HEALTHY)
    by_hand = make_source(session, location=place, platform=BY_HAND, name="Phone")
    for number in range(count):
        is_answered = number % 3 == 0 and number != 6
        review = make_review(
            session, by_hand if number == 4 else source, published_at=at,
            reply_published_at=at + timedelta(hours=24 if number % 2 else 2) if is_answered else None,
            author_name="Greta Olafsdottir",
            stars=None if number % 4 == 3 else float(1 + number % 5), body="Marco shouted at us, and it was cold.",
        )  # fmt: skip
        if number != 5:
            make_score(session, review, anger_level=("furious", "angry", "annoyed", "calm")[number % 4])
        state = CaseState.GONE if number == 6 else CaseState.ANSWERED if is_answered else CaseState.OPEN
        make_case(
            session, review, state=state, opened_at=at, clock_target_min=180,
            due_at=at if number % 5 in (0, 4) and not is_answered else None,
        )  # fmt: skip
    return source


def told(client: FlaskClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Page(answer)


def test_every_number_is_proved_by_its_list(client: FlaskClient, engine: Engine) -> None:
    """Each list that a figure or a line leads to holds as many as it says, over all places and at one."""
    with session_scope(engine) as session:
        first, second = make_location(session, name="Lanterna", slug="l"), make_location(session, name="Faro", slug="f")
        fill(session, first, 14)
        fill(session, second, 9)
        fill(session, first, 12, at=IN_WEEK - timedelta(days=7))
    proved = 0
    for path in (WEEK, f"{WEEK}?place=l"):
        page = told(client, path)
        for link in page.all("main a"):
            href = link.attrs["href"]
            number = re.match(r"\d+", link.text)
            if not href.startswith("/?") or number is None or link.text.endswith("%") or "." in link.text:
                continue
            assert _found(client, href) == int(number[0]), (link.text, href)
            proved += 1
        (within,) = [row for row in page.all("table.digest-numbers tbody tr") if "Within the target" in row.text]
        beside, now, *_ = (link.attrs["href"] for link in within.all("a"))
        met, whole = (int(number) for number in re.findall(r"(\d+) of (\d+) that had one", within.text)[0])
        assert 0 < met < whole
        assert (_found(client, now), _found(client, beside)) == (met, whole - met)
    assert proved > 8


def test_every_number_of_the_mail_is_proved_by_its_list(client: FlaskClient, engine: Engine) -> None:
    """The few that it tells of causes, places and sources too; each row leads to where all of it stands."""
    with session_scope(engine) as session:
        causes = [add_cause(session, name, words={}, now=IN_WEEK) for name in ("Cold food", "No seat")]
        for number in range(5):
            fill(session, make_location(session, slug=f"p{number}", name=f"Place {number}"), 4 + 3 * number)
        for case in session.scalars(select(Case).where(Case.id % 3 > 0)):
            case.cause_id, case.is_flagged = causes[case.id % 3 - 1].id, True
        session.execute(update(Case).where(Case.cause_id.is_(None)).values(is_flagged=True))
    mail = told(client, f"{WEEK}/file.html")
    page = told(client, WEEK)
    proved, headings = [], 0
    for link in mail.all("a"):
        path = link.attrs["href"].removeprefix("http://127.0.0.1:8000")
        told_here = re.match(r"\d+", link.text) or re.search(r"\d+$", link.text)
        if path.startswith("/?") and told_here and not re.search(r"[%.]| h$", link.text):
            assert _found(client, path) == int(told_here[0]), (link.text, path)
            proved.append(link.text)
        if "#" in path and path.startswith("/digest"):
            assert page.all(f"[id={path.partition('#')[2]}]"), path
            headings += 1
    assert {"Place 4: 16", "Cold food: 17", "No seat: 17"} <= set(proved)
    for end in ("angry and unanswered", "missed it", "in all"):
        assert [one for one in proved if one.endswith(end)], end
    assert len(proved) > 12
    assert headings == 5  # causes, praise, places, sources, and how it is counted


def test_the_zones_of_places_are_read_with_them(engine: Engine) -> None:
    """Not once more for each of the lists that go by the calendars of places."""
    with session_scope(engine) as session:
        for number, zone in enumerate(("Asia/Tokyo", "Europe/Madrid")):
            fill(session, make_location(session, slug=f"p{number}", timezone=zone), 9)
    asked: list[str] = []
    with read_scope(engine) as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(str(call[2])))
        found = build_digest(session, access=Access(everywhere=Role.OWNER), week="2026-W46", now=IN_WEEK)
    assert found.now.written == 18
    assert len(asked) > 5
    assert [one for one in asked if "DISTINCT location.timezone" in one] == []


def _found(client: FlaskClient, href: str) -> int:
    """How many reviews a list of the queue shows."""
    links = (link.attrs["href"] for link in told(client, href).all("main a[href^='/reviews/']"))
    return len({re.split(r"[?#]", link)[0] for link in links})


@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_of_few_reviews_no_share_is_told_and_each_is_listed(client: FlaskClient, engine: Engine, count: int) -> None:
    """Below five nothing has a per cent; of none it says so, and what could not be seen all the same."""
    with session_scope(engine) as session:
        fill(session, make_location(session, name="Lanterna"), count)
    page = told(client, WEEK)
    text = page.find("main").text
    assert ("%" in page.find("table.digest-numbers").text) == (count >= 5)
    assert len(page.all("section[aria-labelledby=reviews] li")) == (count if count < 5 else 0)
    assert ("Too few to say" in text) == (count < 5)
    assert ("No new reviews" in page.find("h1").text) == (count == 0)
    assert "Olafsdottir" not in text
    assert "1 of 1 source is read well" in text


def test_without_a_place_or_a_source_it_says_so(client: FlaskClient, engine: Engine) -> None:
    """A place that nothing is read about is named: nothing there means that nobody looked."""
    assert "no place" in told(client, WEEK).find("main").text
    with session_scope(engine) as session:
        make_location(session, name="Lanterna")
        make_source(session, location=make_location(session, name="Faro"), name="Guide", is_enabled=False)
    text = told(client, WEEK).find("main").text
    assert "No source yet, so nothing can be seen: Lanterna" in text
    assert "Guide: paused" in text
    assert "never read" in text


def test_weeks_that_are_none_or_to_come_are_not_there(client: FlaskClient, engine: Engine) -> None:
    """Nor places of others, nor a file of another kind."""
    with session_scope(engine) as session:
        mine, other = make_location(session, slug="mine"), make_location(session, slug="other")
        access = Access(at={mine.id: Role.VIEWER})
        assert other.id != mine.id
    for path in ("2026-W48", "2026-W54", "2026-46", "1970-W01", "x", "2026-W46/file.exe", "2026-W46?place=x"):
        assert client.get(f"/digest/{path}").status_code == 404, path
    assert told(client, "/digest/2026-W47").find("main").text.count("so far") > 0
    theirs = signed_in(client.application, access)
    assert theirs.get(f"{WEEK}?place=mine").status_code == 200
    assert theirs.get(f"{WEEK}?place=other").status_code == 404
    assert theirs.get(f"{WEEK}/file.txt?place=other").status_code == 404


def test_each_sees_their_own_places_and_what_they_may_decide(app: Flask, engine: Engine) -> None:
    """A viewer is asked for no decision and is shown no offers; another place is nowhere in it."""
    with session_scope(engine) as session:
        mine, other = make_location(session, name="Lanterna"), make_location(session, name="Faro")
        fill(session, mine, 8)
        fill(session, other, 8)
        access = Access(at={mine.id: Role.VIEWER})
    text = told(signed_in(app, access), WEEK).find("main").text
    assert ("Faro" in text, "Decisions needed" in text, "8" in text) == (False, False, True)
    assert "Decisions needed" in told(signed_in(app), WEEK).find("main").text


@pytest.mark.parametrize("suffix", [".txt", ".html", ".json", ".pdf"])
def test_the_same_can_be_kept_as_a_file(client: FlaskClient, engine: Engine, suffix: str) -> None:
    """Named by its week and place; masked like the page."""
    with session_scope(engine) as session:
        fill(session, make_location(session, name="Lanterna", slug="l"), 8)
    answer = client.get(f"{WEEK}/file{suffix}?place=l")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="digest-2026-W46-l{suffix}"'
    if suffix == ".pdf":
        assert answer.data.startswith(b"%PDF-")
        assert answer.data.count(b"/URI (") > 5
        return
    assert "Olafsdottir" not in answer.text
    assert "Angry or furious" in answer.text
    if suffix == ".json":
        kept: dict[str, Any] = json.loads(answer.text)
        assert kept["digest"]["series"][0]["written"] == 8
        assert kept["letter"]["numbers"][0]["value"] == "8"


def test_an_owner_sets_when_it_goes_out(client: FlaskClient, engine: Engine) -> None:
    """The day and the hour, checked; what is neither changes nothing."""
    token = told(client, "/digest").find("input[name=csrf_token]").attrs["value"]
    for weekday, hour, expected in (
        ("5", "16", (5, 16)),
        ("8", "16", (5, 16)),
        ("1", "x", (5, 16)),
        ("1", "7", (1, 7)),
    ):
        form = {"csrf_token": token, "weekday": weekday, "hour": hour}
        assert client.post("/digest/when", data=form).status_code == 303
        with session_scope(engine) as session:
            assert rhythm(session) == Rhythm(weekday=expected[0], hour=expected[1])


def test_every_place_is_told_those_with_most_to_do_first(client: FlaskClient, engine: Engine) -> None:
    """Five in sight and in the text; the page opens the others."""
    with session_scope(engine) as session:
        for number in range(7):
            fill(session, make_location(session, name=f"Place {number}"), 3 * number)
    page = told(client, WEEK)
    lines = page.all("section[aria-labelledby=places] li")
    names = [line.find("a").text for line in lines]
    assert sorted(names) == [f"Place {number}" for number in range(7)]
    assert "2 more places have less to do." in page.find("section[aria-labelledby=places] summary").text
    text = client.get(f"{WEEK}/file.txt").text.partition("BY PLACE")[2]
    assert [name in text for name in names] == [True] * 5 + [False] * 2
    found = [re.search(r"(\d+) of them unanswered", line.text) for line in lines]
    unanswered = [int(one[1]) if one else 0 for one in found]
    assert unanswered[0] > unanswered[-1]
