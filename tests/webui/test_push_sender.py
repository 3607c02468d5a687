"""A push whose sender the owner has set is taken with Google's signature only; the keys to it are fetched rarely."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import Engine

from crawlers.config import CrawlSettings, Environment
from crawlers.standin import StandIn
from db.models import Source
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.source_changes import new_hook, push_sender, set_access, source_of
from tests.crawlers.site import Answer, Site
from tests.factories import make_source
from webui import create_app
from webui.settings import WebSettings

from .html import Page
from .posting import post
from .signing import signed_in
from .test_consents import Clock
from .test_hooks import PLACE, message

EMAIL = "push@lanterna-1.iam.gserviceaccount.com"
AUDIENCE = "https://lanterna.example/push"
CERTS = "/api/google/certs"

Made = Callable[[str], FlaskClient]


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    """The stand-in signs by the clock of this machine."""
    return Clock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def made(engine: Engine, database_url: str, data_dir: Path, clock: Clock) -> Made:
    def make(standin_url: str) -> FlaskClient:
        crawl = CrawlSettings(environment=Environment.TEST, contact="desk@example.org", standin_url=standin_url)
        database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
        app = create_app(WebSettings(_env_file=None), engine, database=database, crawl=crawl, clock=clock)
        app.testing = False
        return signed_in(app)

    return make


@pytest.fixture
def client(made: Made, standin: StandIn) -> FlaskClient:
    return made(standin.base_url)


@pytest.fixture
def source_id(engine: Engine, clock: Clock) -> int:
    with session_scope(engine) as session:
        due_at = clock.now + timedelta(hours=6)
        return make_source(session, platform="google", place_ref=PLACE["google"], next_crawl_at=due_at).id


@pytest.fixture
def address(engine: Engine, source_id: int) -> str:
    with session_scope(engine) as session:
        source = source_of(session, source_id)
        assert source is not None
        return f"/hooks/{new_hook(session, source)}"


def set_sender(client: FlaskClient, source_id: int, *, email: str = EMAIL, audience: str = AUDIENCE) -> str:
    """What the page says of it."""
    post(client, f"/sources/{source_id}/sender", push_email=email, push_audience=audience)
    return Page(client.get(f"/sources/{source_id}/edit")).text


def signed(standin: StandIn, **claims: str) -> str:
    """A token as Pub/Sub sends it."""
    asked = {"aud": AUDIENCE, "email": EMAIL} | claims
    answer = requests.get(f"{standin.base_url}/api/google/identity?{urlencode(asked)}", timeout=10)
    return str(answer.json()["token"])


def pushed(client: FlaskClient, address: str, token: str = "", *, scheme: str = "Bearer") -> int:
    headers = {"Authorization": f"{scheme} {token}"} if token else {}
    return client.post(address, data=message("google", PLACE["google"]), headers=headers).status_code


def is_hinted(engine: Engine, source_id: int) -> bool:
    with read_scope(engine) as session:
        return session.get_one(Source, source_id).hinted_at is not None


def test_signed_message_is_taken(
    client: FlaskClient, engine: Engine, standin: StandIn, source_id: int, address: str
) -> None:
    """Once a sender is set; the page says what applies, before and after."""
    assert "Whoever knows the address" in Page(client.get(f"/sources/{source_id}/edit")).text
    assert f"signed for {EMAIL}" in set_sender(client, source_id)
    assert pushed(client, address) == 401
    assert not is_hinted(engine, source_id)
    assert pushed(client, address, signed(standin)) == 204
    assert is_hinted(engine, source_id)


def test_without_a_sender_the_address_is_enough(
    client: FlaskClient, engine: Engine, standin: StandIn, source_id: int, address: str
) -> None:
    """As before, whatever token comes along; Google's keys are not asked for."""
    assert pushed(client, address, "nonsense") == 204
    set_sender(client, source_id)
    set_sender(client, source_id, email="", audience="")
    assert pushed(client, address) == 204
    assert is_hinted(engine, source_id)
    assert standin.requests() == {}


