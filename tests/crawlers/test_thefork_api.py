"""TheFork's B2B API: one token for many crawls, moderation and erasure as it tells them, and its ways to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from crawlers.errors import ParseError
from crawlers.parsers import thefork
from crawlers.pipelines.validate import fault_of
from crawlers.process import run_crawl
from crawlers.standin import StandIn
from crawlers.standin.stage import ApiState
from db.crawls import start_run
from db.models import CrawlRun, CrawlState
from db.session import session_scope

from .conftest import Desk
from .expected import NOW, PAGES
from .standin.http import Answer, ask
from .test_apis_over_time import ANCHOR

PLACE = "084c0650-0000-4000-8000-000000000051"
TOKEN, LIST = "/api/thefork/auth/oauth/token", "/api/thefork/v1/reviews"
DAYS = f"restaurantUuid={PLACE}&startDate=2007-01-01&endDate=2100-01-01"
SECRET = "thefork-standin-secret"
ID = "6f5fdab1-0000-4000-8000-0000000001{:02}"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=ANCHOR) as started:
        yield started


def state(standin: StandIn) -> ApiState:
    return standin._stage.api_states["thefork"]


def stored(desk: Desk) -> dict[str, Any]:
    return {review.external_id: review for review in desk.reviews()}


def test_two_crawls_use_one_token(standin: StandIn, desk: Desk) -> None:
    """It is kept sealed: neither token nor secret stands in the database or in a log."""
    source_id, settings = desk.add_api(standin, "thefork"), desk.api_settings(standin)
    runs = [desk.crawl(source_id, settings) for _ in range(2)]
    assert [run.run.state for run in runs] == [CrawlState.FINISHED] * 2
    assert state(standin).tokens_given == 1
    (token,) = state(standin).tokens
    database = b"".join(file.read_bytes() for file in desk.data_dir.glob("amends.db*"))
    for secret in (token, SECRET):
        assert secret.encode() not in database
        assert secret not in runs[-1].exit.log_path.read_text()


def test_token_that_is_refused_is_asked_for_once_more(standin: StandIn, desk: Desk) -> None:
    """The platform may end a token early; the crawl that meets it reads everything all the same."""
    source_id, settings = desk.add_api(standin, "thefork"), desk.api_settings(standin)
    first = desk.crawl(source_id, settings).run
    state(standin).tokens.clear()
    again = desk.crawl(source_id, settings).run
    assert (again.state, again.found) == (CrawlState.FINISHED, first.found), again.message
    assert state(standin).tokens_given == 2


def test_scale_names_moderation_and_replies(standin: StandIn, desk: Desk) -> None:
    """Ten stands for five stars, zero is a rating, names are cut, and what is not public is told apart."""
    run = desk.crawl(desk.add_api(standin, "thefork"), desk.api_settings(standin)).run
    assert (run.found, run.dropped, run.is_complete) == (9, 0, True), run.message
    reviews = stored(desk)
    first, only_stars, waiting, refused = (reviews[ID.format(number)] for number in (1, 2, 3, 5))
    assert (first.author_name, first.rating_raw, first.stars, first.is_verified) == ("Camille D.", "8.5", 4.25, True)
    assert (only_stars.body, only_stars.rating, only_stars.standing) == ("", 9.0, "public")
    assert (waiting.standing, waiting.body) == ("moderated", "PÉSIMO SERVICIO NUNCA MÁS")
    assert (refused.standing, refused.body, refused.rating) == ("public", "", 1.0)
    assert reviews[ID.format(9)].stars == 0.0
    replies = {number: reviews[ID.format(number)] for number in (1, 6, 7)}
    assert {number: review.reply_state for number, review in replies.items()} == {
        1: "published",
        6: "rejected",
        7: "pending",
    }
    assert replies[6].reply_note == "not compliant"


def test_moderation_and_erasure_are_seen(standin: StandIn, desk: Desk) -> None:
    """A comment that passed is public with its new words; a voided review loses name and text at once."""
    source_id, settings = desk.add_api(standin, "thefork"), desk.api_settings(standin)
    desk.crawl(source_id, settings)
    standin.set_snapshot("t1")
    run = desk.crawl(source_id, settings).run
    assert run.state is CrawlState.FINISHED, run.message
    reviews = stored(desk)
    assert reviews[ID.format(3)].standing == "public"
    assert reviews[ID.format(3)].body.startswith("Pésimo servicio.")
    assert reviews[ID.format(9)].reply_body.startswith("Siamo costernati")
    voided = reviews[ID.format(4)]
    assert (voided.standing, voided.author_name, voided.body) == ("withdrawn", "", "")


@pytest.mark.parametrize(("is_full", "found"), [(False, 2), (True, 9)])
def test_after_a_full_reading_only_changes_are_asked_for(
    is_full: bool, found: int, standin: StandIn, desk: Desk
) -> None:
    """Two were written or answered within two days; such a reading proves nothing about what it does not show."""
    source_id, settings = desk.add_api(standin, "thefork"), desk.api_settings(standin)
    desk.crawl(source_id, settings)
    with session_scope(desk.engine) as session:
        run_id = start_run(session, source_id, now=datetime.now(UTC))
        session.get_one(CrawlRun, run_id).is_full = is_full
    run_crawl(source_id, run_id, settings=settings, database_url=desk.database_url, data_dir=desk.data_dir)
    run = desk.run(run_id)
    assert (run.state, run.found, run.is_complete) == (CrawlState.FINISHED, found, is_full), run.message
    assert not any(review.missed_runs for review in desk.reviews())


def test_reading_that_was_cut_short_goes_on(standin: StandIn, desk: Desk) -> None:
    """What was read an hour ago is not asked for again, and counts: the two runs together have read everything."""
    source_id, settings = desk.add_api(standin, "thefork"), desk.api_settings(standin)
    standin.set_scenario(f"{LIST}/{ID.format(9)}", "503")
    assert desk.crawl(source_id, settings).run.state is CrawlState.FAILED
    standin.reset()
    standin.forget_requests()
    run = desk.crawl(source_id, settings).run
    assert (run.state, run.found, run.new, run.is_complete) == (CrawlState.FINISHED, 9, 1, True), run.message
    assert [path for path in standin.requests() if path.startswith(f"{LIST}/")] == [f"{LIST}/{ID.format(9)}"]
    again = desk.crawl(source_id, settings).run
    assert len([path for path in standin.requests() if path.startswith(f"{LIST}/")]) == again.found == 9


def test_lists_are_paged(standin: StandIn) -> None:
    """`hasNext` ends the list, and no id comes twice."""
    token = ask_token(standin).json["access_token"]
    found: list[str] = []
    for page in range(1, 6):
        answer = ask(
            f"{standin.base_url}{LIST}?{DAYS}&limit=2&page={page}", headers={"Authorization": f"Bearer {token}"}
        )
        listed = thefork.read_ids(answer.body, encoding=None)
        assert listed.has_next is (page < 5)
        assert not listed.is_partial
        found += listed.ids
    assert len(found) == len(set(found)) == 9


@pytest.mark.parametrize(
    ("prefix", "scenario", "state_", "words"),
    [
        (TOKEN, {"kind": "401"}, CrawlState.MISCONFIGURED, "refuses the client id or client secret"),
        (TOKEN, {"kind": "wall403"}, CrawlState.BLOCKED, "DataDome"),
        (TOKEN, {"kind": "429", "retry_after": 7200}, CrawlState.THROTTLED, "asked too often"),
        (TOKEN, {"kind": "503"}, CrawlState.FAILED, "gave no token"),
        (TOKEN, {"kind": "cut"}, CrawlState.FAILED, "gave no token: its answer was cut off"),
        (TOKEN, {"kind": "redirect", "target": "/api/thefork/elsewhere"}, CrawlState.FAILED, "status 302"),
        (LIST, {"kind": "wall403"}, CrawlState.BLOCKED, "DataDome"),
        (LIST, {"kind": "429", "retry_after": 7200}, CrawlState.THROTTLED, "asks us to wait for 2 hours"),
        (LIST, {"kind": "503"}, CrawlState.FAILED, "status 503"),
        (LIST, {"kind": "cut"}, CrawlState.FAILED, "cut off"),
        (f"{LIST}/{ID.format(9)}", {"kind": "503"}, CrawlState.FAILED, "status 503"),
    ],
)
def test_faults_end_in_words(
    prefix: str, scenario: dict[str, Any], state_: CrawlState, words: str, standin: StandIn, desk: Desk
) -> None:
    """Whether the token, the list or one review fails: a state, a sentence, and no secret anywhere."""
    standin.set_scenario(prefix, **scenario)
    outcome = desk.crawl(desk.add_api(standin, "thefork"), desk.api_settings(standin))
    assert outcome.run.state is state_, outcome.run.message
    assert words in outcome.run.message
    assert (outcome.run.not_before_at is not None) is (state_ is CrawlState.THROTTLED)
    assert not outcome.run.is_complete
    assert SECRET not in outcome.run.message + outcome.exit.log_path.read_text()
    assert len(desk.reviews()) == (8 if prefix.endswith(ID.format(9)) else 0)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"place_ref": "084c0650-0000-4000-8000-000000000099"}, "knows no place"),
        ({"place_ref": "../x"}, "no UUID"),
        ({"keys": {"client_id": "lanterna-standin", "client_secret": "wr0ng"}}, "client id or client secret"),
    ],
    ids=["unknown", "no_id", "wrong_secret"],
)
def test_owner_is_told_what_to_mend(columns: dict[str, Any], words: str, standin: StandIn, desk: Desk) -> None:
    """Each fault that only the owner can mend names what it is about and where it is mended."""
    run = desk.crawl(desk.add_api(standin, "thefork", **columns), desk.api_settings(standin)).run
    assert run.state is CrawlState.MISCONFIGURED, run.message
    assert words in run.message
    assert "settings of this source" in run.message


def ask_token(standin: StandIn, **changed: str) -> Answer:
    form = {
        "grant_type": "client_credentials",
        "client_id": "lanterna-standin",
        "client_secret": SECRET,
        "audience": "https://api.thefork.io",
    }
    return ask(f"{standin.base_url}{TOKEN}", method="POST", data=form | changed)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"grant_type": "password"}, 400),
        ({"client_secret": "x"}, 401),
        ({"audience": "https://elsewhere.example"}, 403),
    ],
)
def test_standin_gives_tokens_to_whom_it_knows(changed: dict[str, str], status: int, standin: StandIn) -> None:
    """Each part of the question is checked."""
    assert ask_token(standin, **changed).status == status
    assert state(standin).tokens_given == (status == 200)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("?" + DAYS, 200, None),
        (f"?restaurantUuid={PLACE}", 400, "INVALID_DATES"),
        (f"?{DAYS}&limit=101", 400, "INVALID_PARAMETER"),
        ("/6f5fdab1-0000-4000-8000-000000000999", 404, "REVIEW_NOT_FOUND"),
    ],
)
def test_standin_refuses_as_the_api_does(path: str, status: int, code: str | None, standin: StandIn) -> None:
    """In TheFork's own words; without a token everything is a 401 with an empty code."""
    token = ask_token(standin).json["access_token"]
    answer = ask(f"{standin.base_url}{LIST}{path}", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status, answer.json["data"]["code"] if code else None) == (status, code)
    unknown = ask(f"{standin.base_url}{LIST}{path}", headers={"Authorization": "Bearer eyJ.other.token"})
    assert (unknown.status, unknown.json) == (401, {"statusCode": 401, "error": "Unauthorized", "data": {"code": ""}})


