"""Answers that no authenticator has given open nothing, and harm nothing."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .html import Page
from .test_signing_in import send

NONSENSE = (
    "",
    "{}",
    "null",
    "[]",
    "x" * 20_000,
    '{"id": 1}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "AA",
                "authenticatorData": "AA",
                "signature": "AA",
                "attestationObject": "AA",
            },
        }
    ),
)


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_opens_nothing(visitor: FlaskClient, answer: str) -> None:
    """At the door."""
    done = send(visitor, "/sign-in/passkey", seen="/sign-in", credential=answer)
    assert (done.status_code, done.headers["Location"]) == (303, "/sign-in")
    assert "opens nothing here" in Page(visitor.get("/sign-in")).one(".told").text


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_is_no_passkey(client: FlaskClient, answer: str) -> None:
    """In the account."""
    done = send(client, "/account/passkeys", credential=answer, name="x")
    assert "No passkey came of it" in Page(done, status=422).all("main [role=alert]")[0].text


def test_only_pages_of_passkeys_carry_their_script(client: FlaskClient, visitor: FlaskClient) -> None:
    """At the door nothing else runs."""

    def scripts(answer: TestResponse) -> list[str]:
        return [script.attrs["src"].split("?")[0] for script in Page(answer).all("script")]

    assert scripts(visitor.get("/sign-in")) == ["/static/passkeys.js"]
    assert "/static/passkeys.js" in scripts(client.get("/account/passkeys"))
    assert "/static/passkeys.js" not in scripts(client.get("/account"))


def test_question_at_the_door_names_nobody(visitor: FlaskClient) -> None:
    """No list of keys tells who has one; each question has a challenge of its own."""
    asked = [json.loads(Page(visitor.get("/sign-in")).one("[data-passkey]").attrs["data-question"]) for _ in range(2)]
    assert asked[0]["allowCredentials"] == []
    assert asked[0]["userVerification"] == "required"
    assert asked[0]["challenge"] != asked[1]["challenge"]
