"""Each fault does on the wire what its name says."""

from __future__ import annotations

from http.client import IncompleteRead
from time import monotonic
from typing import Any

import pytest

from crawlers.standin import BadScenario, StandIn

from .http import ask
from .reading import jsonld


def test_a_members_only_page(standin: StandIn) -> None:
    """401 asks for a log-in."""
    standin.set_scenario("/eat", "401")
    answer = ask(standin.source_urls()["ld"])
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(("kind", "status"), [("wall403", 403), ("wall200", 200)])
def test_a_bot_wall_leaves_its_marks(standin: StandIn, kind: str, status: int) -> None:
    """The wall has the script's host in its page and its own header, whatever its status."""
    standin.set_scenario("/eat", kind)
    answer = ask(standin.source_urls()["ld"])
    assert answer.status == status
    assert "captcha-delivery.com" in answer.text
    assert answer.headers["X-DataDome"] == "protected"
    assert "src=" not in answer.text


def test_too_many_requests_for_the_first_ones_only(standin: StandIn) -> None:
    """429 with Retry-After for the first two requests, then the page."""
    standin.set_scenario("/eat", "429", retry_after=7, first=2)
    answers = [ask(standin.source_urls()["ld"]) for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert "Retry-After" not in answers[2].headers


def test_a_fault_can_begin_later(standin: StandIn) -> None:
    """skip lets the first request through; Retry-After may be a date or absent."""
    standin.set_scenario("/eat", "503", skip=1, retry_after="Fri, 20 Nov 2026 12:00:00 GMT")
    answers = [ask(standin.source_urls()["ld"]) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 503, 503]
    assert answers[1].headers["Retry-After"] == "Fri, 20 Nov 2026 12:00:00 GMT"
    standin.set_scenario("/eat", "503")
    assert "Retry-After" not in ask(standin.source_urls()["ld"]).headers


def test_a_slow_page_takes_its_time(standin: StandIn) -> None:
    """The answer waits the seconds asked for and is complete then."""
    standin.set_scenario("/eat", "slow", seconds=0.4)
    start = monotonic()
    answer = ask(standin.source_urls()["ld"])
    assert monotonic() - start >= 0.4
    assert len(jsonld(answer.text)["review"]) == 10


def test_a_cut_body_promises_more_than_it_sends(standin: StandIn) -> None:
    """The connection closes before Content-Length is reached."""
    whole = len(ask(standin.source_urls()["ld"]).body)
    standin.set_scenario("/eat", "cut")
    with pytest.raises(IncompleteRead) as caught:
        ask(standin.source_urls()["ld"])
    assert len(caught.value.partial) == whole // 2
    assert caught.value.expected == whole - whole // 2


def test_a_wrong_charset_is_not_utf_8(standin: StandIn) -> None:
    """The header says UTF-8, the bytes are Windows-1252: they hold the page once read that way."""
    url = standin.source_urls()["ld"]
    usual = ask(url).text
    standin.set_scenario("/eat", "wrong_charset")
    answer = ask(url)
    assert answer.headers.get_content_charset() == "utf-8"
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")
    assert jsonld(answer.body.decode("windows-1252")) == jsonld(usual)


def test_no_reviews_where_the_figures_say_57(standin: StandIn) -> None:
    """The aggregate stays, the reviews are gone, in every shape."""
    standin.set_scenario("/", "empty_with_total")
    urls = standin.source_urls()
    document = jsonld(ask(urls["ld"]).text)
    assert document["review"] == []
    assert document["aggregateRating"]["reviewCount"] == "57"
    micro = ask(urls["micro"]).text
    assert 'itemprop="reviewCount">57<' in micro
    assert 'itemprop="review"' not in micro
    assert 'property="reviewCount">57<' in ask(urls["rdfa"]).text
    assert "<item>" not in ask(urls["rss"]).text
    assert "<entry>" not in ask(urls["atom"]).text
    assert "entry" not in ask(urls["app"]).json["feed"]


def test_a_huge_page_still_parses(standin: StandIn) -> None:
    """Three megabytes, announced or not; what is in front of the padding is the page."""
    standin.set_scenario("/eat", "huge", megabytes=3)
    answer = ask(standin.source_urls()["ld"])
    assert int(answer.headers["Content-Length"]) == len(answer.body) == 3_000_000
    assert len(jsonld(answer.text)["review"]) == 10
    standin.set_scenario("/it", "huge", megabytes=1, declared=False)
    unannounced = ask(standin.source_urls()["app"])
    assert "Content-Length" not in unannounced.headers
    assert len(unannounced.body) == 1_000_000
    assert len(unannounced.json["feed"]["entry"]) == 21


def test_a_redirect_goes_exactly_where_it_is_told(standin: StandIn) -> None:
    """The target is sent as given: another host, a private address, another scheme."""
    for target in ("http://10.0.0.1/x", "//192.168.0.1", "file:///etc/passwd", "/eat?page=2"):
        standin.set_scenario("/eat", "redirect", target=target, status=301)
        answer = ask(standin.source_urls()["ld"])
        assert (answer.status, answer.headers["Location"]) == (301, target)


def test_the_longest_prefix_wins_and_others_are_left_alone(standin: StandIn) -> None:
    """A fault on one path does not touch another, and a closer one goes first."""
    standin.set_scenario("/", "503")
    standin.set_scenario("/eat", "401")
    urls = standin.source_urls()
    assert ask(urls["ld"]).status == 401
    assert ask(urls["micro"]).status == 503
    assert ask(f"{standin.base_url}/robots.txt").status == 200
    standin.reset()
    assert {ask(url).status for url in urls.values()} == {200}


@pytest.mark.parametrize(
    ("options", "status", "text"),
    [
        ({"mode": "closed"}, 200, "User-agent: *\nDisallow: /eat\n"),
        ({"mode": "crawl-delay", "seconds": 1.5}, 200, "User-agent: *\nCrawl-delay: 1.5\nAllow: /\n"),
        ({"mode": "missing"}, 404, "Not found.\n"),
    ],
)
def test_robots_txt_says_something_else(standin: StandIn, options: dict[str, Any], status: int, text: str) -> None:
    """The file closes the prefix, asks for a delay or is not there; pages themselves are served as before."""
    standin.set_scenario("/eat", "robots", **options)
    answer = ask(f"{standin.base_url}/robots.txt")
    assert (answer.status, answer.text) == (status, text)
    assert ask(standin.source_urls()["ld"]).status == 200


def test_robots_txt_is_open_then_a_page_then_down(standin: StandIn) -> None:
    """Open without a delay by default; HTML and 503 on request; a fault of its own path applies to it too."""
    url = f"{standin.base_url}/robots.txt"
    usual = ask(url)
    assert usual.headers.get_content_type() == "text/plain"
    assert "Crawl-delay" not in usual.text
    assert "Disallow: /\n" not in usual.text
    standin.set_scenario("/", "robots", mode="html")
    assert ask(url).headers.get_content_type() == "text/html"
    standin.set_scenario("/", "robots", mode="503")
    assert ask(url).status == 503
    standin.set_scenario("/robots.txt", "429", retry_after=1)
    assert ask(url).status == 429


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"prefix": "/x"}, "needed"),
        ({"kind": "slow"}, "needed"),
        ({"prefix": "x", "kind": "slow"}, "starts with"),
        ({"prefix": "/x", "kind": "explode"}, "one of 401"),
        ({"prefix": "/x", "kind": "slow", "seconds": -1}, "between 0"),
        ({"prefix": "/x", "kind": "slow", "seconds": True}, "a number"),
        ({"prefix": "/x", "kind": "slow", "second": 1}, "unknown: second"),
        ({"prefix": "/x", "kind": "huge", "megabytes": 1e9}, "between 0"),
        ({"prefix": "/x", "kind": "redirect"}, "target"),
        ({"prefix": "/x", "kind": "redirect", "target": "/a\r\nSet-Cookie: b"}, "printable"),
        ({"prefix": "/x", "kind": "robots", "mode": "shy"}, "one of closed"),
        ({"prefix": "/x", "kind": "429", "first": 1.5}, "whole number"),
    ],
)
def test_a_scenario_that_makes_no_sense_is_refused(standin: StandIn, data: dict[str, Any], told: str) -> None:
    """400 with a sentence, and nothing changes."""
    answer = ask(f"{standin.base_url}/_standin/scenario", method="POST", data=data)
    assert answer.status == 400
    assert told in answer.json["error"]
    assert ask(f"{standin.base_url}/_standin/scenario").json["scenarios"] == []


def test_a_bad_scenario_is_refused_in_the_same_process_too(standin: StandIn) -> None:
    """set_scenario raises BadScenario with the same sentence."""
    with pytest.raises(BadScenario, match="one of 401"):
        standin.set_scenario("/", "explode")


def test_a_scenario_is_put_in_force_over_http(standin: StandIn) -> None:
    """POST answers with what is in force; DELETE takes it back."""
    url = f"{standin.base_url}/_standin/scenario"
    answer = ask(url, method="POST", data={"prefix": "/eat", "kind": "429", "retry_after": 5, "first": 1})
    (scenario,) = answer.json["scenarios"]
    assert (scenario["prefix"], scenario["kind"], scenario["retry_after"]) == ("/eat", "429", 5)
    assert ask(standin.source_urls()["ld"]).status == 429
    ask(url, method="DELETE")
    assert ask(standin.source_urls()["ld"]).status == 200
