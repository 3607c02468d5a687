"""What stands beside a review: others of its author, and like complaints with the day of the week they fall on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models import Review, Source
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source

from .html import Page
from .signing import signed_in

FRIDAY = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # in Rome it is Saturday by then


def a_review(session: Session, source: Source, **columns: Any) -> Review:
    review = make_review(session, source, **columns)
    make_score(session, review)
    make_case(session, review)
    return review


def test_like_complaints_are_counted_by_the_weekday_of_the_place(client: FlaskClient, engine: Engine) -> None:
    """Two on a Saturday by the clock of Rome, the day before a Friday; a date without a day tells none."""
    with session_scope(engine) as session:
        source = make_source(session, location=make_location(session, timezone="Europe/Rome"))
        own = a_review(session, source, published_at=FRIDAY, published_precision="instant")
        a_review(session, source, published_at=FRIDAY - timedelta(days=7), published_precision="instant")
        a_review(session, source, published_at=FRIDAY, published_precision="day")
        a_review(session, source, published_at=FRIDAY, published_precision="month")
        address = f"/reviews/{own.id}"
    part = Page(client.get(address)).one("[aria-labelledby=similar-head]")
    assert part.find("h2").text == "Also about waiting"
    told = part.find("p").text
    assert told == "4 in the last 90 days at this place, this one included; 2 of them on a Saturday."
    assert len(part.all("li")) == 3


def test_others_of_the_author_stand_there_with_links(client: FlaskClient, engine: Engine) -> None:
    """What a guest wrote is text; without others there is no such part."""
    with session_scope(engine) as session:
        source = make_source(session)
        own = a_review(session, source, author_name="Pat")
        other = a_review(session, source, author_name="Pat", body="<b>Again</b> cold soup.")
        alone = make_review(session, make_source(session))
        make_case(session, alone)
        ids = own.id, other.id, alone.id
    part = Page(client.get(f"/reviews/{ids[0]}")).one("[aria-labelledby=author-head]")
    assert part.find("h2").text == "1 other by the same author"
    assert part.find("li a").text == "<b>Again</b> cold soup."
    assert part.find("li a").attrs["href"] == f"/reviews/{ids[1]}"
    assert "may be somebody else" in part.text
    assert Page(client.get(f"/reviews/{ids[2]}")).all(".alike") == []


def test_other_places_of_an_author_are_for_those_who_may_see_them(app: Flask, engine: Engine) -> None:
    """Somebody of one place learns nothing of another."""
    with session_scope(engine) as session:
        here = make_source(session, platform="google", host="g:443")
        there = make_source(session, platform="google", host="g:443")
        own = a_review(session, here, author_ref="a1")
        a_review(session, there, author_ref="a1", body="Written elsewhere.")
        address, place = f"/reviews/{own.id}", here.location_id
    assert "Written elsewhere." in Page(signed_in(app).get(address)).text
    mine = Page(signed_in(app, Access(at={place: Role.OWNER})).get(address))
    assert "Written elsewhere." not in mine.text
    assert mine.all("[aria-labelledby=author-head]") == []
