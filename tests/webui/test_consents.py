"""A refresh token by consent: from the form to the platform's page and back, with every way in which it can fail."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from crawlers.config import CrawlSettings, Environment
from crawlers.consents import CONSENTS, Ending
from crawlers.standin import StandIn
from db.models import Source
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.vault import open_vault
from tests.crawlers.site import Answer, Site
from tests.factories import make_source
from webui import create_app
from webui.consent_words import CONSENT_ENDINGS
from webui.settings import WebSettings

from .html import Page
from .posting import post
from .signing import signed_in
from .test_adding_sources import looked

BACK = "http://127.0.0.1:8000/sources/consent/back"


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)) as running:
        yield running


Made = Callable[..., FlaskClient]


@pytest.fixture
def made(engine: Engine, database_url: str, data_dir: Path, clock: Clock, standin: StandIn) -> Made:
    """Pages that ask the stand-in, or another address in its place."""

    def make(standin_url: str = "", **web: Any) -> FlaskClient:
        crawl = CrawlSettings(
            environment=Environment.TEST,
            contact="desk@example.org",
            crawl_allow_hosts=f"127.0.0.1:{standin.port}",
            standin_url=standin_url or standin.base_url,
        )
        database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
        app = create_app(WebSettings(_env_file=None, **web), engine, database=database, crawl=crawl, clock=clock)
        app.testing = False
        return signed_in(app)

    return make


@pytest.fixture
def client(made: Made) -> FlaskClient:
    return made()


@pytest.fixture(params=sorted(CONSENTS))
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def entries(standin: StandIn, platform: str, **others: str) -> dict[str, str]:
    """Everything the form asks for, but the refresh token."""
    site = standin.api_site(platform)
    keys = {f"key-{name}": value for name, value in site.keys.items() if name != "refresh_token"}
    return {"place_ref": site.ref, **keys, **others}


def begun(client: FlaskClient, form: str, **fields: str) -> tuple[str, str]:
    """The page before the platform's, and the address of the platform's."""
    answer = post(client, form, **fields)
    assert answer.status_code == 302, answer.text
    page = Page(client.get(answer.headers["Location"]))
    return answer.headers["Location"], page.find("a.button[href^=http]").attrs["href"]


def said(address: str, word: str) -> str:
    """Where the platform sends a person who has given this answer."""
    answer = requests.get(f"{address}&say={word}", allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def returned(client: FlaskClient, address: str) -> TestResponse:
    """What our page says to the person who comes back."""
    assert address.startswith(BACK)
    return client.get(address.removeprefix("http://127.0.0.1:8000"))


def ending(client: FlaskClient, answer: TestResponse) -> str:
    """The Ending that the page tells."""
    assert answer.status_code == 302
    title = Page(client.get(answer.headers["Location"])).one("h1").text
    return next(
        key
        for key, words in CONSENT_ENDINGS.items()
        if title in {words.title % {"name": c.name} for c in CONSENTS.values()}
    )


def stored(engine: Engine, data_dir: Path, source_id: int) -> dict[str, str]:
    with read_scope(engine) as session:
        return open_vault(data_dir).open(session.get_one(Source, source_id).sealed_keys)


def test_new_source_is_connected_tried_and_saved(
    client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn, platform: str
) -> None:
    """The token comes by itself, stands on no page, and lies sealed in the source."""
    site = standin.api_site(platform)
    form = f"/sources/new/platform/{platform}"
    assert BACK in client.get(form).text
    _, address = begun(client, f"{form}/consent", **entries(standin, platform))
    answer = returned(client, said(address, "yes"))
    look = answer.headers["Location"]
    page = looked(client, look)
    assert page.one("h1").text == "The connection works", page.text
    assert site.keys["refresh_token"] not in page.source
    saved = post(client, look, name="Ours", place_name="Here", timezone="UTC", confirmed="yes", retention="24h")
    assert saved.status_code == 302, saved.text
    with read_scope(engine) as session:
        source = session.query(Source).one()
    keys = stored(engine, data_dir, source.id)
    assert {**source.options, **keys} == dict(site.keys)
    assert list((data_dir / "consents").iterdir()) == []


def test_location_is_chosen_from_what_the_account_owns(client: FlaskClient, engine: Engine, standin: StandIn) -> None:
    """Nobody types an id: every location of every account once, with its address, and then the trial."""
    form, site = "/sources/new/platform/google", standin.api_site("google")
    _, address = begun(client, f"{form}/consent", **entries(standin, "google", place_ref=""))
    choice = returned(client, said(address, "yes")).headers["Location"]
    page = Page(client.get(choice))
    listed = [label.text for label in page.all("fieldset label")]
    assert listed == [
        "Hotel Lanterna Genova · Lanterna S.r.l.",
        "Lanterna a Casa Lanterna S.r.l.",
        "Trattoria Lanterna Via della Lanterna 1, 16126 Genova · Lanterna S.r.l.",
    ]
    assert site.keys["refresh_token"] not in page.source
    assert "Choose one" in Page(post(client, choice), status=422).one("[role=alert]").text
    look = post(client, choice, place_ref=page.all("fieldset input")[-1].attrs["value"]).headers["Location"]
    assert looked(client, look).one("h1").text == "The connection works"
    assert client.get(choice).status_code == 404
    saved = post(client, look, name="Ours", place_name="Here", timezone="UTC", confirmed="yes", retention="30d")
    assert saved.status_code == 302, saved.text
    with read_scope(engine) as session:
        assert session.query(Source).one().place_ref == site.ref


def test_location_is_typed_where_none_is_listed(made: Made, standin: StandIn) -> None:
    """A project that may not ask for the list is told what to switch on; the way on stays open."""
    given = {"access_token": "t", "expires_in": 3600, "refresh_token": "r", "scope": CONSENTS["google"].scope}
    kind = "application/json"
    refused = Answer(status=403, body='{"error": {"code": 403, "status": "PERMISSION_DENIED"}}', kind=kind)
    answers = {
        "/api/google/auth/token": Answer(body=json.dumps(given), kind=kind),
        "/api/google/accounts/accounts?pageSize=20": refused,
    }
    with Site(answers) as site:
        client = made(site.url("").rstrip("/"))
        _, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google", place_ref=""))
        state = parse_qs(urlsplit(address).query)["state"][0]
        choice = returned(client, f"{BACK}?{urlencode({'code': '4/0', 'state': state})}").headers["Location"]
        page = Page(client.get(choice))
        assert "have to be switched on" in page.text
        assert page.all("[type=radio]") == []
        answer = post(client, choice, typed=standin.api_site("google").ref)
    assert answer.headers["Location"].startswith("/sources/new/look/")


def test_location_of_a_source_that_is_there_is_chosen_too(
    client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn
) -> None:
    """It is stored with the new token before the trial."""
    site = standin.api_site("google")
    with session_scope(engine) as session:
        source_id = make_source(session, platform="google", place_ref="").id
    _, address = begun(client, f"/sources/{source_id}/consent", **entries(standin, "google", place_ref=""))
    choice = returned(client, said(address, "yes")).headers["Location"]
    post(client, choice, place_ref=site.ref)
    with read_scope(engine) as session:
        assert session.get_one(Source, source_id).place_ref == site.ref
    assert stored(engine, data_dir, source_id)["refresh_token"] == site.keys["refresh_token"]


def test_source_that_is_there_is_connected_again(
    client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn, platform: str, now: datetime
) -> None:
    """What the form holds is kept, the new token is stored before the trial, and the source is due."""
    site = standin.api_site(platform)
    old = {name: value for name, value in site.keys.items() if name != "refresh_token"} | {"refresh_token": "gone"}
    with session_scope(engine) as session:
        sealed = open_vault(data_dir).seal(old)
        later = now + timedelta(hours=6)
        source_id = make_source(
            session, platform=platform, place_ref=site.ref, sealed_keys=sealed, next_crawl_at=later
        ).id
    fields = entries(standin, platform) if platform == "google" else {"place_ref": site.ref}
    _, address = begun(client, f"/sources/{source_id}/consent", **fields)
    answer = returned(client, said(address, "yes"))
    assert stored(engine, data_dir, source_id)["refresh_token"] == site.keys["refresh_token"]
    page = looked(client, answer.headers["Location"])
    assert page.one("h1").text == "The connection works", page.text
    assert "stored, encrypted" in page.text
    with read_scope(engine) as session:
        assert session.get_one(Source, source_id).next_crawl_at == now


def test_person_is_asked_as_the_platform_wants_it(client: FlaskClient, standin: StandIn) -> None:
    """Google: for as long as it lasts, every time, with PKCE. Neither secret stands in the address."""
    page, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["access_type"], asked["prompt"], asked["response_type"]) == ("offline", "consent", "code")
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == (BACK, "S256")
    assert asked["scope"] == "https://www.googleapis.com/auth/business.manage"
    assert len(asked["code_challenge"]) == 43
    site = standin.api_site("google")
    assert site.keys["client_secret"] not in address + client.get(page).text
    assert client.get(page).headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(("word", "expected"), [("no", Ending.DENIED), ("less", Ending.NO_SCOPE)])
def test_no_is_taken_for_an_answer(client: FlaskClient, standin: StandIn, word: str, expected: Ending) -> None:
    """Nothing is tried; the entries are kept, and the question can be asked again."""
    page, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    assert ending(client, returned(client, said(address, word))) == expected
    _, again = begun(client, page)
    assert returned(client, said(again, "yes")).headers["Location"].startswith("/sources/new/look/")


def test_entries_that_are_missing_are_named_before_anybody_is_asked(client: FlaskClient, standin: StandIn) -> None:
    """What was entered is in the form again."""
    fields = entries(standin, "google") | {"key-client_secret": ""}
    answer = post(client, "/sources/new/platform/google/consent", **fields)
    page = Page(client.get(answer.headers["Location"]))
    assert "client secret" in page.text
    form = Page(client.get(page.find("a.button").attrs["href"]))
    assert form.one("#place_ref").attrs["value"] == fields["place_ref"]
    assert form.one("#key-client_id").attrs["value"] == fields["key-client_id"]


@pytest.mark.parametrize("change", ["none", "cut", "other_id", "replayed", "other_browser", "after_end"])
def test_foreign_and_used_answers_are_not_taken(client: FlaskClient, made: Made, standin: StandIn, change: str) -> None:
    """Whoever is sent here with somebody else's answer, or with one that counted already, changes nothing."""
    _, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    back = said(address, "yes")
    state = parse_qs(urlsplit(back).query)["state"][0]
    match change:
        case "none":
            back = back.split("&state=")[0]
        case "cut":
            back = back.replace(state, state[:-1])
        case "other_id":
            back = back.replace(state, f"{'a' * 22}.{state.partition('.')[2]}")
        case "replayed":
            assert returned(client, back).status_code == 302
        case "other_browser":
            client = made()
        case "after_end":
            returned(client, f"{BACK}?{urlencode({'error': 'access_denied', 'state': state})}")
    standin.forget_requests()
    page = Page(returned(client, back), status=400)
    assert page.one("h1").text == "This answer is not taken"
    assert "/api/google/auth/token" not in standin.requests()