@pytest.mark.parametrize(
    ("body", "ids", "has_next", "is_partial"),
    [
        (b'{"data": [], "hasNext": false}', 0, False, False),
        (b'{"data": ["6f5fdab1-0000-4000-8000-000000000001"], "hasNext": true}', 1, True, False),
        (b'{"data": ["6f5fdab1-0000-4000-8000-000000000001"]}', 1, False, True),
        (b'{"data": ["../../oauth/token", "a?b=c", 5, null, ""], "hasNext": false}', 0, False, True),
    ],
)
def test_list_of_ids(body: bytes, ids: int, has_next: bool, is_partial: bool) -> None:
    """What is no id never becomes part of an address, and makes the list one that proves nothing."""
    found = thefork.read_ids(body, encoding=None)
    assert (len(found.ids), found.has_next, found.is_partial) == (ids, has_next, is_partial)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"data": {}}', b'{"statusCode": 429, "error": "Rate limit"}'])
def test_what_is_no_list(body: bytes) -> None:
    """An answer of another shape is a fault, not an empty list."""
    with pytest.raises(ParseError):
        thefork.read_ids(body, encoding=None)


def test_withdrawn_review_passes_the_rules_without_content() -> None:
    """Any other review without rating and words is dropped before the database."""
    body = (PAGES / "thefork" / "review_4_invalidated.json").read_bytes()
    (item,) = thefork.parse(body, url="https://api.thefork.io/", encoding=None, now=NOW).reviews
    assert fault_of(item) == ""
