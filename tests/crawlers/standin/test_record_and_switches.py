"""What the stand-in remembers of its visitors, and who may touch its switches."""

from __future__ import annotations

import threading

import pytest

from crawlers.standin import StandIn

from .http import ask


def test_requests_are_counted_by_path_and_query(standin: StandIn) -> None:
    """Every page asked for is counted, robots.txt and errors too; switches and style are not."""
    for path in ("/eat", "/eat?page=2", "/eat?page=2", "/robots.txt", "/nowhere", "/static/standin.css", "/_standin/x"):
        ask(standin.base_url + path, headers={"User-Agent": "TestBot/1"})
    expected = {"/eat": 1, "/eat?page=2": 2, "/robots.txt": 1, "/nowhere": 1}
    assert standin.requests() == expected
    seen = standin.request_log()
    assert [request.path for request in seen] == ["/eat", "/eat?page=2", "/eat?page=2", "/robots.txt", "/nowhere"]
    assert {request.user_agent for request in seen} == {"TestBot/1"}
    assert [request.at for request in seen] == sorted(request.at for request in seen)
    over_http = ask(f"{standin.base_url}/_standin/requests").json
    assert over_http["paths"] == expected
    assert over_http["total"] == 5
    assert over_http["log"][1]["path"] == "/eat?page=2"


def test_the_record_can_be_forgotten(standin: StandIn) -> None:
    """After DELETE the counts start at nothing."""
    ask(standin.source_urls()["ld"])
    assert ask(f"{standin.base_url}/_standin/requests", method="DELETE").json["total"] == 0
    assert standin.requests() == {}
    assert standin.request_log() == ()


def test_requests_at_the_same_time_are_noticed(standin: StandIn) -> None:
    """Three slow requests overlap, and the record knows it was three."""
    standin.set_scenario("/eat", "slow", seconds=2)
    threads = [threading.Thread(target=ask, args=(standin.source_urls()["ld"],)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert standin.most_at_once == 3
    standin.forget_requests()
    assert standin.most_at_once == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example:80"}, 403),  # a name that was made to point here
        ({"Content-Type": "text/plain"}, 415),  # what a form on another page can send
        ({"Content-Type": "application/json; charset=utf-8"}, 200),
        ({"Host": "localhost:8099"}, 200),
    ],
)
def test_a_web_page_elsewhere_cannot_turn_the_switches(standin: StandIn, headers: dict[str, str], status: int) -> None:
    """Switches want a loopback name and a JSON body, which other sites' pages cannot send."""
    data = {"prefix": "/eat", "kind": "503"}
    assert ask(f"{standin.base_url}/_standin/scenario", method="POST", data=data, headers=headers).status == status
    assert ask(standin.source_urls()["ld"]).status == (503 if status == 200 else 200)


@pytest.mark.parametrize("body", [[1], "x" * 20_000, None])
def test_a_switch_survives_nonsense(standin: StandIn, body: object) -> None:
    """A list, a very long text or an empty body is 400, not a crash."""
    headers = {"Content-Type": "application/json"}
    answer = ask(f"{standin.base_url}/_standin/scenario", method="POST", data=body, headers=headers)
    assert answer.status == 400
    assert answer.json["error"]
