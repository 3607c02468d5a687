"""How tokens are asked for: what is sent, and what becomes of every answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from crawlers.asking import Asking
from crawlers.errors import BlockedError, CrawlerError, KeyFault, TokenFault
from crawlers.grants import AuthorizationCode, ClientCredentials, Grant, RefreshToken, ServiceAccount, SignedToken

from .expected import PAGES
from .site import Answer, Site

NOW = datetime.now(UTC).replace(microsecond=0)
ASKING = Asking(platform="Acme", keys="client id or client secret", user_agent="Amends/0", timeout_s=60, now=NOW)
GIVEN = json.dumps({"access_token": "eyJ.a.b", "expires_in": 8600, "token_type": "Bearer"})
SECRET = "s3cr3t-of-the-client"


def answer(body: object, status: int = 200, **more: object) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(**({"body": text, "status": status, "kind": "application/json"} | more))  # type: ignore[arg-type]


def sent(site: Site) -> dict[str, str]:
    assert len(site.seen) == 1
    return {name: values[0] for name, values in parse_qs(site.seen[0].body.decode()).items()}


def credentials(site: Site, **more: object) -> ClientCredentials:
    given = {"endpoint": site.url("/token"), "client_id": "lanterna", "client_secret": SECRET}
    return ClientCredentials(**(given | more))  # type: ignore[arg-type]


def refreshing(site: Site) -> RefreshToken:
    return RefreshToken(endpoint=site.url("/token"), client_id="a", client_secret=SECRET, refresh_token="once-given")


def refusal(page: Answer, made: Callable[[Site], Grant] = credentials, asking: Asking = ASKING) -> CrawlerError:
    with Site({"/token": page, "/other": answer(GIVEN)}) as site, pytest.raises(CrawlerError) as caught:
        made(site).ask(asking)
    assert site.paths == ["/token"]  # no redirect is followed, nothing is asked twice
    assert SECRET not in str(caught.value)
    return caught.value


def test_client_names_itself_in_the_form() -> None:
    """Further parameters travel along."""
    with Site({"/token": answer(GIVEN)}) as site:
        token = credentials(site, more=(("audience", "https://api.acme.example"),)).ask(ASKING)
    assert (token["access_token"], token["expires_in"]) == ("eyJ.a.b", 8600)
    assert sent(site) == {
        "grant_type": "client_credentials",
        "client_id": "lanterna",
        "client_secret": SECRET,
        "audience": "https://api.acme.example",
    }
    assert site.seen[0].headers["User-Agent"] == "Amends/0"


def test_client_names_itself_in_the_header() -> None:
    """HTTP Basic keeps the secret out of the form."""
    with Site({"/token": answer(GIVEN)}) as site:
        credentials(site, in_header=True).ask(ASKING)
    assert sent(site) == {"grant_type": "client_credentials"}
    assert site.seen[0].headers["Authorization"].startswith("Basic ")


def test_refresh_token_that_was_given_last_is_used() -> None:
    """Platforms that change it with every use take the newest only."""
    with Site({"/token": answer({"access_token": "a", "refresh_token": "third"})}) as site:
        grant = RefreshToken(
            endpoint=site.url("/token"), client_id="a", client_secret=SECRET, refresh_token="first", latest="second"
        )
        assert grant.ask(ASKING)["refresh_token"] == "third"
    assert (sent(site)["grant_type"], sent(site)["refresh_token"]) == ("refresh_token", "second")


def test_code_is_exchanged_with_its_proof() -> None:
    """The same address of return as before, and the verifier where there is one (RFC 7636)."""
    with Site({"/token": answer({"access_token": "a", "refresh_token": "r"})}) as site:
        grant = AuthorizationCode(
            endpoint=site.url("/token"),
            client_id="a",
            client_secret=SECRET,
            code="4/0abc",
            redirect_uri="https://amends.example/back",
            code_verifier="v" * 64,
        )
        assert grant.ask(ASKING)["refresh_token"] == "r"
    assert sent(site) == {
        "grant_type": "authorization_code",
        "code": "4/0abc",
        "redirect_uri": "https://amends.example/back",
        "code_verifier": "v" * 64,
        "client_id": "a",
        "client_secret": SECRET,
    }


def test_service_account_signs_an_assertion() -> None:
    """RS256 over issuer, scope and audience; the address in the key file is not asked."""
    key = RSAKey.generate_key(2048)
    file = {
        "type": "service_account",
        "client_email": "reader@lanterna.example",
        "private_key_id": "k1",
        "private_key": key.as_pem(private=True).decode(),
        "token_uri": "http://127.0.0.1:9/elsewhere",
    }
    with Site({"/token": answer(GIVEN)}) as site:
        grant = ServiceAccount(endpoint=site.url("/token"), key_file=json.dumps(file), scope="https://scope.example/a")
        assert grant.ask(ASKING)["access_token"] == "eyJ.a.b"
    form = sent(site)
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    token = jwt.decode(form["assertion"], key, algorithms=["RS256"])
    assert (token.header["alg"], token.header["kid"]) == ("RS256", "k1")
    assert (token.claims["iss"], token.claims["aud"]) == ("reader@lanterna.example", grant.endpoint)
    assert token.claims["scope"] == "https://scope.example/a"
    assert token.claims["exp"] - token.claims["iat"] == 3600


@pytest.mark.parametrize("file", ["", "[]", "{}", '{"client_email": "a"}', '{"client_email": "a", "private_key": "x"}'])
def test_what_is_no_key_file_is_told(file: str) -> None:
    """Nobody is asked."""
    with pytest.raises(KeyFault, match="settings of this source"):
        ServiceAccount(endpoint="http://127.0.0.1:9/", key_file=file, scope="s").ask(ASKING)


def test_token_for_the_app_store_is_signed_here() -> None:
    """ES256 with the key's id, for one audience, and no longer than the 20 minutes that are taken."""
    key = ECKey.generate_key("P-256")
    grant = SignedToken(
        issuer="57246542-96fe", key_id="2X9R4HXF34", private_key=key.as_pem(private=True).decode(), audience="aud-v1"
    )
    given = grant.ask(ASKING)
    token = jwt.decode(given["access_token"], key, algorithms=["ES256"])
    assert token.header == {"alg": "ES256", "kid": "2X9R4HXF34", "typ": "JWT"}
    made = int(NOW.timestamp())
    assert token.claims == {"iss": "57246542-96fe", "iat": made, "exp": made + given["expires_in"], "aud": "aud-v1"}
    assert given["expires_in"] <= 1200


