"""Sends forms in tests with their token, but without the page that a browser would have had open before."""

from __future__ import annotations

from typing import Any

from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

SECRET = "csrf_token"


def form_token(client: FlaskClient) -> str:
    """What every form carries that this client is shown: making a page for it would be most of many a test."""
    with client.session_transaction() as cookie:
        secret = cookie.setdefault(SECRET, "0" * 40)
    with client.application.test_request_context():
        session[SECRET] = secret
        return str(generate_csrf())


def post(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    """The answer to a form; redirects are not followed."""
    return client.post(address, data={"csrf_token": form_token(client), **fields})
