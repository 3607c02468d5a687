"""The queue as people see it: what stands in a row, in which order, and what an empty page says."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from db.models import Case, CaseStage, CaseState, Source, SourceHealth
from db.session import session_scope
from db.settings import DbSettings
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from webui import create_app
from webui.settings import WebSettings

from .html import Page
from .seed import seed
from .signing import signed_in


def an_angry_review(session: Session, *, body: str, priority: float = 50.0, source: Source | None = None) -> int:
    """A scored, flagged, open review; gives its id."""
    review = make_review(session, source, body=body, title="", published_precision="instant")
    make_score(session, review, anger=0.93, anger_level="furious", sentences=[])
    parts = [{"name": "anger_level", "points": 40.0, "most": 40.0}, {"name": "age", "points": 9.0, "most": 14.0}]
    make_case(session, review, is_flagged=True, priority=priority, priority_parts=parts)
    return review.id


def test_most_urgent_stands_first(client: FlaskClient, engine: Engine) -> None:
    """The order is that of the priority."""
    with session_scope(engine) as session:
        for priority in (20.0, 90.0, 55.0):
            an_angry_review(session, body=f"Priority {priority}", priority=priority)
    rows = Page(client.get("/")).all("a.row-link")
    assert [row.text for row in rows] == ["Priority 90.0", "Priority 55.0", "Priority 20.0"]


def test_row_tells_anger_rating_place_source_age_and_reason(client: FlaskClient, engine: Engine) -> None:
    """Everything that a person needs to choose stands in the row, in words."""
    with session_scope(engine) as session:
        place = make_location(session, name="Trattoria Lanterna", timezone="Europe/Rome")
        source = make_source(session, location=place, name="Food guide")
        an_angry_review(session, body="Never again.", source=source)
    page = Page(client.get("/"))
    row = page.one("li.row")
    assert row.find(".anger").text == "Furious"
    assert row.find(".anger use").attrs["href"] == "#shape-furious"
    assert "2 of 5 stars" in row.find(".rating").text
    assert len(row.all(".stars svg")) == 5
    assert row.find(".row-place").text == "Trattoria Lanterna · Food guide"
    time = row.find("time")
    assert time.attrs["datetime"] == "2026-11-21T13:00:00+01:00"
    assert time.text == "24 hr ago"
    assert time.attrs["title"] == "Saturday, 21 November 2026, 1:00\u202fpm (Rome)"
    assert row.find("details summary").attrs["title"] == "furious 0.93 + 24 hours"
    assert "furious 0.93 + 24 hours" in row.find(".why-words").text


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"rating_raw": "4,5", "rating": 4.5, "rating_max": 5.0, "stars": 4.5}, "4,54.5 of 5 stars"),
        (
            {"rating_raw": "8.5/10", "rating": 8.5, "rating_max": 10.0, "rating_kind": "score", "stars": 4.25},
            "8.5/10 (≈4.3) 8.5/10, about 4.3 of 5 stars",
        ),
        ({"rating_raw": "★★☆☆☆", "rating": 2.0, "rating_max": 5.0, "stars": 2.0}, "2 of 5 stars"),
        ({"rating_raw": "", "rating": None, "rating_max": None, "rating_kind": "none", "stars": None}, "No rating"),
        ({"rating_raw": "yes", "rating": 1.0, "rating_max": 1.0, "rating_kind": "recommend"}, "Recommends it"),
    ],
)
def test_rating_keeps_the_form_of_the_source(
    client: FlaskClient, engine: Engine, columns: dict[str, Any], shown: str
) -> None:
    """Stars as glyphs, other scales as they are with their stars beside."""
    with session_scope(engine) as session:
        make_case(session, make_review(session, **columns))
    rating = Page(client.get("/?view=all")).one(".rating")
    assert " ".join(rating.text.split()) == shown


def test_angriest_sentence_is_marked_where_it_stands_far_down(client: FlaskClient, engine: Engine) -> None:
    """The row shows the lines around the angriest sentence, and marks it."""
    calm = "The room was clean and the view was fine. " * 8
    body = calm + "You are liars and thieves! Goodbye."
    start = body.index("You are")
    with session_scope(engine) as session:
        review = make_review(session, body=body)
        sentences = [
            {"start": 0, "end": len(calm) - 1, "anger": 0.1},
            {"start": start, "end": start + len("You are liars and thieves!"), "anger": 0.9},
            {"start": start + 27, "end": len(body), "anger": 0.2},
        ]
        make_score(session, review, sentences=sentences)
        make_case(session, review, is_flagged=True)
    link = Page(client.get("/")).one("a.row-link")
    assert link.find("mark").text == "You are liars and thieves!"
    assert link.text.startswith("… ")
    assert link.text.endswith("Goodbye.")


def test_nothing_is_marked_in_a_calm_text(client: FlaskClient, engine: Engine) -> None:
    """A calm text has no angriest sentence."""
    with session_scope(engine) as session:
        review = make_review(session, body="All was well.")
        make_score(session, review, anger_level="calm", anger=0.02)
        make_case(session, review)
    assert Page(client.get("/?view=all")).all("mark") == []


@pytest.mark.parametrize("body", ["", "\u200b\ufeff", "\u2066 \u2069\u00a0", "\u3164"])
def test_rating_without_words_has_nothing_to_judge(client: FlaskClient, engine: Engine, body: str) -> None:
    """Nobody is called calm who said nothing that can be seen: in the list and on the page of the review."""
    with session_scope(engine) as session:
        review = make_review(session, title="", body=body)
        make_score(session, review, anger=0.0, anger_level="calm", sentiment=3.0, sentences=[], language="und")
        make_case(session, review, is_flagged=True)
        review_id = review.id
    row = Page(client.get("/")).one("li.row")
    assert row.find(".anger").text == "Nothing to judge"
    assert row.find("a.row-link").text == "No words, only a rating"
    page = Page(client.get(f"/reviews/{review_id}"))
    assert page.one(".verdict").text == "Nothing to judge"
    assert page.all(".gauge, .voice-text") == []
    assert page.one(".voice .none").text == "The guest wrote no words, only a rating."


def test_risks_change_and_answer_stand_as_words(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Labels are words: risks first, the grave ones before the others."""
    with session_scope(engine) as session:
        review = make_review(session, reply_body="We are sorry.")
        risks = [{"risk": "churn", "probability": 1.0, "origin": "rule", "evidence": "never again"}]
        risks.append({"risk": "safety", "probability": 0.9, "origin": "model", "evidence": ""})
        make_score(session, review, risks=risks)
        make_case(session, review, state=CaseState.ANSWERED)
        gone = make_review(session, missing_since_at=now)
        make_case(session, gone, state=CaseState.GONE, reopened_at=now - timedelta(hours=1), priority=-1.0)
    rows = Page(client.get("/?view=all")).all("li.row")
    assert [tag.text for tag in rows[0].all(".tag")] == ["Safety", "Leaving", "Answered"]
    assert [tag.text for tag in rows[1].all(".tag")] == ["Changed", "Gone"]