@pytest.mark.parametrize(
    "private_key",
    ["", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----", ECKey.generate_key("P-384").as_pem().decode()],
    ids=["empty", "damaged", "other_curve"],
)
def test_unreadable_private_key_is_told(private_key: str) -> None:
    """The sentence says which file is wanted."""
    with pytest.raises(KeyFault, match=r"whole \.p8 file in the settings of this source"):
        SignedToken(issuer="i", key_id="k", private_key=private_key, audience="a").ask(ASKING)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"error": "invalid_client"}, 401),
        ({"error": "access_denied", "error_description": f"no {SECRET}"}, 403),
        ({"error": "invalid_scope"}, 400),
        ("Unauthorized", 401),
    ],
)
def test_refused_keys_are_the_owners_matter(body: object, status: int) -> None:
    """In words, with the place where they are mended, and nothing of what the platform wrote."""
    fault = refusal(answer(body, status, kind="application/json" if isinstance(body, dict) else "text/plain"))
    assert isinstance(fault, KeyFault)
    assert str(fault) == "Acme refuses the client id or client secret. Enter them again in the settings of this source."


def test_refresh_token_that_has_run_out_is_told() -> None:
    """Another sentence: the client is fine, the account's consent is gone."""
    asking = Asking(
        platform="Acme", keys="client id, client secret or refresh token", user_agent="a", timeout_s=60, now=NOW
    )
    fault = refusal(answer({"error": "invalid_grant"}, 400), refreshing, asking)
    assert isinstance(fault, KeyFault)
    assert "withdrawn or has run out" in str(fault)


PASSING = {
    "fault": answer("", 503),
    "own_words": answer({"error": "temporarily_unavailable"}, 400),
    "no_json": answer("<html>hello</html>", kind="text/html"),
    "list": answer([]),
    "odd_end": answer({"access_token": "a", "expires_in": "soon"}),
    "endless_end": answer('{"access_token": "a", "expires_in": 1e999}'),
    "cut": answer(GIVEN, cut_at=20),
    "huge": answer("[" + " " * 200_000),
    "bad_gzip": answer(GIVEN, headers={"Content-Encoding": "gzip"}),
    "redirect": answer("", 307, headers={"Location": "/other"}),
    "gone": answer("", 404),
    "refused_without_words": answer("{}", 403),
}


@pytest.mark.parametrize("case", sorted(PASSING))
def test_other_faults_pass(case: str) -> None:
    """They are tried again by themselves, and the sentence says so."""
    fault = refusal(PASSING[case])
    assert isinstance(fault, TokenFault)
    assert str(fault).startswith("Acme gave no token: ")
    assert str(fault).endswith("It is tried again by itself.")


def test_silence_and_absence_pass() -> None:
    """Nobody there, or nobody who answers in time."""
    asking = Asking(platform="Acme", keys="key", user_agent="a", timeout_s=2, now=NOW)
    assert "in time" in str(refusal(answer(GIVEN, delay_s=30), asking=asking))
    with Site({}) as site:
        pass
    with pytest.raises(TokenFault, match="cannot be reached"):
        credentials(site).ask(ASKING)


@pytest.mark.parametrize(("asked", "wait_s"), [("120", 120.0), ("soon", None), (None, None)])
def test_limit_is_a_wait(asked: str | None, wait_s: float | None) -> None:
    """429 is no fault of the keys; the wait that is asked for is kept."""
    fault = refusal(answer("", 429, headers={"Retry-After": asked} if asked else {}))
    assert isinstance(fault, TokenFault)
    assert (fault.is_throttled, fault.wait_s) == (True, wait_s)


@pytest.mark.parametrize("status", [200, 403])
def test_wall_is_not_climbed(status: int) -> None:
    """A bot wall before the address of tokens blocks the source as one before its pages would."""
    wall = (PAGES / "walls" / "datadome.html").read_text(encoding="utf-8")
    fault = refusal(Answer(body=wall, status=status))
    assert isinstance(fault, BlockedError)
    assert fault.kind == "datadome"


def test_wall_that_speaks_json_is_one() -> None:
    """It is not taken for a refusal of the keys."""
    fault = refusal(answer({"url": "https://geo.captcha-delivery.com/captcha/?initialCid=a"}, 403))
    assert isinstance(fault, BlockedError)


def test_secrets_are_not_shown() -> None:
    """Nor when a grant ends up in a log or a traceback."""
    grants: list[object] = [
        ClientCredentials(endpoint="e", client_id="i", client_secret=SECRET),
        RefreshToken(endpoint="e", client_id="i", client_secret=SECRET, refresh_token=SECRET, latest=SECRET),
        AuthorizationCode(
            endpoint="e", client_id="i", client_secret=SECRET, code=SECRET, redirect_uri="r", code_verifier=SECRET
        ),
        ServiceAccount(endpoint="e", key_file=SECRET, scope="s"),
        SignedToken(issuer="i", key_id="k", private_key=SECRET, audience="a"),
    ]
    assert SECRET not in repr(grants)
