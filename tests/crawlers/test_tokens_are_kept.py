"""One token serves many crawls, lies sealed, and gives way to another when it ends or other keys are entered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from crawlers.errors import TokenFault
from crawlers.grants import ClientCredentials, RefreshToken
from crawlers.spiders.thefork import TheForkSpider
from crawlers.tokens import forget_token, token_for
from db.models import Source
from db.session import session_scope
from tests.factories import NOW

from .conftest import Desk
from .site import Answer, Site


class Issuer:
    """A real address that gives the tokens t1, t2, …, and the spider that asks there."""

    def __init__(self, desk: Desk, **token: Any) -> None:
        names = [f"t{number}" for number in range(1, 5)]
        answers = [self.given(name, **({"expires_in": 600} | token)) for name in names]
        self.site = Site({"/token": answers})
        self.desk, self.source_id = desk, desk.add("https://api.thefork.io/", platform="thefork")
        self.spider = self.made()

    @staticmethod
    def given(name: str, **token: Any) -> Answer:
        return Answer(body=json.dumps({"access_token": name} | token), kind="application/json")

    def made(self, secret_key: str = "") -> TheForkSpider:
        from scrapy.crawler import Crawler

        settings = {
            "AMENDS_DATABASE_URL": self.desk.database_url,
            "AMENDS_DATA_DIR": str(self.desk.data_dir),
            "AMENDS_SECRET_KEY": secret_key,
            "AMENDS_STANDIN_URL": "",
            "AMENDS_TIME_LIMIT_S": 60,
            "DOWNLOAD_TIMEOUT": 60,
            "USER_AGENT": "Amends/0",
        }
        spider = TheForkSpider.from_crawler(Crawler(TheForkSpider, settings), source_id=self.source_id, run_id=1)
        self.at(spider, 0)
        return spider

    @staticmethod
    def at(spider: TheForkSpider, seconds: float) -> None:
        spider.clock = lambda: NOW + timedelta(seconds=seconds)

    def grant(self, client_id: str = "lanterna") -> ClientCredentials:
        return ClientCredentials(endpoint=self.site.url("/token"), client_id=client_id, client_secret="s3cr3t")

    def sealed(self) -> str:
        return self.desk.source(self.source_id).sealed_token


@pytest.fixture
def issuer(desk: Desk) -> Iterator[Issuer]:
    made = Issuer(desk)
    with made.site:
        yield made


def test_token_is_used_until_a_minute_before_its_end(issuer: Issuer) -> None:
    """Then another one is asked for; what is stored tells nothing of it."""
    for seconds, expected in ((0, "t1"), (539, "t1"), (540, "t2"), (1079, "t2")):
        issuer.at(issuer.spider, seconds)
        assert token_for(issuer.spider, issuer.grant()) == expected
    assert len(issuer.site.seen) == 2
    assert issuer.sealed()
    assert "access_token" not in issuer.sealed()  # "t2" alone comes up by chance in one of twenty sealed texts


def test_forgotten_token_is_asked_for_anew(issuer: Issuer) -> None:
    """What follows a token that the platform refused."""
    assert token_for(issuer.spider, issuer.grant()) == "t1"
    forget_token(issuer.spider)
    assert token_for(issuer.spider, issuer.grant()) == "t2"


def test_other_keys_have_another_token(issuer: Issuer) -> None:
    """A token of the keys before is not used, though it still lives."""
    assert token_for(issuer.spider, issuer.grant()) == "t1"
    assert token_for(issuer.spider, issuer.grant("another")) == "t2"


def test_token_of_another_vault_is_none(issuer: Issuer) -> None:
    """A database that was moved without its key asks for a new token."""
    assert token_for(issuer.spider, issuer.grant()) == "t1"
    assert token_for(issuer.made("another key of this machine"), issuer.grant()) == "t2"


def test_damaged_token_is_none(issuer: Issuer) -> None:
    """Nothing stops because of it."""
    with session_scope(issuer.desk.engine) as session:
        session.get_one(Source, issuer.source_id).sealed_token = "damaged"
    assert token_for(issuer.spider, issuer.grant()) == "t1"


@pytest.mark.parametrize("lives", [None, 0, -5, 10**12])
def test_odd_lives_are_bounded(lives: int | None, desk: Desk) -> None:
    """No stated end counts for five minutes, an absurd one for a day at most."""
    issuer = Issuer(desk, **({} if lives is None else {"expires_in": lives}))
    if lives is None:
        issuer.site.pages["/token"] = [issuer.given("t1"), issuer.given("t2")]
    lasts = {None: 239, 0: -1, -5: -1, 10**12: 24 * 3600 - 61}[lives]
    with issuer.site:
        assert token_for(issuer.spider, issuer.grant()) == "t1"
        issuer.at(issuer.spider, max(0, lasts))
        assert token_for(issuer.spider, issuer.grant()) == ("t1" if lasts > 0 else "t2")
        issuer.at(issuer.spider, lasts + 2)
        assert token_for(issuer.spider, issuer.grant()) != "t1"


@pytest.mark.parametrize("token", ["", "two words", "line\r\nX-Evil: 1", "ü", 5, None, "x" * 9000])
def test_token_that_no_header_can_hold_is_none(token: object, issuer: Issuer) -> None:
    """It is not kept either."""
    issuer.site.pages["/token"] = [Answer(body=json.dumps({"access_token": token}), kind="application/json")]
    with pytest.raises(TokenFault, match="tried again"):
        token_for(issuer.spider, issuer.grant())
    assert issuer.sealed() == ""


def test_refresh_token_is_changed_with_the_platform(issuer: Issuer) -> None:
    """Where it gives a new one with each access token, the owner's first one is used once."""
    issuer.site.pages["/token"] = [
        issuer.given(f"t{number}", refresh_token=f"r{number}", expires_in=600) for number in (1, 2)
    ]
    first = RefreshToken(endpoint=issuer.site.url("/token"), client_id="a", client_secret="b", refresh_token="r0")
    assert token_for(issuer.spider, first) == "t1"
    forget_token(issuer.spider)
    assert token_for(issuer.spider, first) == "t2"
    assert [b"refresh_token=r0" in seen.body for seen in issuer.site.seen] == [True, False]
    assert b"refresh_token=r1" in issuer.site.seen[1].body