def test_answer_counts_for_ten_minutes(client: FlaskClient, clock: Clock, standin: StandIn) -> None:
    """Then the code is not even sent."""
    page, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    back = said(address, "yes")
    clock.now += timedelta(minutes=11)
    assert Page(client.get(page)).one("h1").text == "This took too long"
    standin.forget_requests()
    assert ending(client, returned(client, back)) == Ending.LATE
    assert standin.requests() == {}


def test_wrong_secret_is_the_owners_matter(client: FlaskClient, standin: StandIn, platform: str) -> None:
    """The page sends them to the entries."""
    secret = CONSENTS[platform].client_secret
    fields = entries(standin, platform) | {f"key-{secret}": "wrong-77"}
    _, address = begun(client, f"/sources/new/platform/{platform}/consent", **fields)
    answer = returned(client, said(address, "yes"))
    assert ending(client, answer) == Ending.CLIENT
    assert "wrong-77" not in client.get(answer.headers["Location"]).text


def test_code_of_another_question_does_not_fit(client: FlaskClient, standin: StandIn) -> None:
    """PKCE: a code that was asked for with another verifier brings nothing, and is used up by it."""
    form = "/sources/new/platform/google/consent"
    first = said(begun(client, form, **entries(standin, "google"))[1], "yes")
    second = said(begun(client, form, **entries(standin, "google"))[1], "yes")
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]
    swapped = f"{BACK}?{urlencode({'code': code, 'state': state})}"
    assert ending(client, returned(client, swapped)) == Ending.CODE
    assert ending(client, returned(client, first)) == Ending.CODE


