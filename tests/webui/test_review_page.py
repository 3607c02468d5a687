"""The page of one review: all its words, every judgement with its reason, and how it changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models import CaseState
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_revision, make_score, make_source

from .html import Page

BODY = "The soup was cold. You are liars and thieves! Goodbye."


def a_judged_review(session: Session, **columns: Any) -> int:
    """A furious review with everything there is to show; gives its id."""
    place = make_location(session, name="Trattoria Lanterna", timezone="Europe/Rome")
    source = make_source(session, location=place, name="Food guide")
    review = make_review(session, source, **({"title": "Cheated", "body": BODY} | columns))
    offset = len("Cheated\n\n")
    make_score(
        session,
        review,
        anger=0.934,
        anger_level="furious",
        sentiment=1.2,
        language="en",
        model_version="anger-7",
        topics=[{"topic": "quality", "probability": 0.8}, {"topic": "complaint_handling", "probability": 0.6}],
        risks=[
            {"risk": "refund", "probability": 0.7, "origin": "model", "evidence": ""},
            {"risk": "safety", "probability": 1.0, "origin": "rule", "evidence": "nut allergy"},
        ],
        reasons=["insult", "accusation_of_bad_faith"],
        sentences=[
            {"start": 0, "end": 7, "anger": 0.5},
            {"start": offset, "end": offset + 18, "anger": 0.1},
            {"start": offset + 19, "end": offset + 45, "anger": 0.95},
            {"start": offset + 46, "end": offset + 54, "anger": 0.3},
        ],
    )
    parts = [
        {"name": "anger_level", "points": 40.0, "most": 40.0},
        {"name": "anger", "points": 7.5, "most": 8.0},
        {"name": "risk", "points": 28.0, "most": 28.0},
        {"name": "reach", "points": 3.0, "most": 6.0},
        {"name": "stars", "points": 3.0, "most": 4.0},
        {"name": "age", "points": 12.0, "most": 14.0},
    ]
    make_case(session, review, is_flagged=True, priority=93.5, priority_parts=parts)
    return review.id


def test_every_sentence_is_shaded_by_its_own_anger(client: FlaskClient, engine: Engine) -> None:
    """The whole text stands there, each sentence with its figure, and the angriest is marked without colour."""
    with session_scope(engine) as session:
        review_id = a_judged_review(session)
    page = Page(client.get(f"/reviews/{review_id}"))
    assert page.one(".voice-title").text == "Cheated"
    assert page.one(".voice-text").raw_text == BODY
    shaded = page.all(".voice-text .shade")
    assert [(part.text, part.attrs["class"], part.attrs["title"]) for part in shaded] == [
        ("The soup was cold.", "shade shade-0", "0.10"),
        ("You are liars and thieves!", "shade shade-4", "0.95"),
        ("Goodbye.", "shade shade-1", "0.30"),
    ]
    assert page.one(".voice mark").text == "You are liars and thieves!"
    assert "underlined: the angriest" in page.one(".legend").text
    figures = [[cell.text for cell in row.all("td")] for row in page.all(".figures tbody tr")]
    assert figures[2] == ["You are liars and thieves!", "0.95 the angriest"]


def test_judgement_is_told_in_words(client: FlaskClient, engine: Engine) -> None:
    """Level, probability, stars, language, topics, reasons, model and time, all without jargon."""
    with session_scope(engine) as session:
        review_id = a_judged_review(session)
    side = Page(client.get(f"/reviews/{review_id}")).one(".desk")
    assert side.find(".verdict").text == "Furious"
    assert side.find(".gauge p").text == "93% likely to be angry"
    assert [item.text for item in side.all(".reasons li")] == [
        "insults the business or its people",
        "accuses you of lying or cheating",
    ]
    pairs = dict(zip((e.text for e in side.all("dt")), (e.text for e in side.all("dd")), strict=True))
    assert pairs["Stars"] == "1.2 of 5 by the words; given: 2 of 5 stars"
    assert pairs["About"] == "quality, handling of the complaint"
    assert pairs["Risks"] == "Safety, Wants money back"
    assert pairs["Language"] == "English"
    assert pairs["State"] == "Not answered yet"
    assert side.find(".provenance").text == "Judged 22 Nov 2026, 1:00\u202fpm by model anger-7"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [("pl", "Polish"), ("el", "Greek (model not measured)"), ("und", "not clear")],
)
def test_language_the_model_was_never_measured_in_is_marked(
    client: FlaskClient, engine: Engine, tag: str, shown: str
) -> None:
    """The reader is told how far to trust the judgement of a text in another language."""
    with session_scope(engine) as session:
        review = make_review(session)
        make_score(session, review, language=tag)
        make_case(session, review, is_flagged=True)
        review_id = review.id
    side = Page(client.get(f"/reviews/{review_id}")).one(".desk")
    pairs = dict(zip((e.text for e in side.all("dt")), (e.text for e in side.all("dd")), strict=True))
    assert pairs["Language"] == shown
    meaning = "Greek: how often the model is right in this language was never measured. Read the text yourself."
    assert (meaning in side.text) is (tag == "el")
    row = Page(client.get("/")).one("li.row")
    marks = [(one.text, one.attrs["title"]) for one in row.all(".tag-unmeasured")]
    assert marks == [("Language not measured", meaning)] * (tag == "el")


def test_no_language_of_another_houses_model_counts_as_measured(client: FlaskClient, engine: Engine) -> None:
    """Nobody has measured it in any, English neither; page and row say so."""
    with session_scope(engine) as session:
        review = make_review(session)
        make_score(session, review, language="en", model_version="transformers.abcdef+rules.1.1.abcdef")
        make_case(session, review, is_flagged=True)
        review_id = review.id
    assert "English (model not measured)" in Page(client.get(f"/reviews/{review_id}")).one(".desk").text
    assert [one.text for one in Page(client.get("/")).all(".tag-unmeasured")] == ["Language not measured"]


def test_priority_shows_every_component(client: FlaskClient, engine: Engine) -> None:
    """Points of how many, and the sum."""
    with session_scope(engine) as session:
        review_id = a_judged_review(session)
    table = Page(client.get(f"/reviews/{review_id}")).one("table.priority")
    rows = [[cell.text for cell in row.all("th, td")] for row in table.all("tbody tr")]
    assert rows == [
        ["Anger levelfurious", "40 of 40"],
        ["Likely to be angry93%", "7.5 of 8"],
        ["Worst risksafety, wants money back", "28 of 28"],
        ["Readers of the source", "3 of 6"],
        ["Rating2 of 5 stars", "3 of 4"],
        ["Age1 day", "12 of 14"],
    ]
    assert table.find("tfoot td").text == "93.5 of 100"


@pytest.mark.parametrize("fractions", [(0.04, 0.02), (0.05, 0.05), (0.06, 0.06), (0.0662, 0.25), (0.0, 0.0)])
def test_points_add_up_as_they_are_written(client: FlaskClient, engine: Engine, fractions: tuple[float, ...]) -> None:
    """Rounding takes no tenth away and adds none: who sums the column up gets the priority."""
    points = [5.0 + fractions[0], 3.0, 1.0 + fractions[1]]
    with session_scope(engine) as session:
        review = make_review(session)
        make_score(session, review)
        names = ("anger", "reach", "stars")
        parts = [{"name": name, "points": value, "most": 8.0} for name, value in zip(names, points, strict=True)]
        make_case(session, review, priority=sum(points), priority_parts=parts)
        review_id = review.id
    table = Page(client.get(f"/reviews/{review_id}")).one("table.priority")
    written = [Decimal(cell.text.partition(" ")[0]) for cell in table.all("tbody td")]
    assert sum(written) == Decimal(table.find("tfoot td").text.partition(" ")[0])
    assert all(abs(float(shown) - value) < 0.1 for shown, value in zip(written, points, strict=True))


def test_risks_come_with_what_to_do_and_why(client: FlaskClient, engine: Engine) -> None:
    """The grave risk stands first, with its instruction and the words it was found by."""
    with session_scope(engine) as session:
        review_id = a_judged_review(session)
    risks = Page(client.get(f"/reviews/{review_id}")).all(".risk")
    assert risks[0].text.startswith("Safety. Do not reply before the responsible person has seen it.")
    assert "Found by the words “nut allergy”" in risks[0].text
    assert risks[1].text.startswith("Wants money back. Offer nothing in public.")
    assert "Found by" not in risks[1].text


def test_earlier_wordings_stand_with_their_differences(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Each change says what went and what came, by mark and by words, and between which dates."""
    with session_scope(engine) as session:
        review = make_review(session, title="", body="The soup was warm again.", rating_raw="4", rating=4.0, stars=4.0)
        seen = {"seen_from_at": now - timedelta(days=9), "replaced_at": now - timedelta(days=2)}
        make_revision(session, review, number=1, body="The soup was cold.", rating_raw="1", stars=1.0, **seen)
        later = {"seen_from_at": now - timedelta(days=2), "replaced_at": now - timedelta(hours=1)}
        make_revision(session, review, number=2, body="The soup was warm.", rating_raw="1", stars=1.0, **later)
        make_case(session, review, reopened_at=now - timedelta(hours=1))
        review_id = review.id
    versions = Page(client.get(f"/reviews/{review_id}")).all(".version")
    assert [version.find("h3").text for version in versions] == ["Change seen 1 hr ago", "Change seen 2 days ago"]
    newest, oldest = versions
    assert oldest.find(".diff").text == "The soup was [removed: cold.] [added: warm.]"
    assert oldest.all(".version-rating") == []
    assert newest.find(".diff").text == "The soup was [removed: warm.] [added: warm again.]"
    assert newest.find(".version-rating").text == "Rating 11 of 5 stars 44 of 5 stars"
    assert oldest.find(".version-dates").text.startswith("Shown from 13 Nov 2026")