def test_audience_is_the_address_itself_unless_another_is_set(
    client: FlaskClient, standin: StandIn, source_id: int, address: str
) -> None:
    """What Pub/Sub signs for when its subscription names none."""
    set_sender(client, source_id, audience="")
    assert pushed(client, address, signed(standin, aud=f"http://127.0.0.1:8000{address}")) == 204
    assert pushed(client, address, signed(standin)) == 401


WRONG = {
    "audience": {"aud": "https://elsewhere.example/push"},
    "sender": {"email": "push@somebody-else.iam.gserviceaccount.com"},
    "unverified": {"email_verified": "false"},
    "issuer": {"iss": "https://evil.example"},
    "run_out": {"exp": "-120"},
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_token_that_says_something_else_is_refused(
    client: FlaskClient,
    engine: Engine,
    standin: StandIn,
    source_id: int,
    address: str,
    caplog: pytest.LogCaptureFixture,
    case: str,
) -> None:
    """Properly signed, but not what the owner expects. The log names the reason, and no token."""
    set_sender(client, source_id)
    token = signed(standin, **WRONG[case])
    with caplog.at_level(logging.DEBUG):
        assert pushed(client, address, token) == 401
    assert not is_hinted(engine, source_id)
    assert "hook platform=google source=" in caplog.text
    assert token not in caplog.text
    assert address.rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (None, "bears no signature"),
        ({"aud": "x"}, "another audience"),
        ({"email": "a@b.example"}, "another service account"),
        ({"exp": "-120"}, "clock of this machine"),
        ({"iss": "https://evil.example"}, "not one of Google"),
    ],
)
def test_page_tells_why_the_last_message_was_refused(
    client: FlaskClient, standin: StandIn, source_id: int, address: str, claims: dict[str, str] | None, words: str
) -> None:
    """Until one is taken: whoever sets a subscription up sees what does not fit."""

    def page() -> str:
        return Page(client.get(f"/sources/{source_id}/edit")).text

    assert "was refused" not in set_sender(client, source_id)
    pushed(client, address, "" if claims is None else signed(standin, **claims))
    assert "was refused" in page()
    assert words in page()
    pushed(client, address, signed(standin))
    assert "was refused" not in page()


def forged(standin: StandIn, case: str) -> str:
    """Tokens that Google has not signed."""
    good = signed(standin)
    head, body, signature = good.split(".")
    claims = jwt.decode(good, RSAKey.import_key(requests.get(standin.base_url + CERTS, timeout=10).json()["keys"][0]))
    header = {"alg": "RS256", "kid": "standin-1", "typ": "JWT"}
    match case:
        case "other_key":
            return jwt.encode(header, claims.claims, RSAKey.generate_key(2048))
        case "shared_secret":  # the public key as the secret of a lesser algorithm
            public = requests.get(standin.base_url + CERTS, timeout=10).text
            return jwt.encode(header | {"alg": "HS256"}, claims.claims, OctKey.import_key(public))
        case "unsigned":
            return f"eyJhbGciOiJub25lIiwia2lkIjoic3RhbmRpbi0xIn0.{body}."
        case "cut":
            return good[:-5]
        case "no_kid":
            return jwt.encode({"alg": "RS256"}, claims.claims, RSAKey.generate_key(2048))
        case "swapped":
            return f"{head}.{signature}.{body}"
        case "long":
            return good + "x" * 9000
        case _:
            return case


@pytest.mark.parametrize(
    "case",
    ["other_key", "shared_secret", "unsigned", "cut", "no_kid", "swapped", "long", "x", "..", "a.b.c", "eyJhIjoxfQ..x"],
)
def test_forged_tokens_are_refused(
    client: FlaskClient, engine: Engine, standin: StandIn, source_id: int, address: str, case: str
) -> None:
    """401, and nothing becomes due."""
    set_sender(client, source_id)
    assert pushed(client, address, forged(standin, case)) == 401
    assert pushed(client, address, signed(standin), scheme="Basic") == 401
    assert not is_hinted(engine, source_id)


