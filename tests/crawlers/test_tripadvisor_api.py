"""Tripadvisor's Terra API: the guest's own words, page by page, and its ways to refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from crawlers.parsers import tripadvisor
from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from db.models import CrawlState
from db.vault import open_vault

from .conftest import Desk
from .expected import NOW
from .site import Answer as Answered
from .site import Site
from .standin.http import Answer, ask
from .test_apis_over_time import ANCHOR

URL = "https://terra.tripadvisor.com/api/locations/99000001/reviews?language=primary&size=20&page=1"
LIST = "/api/tripadvisor/locations/99000001/reviews"
SHOWN = f"{LIST}?language=primary&sort_by=MOST_RECENT&size=20&page=1"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=ANCHOR) as started:
        yield started


def sealed(desk: Desk) -> str:
    return open_vault(desk.data_dir).seal({"api_key": "terra-standin-key"})


def asked(standin: StandIn, query: str, *, key: str | None = "terra-standin-key") -> Answer:
    return ask(f"{standin.base_url}{LIST}{query}", headers={} if key is None else {"X-API-Key": key})


def test_every_page_is_read_in_the_guests_own_words(standin: StandIn, desk: Desk) -> None:
    """A page holds 20 and the plan shows 21: the second page is asked for, and what lies beyond is not missing."""
    source_id = desk.add_api(standin, "tripadvisor")
    run = desk.crawl(source_id, desk.api_settings(standin)).run
    assert (run.state, run.pages, run.found) == (CrawlState.FINISHED, 2, 21), run.message
    assert not run.is_complete
    italian = next(review for review in desk.reviews() if review.external_id == "1050000102")
    assert (italian.language, italian.title) == ("it", "Serata perfetta")
    assert italian.body == "Personale gentilissimo, tornerò sicuramente!"
    assert italian.translation == "Very kind staff, I will certainly be back!"
    assert (italian.rating_raw, italian.stars, italian.reply_body) == ("5", 5.0, "Grazie mille, a presto!")


def test_reply_and_edit_are_seen_later(standin: StandIn, desk: Desk) -> None:
    """The API tells of no edit: another wording is one, and one that left the window is not counted as removed."""
    source_id, settings = desk.add_api(standin, "tripadvisor"), desk.api_settings(standin)
    desk.crawl(source_id, settings)
    standin.set_snapshot("t2")
    run = desk.crawl(source_id, settings).run
    assert (run.new, run.changed) == (1, 1)
    stored = {review.external_id: review for review in desk.reviews()}
    assert "UPDATE" in stored["1050000101"].body
    assert stored["1050000101"].stars == 1.0
    assert stored["1050000103"].reply_body.startswith("Nous avons parlé")
    assert stored["1050000105"].missing_since_at is None


@pytest.mark.parametrize(
    ("scenario", "state", "words"),
    [
        ({"kind": "wall403"}, CrawlState.BLOCKED, "DataDome"),
        ({"kind": "wall200"}, CrawlState.BLOCKED, "DataDome"),
        ({"kind": "429", "retry_after": 7200}, CrawlState.THROTTLED, "asks us to wait for 2 hours"),
        ({"kind": "503"}, CrawlState.FAILED, "status 503"),
        ({"kind": "cut"}, CrawlState.FAILED, "cut off"),
        ({"kind": "redirect", "target": "https://elsewhere.example/"}, CrawlState.FAILED, "status 302"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_faults_end_in_words(
    scenario: dict[str, object], state: CrawlState, words: str, standin: StandIn, desk: Desk
) -> None:
    """A wall is no key fault, a wait is kept to, the rest is tried again; the key is in no log."""
    standin.set_scenario(LIST, **scenario)  # type: ignore[arg-type]
    outcome = desk.crawl(desk.add_api(standin, "tripadvisor"), desk.api_settings(standin))
    assert outcome.run.state is state, outcome.run.message
    assert words in outcome.run.message
    assert (outcome.run.not_before_at is not None) is (state is CrawlState.THROTTLED)
    assert "terra-standin-key" not in outcome.exit.log_path.read_text()


def test_wall_that_speaks_json_is_no_refused_key(desk: Desk) -> None:
    """DataDome tells programs that ask for JSON where its page is."""
    wall = '{"url": "https://geo.captcha-delivery.com/captcha/?initialCid=a"}'
    with Site({SHOWN: Answered(body=wall, status=403, kind="application/json")}) as site:
        source_id = desk.add(site.url("/"), platform="tripadvisor", place_ref="99000001", sealed_keys=sealed(desk))
        run = desk.crawl(source_id, desk.settings(site.host, standin_url=site.url("").rstrip("/"))).run
    assert (run.state, run.block_kind) == (CrawlState.BLOCKED, "datadome"), run.message


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"place_ref": "99000002"}, "knows no place 99000002"),
        ({"place_ref": "../locations/1"}, "digits after -d"),
        ({"keys": {"api_key": "legacy"}}, "Terra API"),
    ],
    ids=["unknown", "no_number", "legacy_key"],
)
def test_owner_is_told_what_to_mend(columns: dict[str, str], words: str, standin: StandIn, desk: Desk) -> None:
    """Each fault that only the owner can mend names what it is about and where it is mended."""
    run = desk.crawl(desk.add_api(standin, "tripadvisor", **columns), desk.api_settings(standin)).run  # type: ignore[arg-type]
    assert run.state is CrawlState.MISCONFIGURED, run.message
    assert words in run.message
    assert "settings of this source" in run.message


@pytest.mark.parametrize(
    ("query", "key", "status", "told"),
    [
        ("", None, 401, "API key is not provided"),
        ("", "wrong", 401, "API key is not valid"),
        ("?size=500", "terra-standin-key", 400, "The field size is invalid"),
        ("?page=0", "terra-standin-key", 400, "The field page is invalid"),
        ("?language=xx", "terra-standin-key", 400, "The field language is invalid"),
        ("?sort_by=OLDEST", "terra-standin-key", 400, "The field sort_by is invalid"),
        ("?published_after_ts=now", "terra-standin-key", 400, "The field published_after_ts is invalid"),
    ],
)
def test_standin_refuses_as_the_api_does(query: str, key: str | None, status: int, told: str, standin: StandIn) -> None:
    """Problem documents with the documented fields, and none of them is taken for a list of reviews."""
    answer = asked(standin, query, key=key)
    assert (answer.status, answer.headers.get_content_type()) == (status, "application/problem+json")
    assert answer.json["detail"] == told
    assert answer.json["status"] == status
    assert bool(answer.json.get("field_errors")) is (status == 400)


def test_standin_obeys_its_parameters(standin: StandIn) -> None:
    """Size, page, order, language and date narrow the list as documented."""
    first = asked(standin, "?language=primary&size=2").json
    assert first["pagination"] == {"page": 1, "size": 2, "total_pages": 11, "total_elements": 21}
    second = asked(standin, "?language=primary&size=2&page=2").json
    assert {one["id"] for one in first["data"]}.isdisjoint(one["id"] for one in second["data"])
    english = asked(standin, "?size=20").json["data"]  # "en" where nothing is said: written in it or translated
    assert all(any(said["language"] == "en" for said in one["text"]) for one in english)
    best = asked(standin, "?language=primary&sort_by=HIGHEST_RATED&size=20").json["data"]
    assert [one["rating"] for one in best] == sorted((one["rating"] for one in best), reverse=True)
    day = first["data"][1]["publish_ts"][:10]
    newer = asked(standin, f"?language=primary&published_after_ts={day}").json["data"]
    assert [one["id"] for one in newer] == [first["data"][0]["id"]]
    last = asked(standin, f"?language=primary&published_after_review_id={first['data'][1]['id']}").json["data"]
    assert [one["id"] for one in last] == [first["data"][0]["id"]]


@pytest.mark.parametrize(
    ("pagination", "following"),
    [
        ({"page": 1, "total_pages": 2}, "page=2"),
        ({"page": 2, "total_pages": 2}, None),
        ({"page": 1, "total_pages": 0}, None),
        ({"page": "1", "total_pages": 2}, None),
        ({"page": -1, "total_pages": 2}, None),
        ({}, None),
        (None, None),
    ],
)
def test_only_the_answer_says_whether_more_follow(pagination: object, following: str | None) -> None:
    """The other parameters stay as they were asked."""
    body = json.dumps({"data": [], "pagination": pagination}).encode()
    page = tripadvisor.parse(body, url=URL, encoding=None, now=NOW)
    expected = None if following is None else URL.replace("page=1", following)
    assert page.next_url == expected


def test_terms_are_kept_to() -> None:
    """Nothing is kept, no model sees it, and nothing can be posted."""
    facts = PLATFORMS["tripadvisor"]
    assert (facts.retention, facts.may_judge, facts.reply_by) == ("no_store", False, "hand")