def test_reply_of_the_owner_is_shown(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Who replied, when, and what."""
    with session_scope(engine) as session:
        reply: dict[str, Any] = {
            "reply_body": "We are sorry.",
            "reply_author": "Davide",
            "reply_published_at": now - timedelta(days=1),
        }
        review = make_review(session, **reply)
        make_case(session, review, state=CaseState.ANSWERED)
        review_id = review.id
    reply_shown = Page(client.get(f"/reviews/{review_id}")).one(".reply")
    assert reply_shown.find(".reply-by").text == "Davide · 24 hr ago"
    assert reply_shown.find(".reply-text").text == "We are sorry."


def test_unjudged_review_says_so(client: FlaskClient, engine: Engine) -> None:
    """Without a score there is a text and a sentence about what will happen."""
    with session_scope(engine) as session:
        review = make_review(session, body="Hello.", author_name="")
        make_case(session, review)
        review_id = review.id
    page = Page(client.get(f"/reviews/{review_id}"))
    assert page.one("h1").text == "Review without a name"
    assert "has not been judged yet" in page.one(".desk").text
    assert page.all(".legend") == []


def test_rating_without_words(client: FlaskClient, engine: Engine) -> None:
    """An empty review is no empty page."""
    with session_scope(engine) as session:
        review = make_review(session, body="", title="")
        make_case(session, review)
        review_id = review.id
    assert "only a rating" in Page(client.get(f"/reviews/{review_id}")).one(".voice").text


def test_nothing_is_read_out_of_no_words(client: FlaskClient, engine: Engine) -> None:
    """Where a guest gave stars alone, the page claims no stars "by the words", no topic and no language."""
    with session_scope(engine) as session:
        review = make_review(session, body="", title="")
        make_score(session, review, anger=0.0, anger_level="calm", sentiment=3.0, language="und", sentences=[])
        make_case(session, review)
        review_id = review.id
    side = Page(client.get(f"/reviews/{review_id}")).one(".desk")
    assert side.find(".verdict").text == "Nothing to judge"
    assert "by the words" not in side.text
    assert [term.text for term in side.all("dt")] == ["State", "First seen", "Last seen"]


def test_way_back_keeps_the_place_in_the_queue(client: FlaskClient, engine: Engine) -> None:
    """The back link leads to the row, and the steps to its neighbours, in the view the reader came from."""
    with session_scope(engine) as session:
        ids = []
        for number in range(3):
            review = make_review(session)
            make_case(session, review, priority=float(-number))
            ids.append(review.id)
    link = Page(client.get("/?view=open")).all("a.row-link")[1].attrs["href"]
    page = Page(client.get(link))
    trail = page.one(".trail")
    assert trail.find(".trail-back").attrs["href"] == f"/?view=open#review-{ids[1]}"
    assert trail.find(".trail-back").text == "All open"
    assert trail.find(".trail-place").text == "2 of 3 on this page"
    assert trail.find("[rel=prev]").attrs["href"] == f"/reviews/{ids[0]}?view=open"
    assert trail.find("[rel=next]").attrs["href"] == f"/reviews/{ids[2]}?view=open"
    assert Page(client.get("/?view=open")).one(f"#review-{ids[1]}")


def test_review_that_left_its_view_still_opens(client: FlaskClient, engine: Engine) -> None:
    """An answered review opened from an old link has no neighbours, and a way back."""
    with session_scope(engine) as session:
        review = make_review(session)
        make_case(session, review, state=CaseState.ANSWERED)
        review_id = review.id
    trail = Page(client.get(f"/reviews/{review_id}?view=open")).one(".trail")
    assert trail.all(".trail-place") == []
    assert trail.find(".trail-back").attrs["href"] == f"/?view=open#review-{review_id}"


@pytest.mark.parametrize(
    "address", ["/reviews/999", f"/reviews/{2**31}", f"/reviews/{10**30}", "/reviews/-1", "/reviews/x"]
)
def test_unknown_review_is_not_found(client: FlaskClient, address: str) -> None:
    """No number leads to anything but a page."""
    Page(client.get(address), status=404)


def test_link_to_the_source_gives_nothing_away(client: FlaskClient, engine: Engine) -> None:
    """The site learns neither where its visitor comes from nor who opened it."""
    with session_scope(engine) as session:
        review = make_review(session, url="https://guide.example/r/7")
        make_case(session, review)
        review_id = review.id
    link = Page(client.get(f"/reviews/{review_id}")).one("a.out")
    assert link.attrs["href"] == "https://guide.example/r/7"
    assert set(link.attrs["rel"].split()) == {"noopener", "nofollow", "ugc", "noreferrer"}