def test_review_changed_after_the_reply_says_so(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A guest who writes again under our reply is no answered matter."""
    with session_scope(engine) as session:
        make_case(session, make_review(session, reply_body="Sorry."), reopened_at=now)
    assert [tag.text for tag in Page(client.get("/")).all(".tag")] == ["Changed since your reply"]


def test_views_show_their_counts_and_what_belongs_there(client: FlaskClient, engine: Engine) -> None:
    """Each view is a list of its own."""
    with session_scope(engine) as session:
        an_angry_review(session, body="angry")
        make_case(session, make_review(session, body="calm"))
        make_case(session, make_review(session, body="done"), state=CaseState.ANSWERED)
    page = Page(client.get("/"))
    counts = {view.find("span").text: view.find(".view-count").text for view in page.all("a.view")[:10]}
    work = dict.fromkeys(("Mine", "To approve", "Waiting", "Follow-up due", "Changed"), "0")
    assert counts == {"Now": "1", "Unassigned": "1", **work, "All open": "2", "Done": "1", "Everything": "3"}
    assert len(Page(client.get("/?view=open")).all("li.row")) == 2
    assert len(Page(client.get("/?view=all")).all("li.row")) == 3


def of_ten(engine: Engine, data_dir: Path, now: datetime) -> FlaskClient:
    """Pages of ten reviews each."""
    database = DbSettings(data_dir=data_dir, _env_file=None)
    settings = WebSettings(page_size=10, _env_file=None)
    return signed_in(create_app(settings, engine, database=database, clock=lambda: now))


def test_pages_follow_each_other_and_keep_the_view(engine: Engine, data_dir: Path, now: datetime) -> None:
    """Next and Previous walk through the whole view, every review once, and back to the same first page."""
    client = of_ten(engine, data_dir, now)
    with session_scope(engine) as session:
        for number in range(25):
            make_case(session, make_review(session, body=f"Review {number}"), priority=float(number % 7))
    page, seen, pages = Page(client.get("/?view=open")), [], []
    while True:
        pages.append([row.text for row in page.all("a.row-link")])
        seen += pages[-1]
        onward = page.all("a[rel=next]")
        if not onward:
            break
        assert "view=open" in onward[0].attrs["href"]
        page = Page(client.get(onward[0].attrs["href"]))
    assert len(seen) == len(set(seen)) == 25
    for earlier in reversed(pages[:-1]):
        page = Page(client.get(page.one("a[rel=prev]").attrs["href"]))
        assert [row.text for row in page.all("a.row-link")] == earlier
    assert page.all("a[rel=prev]") == []


def test_first_run_says_how_to_begin(client: FlaskClient) -> None:
    """Without a source the page leads to the first one, or to the demo."""
    page = Page(client.get("/"))
    assert page.one(".empty h2").text == "No source yet"
    assert page.one(".empty .button").attrs["href"] == "/sources/new"
    assert [code.text for code in page.all("pre code")] == ["amends demo"]


def test_nothing_angry_names_the_last_check(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """An empty queue is good news only when somebody looked."""
    with session_scope(engine) as session:
        place = make_location(session, timezone="Europe/Rome")
        for _ in range(2):
            make_source(session, location=place, health=SourceHealth.HEALTHY, last_success_at=now - timedelta(hours=1))
        review = make_review(session, make_source(session, location=place, is_enabled=False))
        make_score(session, review, anger_level="calm")
        make_case(session, review)
    empty = Page(client.get("/")).one(".empty")
    assert empty.find("h2").text == "Nothing angry is waiting"
    assert empty.find(".pulse").text == "Last check 12:00\u202fpm, all 2 sources fine"
    assert empty.find("a.button").text == "See 1 calmer review without an answer"


def test_imported_files_do_not_count_as_read(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """They are neither fine nor still to be read, and an import is no check of anything."""
    with session_scope(engine) as session:
        place = make_location(session, timezone="Europe/Rome")
        make_source(session, location=place, platform="file", health=SourceHealth.HEALTHY, last_success_at=now)
        make_source(session, location=place, platform="file", health=SourceHealth.NEW)
    assert Page(client.get("/")).one("header .pulse").text == "Reviews come by import only"
    with session_scope(engine) as session:
        earlier = now - timedelta(hours=1)
        make_source(session, location=place, health=SourceHealth.HEALTHY, last_success_at=earlier)
    assert Page(client.get("/")).one("header .pulse").text == "Last check 12:00\u202fpm, the source is fine"


def test_last_check_names_its_zone_where_there_are_several(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """The oldest place's: a new one changes nothing but that it is told."""
    with session_scope(engine) as session:
        for name, zone in (("Z, the first", "Europe/Rome"), ("A, the second", "Asia/Tokyo")):
            place = make_location(session, name=name, timezone=zone)
            make_source(session, location=place, health=SourceHealth.HEALTHY, last_success_at=now)
    assert Page(client.get("/")).one("header .pulse").text == "Last check 1:00\u202fpm (Rome), all 2 sources fine"


def test_troubled_sources_are_told_beside_the_queue(client: FlaskClient, engine: Engine) -> None:
    """A source that cannot be read is never silent."""
    with session_scope(engine) as session:
        make_source(session, health=SourceHealth.BLOCKED)
        make_source(session, health=SourceHealth.HEALTHY)
    pulse = Page(client.get("/")).one("header .pulse")
    assert pulse.text == "1 of 2 sources needs a look"
    assert pulse.find("a").attrs["href"] == "/sources?state=look"


def test_only_source_is_not_counted(client: FlaskClient, engine: Engine) -> None:
    """Nobody says "1 of 1"."""
    with session_scope(engine) as session:
        make_source(session, health=SourceHealth.DEGRADED)
    assert Page(client.get("/")).one("header .pulse").text == "The source needs a look"


def test_unscored_reviews_are_counted_where_nothing_else_stands(client: FlaskClient, engine: Engine) -> None:
    """Before the model has looked, the page says how many wait rather than that all is well."""
    with session_scope(engine) as session:
        source = make_source(session)
        for _ in range(3):
            make_case(session, make_review(session, source))
    empty = Page(client.get("/")).one(".empty")
    assert empty.find("h2").text == "Not judged yet"
    assert "3 reviews wait to be judged" in empty.text
    listed = Page(client.get("/?view=all"))
    assert "3 reviews are still waiting to be judged" in listed.one(".head-judging").text
    assert [cell.text for cell in listed.all(".anger")] == ["Not judged yet"] * 3


def test_every_review_answered(client: FlaskClient, engine: Engine) -> None:
    """The view of open reviews has its own good news."""
    with session_scope(engine) as session:
        make_case(session, make_review(session), state=CaseState.ANSWERED)
    assert Page(client.get("/?view=open")).one(".empty h2").text == "Every review has an answer"


def test_page_behind_the_last_one_leads_back(engine: Engine, data_dir: Path, now: datetime) -> None:
    """Reviews that were answered meanwhile leave an empty page with a way out."""
    with session_scope(engine) as session:
        for number in range(12):
            make_case(session, make_review(session), priority=float(number))
    small = of_ten(engine, data_dir, now)
    onward = Page(small.get("/?view=open")).one("a[rel=next]").attrs["href"]
    with session_scope(engine) as session:
        session.execute(update(Case).values(state=CaseState.ANSWERED))
    page = Page(small.get(onward))
    assert page.one(".empty h2").text == "Nothing more here"
    assert page.one(".empty a.button").attrs["href"] == "/?view=open"


def test_times_no_better_known_than_a_day_show_a_day(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A bare date has no hour, an old one no "ago", and a missing one says so."""
    with session_scope(engine) as session:
        for number, (age, precision) in enumerate(((1, "day"), (40, "day"), (70, "month"), (2, "none"))):
            review = make_review(session, published_at=now - timedelta(days=age), published_precision=precision)
            make_case(session, review, priority=-float(number))
    times = Page(client.get("/?view=all")).all(".row-when time")
    assert [time.text for time in times] == ["yesterday", "13 Oct", "Sept 2026", "2 days ago"]
    assert times[0].attrs["datetime"] == "2026-11-21"
    assert times[2].attrs["datetime"] == "2026-09"
    assert times[3].attrs["title"].startswith("The source gives no date; first seen ")


def test_texts_carry_their_language_and_direction(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Readers and hyphenation need the language; right-to-left texts need their direction."""
    seed(engine, now=now)
    page = Page(client.get("/?view=all"))
    found: set[str] = set()
    while True:
        for link in page.all("a.row-link"):
            assert link.attrs["dir"] == "auto"
            found.add(link.attrs.get("lang", ""))
        onward = page.all("a[rel=next]")
        if not onward:
            break
        page = Page(client.get(onward[0].attrs["href"]))
    assert {"en", "de", "fr", "es", "it", "pt", "nl", "ar", "he"} <= found


def test_queue_needs_few_queries(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """The number of statements does not grow with the rows."""
    from sqlalchemy import event

    seed(engine, now=now)
    statements: list[str] = []

    def keep(*given: Any) -> None:
        statements.append(given[2])

    event.listen(engine, "before_cursor_execute", keep)
    assert len(re.findall('class="row"', client.get("/").text)) == 50
    event.remove(engine, "before_cursor_execute", keep)
    assert len([text for text in statements if text.lstrip().upper().startswith(("SELECT", "WITH"))]) <= 18


def test_source_that_shows_too_little_is_told_above_the_list(client: FlaskClient, engine: Engine) -> None:
    """An empty queue may be one whose reviews are not found any more."""
    assert Page(client.get("/")).all("#alarms") == []
    with session_scope(engine) as session:
        make_source(session, name="Food guide", health=SourceHealth.SUSPICIOUS)
        make_source(session, health=SourceHealth.SUSPICIOUS, is_enabled=False)
    alarm = Page(client.get("/")).one("#alarms")
    assert "Food guide shows far less than it should" in alarm.text
    assert alarm.find("a").text == "Food guide"


def test_row_tells_whose_it_is_and_how_much_time_is_left(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """The assignee's initials with the name for those who hear it; the clock in words, never by colour alone."""
    with session_scope(engine) as session:
        ana = make_person(session, name="Ana Ferri").id
        clock = {"clock_left_min": 300, "clock_target_min": 480}
        cases: list[dict[str, Any]] = [
            {"due_at": now + timedelta(hours=23), "assignee_id": ana, **clock},  # on Monday, at eleven
            {"due_at": now - timedelta(days=3), **clock},
            {"stage": CaseStage.WAITING, "follow_up_at": now + timedelta(days=3)},
            {"snoozed_until": now + timedelta(days=1)},
        ]
        for number, columns in enumerate(cases):
            make_case(session, make_review(session), priority=90 - number, **columns)
    rows = Page(client.get("/?view=all")).all("li.row")
    assert rows[0].find(".row-who").text.startswith("AF Assigned to Ana Ferri")
    assert [[tag.text.strip() for tag in row.all(".tags li")] for row in rows] == [
        ["2 h left"],
        ["overdue 1 d"],
        ["Waiting for the guest"],
        ["Put off"],
    ]
    assert "Ask again: " in rows[2].find(".tag").attrs["title"]


@pytest.mark.parametrize(
    ("view", "title", "link"),
    [
        ("mine", "Nothing is yours to do", "See 1 that is nobody's yet"),
        ("approve", "Nothing waits for approval", ""),
        ("waiting", "No case waits for its guest", ""),
        ("follow_up", "Nobody has to be asked again today", ""),
    ],
)
def test_empty_list_of_work_says_why_and_what_next(
    client: FlaskClient, engine: Engine, view: str, title: str, link: str
) -> None:
    """None leaves a reader before nothing."""
    with session_scope(engine) as session:
        an_angry_review(session, body="angry")
    page = Page(client.get(f"/?view={view}"))
    assert page.one(".empty h2").text == title
    assert [button.text for button in page.all(".empty .button")] == ([link] if link else [])


def test_unassigned_is_empty_where_everything_has_somebody(client: FlaskClient, engine: Engine) -> None:
    """It leads to what is waiting all the same."""
    with session_scope(engine) as session:
        ana = make_person(session, name="Ana").id
        make_case(session, make_review(session), is_flagged=True, assignee_id=ana)
    page = Page(client.get("/?view=unassigned"))
    assert page.one(".empty h2").text == "Everything urgent is somebody's"
    assert page.one(".empty .button").attrs["href"] == "/"