GIVEN = {"access_token": "a", "expires_in": 3599, "token_type": "Bearer"}


def answered(value: object, status: int = 200) -> Answer:
    """What the address of tokens says."""
    return Answer(body=json.dumps(value), status=status, kind="application/json")


ANSWERS = {
    "no_token": (answered(GIVEN), Ending.NO_TOKEN),
    "redirect": (answered({"error": "redirect_uri_mismatch"}, 400), Ending.REDIRECT),
    "code": (answered({"error": "invalid_grant"}, 400), Ending.CODE),
    "fault": (Answer(body="", status=503), Ending.SILENT),
    "redirected": (Answer(body="", status=307, headers={"Location": "/elsewhere"}), Ending.SILENT),
    "nonsense": (answered([]), Ending.SILENT),
    "odd_token": (answered(GIVEN | {"refresh_token": 5}), Ending.NO_TOKEN),
    "huge_token": (answered(GIVEN | {"refresh_token": "x" * 9000}), Ending.NO_TOKEN),
}


@pytest.mark.parametrize("case", sorted(ANSWERS))
def test_other_answers_of_the_platform_are_told(
    made: Made, standin: StandIn, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    """Each with what to do next; neither code nor secret stands in the log."""
    caplog.set_level(logging.DEBUG)
    answer, expected = ANSWERS[case]
    with Site({"/api/google/auth/token": answer}) as site:
        client = made(site.url("").rstrip("/"))
        _, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
        state = parse_qs(urlsplit(address).query)["state"][0]
        back = f"{BACK}?{urlencode({'code': '4/0secretcode', 'state': state})}"
        assert ending(client, returned(client, back)) == expected
    assert site.paths == ["/api/google/auth/token"]
    secret = standin.api_site("google").keys["client_secret"]
    assert not any(word in caplog.text for word in ("secretcode", secret, state))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"error": "access_denied"}, Ending.DENIED),
        ({"error": "admin_policy_enforced<script>"}, Ending.REFUSED),
        ({"code": ""}, Ending.SILENT),
        ({}, Ending.SILENT),
        ({"code": "x" * 5000}, Ending.SILENT),
        ({"code": "a\r\nb"}, Ending.SILENT),
    ],
)
def test_nobody_is_asked_without_a_code(
    client: FlaskClient, standin: StandIn, values: dict[str, str], expected: Ending
) -> None:
    """Whatever stands in the address in its place."""
    _, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    state = parse_qs(urlsplit(address).query)["state"][0]
    standin.forget_requests()
    assert ending(client, returned(client, f"{BACK}?{urlencode({**values, 'state': state})}")) == expected
    assert standin.requests() == {}