def test_keys_are_fetched_once_and_again_for_a_new_one(
    client: FlaskClient, clock: Clock, standin: StandIn, source_id: int, address: str
) -> None:
    """Kept as long as Google says; a number that is not among them is looked for once a minute, and no more often."""
    set_sender(client, source_id)
    old = signed(standin)
    assert [pushed(client, address, old) for _ in range(3)] == [204] * 3
    assert standin.requests()[CERTS] == 1
    new = signed(standin, new_key="yes")
    assert [pushed(client, address, new) for _ in range(3)] == [401] * 3
    assert standin.requests()[CERTS] == 1
    clock.now += timedelta(seconds=61)
    assert pushed(client, address, new) == 204
    assert standin.requests()[CERTS] == 2
    clock.now += timedelta(seconds=3000)
    assert pushed(client, address, old) == 204
    assert standin.requests()[CERTS] == 2


@pytest.mark.parametrize("body", ["", "[]", '{"keys": 5}', '{"keys": [{"kty": "RSA", "kid": "a", "n": "!", "e": 1}]}'])
@pytest.mark.parametrize("status", [200, 503])
def test_message_is_put_off_while_the_keys_are_away(
    made: Made, engine: Engine, standin: StandIn, source_id: int, address: str, body: str, status: int
) -> None:
    """503, so that Pub/Sub sends it again; Google is not asked for every message."""
    with Site({CERTS: Answer(body=body, status=status, kind="application/json")}) as site:
        client = made(site.url("").rstrip("/"))
        set_sender(client, source_id)
        token = signed(standin)
        assert [pushed(client, address, token) for _ in range(3)] == [503] * 3
    assert site.paths == [CERTS]
    assert not is_hinted(engine, source_id)


@pytest.mark.parametrize(
    ("email", "audience", "words"),
    [
        ("nobody", "", "no mail address"),
        ("", AUDIENCE, "An audience alone proves nothing"),
        ("<script>@x.example", "", "no mail address"),
        (EMAIL, "x" * 600, "no audience"),
    ],
)
def test_entries_that_are_none_change_nothing(
    client: FlaskClient, engine: Engine, source_id: int, email: str, audience: str, words: str
) -> None:
    """The page says why."""
    set_sender(client, source_id)
    assert words in set_sender(client, source_id, email=email, audience=audience)
    with read_scope(engine) as session:
        source = source_of(session, source_id)
        assert source is not None
        assert push_sender(source) == (EMAIL, AUDIENCE)


def test_entries_that_were_opened_before_do_not_take_it_back(
    client: FlaskClient, engine: Engine, source_id: int, clock: Clock
) -> None:
    """Keys that are saved late keep the sender as it is."""
    set_sender(client, source_id)
    with session_scope(engine) as session:
        source = source_of(session, source_id)
        assert source is not None
        set_access(session, source, place_ref="x", options={"client_id": "a"}, sealed_keys="", now=clock.now)
        assert push_sender(source) == (EMAIL, AUDIENCE)


def test_removed_source_forgets_whom_it_expected(client: FlaskClient, engine: Engine, source_id: int) -> None:
    """Taken back, it begins anew: the next address of its own is not held to a sender set long ago."""
    set_sender(client, source_id)
    post(client, f"/sources/{source_id}/remove", reviews="keep")
    with read_scope(engine) as session:
        assert push_sender(session.get_one(Source, source_id)) == ("", "")


def test_platform_that_signs_nothing_has_no_sender(client: FlaskClient, engine: Engine) -> None:
    """TheFork's messages bear no proof."""
    with session_scope(engine) as session:
        source_id = make_source(session, platform="thefork", place_ref=PLACE["thefork"]).id
    assert "Who may call" not in client.get(f"/sources/{source_id}/edit").text
    assert post(client, f"/sources/{source_id}/sender", push_email=EMAIL).status_code == 404
