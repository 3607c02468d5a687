"""Places as their owner sets them: hours, holidays, single days, targets, who is told; checked, copied."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.clock_rules import Step, Whom, chain_of
from db.clocks import recounting, set_stale
from db.hours import Opening, opening_of, stored_opening
from db.kept import Kept, kept
from db.models import Case, Location
from db.places import rules_for_all
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source

from .html import Page
from .posting import post
from .signing import make_person, signed_in

WEEK = {f"day-{day}": "9:00-18:00" for day in range(5)} | {"day-5": "", "day-6": ""}
FORM = {"timezone": "Europe/Rome", "country": "", "days": "", "targets": "all", "chain": "all", "do": "save", **WEEK}


@pytest.fixture
def place(engine: Engine) -> Location:
    with session_scope(engine) as session:
        return make_location(session, name="Trattoria", timezone="Europe/Rome")


def stored(engine: Engine, place: Location) -> Location:
    with session_scope(engine) as session:
        return session.get_one(Location, place.id)


def test_list_tells_what_holds_where(client: FlaskClient, engine: Engine, place: Location) -> None:
    """The usual week until somebody says more, and that nobody has."""
    with session_scope(engine) as session:
        own = stored_opening(Opening(country="IT", subdivision="GE", days={date(2026, 12, 24): ()}))
        make_location(
            session, name="Hotel", opening=own, targets={"furious": 30, "angry": 90, "annoyed": None, "calm": None}
        )
    hotel, trattoria = Page(client.get("/places")).all("table.places tbody tr")
    assert "Mon–Fri 9:00–18:00" in trattoria.text
    assert "nobody has set them yet" in trattoria.text
    assert "2 h · 8 h · 24 h · –" in trattoria.text
    assert "Italy" in hotel.text
    assert "1 own day" in hotel.text
    assert "0.5 h · 1.5 h · – · –" in hotel.text
    assert trattoria.find("a.act").attrs["href"] == f"/places/{place.id}"


def test_empty_list_says_how_a_place_is_made(client: FlaskClient) -> None:
    """With the first source."""
    page = Page(client.get("/places"))
    assert "There is no place yet" in page.one(".empty").text
    assert page.one(".empty a.button").attrs["href"] == "/sources/new"


def test_hours_days_targets_and_steps_are_saved_and_clocks_follow(
    client: FlaskClient, engine: Engine, place: Location, now: datetime
) -> None:
    """All of one form; the clocks of open cases are set anew in the background, and the pages say so."""
    with session_scope(engine) as session:
        review = make_review(session, make_source(session, location_id=place.id))
        make_score(session, review, anger_level="furious")
        case = make_case(session, review, is_flagged=True, clock_is_stale=True)
        set_stale(session, now=now)
    answer = post(
        client,
        f"/places/{place.id}",
        **FORM
        | {
            "day-0": "12-15, 18-1",
            "country": "IT",
            "subdivision": "GE",
            "days": "2026-12-24 9:00-13:00\n2027-01-07 - 2027-01-09",
            "targets": "own",
            "target-furious": "0.5",
            "target-angry": "1,5",
            "chain": "own",
            "step-0": "50",
            "unit-0": "percent",
            "whom-0": "assignee",
            "step-1": "4",
            "unit-1": "over",
            "whom-1": "owners",
            "whom-2": "approvers",
        },
    )
    assert answer.status_code == 303
    kept_place = stored(engine, place)
    opening = opening_of(kept_place.opening)
    assert opening.week[0] == ((720, 900), (1080, 1500))
    assert (opening.country, opening.subdivision) == ("IT", "GE")
    assert opening.days[date(2027, 1, 8)] == ()
    assert kept_place.targets == {"furious": 30, "angry": 90, "annoyed": None, "calm": None}
    assert chain_of(kept_place.chain) == (
        Step(percent=50, whom=Whom.ASSIGNEE),
        Step(percent=100, over_min=240, whom=Whom.OWNERS),
    )
    page = Page(client.get(f"/places/{place.id}"))
    assert "0% done" in page.one("main").text
    assert page.one("#day-0").attrs["value"] == "12:00-15:00, 18:00-1:00"
    assert page.one("#target-angry").attrs["value"] == "1.5"
    listed = page.one(".days-off").text
    assert "Thu, 24 Dec 2026" in listed
    assert "open 9:00–13:00" in listed
    assert "Christmas Day" in listed
    with session_scope(engine) as session:
        assert recounting(session).is_running
        assert session.get_one(Case, case.id).clock_target_min == 120


def test_faults_are_told_by_field_and_nothing_is_lost(client: FlaskClient, engine: Engine, place: Location) -> None:
    """What was typed stands there still; nothing was stored."""
    wrong = {
        "day-2": "nine to five",
        "days": "Christmas closed",
        "timezone": "Rome",
        "country": "IT",
        "subdivision": "TX",
        "targets": "own",
        "target-angry": "soon",
        "chain": "own",
        "step-0": "120",
        "unit-0": "percent",
        "whom-0": "owners",
        "step-1": "50",
        "whom-1": "person:999999",
    }
    answer = post(client, f"/places/{place.id}", **FORM | wrong)
    assert answer.status_code == 422
    page = Page(answer, status=422)
    for name in ("day-2", "days", "timezone", "subdivision", "target-angry", "step-0", "step-1"):
        assert page.one(f"#{name}").attrs["aria-invalid"] == "true", name
        assert page.one(f"#{name}-fault").text, name
    assert page.one("#day-2").attrs["value"] == "nine to five"
    assert stored(engine, place).opening is None


def test_regions_are_shown_without_saving(client: FlaskClient, engine: Engine, place: Location) -> None:
    """Every country has its own: a button asks for them, no script is needed."""
    page = Page(post(client, f"/places/{place.id}", **FORM | {"country": "DE", "do": "look", "days": "2026-12-30"}))
    assert "Not saved yet" in page.one("main").text
    assert any(option.text == "Bavaria" or "Bayern" in option.text for option in page.all("#subdivision option"))
    assert "Wed, 30 Dec 2026" in page.one(".days-off").text
    assert stored(engine, place).opening is None


def test_copying_gives_other_places_what_was_ticked(client: FlaskClient, engine: Engine, place: Location) -> None:
    """The week, say, and not the holidays; the time zone is never copied."""
    with session_scope(engine) as session:
        own = Opening(country="FR", days={date(2026, 12, 24): ()})
        other = make_location(session, timezone="Europe/Paris", opening=stored_opening(own))
    form = FORM | {"day-6": "10-12", "country": "IT", "copy-hours": "yes", "targets": "own", "target-furious": "1"}
    assert post(client, f"/places/{place.id}", **form).status_code == 303
    assert "Copied to 1 other place." in Page(client.get(f"/places/{place.id}")).one("main").text
    copied = stored(engine, other)
    opening = opening_of(copied.opening)
    assert opening.week[6] == ((600, 720),)
    assert (opening.country, opening.days) == ("FR", own.days)
    assert (copied.timezone, copied.targets) == ("Europe/Paris", None)


def test_owner_of_one_place_copies_to_none_of_others(app: Flask, engine: Engine, place: Location) -> None:
    """Nor sees them, nor changes what holds for all."""
    with session_scope(engine) as session:
        other = make_location(session, name="Elsewhere")
    owner = signed_in(app, Access(at={place.id: Role.OWNER}))
    page = Page(owner.get("/places"))
    assert "Elsewhere" not in page.text
    assert page.all("form.places-all") == []
    assert post(owner, f"/places/{place.id}", **FORM | {"copy-hours": "yes"}).status_code == 303
    assert stored(engine, other).opening is None
    assert post(owner, "/places", **{"target-furious": "1"}).status_code == 403


def test_rules_of_all_places_are_changed_in_one_place(client: FlaskClient, app: Flask, engine: Engine) -> None:
    """Somebody may be named who sees them all; the usual numbers are not stored as own ones."""
    with session_scope(engine) as session:
        boss = make_person(session, app=app)
    usual = {
        "target-furious": "2",
        "target-angry": "8",
        "target-annoyed": "24",
        "step-0": "75",
        "whom-0": "assignee",
        "step-1": "100",
        "whom-1": "approvers",
        "step-2": "8",
        "unit-2": "over",
        "whom-2": "owners",
    }
    assert post(client, "/places", **usual | {"target-calm": "40", "whom-2": f"person:{boss.id}"}).status_code == 303
    with session_scope(engine) as session:
        rules = rules_for_all(session)
        assert rules.targets["calm"] == 2400
        assert rules.chain[2] == Step(percent=100, over_min=480, whom=Whom.PERSON, person_id=boss.id)
    assert "Your own numbers hold" in Page(client.get("/places")).one("form.places-all").text
    assert post(client, "/places", **usual).status_code == 303
    with session_scope(engine) as session:
        assert kept(session, Kept.CLOCK) == {}
    refused = post(client, "/places", **usual | {"target-angry": "-3"})
    assert refused.status_code == 422
    assert Page(refused, status=422).one("#target-angry-fault").text


def test_menu_leads_owners_there(app: Flask, place: Location) -> None:
    """Nobody else sees it."""
    assert place.id
    for role, sees in ((Role.OWNER, True), (Role.APPROVER, False)):
        page = Page(signed_in(app, Access(everywhere=role)).get("/"))
        assert ("Places" in [view.text for view in page.all("a.view")]) is sees


def test_days_of_the_preview_begin_today_at_the_place(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Yesterday is past."""
    assert now.astimezone(UTC).date() == date(2026, 11, 22)
    with session_scope(engine) as session:
        days = {date(2026, 11, 21): (), date(2026, 11, 22): (), date(2027, 11, 23): ()}
        place = make_location(session, opening=stored_opening(Opening(days=days)))
    listed = Page(client.get(f"/places/{place.id}")).all(".days-off li")
    assert [one.find(".day-off-day").text for one in listed] == ["Sun, 22 Nov 2026"]


def test_what_answers_need_of_a_place(client: FlaskClient, engine: Engine, place: Location) -> None:
    """How guests reach somebody, and whether an answer may tell who was a client."""
    given = FORM | {"contact": " hello@lanterna.example\n or  <b>call</b>\x00", "protected": "yes"}
    assert post(client, f"/places/{place.id}", **given).status_code == 303
    found = stored(engine, place)
    assert (found.contact, found.is_protected) == ("hello@lanterna.example or <b>call</b>", True)
    page = Page(client.get(f"/places/{place.id}"))
    assert page.one("#contact").attrs["value"] == found.contact
    assert "checked" in page.one("#protected").attrs
    refused = Page(post(client, f"/places/{place.id}", **FORM | {"contact": "x" * 301}), status=422)
    assert "too long" in refused.one("#contact-fault").text
    assert len(refused.one("#contact").attrs["value"]) == 301
    assert post(client, f"/places/{place.id}", **FORM).status_code == 303
    assert not stored(engine, place).is_protected