def test_what_is_pending_lies_sealed(client: FlaskClient, data_dir: Path, standin: StandIn) -> None:
    """Neither secret, state nor verifier can be read in the data folder; the cookie holds ids only."""
    _, address = begun(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    state = parse_qs(urlsplit(address).query)["state"][0]
    secret = standin.api_site("google").keys["client_secret"]
    texts = [file.read_text("ascii") for name in ("consents", "looks") for file in (data_dir / name).iterdir()]
    assert len(texts) == 2
    assert not any(word in text for text in texts for word in (secret, state.partition(".")[2], "client_id"))
    with client.session_transaction() as cookie:
        assert cookie["consents"] == [state.partition(".")[0]]


def test_public_address_is_the_one_to_be_registered(made: Made, standin: StandIn) -> None:
    """As AMENDS_BASE_URL has it; whoever comes by another one is told, since the cookie stays behind there."""
    client = made(base_url="https://amends.example.org")
    answer = post(client, "/sources/new/platform/google/consent", **entries(standin, "google"))
    page = Page(client.get(answer.headers["Location"]))
    assert page.one("#address").attrs["value"] == "https://amends.example.org/sources/consent/back"
    assert page.one(".fault a").attrs["href"].startswith("https://amends.example.org/sources/new/platform/google?look=")


def test_platform_that_wants_https_says_so() -> None:
    """Outside of the demo; Google takes a person's own machine without."""
    assert CONSENTS["google"].returns_to("http://127.0.0.1:8000/x")
    assert CONSENTS["google"].returns_to("https://a.example/x")
    assert not CONSENTS["google"].returns_to("http://a.example/x")
    assert not CONSENTS["trustpilot"].returns_to("http://127.0.0.1:8000/x")


def test_source_that_was_removed_meanwhile_gets_no_token(client: FlaskClient, engine: Engine, standin: StandIn) -> None:
    """The code is not even sent, and the list says what happened."""
    site = standin.api_site("google")
    with session_scope(engine) as session:
        source_id = make_source(session, platform="google", place_ref=site.ref).id
    _, address = begun(client, f"/sources/{source_id}/consent", **entries(standin, "google"))
    back = said(address, "yes")
    post(client, f"/sources/{source_id}/remove", reviews="keep")
    standin.forget_requests()
    answer = returned(client, back)
    assert "removed meanwhile" in Page(client.get(answer.headers["Location"])).text
    assert standin.requests() == {}


@pytest.mark.parametrize(
    "address",
    ["/sources/consent/" + "a" * 22, "/sources/consent/x", "/sources/consent/..%2fsecret.key"],
)
def test_addresses_that_were_never_given_out(client: FlaskClient, address: str) -> None:
    """Not found."""
    assert client.get(address).status_code == 404


def test_other_platforms_have_no_consent(client: FlaskClient, engine: Engine) -> None:
    """Neither a button nor an address."""
    with session_scope(engine) as session:
        source_id = make_source(session, platform="facebook").id
    assert "Connect with" not in client.get("/sources/new/platform/facebook").text
    assert post(client, "/sources/new/platform/facebook/consent").status_code == 404
    assert post(client, f"/sources/{source_id}/consent").status_code == 404
