"""What a fault on the way means for an answer: it surely is not there, it will never be, or nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from crawlers.errors import RefusedUrl
from crawlers.net import UrlRules
from crawlers.posters import PutOff, Refused, Unsure
from crawlers.posters.calling import GuardedAdapter, Line

from .conftest import TEXT, Post, answered

PATH = "/api/google/accounts"


@pytest.mark.parametrize(
    ("scenario", "fault", "wait_s", "came"),
    [
        ({"kind": "429", "retry_after": 120}, PutOff, 120.0, 0),
        ({"kind": "429"}, PutOff, None, 0),
        ({"kind": "503", "retry_after": 60}, Unsure, 60.0, 0),
        ({"kind": "409"}, Unsure, None, 0),
        ({"kind": "401"}, Refused, None, 0),
        ({"kind": "403"}, Refused, None, 0),
        ({"kind": "wall403"}, PutOff, None, 0),
        ({"kind": "redirect", "target": "https://elsewhere.example/"}, Refused, None, 0),
        ({"kind": "drop"}, Unsure, None, 0),
        ({"kind": "drop", "after": True}, Unsure, None, 1),
        ({"kind": "slow", "seconds": 60, "after": True}, Unsure, None, 1),
        ({"kind": "cut"}, Unsure, None, 1),
        ({"kind": "huge", "megabytes": 3}, Unsure, None, 1),
    ],
    ids=lambda value: value.get("kind", "") if isinstance(value, dict) else None,
)
def test_a_fault_is_told_by_how_far_it_went(
    scenario: dict[str, Any], fault: type[Exception], wait_s: float | None, came: int, post: Post
) -> None:
    """Only where the platform has said no, or was never reached, is it known that nothing has come."""
    poster = post.poster("google", crawl_timeout_s=3 if scenario["kind"] == "slow" else 30)
    poster.look(answered("google"))
    post.standin.set_scenario(PATH, method="PUT", **scenario)
    with pytest.raises(fault) as raised:
        poster.send(answered("google"), TEXT)
    assert getattr(raised.value, "wait_s", None) == wait_s
    assert len(post.sent("google")) == came
    assert [one.body for one in poster.look(answered("google")).answers] == [TEXT] * came


@pytest.mark.parametrize(
    "scenario",
    [{"kind": "429", "retry_after": 30}, {"kind": "503"}, {"kind": "drop"}, {"kind": "cut"}, {"kind": "wall403"}],
    ids=lambda scenario: str(scenario["kind"]),
)
def test_what_cannot_be_looked_at_is_put_off(scenario: dict[str, Any], post: Post) -> None:
    """Before sending as well as after: nothing is concluded from no answer."""
    poster = post.poster("google")
    post.standin.set_scenario(PATH, **scenario)
    with pytest.raises(PutOff) as raised:
        poster.look(answered("google"))
    assert raised.value.wait_s == scenario.get("retry_after")


def test_a_token_that_ended_early_is_asked_for_once_more(post: Post) -> None:
    """A refusal is a sure one, so it may be sent again with another token: it arrives once."""
    poster = post.poster("google")
    poster.look(answered("google"))
    state = post.standin._stage.api_states["google"]
    state.tokens.clear()
    poster.send(answered("google"), TEXT)
    assert (post.sent("google"), state.tokens_given) == ([TEXT], 2)


def test_reading_and_answering_share_one_token(post: Post) -> None:
    """Platforms limit how many they give."""
    source_id = post.source("thefork")
    post.desk.crawl(source_id, post.desk.api_settings(post.standin))
    post.poster("thefork", source_id=source_id).send(answered("thefork"), TEXT)
    assert post.standin._stage.api_states["thefork"].tokens_given == 1


def test_comments_of_facebook_stand_side_by_side(post: Post) -> None:
    """Which is why none is sent on a guess: the stand-in records each."""
    poster = post.poster("facebook")
    refs = {poster.send(answered("facebook"), TEXT).ref for _ in range(2)}
    assert (len(refs), post.sent("facebook")) == (2, [TEXT] * 2)


@pytest.mark.parametrize("code", [4, 12, 190, 283])
def test_graph_says_why_by_number(code: int, post: Post) -> None:
    """Too often passes by itself; the interface, the token and its rights are for a person."""
    poster = post.poster("facebook", keys={"page_token": f"error-{code}"})
    fault = PutOff if code == 4 else Refused
    for call in (lambda: poster.look(answered("facebook")), lambda: poster.send(answered("facebook"), TEXT)):
        with pytest.raises(fault):
            call()


@pytest.mark.parametrize("url", ["http://localhost/", "http://10.0.0.1/", "https://169.254.169.254/x", "ftp://a.org/"])
def test_no_poster_asks_within_a_private_network(url: str) -> None:
    """The guard of reading holds for answering."""
    line = Line(UrlRules(), user_agent="Amends/0", timeout_s=1, delay_s=0)
    with pytest.raises(RefusedUrl):
        line.ask("GET", url, headers={})


def test_a_name_that_leads_to_a_private_network_is_not_asked(post: Post) -> None:
    """What counts is the address at the moment of the connection: a server is there, and hears nothing."""
    with requests.Session() as session:
        session.mount("http://", GuardedAdapter(frozenset()))
        with pytest.raises(RefusedUrl, match="public internet"):
            session.get(f"http://localhost:{post.standin.port}/", timeout=60)
    assert post.standin.requests() == {}
